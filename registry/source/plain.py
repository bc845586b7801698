"""The plain part of YAML that people and our own exporter write, and JSON, read an order of magnitude faster.

Block mappings and lists, brackets, quoted and unquoted values on one line. Whatever else a text holds — anchors, tags,
values over several lines, every kind of mistake — is left to `composing.py`, which reads all of YAML; a test compares
the two on whatever this one reads.
"""

from __future__ import annotations

import re

from registry.source.brackets import Brackets, NotPlain, give_up, quoted_text
from registry.source.node import DEEPEST, Node, plain_value

_CONTROL = re.compile(r"[^\t\n\x20-\x7e]")
_UNREAD = frozenset({0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF})
_TABS = re.compile(r"^ *\t|:\t|-\t", re.MULTILINE)
_MARKS = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)
_KEY = re.compile(r"(\w[\w./+-]*(?: [\w./+-]+)*) *:(?: +|$)")
_ENTRY = re.compile(r"-(?: +|$)")
_START = re.compile(r"[^\s,\[\]{}#&*!|>'\"%@`?:-]|[?:-](?=\S)")
_COMMENT = re.compile(r"\s+#")
_BLOCK = re.compile(r"([|>])(-?)(?: +#.*| *)")


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
        self.brackets = Brackets(text, self.starts, first_line)
        self._next()

    def document(self) -> Node:
        if self.rest and self.rest[0] in "[{":
            node = self._flow_line(self.indent)
        elif self.indent == 0 and self.rest:
            node = self._block(None)
        else:
            give_up()
        return node if self.at >= self.count else give_up()

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
            give_up()
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
                give_up()
            key_line = self.at + self.first
            found[match[1]] = self._value(match.end(), indent, key_line, after_key=True)
        return found if self.indent < indent or _ENTRY.match(self.rest) else give_up()

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
        return found if self.indent < indent or not _ENTRY.match(self.rest) else give_up()

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
            text, end = quoted_text(rest, 0)
            if rest[end:].strip() and not _COMMENT.match(rest, end):
                give_up()
        else:
            text = self._unquoted(rest)
        self._next()
        if self.indent > indent:
            give_up()
        return Node(text if quoted else plain_value(text), line, text, quoted, key_line, column)

    def _unquoted(self, rest: str) -> str:
        if not _START.match(rest):
            give_up()
        if "\t" in rest:
            give_up()
        if (comment := rest.find(" #")) >= 0:
            rest = rest[:comment]
        rest = rest.rstrip(" ")
        if ":" in rest and (": " in rest or rest[-1] == ":"):
            give_up()
        return rest

    def _below(self, indent: int, key_line: int | None, *, after_key: bool) -> Node:
        """A value that begins on a line of its own; nothing, where none does."""
        line = self.at + self.first
        self._next()
        if self.indent > indent:
            if self.rest[0] in "[{":
                return self._flow_line(indent, key_line)
            return self._block(key_line) if _KEY.match(self.rest) or _ENTRY.match(self.rest) else give_up()
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
            give_up()  # the text ends without a line break, and so does the value
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
            give_up()
        text = ("\n" if match[1] == "|" else " ").join(body) + ("" if match[2] else "\n")
        self.at = at - 1
        self._next()
        return Node(text, line, text, True, key_line, column) if self.indent <= indent else give_up()

    def _flow_line(self, indent: int, key_line: int | None = None) -> Node:
        """Brackets, on this line and perhaps the next ones, up to the end of a line."""
        inside = self.brackets
        inside.row, inside.depth = self.at, self.depth
        node, end = inside.value(self.starts[self.at] + self.indent, key_line)
        last = self.lines[inside.row]
        tail = end - self.starts[inside.row]
        if last[tail:].strip(" ") and not _COMMENT.match(last, tail):
            give_up()
        for row in range(self.at + 1, inside.row + 1):
            if not self.lines[row][: indent + 1].isspace() and self.lines[row] and indent >= 0:
                give_up()
        self.at = inside.row
        self._next()
        return node if self.indent <= indent or indent < 0 else give_up()
