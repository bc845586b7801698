"""Domain values as plain mappings with the key names of FORMATS.md, and as the exact bytes that are hashed and signed.

The plain form holds yes/no, whole numbers, text, lists and mappings only. Everything else has one written form: dates
and moments as ISO 8601 (a moment with the offset it was given in), money `1246.00 USD`, shares `1/3`, a date known to
the year `1957`. What is left out is the default.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from registry.domain.consent import Counsel
from registry.domain.dates import DateSpan, parse_date, parse_moment, parse_span
from registry.domain.facts import UNSURE, FactInput
from registry.domain.money import Money, parse_money
from registry.domain.record import Record
from registry.domain.shape import Kind, Shape, record_shapes, shapes
from registry.domain.use import Use
from registry.domain.words import RecordKind

Plain: TypeAlias = "bool | int | str | list[Plain] | dict[str, Plain] | None"
T = TypeVar("T")

_ALONE = {(Record, "use"), (Record, "about"), (Use, "performers")}  # one is written without a list
_WHOLE = {"media": ("any",), "languages": ("any",), "scenes": ("any",), "grants": ("all",)}
_LIKE_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LIKE_A_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ].+")
_LIKE_MONEY = re.compile(r"-?\d+(\.\d+)? [A-Z]{3}")


def canonical_bytes(value: object) -> bytes:
    """The one way to write `value`: JSON, keys sorted, NFC, no spaces, no floating-point numbers. Raises ValueError."""
    text = json.dumps(_written(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"half a character at {error.start} cannot be written") from None


def _written(value: object) -> Plain:
    if isinstance(value, str):
        text = value.value if isinstance(value, Enum) else value
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        found = {str(_written(key)): _written(item) for key, item in value.items()}
        if len(found) < len(value):
            raise ValueError("two keys that are written alike")
        return found
    if isinstance(value, list | tuple):
        return [_written(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type | Money | DateSpan):
        return _written(to_plain(value))
    return _scalar(value)


def _scalar(value: object) -> str:
    """The written form of what JSON has no word for."""
    match value:
        case dt.datetime():
            if value.tzinfo is None:
                raise ValueError(f"{value.isoformat()} has no offset")
            return value.isoformat()
        case dt.date():
            return value.isoformat()
        case Fraction() | Money() | DateSpan():
            return str(value)
        case float():
            return repr(value)
        case Enum():
            return str(value.value)
    raise TypeError(f"{type(value).__name__} has no written form")


def to_plain(value: Any) -> dict[str, Plain]:
    """A domain value as a mapping with the keys of FORMATS.md, in the order of its class; defaults are left out."""
    return {key: _plain_facts(item) if key == "facts" else _plain(item) for key, item in written_items(value)}


def written_items(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a domain value that a file writes, by their keys there: no defaults, a list of one as that one."""
    cls: Any = type(value)
    for name, default in _defaults(cls):
        item = getattr(value, name)
        if item == default and type(item) is type(default):
            continue
        alone = (cls, name) in _ALONE and len(item) == 1
        whole = item == _WHOLE.get(name)
        yield _key(cls, name), item[0] if alone or whole else item


@lru_cache(maxsize=256)
def _defaults(cls: Any) -> tuple[tuple[str, object], ...]:
    return tuple((f.name, f.default if f.default_factory is MISSING else f.default_factory()) for f in fields(cls))


def _key(cls: type[Any], name: str) -> str:
    if cls is Record:
        return {"sender": "from", "to_day": "to"}.get(name, name.removesuffix("_"))
    return "performer" if cls is Use and name == "performers" else name.removesuffix("_")


def _plain_facts(item: Any) -> Plain:
    """The facts somebody asserted, by name; of a finding, the facts it rested on."""
    if any(is_dataclass(part) for part in item):
        return _plain(item)
    return {name: plain_fact(answer) for name, answer in item}


