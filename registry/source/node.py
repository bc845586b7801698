"""What a text file holds, with the line of every value and the way it was written."""

from __future__ import annotations

import re
from typing import TypeAlias

from registry.domain.values import dataclass
from registry.errors import Fault

Value: TypeAlias = "dict[str, Node] | list[Node] | str | int | float | bool | None"

MOST_CHARACTERS = 64 * 1024 * 1024
DEEPEST = 64
MOST_ALIASED = 100_000
LONGEST_NUMBER = 400

_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMERIC = frozenset("0123456789+-.")
_INT = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = {
    ".inf": "inf", ".Inf": "inf", ".INF": "inf", "+.inf": "inf", "+.Inf": "inf", "+.INF": "inf",
    "-.inf": "-inf", "-.Inf": "-inf", "-.INF": "-inf", ".nan": "nan", ".NaN": "nan", ".NAN": "nan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """One value. `raw` is a scalar's text as written (quotes taken off), so that `2026-09-14`, `NO` and `1.50`
    survive; `key_line` is the line of the key it stands under, where there is one. Lines count from 1."""

    value: Value
    line: int
    raw: str | None = None
    quoted: bool = False
    key_line: int | None = None
    column: int = 1

    @property
    def at(self) -> int:
        """The line a reader looks for: the key's, else the value's own."""
        return self.key_line or self.line


def plain_value(text: str) -> str | int | float | bool | None:
    """What an unquoted scalar is in the core schema of YAML 1.2: `NO` and `on` are words, `1e3` is a number."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC or len(text) > LONGEST_NUMBER:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    return float(_SPECIAL[text]) if text in _SPECIAL else text


class SourceError(Exception):
    """The text cannot be read on: what is wrong, and where."""

    def __init__(self, line: int | None, problem: str, path: str = "") -> None:
        super().__init__(problem)
        self.fault = Fault(line, path, problem)
