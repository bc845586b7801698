"""Header-mapping files, `format: consent-columns/1`: how one show calls columns and people (docs/sheets.md)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import Any

from registry.domain.schedule import SheetKind
from registry.domain.values import dataclass
from registry.files.heading import check_format, refuse_other_keys
from registry.files.reading import Reading, shown_text
from registry.files.scalars import date, written
from registry.files.sheets.days import Order
from registry.files.sheets.headings import CUES, HEADINGS, PEOPLE, plainly
from registry.files.texts import identifier, name
from registry.source import Node, read

FORMAT = "consent-columns/1"
_KEYS = ("format", "kind", "sheet", "heading_row", "dates", "year", "date", "currency", "columns", "people", "codes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What a mapping file settles. `headings` are plain headings and the field each stands for (`ignore`: none);
    `people` are names as the sheets write them, and whose id is meant; `codes` are day codes of the show's own."""

    kind: SheetKind | None = None
    sheet: str | None = None
    heading_row: int | None = None  # as a spreadsheet counts
    order: Order | None = None
    year: int | None = None
    date: dt.date | None = None  # of a call sheet that does not say its day
    currency: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)


NOTHING = Columns()


def every_field() -> tuple[str, ...]:
    """Every field a column may stand for."""
    listed = [one for kind in HEADINGS for one in HEADINGS[kind]]
    return tuple(dict.fromkeys([*listed, *PEOPLE.values(), *CUES.values(), "act", "ignore"]))


def read_columns(text: str, file: str) -> Columns:
    """A mapping file. Raises FileError with every fault and its line."""
    node = read(text, file, outcome="nothing read")
    reading = Reading(file)
    items = check_format(reading, node, FORMAT)
    refuse_other_keys(reading, items, _KEYS, "")
    found = Columns()
    for key, item in items.items():
        if key in _READ and not (item.value is None and not item.quoted):
            found = _with(reading, found, key, item)
    reading.done("nothing read")
    return found


def _with(reading: Reading, columns: Columns, key: str, item: Node) -> Columns:
    attribute, rule = _READ[key]
    try:
        return replace(columns, **{attribute: rule(reading, item)})
    except ValueError as error:
        reading.value_fault(item, key, str(error))
        return columns


def _kind(_: Reading, item: Node) -> SheetKind:
    raw = written(item)
    if raw not in set(SheetKind):
        raise ValueError(f"no such kind of sheet; it is one of {', '.join(SheetKind)}")
    return SheetKind(raw)


def _order(_: Reading, item: Node) -> Order:
    raw = written(item)
    if raw not in set(Order):
        raise ValueError("write mdy for month first, or dmy for day first")
    return Order(raw)


def _row(_: Reading, item: Node) -> int:
    if isinstance(item.value, bool) or not isinstance(item.value, int) or not 1 <= item.value <= 100_000:
        raise ValueError("not the number of a row; count as the spreadsheet does, from 1")
    return item.value


def _year(_: Reading, item: Node) -> int:
    if isinstance(item.value, bool) or not isinstance(item.value, int) or not 1900 <= item.value <= 2200:
        raise ValueError("not a year; write 2026")
    return item.value


def _currency(_: Reading, item: Node) -> str:
    raw = written(item)
    if not re.fullmatch(r"[A-Z]{3}", raw):
        raise ValueError("not a currency; write its three letters, such as USD")
    return raw


def _mapping(check: Callable[[Reading, Node], str], known: Callable[[str], str]) -> Callable[[Reading, Node], Any]:
    def rule(reading: Reading, item: Node) -> Mapping[str, str]:
        if not isinstance(item.value, dict):
            raise ValueError("not a mapping of `written: meant`")
        found: dict[str, str] = {}
        for key, value in item.value.items():
            try:
                found[known(key)] = check(reading, value)
            except ValueError as error:
                reading.value_fault(value, shown_text(key), str(error))
        return found

    return rule


def _field(reading: Reading, item: Node) -> str:
    raw = written(item)
    if raw in every_field() or re.fullmatch(r"use\.\w+|[a-z_]+\.[a-z_]+", raw):
        return raw
    meant = reading.near(raw, every_field(), "field")
    hint = f"did you mean {meant}?" if meant else f"it is one of {', '.join(every_field())}"
    raise ValueError(f"no field of a sheet; {hint}")


def as_called(text: str) -> str:
    """A name as it is compared: no capitals, no space twice."""
    return " ".join(text.casefold().split())


_READ: Mapping[str, tuple[str, Callable[[Reading, Node], Any]]] = {
    "kind": ("kind", _kind),
    "sheet": ("sheet", lambda reading, item: name(written(item), reading)),
    "heading_row": ("heading_row", _row),
    "dates": ("order", _order),
    "year": ("year", _year),
    "date": ("date", lambda _, item: date(item)),
    "currency": ("currency", _currency),
    "columns": ("headings", _mapping(_field, plainly)),
    "people": ("people", _mapping(lambda reading, item: identifier(written(item), reading), as_called)),
    "codes": ("codes", _mapping(lambda _, item: written(item).upper(), lambda key: key.strip().upper())),
}
