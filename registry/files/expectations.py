"""What a case expects to come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias, TypeVar

from registry.domain.facts import FactValue
from registry.domain.finding import Gate, State, VerdictWord
from registry.domain.money import Money
from registry.domain.values import dataclass
from registry.files import scalars
from registry.files.heading import refuse_other_keys
from registry.files.reading import Reading, shown_text
from registry.files.texts import LONGEST_NAME, identifier, instead, text
from registry.source import Node

When: TypeAlias = dt.date | dt.datetime
Piece: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
T = TypeVar("T")

_KEYS = ("use", "verdict", "findings", "absent", "gates", "values", "questions", "residual", "as_of", "known_at")
AXES = (
    "acts", "elements", "productions", "purposes", "scenes", "media", "territories", "languages", "dates", "ages",
    "content", "real_time", "role_use",
)  # fmt: skip
_DAYS = ("from", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What one use must come to: at least these findings and values, exactly these questions, this residual."""

    use: str
    verdict: VerdictWord | None = None
    findings: tuple[tuple[str, State], ...] = ()
    absent: tuple[str, ...] = ()
    gates: tuple[tuple[Gate, State], ...] = ()
    values: tuple[tuple[str, FactValue], ...] = ()
    questions: tuple[str, ...] | None = None
    residual: tuple[Piece, ...] | None = None
    as_of: When | None = None
    known_at: When | None = None


def read_when(node: Node) -> When:
    """A moment, or a day. Raises ValueError."""
    return scalars.date(node) if node.raw is not None and len(node.raw) <= 10 else scalars.moment(node)


def read_expectations(reading: Reading, node: Node, uses: Collection[str]) -> tuple[Expectation, ...]:
    """The entries under `expect:`; each speaks of one of `uses`."""
    if not isinstance(node.value, list):
        reading.value_fault(node, "expect", "not a list; begin each entry with `- `")
        return ()
    found = [_Entry(reading, item, f"expect[{n}]").read(uses) for n, item in enumerate(node.value)]
    return tuple(expectation for expectation in found if expectation is not None)


