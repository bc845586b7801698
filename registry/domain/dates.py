"""Civil dates, moments and ages (DOMAIN.md §8). Moments carry a zone; ages and terms are computed in civil dates."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from zoneinfo import ZoneInfo

from registry.domain.values import dataclass

FIRST_DAY = dt.date(1, 1, 1)
LAST_DAY = dt.date(9999, 12, 31)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MAJORITY = 18  # years; the age below which a guardian signs


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date known to the day, the month or the year: every day it may be. `died: "1957"` is all of 1957."""

    first: dt.date
    last: dt.date

    @property
    def exact(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        if self.exact:
            return self.first.isoformat()
        if (self.first.month, self.last.month) == (1, 12):
            return f"{self.first.year:04d}"
        return f"{self.first.year:04d}-{self.first.month:02d}"


def spoken(day: dt.date) -> str:
    """`2 Oct 2026`, in every locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=4096)
def parse_date(text: str) -> dt.date:
    """The civil date written as YYYY-MM-DD. Raises ValueError for anything else."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(f"{text!r} is not a date; write it as 2026-09-14")
    return dt.date.fromisoformat(text)


def parse_span(text: str) -> DateSpan:
    """A date, a month (`1957-03`) or a year (`1957`) as the days it may be. Raises ValueError."""
    if re.fullmatch(r"\d{4}", text):
        return DateSpan(dt.date(int(text), 1, 1), dt.date(int(text), 12, 31))
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        first = dt.date(int(match[1]), int(match[2]), 1)
        following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return DateSpan(first, following - dt.timedelta(days=1))
    day = parse_date(text)
    return DateSpan(day, day)


def parse_moment(text: str) -> dt.datetime:
    """A moment with its offset from UTC. Raises ValueError for a time without one: nobody can tell when it was."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no offset; write it as 2026-09-14T09:00:00-07:00")
    return moment


def civil_date(moment: dt.datetime, zone: str | None) -> dt.date:
    """The date on the wall where the work is done; in the moment's own offset where the zone is not known."""
    return moment.astimezone(ZoneInfo(zone)).date() if zone else moment.date()


def years_after(day: dt.date, years: int) -> dt.date:
    """The same civil day `years` later; 29 February falls on 1 March in common years (DOMAIN.md §8)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same civil day `months` later, or the first of the month after where that month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return dt.date(year, month + 1, day.day)
    except ValueError:
        return dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def age_on(born: dt.date, day: dt.date) -> int:
    """Whole years lived on `day`; a birthday on 29 February falls on 1 March in common years."""
    years = day.year - born.year
    return years if years_after(born, years) <= day else years - 1
