"""What stands in brackets, and in quotes, in the plain part of YAML (plain.py): read by position, over lines."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from registry.source.node import DEEPEST, Node, plain_value

_DOUBLE = re.compile(r'"([^"\\\n]*(?:\\[^\n][^"\\\n]*)*)"')
_SINGLE = re.compile(r"'([^'\n]*(?:''[^'\n]*)*)'")
_SPACE = re.compile(r"(?:[ \n]|(?<=[ \n])#[^\n]*)*")
_FLOW_PLAIN = re.compile(
    r"(?:[^\s,\[\]{}#&*!|>'\"%@`?:-]|-(?=[^\s,\[\]{}]))(?:[^\n,\[\]{}#:]|:(?=[^\s,\[\]{}])|(?<=\S)#)*"
)
_FLOW_KEY = re.compile(r"(\w[\w./+-]*(?: [\w./+-]+)*) *:(?=[ \n])")


class NotPlain(Exception):  # noqa: N818 (no error: the other reader takes over)
    """Something `composing.py` has to look at."""


def give_up() -> NoReturn:
    raise NotPlain


class Brackets:
    """A text and where its lines start. `row` is the line reached, from 0; `depth` counts the levels open."""

    def __init__(self, text: str, starts: list[int], first_line: int) -> None:
        self.text = text
        self.starts = starts
        self.first = first_line
        self.row = 0
        self.depth = 0

    def value(self, at: int, key_line: int | None) -> tuple[Node, int]:
        """The value at a position, and where it ends."""
        text, row = self.text, self.row
        column = at - self.starts[row] + 1
        first = text[at : at + 1]
        if first in ("[", "{"):
            self.depth += 1
            if self.depth > DEEPEST:
                give_up()
            value, end = self._flow_list(at + 1) if first == "[" else self._flow_mapping(at + 1)
            self.depth -= 1
            return Node(value, row + self.first, None, False, key_line, column), end
        if first in ('"', "'"):
            said, end = quoted_text(text, at)
            return Node(said, row + self.first, said, True, key_line, column), end
        match = _FLOW_PLAIN.match(text, at) or give_up()
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
            node, at = self.value(at, None)
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
                key, end = quoted_text(text, at)
                if text[end : end + 1] != ":":
                    give_up()
                end += 1
            at = self._space(end)
            if key in found:
                give_up()
            if text[at : at + 1] in (",", "}"):
                if self.row + self.first != key_line:
                    give_up()
                node = Node(None, key_line, "", False, key_line)
            else:
                node, at = self.value(at, key_line)
            found[key] = node
            at = self._separated(at, "}")
        return found, at + 1

    def _separated(self, at: int, closing: str) -> int:
        """Past the comma to the next member, or to the closing bracket."""
        at = self._space(at)
        mark = self.text[at : at + 1]
        if mark == closing:
            return at
        return self._space(at + 1) if mark == "," else give_up()


def quoted_text(text: str, at: int) -> tuple[str, int]:
    """A quoted text on one line, and where it ends."""
    match = _DOUBLE.match(text, at)
    if match:
        if "\\" not in match[1]:
            return match[1], match.end()
        try:
            return str(json.loads(match[0])), match.end()
        except ValueError:
            give_up()
    match = _SINGLE.match(text, at) or give_up()
    return match[1].replace("''", "'"), match.end()
