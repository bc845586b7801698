"""The plain part of YAML that people and our own exporter write, and JSON, read an order of magnitude faster.

Block mappings and lists, brackets, quoted and unquoted values on one line. Whatever else a text holds — anchors, tags,
values over several lines, every kind of mistake — is left to `composing.py`, which reads all of YAML; a test compares
the two on whatever this one reads.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

from registry.source.node import DEEPEST, Node, plain_value

_CONTROL = re.compile(r"[^\t\n\x20-\x7e]")
_UNREAD = frozenset({0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF})
_TABS = re.compile(r"^ *\t|:\t|-\t", re.MULTILINE)
_MARKS = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)
_KEY = re.compile(r"(\w[\w./+-]*(?: [\w./+-]+)*) *:(?: +|$)")
_ENTRY = re.compile(r"-(?: +|$)")
_START = re.compile(r"[^\s,\[\]{}#&*!|>'\"%@`?:-]|[?:-](?=\S)")
_COMMENT = re.compile(r"\s+#")
_DOUBLE = re.compile(r'"([^"\\\n]*(?:\\[^\n][^"\\\n]*)*)"')
_SINGLE = re.compile(r"'([^'\n]*(?:''[^'\n]*)*)'")
_SPACE = re.compile(r"(?:[ \n]|(?<=[ \n])#[^\n]*)*")
_FLOW_PLAIN = re.compile(
    r"(?:[^\s,\[\]{}#&*!|>'\"%@`?:-]|-(?=[^\s,\[\]{}]))(?:[^\n,\[\]{}#:]|:(?=[^\s,\[\]{}])|(?<=\S)#)*"
)
_FLOW_KEY = re.compile(r"(\w[\w./+-]*(?: [\w./+-]+)*) *:(?=[ \n])")
_BLOCK = re.compile(r"([|>])(-?)(?: +#.*| *)")


class NotPlain(Exception):  # noqa: N818 (no error: the other reader takes over)
    """Something `composing.py` has to look at."""


def read_plain(text: str) -> Node | None:
    """The text as nodes, or None where it is not plain."""
    text = text.replace("\r\n", "\n")
    if _strange(text) or _TABS.search(text):
        return None
    body = text.removeprefix("---\n")
    if _MARKS.search(body):
        return None
    try:
        return _Plain(body, 1 if body is text else 2).document()
    except NotPlain:
        return None


def _strange(text: str) -> bool:
    """Whether the text holds a character that YAML takes for a line break, or refuses."""
    if text.isascii():
        return _CONTROL.search(text) is not None
    return any(
        (code < 0x20 and code not in (9, 10)) or 0x7E < code < 0xA0 or 0xD7FF < code < 0xE000 or code in _UNREAD
        for code in map(ord, set(text))
    )


def _not() -> NoReturn:
    raise NotPlain


class _Plain:
    """A text being read, line by line; brackets are read by position."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.first = first_line
        self.count = len(self.lines)
        self.starts = [0] * self.count
        at = 0
        for n, line in enumerate(self.lines):
            self.starts[n] = at
            at += len(line) + 1
        self.at = -1
        self.indent = -1
        self.rest = ""
        self.depth = 0
        self._next()

    def document(self) -> Node:
        if self.rest and self.rest[0] in "[{":
            node = self._flow_line(self.indent)
        elif self.indent == 0 and self.rest:
            node = self._block(None)
        else:
            _not()
        return node if self.at >= self.count else _not()

    def _next(self) -> None:
        """To the next line that says something."""
        self.at += 1
        while self.at < self.count:
            line = self.lines[self.at]
            bare = line.lstrip(" ")
            if bare and bare[0] != "#":
                self.indent = len(line) - len(bare)
                self.rest = bare
                return
            self.at += 1
        self.indent = -1
        self.rest = ""

    def _block(self, key_line: int | None) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            _not()
        line, column = self.at + self.first, self.indent + 1
        value = self._list(self.indent) if _ENTRY.match(self.rest) else self._mapping(self.indent)
        self.depth -= 1
        return Node(value, line, None, False, key_line, column)

    def _mapping(self, indent: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while self.indent == indent:
            match = _KEY.match(self.rest)
            if not match or match[1] in found:
                if found and _ENTRY.match(self.rest):
                    break
                _not()
            key_line = self.at + self.first
            found[match[1]] = self._value(match.end(), indent, key_line, after_key=True)
        return found if self.indent < indent or _ENTRY.match(self.rest) else _not()

    def _list(self, indent: int) -> list[Node]:
        found: list[Node] = []
        while self.indent == indent and (match := _ENTRY.match(self.rest)):
            inner = self.rest[match.end() :]
            if inner and (_KEY.match(inner) or _ENTRY.match(inner)):
                self.indent += match.end()
                self.rest = inner
                found.append(self._block(None))
            else:
                found.append(self._value(match.end(), indent, None, after_key=False))
        return found if self.indent < indent or not _ENTRY.match(self.rest) else _not()

    def _value(self, skip: int, indent: int, key_line: int | None, *, after_key: bool) -> Node:
        """What stands after `key: ` or `- `, `skip` characters into the rest of the line."""
        rest = self.rest[skip:]
        if not rest or rest[0] == "#":
            return self._below(indent, key_line, after_key=after_key)
        first = rest[0]
        self.rest, self.indent = rest, self.indent + skip
        if first in "[{":
            return self._flow_line(indent, key_line)
        if first in "|>":
            return self._literal(indent, key_line)
        line, column = self.at + self.first, self.indent + 1
        quoted = first in "\"'"
        if quoted:
            text, end = _quoted(rest, 0)
            if rest[end:].strip() and not _COMMENT.match(rest, end):
                _not()
        else:
            text = self._unquoted(rest)
        self._next()
        if self.indent > indent:
            _not()
        return Node(text if quoted else plain_value(text), line, text, quoted, key_line, column)

    def _unquoted(self, rest: str) -> str:
        if not _START.match(rest):
            _not()
        if "#" in rest and (comment := _COMMENT.search(rest)):
            rest = rest[: comment.start()]
        rest = rest.rstrip(" ")
        if ":" in rest and (": " in rest or rest[-1] == ":"):
            _not()
        return rest

    def _below(self, indent: int, key_line: int | None, *, after_key: bool) -> Node:
        """A value that begins on a line of its own; nothing, where none does."""
        line = self.at + self.first
        self._next()
        if self.indent > indent:
            if self.rest[0] in "[{":
                return self._flow_line(indent, key_line)
            return self._block(key_line) if _KEY.match(self.rest) or _ENTRY.match(self.rest) else _not()
        if after_key and self.indent == indent and _ENTRY.match(self.rest):
            return self._block(key_line)
        return Node(None, line, "", False, key_line)

    def _literal(self, indent: int, key_line: int | None) -> Node:
        """A text under `|` or `>`, where it is simple: no blank line in it, nothing indented further."""
        match = _BLOCK.fullmatch(self.rest)
        line, column, at = self.at + self.first, self.indent + 1, self.at + 1
        found: list[str] = []
        while at < self.count and (not self.lines[at] or self.lines[at][: indent + 1].isspace()):
            found.append(self.lines[at])
            at += 1
        if at == self.count and self.lines[-1]:
            _not()  # the text ends without a line break, and so does the value
        while found and not found[-1]:
            found.pop()
        margin = len(found[0]) - len(found[0].lstrip(" ")) if found else 0
        body = [row[margin:] for row in found]
        if (
            not match
            or not body
            or any(
                not row or row[0] == " " or row[-1] == " " or own[:margin].strip(" ")
                for row, own in zip(body, found, strict=True)
            )
        ):
            _not()
        text = ("\n" if match[1] == "|" else " ").join(body) + ("" if match[2] else "\n")
        self.at = at - 1
        self._next()
        return Node(text, line, text, True, key_line, column) if self.indent <= indent else _not()

    def _flow_line(self, indent: int, key_line: int | None = None) -> Node:
        """Brackets, on this line and perhaps the next ones, up to the end of a line."""
        self.row = self.at
        node, end = self._flow(self.starts[self.at] + self.indent, key_line)
        last = self.lines[self.row]
        tail = end - self.starts[self.row]
        if last[tail:].strip(" ") and not _COMMENT.match(last, tail):
            _not()
        for row in range(self.at + 1, self.row + 1):
            if not self.lines[row][: indent + 1].isspace() and self.lines[row] and indent >= 0:
                _not()
        self.at = self.row
        self._next()
        return node if self.indent <= indent or indent < 0 else _not()

    def _flow(self, at: int, key_line: int | None) -> tuple[Node, int]:
        """The value at a position, and where it ends."""
        text, row = self.text, self.row
        column = at - self.starts[row] + 1
        first = text[at : at + 1]
        if first in ("[", "{"):
            self.depth += 1
            if self.depth > DEEPEST:
                _not()
            value, end = self._flow_list(at + 1) if first == "[" else self._flow_mapping(at + 1)
            self.depth -= 1
            return Node(value, row + self.first, None, False, key_line, column), end
        if first in ('"', "'"):
            said, end = _quoted(text, at)
            return Node(said, row + self.first, said, True, key_line, column), end
        match = _FLOW_PLAIN.match(text, at) or _not()
        said = match[0].rstrip(" ")
        return Node(plain_value(said), row + self.first, said, False, key_line, column), match.end()

    def _space(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        end = match.end() if match else at
        if end != at:
            self.row += self.text.count("\n", at, end)
        return end

    def _flow_list(self, at: int) -> tuple[list[Node], int]:
        found: list[Node] = []
        at = self._space(at)
        while self.text[at : at + 1] != "]":
            node, at = self._flow(at, None)
            found.append(node)
            at = self._separated(at, "]")
        return found, at + 1

    def _flow_mapping(self, at: int) -> tuple[dict[str, Node], int]:
        found: dict[str, Node] = {}
        text = self.text
        at = self._space(at)
        while text[at : at + 1] != "}":
            key_line = self.row + self.first
            if match := _FLOW_KEY.match(text, at):
                key, end = match[1], match.end()
            else:
                key, end = _quoted(text, at)
                if text[end : end + 1] != ":":
                    _not()
                end += 1
            at = self._space(end)
            if key in found:
                _not()
            if text[at : at + 1] in (",", "}"):
                if self.row + self.first != key_line:
                    _not()
                node = Node(None, key_line, "", False, key_line)
            else:
                node, at = self._flow(at, key_line)
            found[key] = node
            at = self._separated(at, "}")
        return found, at + 1

    def _separated(self, at: int, closing: str) -> int:
        """Past the comma to the next member, or to the closing bracket."""
        at = self._space(at)
        mark = self.text[at : at + 1]
        if mark == closing:
            return at
        return self._space(at + 1) if mark == "," else _not()


def _quoted(text: str, at: int) -> tuple[str, int]:
    """A quoted text on one line, and where it ends."""
    match = _DOUBLE.match(text, at)
    if match:
        if "\\" not in match[1]:
            return match[1], match.end()
        try:
            return str(json.loads(match[0])), match.end()
        except ValueError:
            _not()
    match = _SINGLE.match(text, at) or _not()
    return match[1].replace("''", "'"), match.end()
