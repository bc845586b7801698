"""The language of conditions: which operators and functions of CEL there are, and for which types.

Anything not in these tables does not compile. CEL has no dates or money of its own: conditions are checked with `date`
and `money` as types apart, and run with dates as ordinals and money as whole minor units (DESIGN.md §1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from registry.domain import dates
from registry.rules import workdays
from registry.rules.nexus import touches

_ORDERED = ("int", "double", "timestamp", "duration", "date", "money")
_COMPARED = ("bool", "string", *_ORDERED)


class Overload(NamedTuple):
    """One way to call a function: the types it takes and the type it yields."""

    takes: tuple[str, ...]
    yields: str


def _of(*signatures: str) -> tuple[Overload, ...]:
    """Overloads from lines such as `money int -> money`."""
    return tuple(
        Overload(tuple(takes.split()), yields.strip())
        for takes, _, yields in (line.partition("->") for line in signatures)
    )


def _same(types: tuple[str, ...], yields: str = "bool") -> tuple[Overload, ...]:
    return tuple(Overload((each, each), yields) for each in types)


OPERATORS: dict[str, tuple[Overload, ...]] = {
    "_&&_": _of("bool bool -> bool"),
    "_||_": _of("bool bool -> bool"),
    "!_": _of("bool -> bool"),
    "@not_strictly_false": _of("bool -> bool"),
    "_==_": _same((*_COMPARED, "list<string>")),
    "_!=_": _same((*_COMPARED, "list<string>")),
    "_<_": _same(_ORDERED),
    "_<=_": _same(_ORDERED),
    "_>_": _same(_ORDERED),
    "_>=_": _same(_ORDERED),
    "@in": _of("string list<string> -> bool", "int list<int> -> bool", "date list<date> -> bool"),
    "_?_:_": tuple(Overload(("bool", each, each), each) for each in _COMPARED),
    "-_": _of("int -> int"),
    "_+_": _of(
        "int int -> int",
        "money money -> money",
        "timestamp duration -> timestamp",
        "duration duration -> duration",
    ),
    "_-_": _of(
        "int int -> int",
        "money money -> money",
        "timestamp duration -> timestamp",
        "timestamp timestamp -> duration",
        "duration duration -> duration",
    ),
    "_*_": _of("int int -> int", "money int -> money", "int money -> money"),
}

# Written with one text in quotes, and settled when the pack is loaded.
LITERALS: dict[str, tuple[Overload, ...]] = {
    "date": _of("string -> date"),
    "money": _of("string -> money"),
    "unsure": _of("string -> bool"),
    "duration": _of("string -> duration"),
    "timestamp": _of("string -> timestamp"),
}

FUNCTIONS: dict[str, tuple[Overload, ...]] = {
    "max": tuple(Overload((each, each), each) for each in ("int", "money", "date", "timestamp")),
    "min": tuple(Overload((each, each), each) for each in ("int", "money", "date", "timestamp")),
    "share": _of("int int int -> int", "money int int -> money"),
    "years_after": _of("date int -> date"),
    "months_after": _of("date int -> date"),
    "days_after": _of("date int -> date"),
    "days_between": _of("date date -> int"),
    "size": _of("list<string> -> int"),
    "startsWith": _of("string string -> bool"),
    "touches": _of("list<string> string -> bool", "string string -> bool"),
    "business_days_after": _of("date int string -> date"),
}

MEMBERS = frozenset({"startsWith"})


def share(x: int, n: int, d: int) -> int:
    """`x` × n ⁄ d, half up."""
    if d < 0:
        n, d = -n, -d
    return (2 * x * n + d) // (2 * d)


def years_after(day: int, years: int) -> int:
    return dates.years_after(dt.date.fromordinal(day), years).toordinal()


def months_after(day: int, months: int) -> int:
    return dates.months_after(dt.date.fromordinal(day), months).toordinal()


def days_after(day: int, days: int) -> int:
    return dt.date.fromordinal(day + days).toordinal()


def days_between(first: int, last: int) -> int:
    return last - first


def business_days_after(day: int, count: int, state: str) -> int:
    return workdays.business_days_after(dt.date.fromordinal(day), count, state).toordinal()


# What runs: on run-time types, where a date or an amount is a whole number.
RUNNING: dict[str, tuple[Overload, Callable[..., Any]]] = {
    "max int": (Overload(("int", "int"), "int"), max),
    "max timestamp": (Overload(("timestamp", "timestamp"), "timestamp"), max),
    "min int": (Overload(("int", "int"), "int"), min),
    "min timestamp": (Overload(("timestamp", "timestamp"), "timestamp"), min),
    "share int": (Overload(("int", "int", "int"), "int"), share),
    "years_after int": (Overload(("int", "int"), "int"), years_after),
    "months_after int": (Overload(("int", "int"), "int"), months_after),
    "days_after int": (Overload(("int", "int"), "int"), days_after),
    "days_between int": (Overload(("int", "int"), "int"), days_between),
    "touches places": (Overload(("list<string>", "string"), "bool"), touches),
    "touches place": (Overload(("string", "string"), "bool"), touches),
    "business_days_after int": (Overload(("int", "int", "string"), "int"), business_days_after),
}
