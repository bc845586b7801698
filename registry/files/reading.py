"""One file being read: its faults so far, the dictionary its facts are typed by, how a fault shows a value."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from registry.domain.facts import FactDefinition
from registry.errors import Fault, FileError
from registry.files.references import Reference
from registry.source import Node, nearest

_SHOWN = 60
_PATIENCE = 300_000  # so many words are compared for one file; the faults after that go without a nearest one


@dataclass(slots=True)
class Reading:
    """The faults of one file. `dictionary` None: facts are typed by the way they are written."""

    name: str
    dictionary: Mapping[str, FactDefinition] | None = None
    faults: list[Fault] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    _near: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _compared: int = 0

    def fault(self, line: int | None, path: str, problem: str) -> None:
        self.faults.append(Fault(line, path, problem))

    def value_fault(self, node: Node, path: str, problem: str) -> None:
        """A fault of a value, which the path shows."""
        self.fault(node.at, f"{path}: {shown(node)}", problem)

    def refer(self, kind: str, name: str, node: Node, path: str, owner: str = "") -> None:
        """`node` names something of `kind` (of `owner`, for a representative or a clause)."""
        self.references.append(Reference(kind, name, owner, node.at, path))

    def near(self, word: str, candidates: Collection[str], about: str) -> str | None:
        """The nearest candidate, looked for once a word; `about` tells lists of candidates apart."""
        key = (about, word[:80])
        if key not in self._near and self._compared < _PATIENCE:
            self._near[key] = nearest(word, candidates)
            self._compared += len(candidates)
        return self._near.get(key)

    def done(self, outcome: str) -> None:
        """Raises FileError where anything was wrong, in the order of the lines."""
        if self.faults:
            ordered = sorted(dict.fromkeys(self.faults), key=lambda fault: fault.line or 0)
            raise FileError(self.name, ordered, outcome)


def shown(node: Node) -> str:
    """A value as a fault shows it: short, and nothing in it that moves the cursor or turns the line around."""
    if isinstance(node.value, dict):
        return "{…}" if node.value else "{}"
    if isinstance(node.value, list):
        return "[…]" if node.value else "[]"
    text = str(node.raw) if node.raw is not None else str(node.value)
    return shown_text(text) if text else "null" if node.value is None else '""'


def shown_text(text: str) -> str:
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 20]
    safe = "".join(c if _prints(c) else f"\\u{ord(c):04x}" for c in cut)
    return safe if cut is text else f"{safe}… ({len(text):,} characters)"


def _prints(character: str) -> bool:
    return character == " " or unicodedata.category(character)[0] not in "CZ"


def refused_character(text: str, *, lines: bool) -> str | None:
    """The first character no text may hold: controls, half characters, marks that turn the reading direction around."""
    if text.isprintable():
        return None
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cc", "Cs", "Zl", "Zp") and not (lines and character in "\n\t"):
            return character
        if character in _TURNING:
            return character
    return None


_TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)))
