"""Reading what somebody typed after an option: a moment, a day, a sum, a list. A fault names option and value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from registry.domain.dates import parse_date, parse_moment
from registry.domain.money import Money, parse_money
from registry.errors import UsageError
from registry.source.spelling import nearest

Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)


def moment(option: str, text: str) -> dt.datetime:
    return _read(option, text, parse_moment, "2026-09-14T09:00:00-07:00")


def day(option: str, text: str) -> dt.date:
    return _read(option, text, parse_date, "2026-09-14")


def day_or_moment(option: str, text: str) -> dt.date | dt.datetime:
    """A day, or a moment with its offset."""
    return moment(option, text) if "T" in text else day(option, text)


def end_of(option: str, text: str, now: dt.datetime) -> dt.datetime:
    """A moment; of a bare day its last one, where the program runs."""
    when = day_or_moment(option, text)
    if isinstance(when, dt.datetime):
        return when
    return dt.datetime.combine(when, dt.time(23, 59, 59), now.astimezone().tzinfo)


def day_or_none(option: str, text: str | None) -> dt.date | None:
    return None if text is None else day(option, text)


def money(option: str, text: str) -> Money:
    return _read(option, text, parse_money, '"1246.00 USD"')


def number(option: str, text: str) -> int:
    return _read(option, text, int, "6")


def word(option: str, text: str, words: type[Word]) -> Word:
    """A word of a closed list, or the nearest one."""
    try:
        return words(text)
    except ValueError:
        meant = nearest(text, list(words))
        hint = f"did you mean {meant}?" if meant else f"it is one of {', '.join(words)}."
        problem = f"{option}: {text} is not a word known here; {hint}"
        raise UsageError(problem, f"{option} {meant or next(iter(words))}") from None


def words(option: str, texts: Iterable[str], known: type[Word]) -> tuple[Word, ...]:
    return tuple(word(option, text, known) for text in split(texts))


def split(texts: Iterable[str]) -> tuple[str, ...]:
    """`--scene 41,42 --scene 60` as three values; `none` says there is none."""
    found = tuple(part.strip() for text in texts for part in text.split(",") if part.strip())
    return () if found == ("none",) else found


def _read(option: str, text: str, read: Callable[[str], Value], example: str) -> Value:
    try:
        return read(text)
    except ValueError:
        problem = f"{option}: {text} cannot be read."
        if re.match(r"\d{4}-\d{2}-\d{2}(T|$)", text) and not _is_day(text[:10]):
            problem = f"{option}: there is no day {text[:10]}."
        raise UsageError(problem, f"{option} {example}    is how it is written") from None


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