def _plain(item: object) -> Plain:
    if item is None or isinstance(item, bool | int):
        return item
    if isinstance(item, str):
        return item.value if isinstance(item, Enum) else item
    if isinstance(item, tuple | list):
        return [_plain(part) for part in item]
    if isinstance(item, Counsel) and item == Counsel(name="none"):
        return "none"
    if is_dataclass(item) and not isinstance(item, type | Money | DateSpan):
        return to_plain(item)
    return _scalar(item)


def plain_fact(value: FactInput | None) -> Plain:
    """A fact's value. Text that would be read as a date or an amount is marked as text; a double is marked as one."""
    if isinstance(value, float):
        return {"double": repr(value)}
    if isinstance(value, str) and value is not UNSURE and (value == "unsure" or _typed(value) is not value):
        return {"text": value}
    return _plain(value)


def fact_from_plain(value: Any) -> FactInput:
    """The inverse of plain_fact."""
    if isinstance(value, dict):
        return float(value["double"]) if "double" in value else str(value["text"])
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if isinstance(value, str):
        return UNSURE if value == "unsure" else _typed(value)
    if isinstance(value, bool | int):
        return value
    raise ValueError(f"{value!r} is no value of a fact")


def _typed(text: str) -> str | dt.date | dt.datetime | Money:
    """What a text looks like: a date, a moment, an amount, or itself."""
    try:
        if _LIKE_A_DATE.fullmatch(text):
            return parse_date(text)
        if _LIKE_A_MOMENT.fullmatch(text):
            return parse_moment(text)
        if _LIKE_MONEY.fullmatch(text):
            return parse_money(text)
    except ValueError:
        return text
    return text


def from_plain(cls: type[T], plain: Mapping[str, Any]) -> T:
    """The inverse of to_plain, for what we wrote ourselves (a file from outside goes through registry.files)."""
    anything: Any = cls
    readers = _record_readers(RecordKind(plain["kind"])) if anything is Record else _readers(anything)
    return cls(**{readers[key][0]: readers[key][1](item) for key, item in plain.items() if key in readers})


Reader: TypeAlias = Callable[[Any], Any]
Readers: TypeAlias = Mapping[str, tuple[str, Reader]]  # by the key in a file: the name of the field, and how it is read


@lru_cache(maxsize=64)
def _readers(cls: Any) -> Readers:
    """How the fields of a class are read: made once, as a schedule has tens of thousands of values to read."""
    return {shape.key: (shape.name, _reader(shape)) for shape in shapes(cls)}


@lru_cache(maxsize=64)
def _record_readers(kind: RecordKind) -> Readers:
    return {shape.key: (shape.name, _reader(shape)) for shape in record_shapes(kind)}


def _reader(shape: Shape) -> Reader:
    one = _one(shape)

    def alone(plain: Any) -> Any:
        return None if plain is None else one(plain)

    def many(plain: Any) -> Any:
        return None if plain is None else tuple([one(item) for item in ([plain] if isinstance(plain, str) else plain)])

    return many if shape.many else alone


def _one(shape: Shape) -> Reader:
    """How one value that is there is read."""
    match shape.kind:
        case Kind.FACTS:
            return lambda plain: tuple([(name, fact_from_plain(plain[name])) for name in sorted(plain)])
        case Kind.NESTED:
            cls: type[Any] = shape.type
            return lambda plain: Counsel(name="none") if plain == "none" and cls is Counsel else from_plain(cls, plain)
        case Kind.WORD:
            return _word(shape.type)
        case Kind.DATE:
            return parse_date
        case Kind.MOMENT:
            return parse_moment
        case Kind.SPAN:
            return parse_span
        case Kind.MONEY:
            return parse_money
        case Kind.FRACTION:
            return Fraction
        case Kind.ANSWER:
            return lambda plain: UNSURE if plain == "unsure" else plain
        case _:
            return lambda plain: plain


def _word(words: type[Any]) -> Reader:
    known = {word.value: word for word in words}
    return lambda plain: known[plain] if plain in known else words(plain)
