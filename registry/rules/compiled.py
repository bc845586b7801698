"""The compiled form of a catalogue in a file: what a cold start reads instead of YAML.

Plain JSON: a list whose first word says what it stands for. It is made again whenever anything it rests on differs, and
read only where its digest is right; a damaged one is as good as none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any

from registry.domain.finding import Grade
from registry.domain.money import Money
from registry.domain.words import GrantorCapacity
from registry.rules import pack as shapes
from registry.rules.cel import Program
from registry.rules.pack import Expression, Pack

KEPT = 4

_SHAPES: tuple[type[Any], ...] = (
    shapes.Span, shapes.ConsentRequired, shapes.NoticeRequired, shapes.ApprovalRequired, shapes.ReasonRequired,
    shapes.BargainingRequired, shapes.PaymentRequired, shapes.DutyRequired, shapes.RulingRequired, shapes.FactRequired,
    shapes.Prohibited, shapes.Limb, shapes.Verified, shapes.Rule, shapes.FormRule, shapes.Rate, shapes.Parameter,
    shapes.Reviewed, shapes.Pack,
)  # fmt: skip
_NAMES = {shape: tuple(each.name for each in fields(shape)) for shape in _SHAPES}
_WORDS: tuple[type[Enum], ...] = (Grade, GrantorCapacity, shapes.PackGate)


def write_compiled(folder: Path, key: str, packs: tuple[Pack, ...], masks: Any) -> None:
    """Keep a catalogue under `key`. A folder that cannot be written to costs time, nothing else."""
    writer = _Writer()
    body = json.dumps([writer.plain(packs), masks, writer.table], separators=(",", ":"), ensure_ascii=False).encode()
    path = folder / f"rules-{key}.json"
    part = folder / f"rules-{key}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        os.replace(part, path)
        for old in sorted(folder.glob("rules-*.json"), key=lambda each: each.stat().st_mtime_ns)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def read_compiled(folder: Path, key: str) -> tuple[tuple[Pack, ...], Any] | None:
    """The catalogue kept under `key`; None where there is none, or not a whole one."""
    try:
        digest, _, body = (folder / f"rules-{key}.json").read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(body).hexdigest().encode() != digest:
        return None
    packs, masks, table = json.loads(body)
    return _reader(table)(packs), masks


class _Writer:
    """Values as lists of JSON; each condition once, in `table`."""

    def __init__(self) -> None:
        self.table: list[list[Any]] = []
        self._places: dict[tuple[Any, ...], int] = {}

    def plain(self, value: Any) -> Any:
        if value is None or isinstance(value, (bool, int, float)) or type(value) is str:
            return value
        if isinstance(value, Expression):
            return ["x", self._place(value)]
        if isinstance(value, Enum):
            return ["w", _WORDS.index(type(value)), value.value]
        if isinstance(value, tuple):
            return ["t", *map(self.plain, value)]
        if isinstance(value, dt.date):
            return ["d", value.toordinal()]
        if isinstance(value, Money):
            return ["m", value.minor, value.currency]
        shape = type(value)
        return [_SHAPES.index(shape), *(self.plain(getattr(value, name)) for name in _NAMES[shape])]

    def _place(self, expression: Expression) -> int:
        program: Program = expression.program
        key = (expression.source, program.serialized)
        if key not in self._places:
            self._places[key] = len(self.table)
            serialized = b64encode(program.serialized).decode()
            row = [expression.source, expression.type, expression.facts, expression.unsure, serialized, program.names]
            self.table.append(row)
        return self._places[key]


def _reader(table: list[list[Any]]) -> Callable[[Any], Any]:
    expressions = [
        Expression(source, kind, tuple(facts), tuple(unsure), Program(b64decode(program), tuple(names)))
        for source, kind, facts, unsure, program, names in table
    ]
    words = [{word.value: word for word in each} for each in _WORDS]

    def value(plain: Any) -> Any:
        if type(plain) is not list:
            return plain
        head = plain[0]
        if head == "t":
            return tuple([value(each) for each in plain[1:]])
        if head == "x":
            return expressions[plain[1]]
        if head == "w":
            return words[plain[1]][plain[2]]
        if head == "d":
            return dt.date.fromordinal(plain[1])
        if head == "m":
            return Money(plain[1], plain[2])
        shape = _SHAPES[head]
        return shape(**dict(zip(_NAMES[shape], [value(each) for each in plain[1:]], strict=True)))

    return value
