"""The shape of a domain class as files and the ledger write it: which key, which type, one or many, what is a must."""

from __future__ import annotations

import datetime as dt
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum, StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from registry.domain.dates import DateSpan
from registry.domain.money import Money
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import RecordKind


class Kind(Enum):
    """What one value is."""

    TEXT = "text"
    INTEGER = "integer"
    YES_NO = "yes or no"
    ANSWER = "yes, no or unsure"
    WORD = "word of a closed list"
    DATE = "date"
    MOMENT = "moment"
    SPAN = "date, month or year"
    MONEY = "money"
    FRACTION = "fraction"
    NESTED = "mapping"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Shape:
    """One field: `key` is its name in a file; `type` is the class of a word or of a mapping."""

    name: str
    key: str
    kind: Kind
    many: bool
    type: type[Any]
    required: bool


# Kinds of records whose `from` and `to` are days; elsewhere they are words.
DATED = frozenset({RecordKind.SEARCH, RecordKind.SUSPENSION, RecordKind.STRIKE})
_KEYS = {(Use, "performers"): "performer", (Record, "sender"): "from", (Record, "to_day"): "to"}
_SCALARS: dict[Any, Kind] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    bool: Kind.YES_NO,
    dt.date: Kind.DATE,
    dt.datetime: Kind.MOMENT,
    DateSpan: Kind.SPAN,
    Money: Kind.MONEY,
    Fraction: Kind.FRACTION,
}


@lru_cache(maxsize=64)
def shapes(cls: type[Any]) -> tuple[Shape, ...]:
    """The fields of a domain class, in its own order."""
    hints = typing.get_type_hints(cls)
    found = []
    for field in fields(cls):
        key = _KEYS.get((cls, field.name), field.name.removesuffix("_"))
        kind, many, inner = _kind(field.name, hints[field.name])
        required = field.default is MISSING and field.default_factory is MISSING
        found.append(Shape(field.name, key, kind, many, inner, required))
    return tuple(found)


@lru_cache(maxsize=64)
def record_shapes(kind: RecordKind) -> tuple[Shape, ...]:
    """The fields of a record of one kind: `from` and `to` are days there, or words."""
    unused = {"sender", "to"} if kind in DATED else {"from_", "to_day"}
    return tuple(shape for shape in shapes(Record) if shape.name not in unused)


def _kind(name: str, hint: Any) -> tuple[Kind, bool, type[Any]]:
    if name == "facts":
        return Kind.FACTS, False, dict
    options = [hint]
    if isinstance(hint, types.UnionType):
        options = [option for option in typing.get_args(hint) if option is not type(None)]
    if set(options) == {bool, str}:
        return Kind.ANSWER, False, bool
    (inner,) = options
    many = typing.get_origin(inner) is tuple
    if many:
        inner = typing.get_args(inner)[0]
    if inner in _SCALARS:
        return _SCALARS[inner], many, inner
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return Kind.WORD, many, inner
    if is_dataclass(inner) and isinstance(inner, type):
        return Kind.NESTED, many, inner
    raise TypeError(f"{name}: {hint} has no shape in a file")
