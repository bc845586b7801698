"""Single values: how each kind is written. Every function raises ValueError with what to write instead."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from enum import StrEnum
from fractions import Fraction
from typing import Any

from registry.domain.dates import DateSpan, parse_moment, parse_span
from registry.domain.facts import UNSURE, Unsure
from registry.domain.money import Money, parse_money
from registry.files.reading import Reading
from registry.files.texts import instead
from registry.source import Node

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?")
_SHARE = re.compile(r"\d{1,19}/[1-9]\d{0,18}|\d{1,9}(\.\d{1,18})?")
_AS_DATE = "write it as 2026-09-14"
_AS_MOMENT = "write it as 2026-09-14T09:00:00-07:00"
MOST = 10**12


def written(node: Node) -> str:
    """A scalar as it was written."""
    if isinstance(node.value, dict | list):
        raise ValueError("a list or mapping where one value belongs")
    if node.value is None and not node.quoted:
        raise ValueError("empty; write a value, or leave the key out")
    return str(node.raw)


def yes_no(node: Node) -> bool:
    found = _YES_NO.get(written(node).lower())
    if found is None:
        raise ValueError("neither yes nor no; leave it out where nobody knows")
    return found


def answer(node: Node) -> bool | Unsure:
    return UNSURE if written(node) == "unsure" else _answered(node)


def _answered(node: Node) -> bool:
    found = _YES_NO.get(written(node).lower())
    if found is None:
        raise ValueError("not yes, no or unsure")
    return found


def integer(node: Node) -> int:
    raw = written(node)
    if node.quoted or isinstance(node.value, bool) or not isinstance(node.value, int):
        hint = "; take the quotes off" if node.quoted and raw.isdigit() else ""
        raise ValueError(f"not a whole number{hint}")
    if abs(node.value) > MOST:
        raise ValueError("too large a number")
    return node.value


def count(node: Node) -> int:
    found = integer(node)
    if found < 0:
        raise ValueError("less than nothing")
    return found


def double(node: Node) -> float:
    """A number of hours or the like; nothing is counted or measured below none."""
    written(node)
    if node.quoted or isinstance(node.value, bool) or not isinstance(node.value, int | float):
        raise ValueError("not a number")
    if not abs(node.value) <= MOST:
        raise ValueError("too large a number")
    if node.value < 0:
        raise ValueError("less than nothing")
    return float(node.value)


def date(node: Node) -> dt.date:
    raw = written(node)
    match = _DATE.fullmatch(raw)
    if not match:
        if _MOMENT.fullmatch(raw):
            raise ValueError(f"a moment where a day belongs; write {raw[:10]}")
        raise ValueError(f"not a date; {_AS_DATE}")
    year, month, day = (int(part) for part in match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError(_impossible(year, month)) from None


def _impossible(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return f"no such month; {_AS_DATE} (year, month, day)"
    if year < 1:
        return "no such year"
    last = calendar.monthrange(year, month)[1]
    return f"no such day; {calendar.month_name[month]} {year} has {last} days"


def moment(node: Node) -> dt.datetime:
    raw = written(node)
    match = _MOMENT.fullmatch(raw)
    if not match:
        if _DATE.fullmatch(raw):
            raise ValueError(f"a day without a time; write it as {raw}T09:00:00-07:00")
        raise ValueError(f"not a moment; {_AS_MOMENT}")
    year, month = int(raw[:4]), int(raw[5:7])
    if match[3] is None:
        raise ValueError(f"no offset from UTC; {_AS_MOMENT}")
    try:
        found = parse_moment(raw)
        found.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        impossible = not 1 <= month <= 12 or not 1 <= int(raw[8:10]) <= calendar.monthrange(max(year, 1), month)[1]
        raise ValueError(_impossible(year, month) if impossible else f"no such time; {_AS_MOMENT}") from None
    if not 1800 <= year <= 9990:
        raise ValueError("not a year from 1800 to 9990")
    return found


def span(node: Node) -> DateSpan:
    raw = written(node)
    if re.fullmatch(r"\d{4}(-\d{2})?", raw):
        try:
            return parse_span(raw)
        except ValueError:
            raise ValueError("no such month or year; write 1957, 1957-03 or 1957-03-12") from None
    try:
        day = date(node)
    except ValueError as error:
        raise ValueError(str(error).replace(_AS_DATE, "write 1957-03-12, 1957-03 or 1957")) from None
    return DateSpan(day, day)


def money(node: Node) -> Money:
    raw = written(node)
    if len(raw) > 40:
        raise ValueError('not an amount; write it as "1246.00 USD"')
    if re.fullmatch(r"-?\d+(\.\d+)?", raw):
        raise ValueError(f'an amount without a currency; write it as "{raw} USD"')
    try:
        found = parse_money(raw)
    except ValueError as error:
        problem = str(error).partition(" has more than ")
        more = f"more than {problem[2]}" if problem[1] else 'not an amount; write it as "1246.00 USD"'
        raise ValueError(more) from None
    if found.minor < 0:
        raise ValueError("less than nothing")
    if found.minor > MOST:
        raise ValueError("too large an amount")
    return found


def share(node: Node) -> Fraction:
    raw = written(node)
    if not _SHARE.fullmatch(raw):
        raise ValueError("not a share; write it as 1/3 or 0.5")
    found = Fraction(raw)
    if not 0 < found <= 1:
        raise ValueError("not a share; it is more than 0 and at most 1")
    return found


def word(node: Node, words: Any, reading: Reading) -> StrEnum:
    raw = written(node)
    try:
        found: StrEnum = words(raw)
    except ValueError:
        raise ValueError(
            f"unknown word; {instead(raw, [word.value for word in words], words.__name__, reading)}"
        ) from None
    return found