class _Entry:
    """One entry under `expect:`, being read."""

    def __init__(self, reading: Reading, node: Node, path: str) -> None:
        self.reading, self.node, self.path = reading, node, path
        self.items = node.value if isinstance(node.value, dict) else {}

    def read(self, uses: Collection[str]) -> Expectation | None:
        if not isinstance(self.node.value, dict):
            self.reading.value_fault(self.node, self.path, "not a mapping of `key: value`")
            return None
        refuse_other_keys(self.reading, self.items, _KEYS, self.path)
        use = self._one("use", lambda node: identifier(scalars.written(node), self.reading))
        if use is None:
            if "use" not in self.items:
                self.reading.fault(self.node.line, f"{self.path}.use", "missing; name a use of this case")
            return None
        if use not in uses:
            near = self.reading.near(use, uses, "use")
            self.reading.value_fault(
                self.items["use"], f"{self.path}.use", f"no such use{f'; nearest: {near}' if near else ''}"
            )
        return Expectation(
            use=use,
            verdict=self._one("verdict", lambda node: self._word(node, VerdictWord)),
            findings=self._pairs("findings", lambda node: self._word(node, State)),
            absent=self._list("absent") or (),
            gates=self._gates(),
            values=self._pairs("values", _value),
            questions=self._list("questions"),
            residual=self._residual(),
            as_of=self._one("as_of", read_when),
            known_at=self._one("known_at", read_when),
        )

    def _word(self, node: Node, words: Any) -> Any:
        return scalars.word(node, words, self.reading)

    def _one(self, key: str, parse: Callable[[Node], T]) -> T | None:
        node = self.items.get(key)
        return None if node is None else self._parsed(node, f"{self.path}.{key}", parse)

    def _parsed(self, node: Node, path: str, parse: Callable[[Node], T]) -> T | None:
        if node.value is None and not node.quoted:
            return None
        try:
            return parse(node)
        except ValueError as error:
            self.reading.value_fault(node, path, str(error))
            return None

    def _pairs(self, key: str, parse: Callable[[Node], T]) -> tuple[tuple[str, T], ...]:
        node = self.items.get(key)
        if node is None or node.value is None:
            return ()
        if not isinstance(node.value, dict):
            self.reading.value_fault(node, f"{self.path}.{key}", "not a mapping; write one `RULE: …` a line")
            return ()
        found = [
            (name, self._parsed(item, f"{self.path}.{key}.{name[:80]}", parse)) for name, item in node.value.items()
        ]
        return tuple((name, value) for name, value in found if value is not None)

    def _gates(self) -> tuple[tuple[Gate, State], ...]:
        found = []
        for name, state in self._pairs("gates", lambda node: self._word(node, State)):
            if name in set(Gate):
                found.append((Gate(name), state))
            else:
                hint = instead(name, [gate.value for gate in Gate], "gate", self.reading)
                self.reading.fault(
                    self.items["gates"].at, f"{self.path}.gates.{shown_text(name)}", f"no such gate; {hint}"
                )
        return tuple(found)

    def _list(self, key: str) -> tuple[str, ...] | None:
        return self._one(key, _texts)

    def _residual(self) -> tuple[Piece, ...] | None:
        node = self.items.get("residual")
        if node is None or (node.value is None and not node.quoted):
            return None
        pieces: list[Piece] = []
        for item in node.value if isinstance(node.value, list) else [node]:
            if not isinstance(item.value, dict):
                self.reading.value_fault(item, f"{self.path}.residual", "not a list of `{axis: [values]}`")
                continue
            refuse_other_keys(self.reading, item.value, (*AXES, *_DAYS), f"{self.path}.residual")
            found = (self._axis(key, values) for key, values in item.value.items() if key not in _DAYS)
            pieces.append((*(axis for axis in found if axis is not None), *self._days(item, item.value)))
        return tuple(pieces)

    def _axis(self, axis: str, node: Node) -> tuple[str, tuple[str, ...]] | None:
        values = self._parsed(node, f"{self.path}.residual.{axis}", _AS_IN_A_CLAUSE.get(axis, _texts))
        return None if values is None else (axis, values)

    def _days(self, piece: Node, items: Mapping[str, Node]) -> Piece:
        """The days of a piece, written like those of a clause: `from` and `until`."""
        days = [self._parsed(items[key], f"{self.path}.residual.{key}", scalars.date) for key in _DAYS if key in items]
        if len(days) == 1:
            self.reading.fault(piece.line, f"{self.path}.residual", "one end of its days; write both from and until")
        if len(days) < 2 or None in days:
            return ()
        return (("dates", (_span(*days),)),)


def _span(first: object, last: object) -> str:
    return f"{first}" if first == last else f"{first}..{last}"


def _ages(node: Node) -> tuple[str, ...]:
    """A first and a last age (`[25, 40]`), or spans as they are shown (`["25..40", "50"]`)."""
    if not isinstance(node.value, list) or len(node.value) != 2 or not all(_is_age(item) for item in node.value):
        return _texts(node)
    return (_span(*(scalars.count(item) for item in node.value)),)


def _yes_no(node: Node) -> tuple[str, ...]:
    return _texts(node) if isinstance(node.value, list) else ("yes" if scalars.yes_no(node) else "no",)


def _is_age(node: Node) -> bool:
    return isinstance(node.value, int) and not isinstance(node.value, bool) and not node.quoted


def _texts(node: Node) -> tuple[str, ...]:
    if not isinstance(node.value, list):
        if node.raw == "any":
            return ("any",)
        raise ValueError("not a list")
    return tuple(text(scalars.written(item), LONGEST_NAME) for item in node.value)


_AS_IN_A_CLAUSE: dict[str, Callable[[Node], tuple[str, ...]]] = {"ages": _ages, "real_time": _yes_no}


def _value(node: Node) -> FactValue:
    """A deadline, a day, an amount, a number of days: by the way it is written."""
    raw = scalars.written(node)
    for parse in (scalars.date, scalars.moment, scalars.money):
        try:
            found: dt.date | dt.datetime | Money = parse(node)
        except ValueError:
            continue
        return found
    if not node.quoted and isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    return text(raw, LONGEST_NAME)
