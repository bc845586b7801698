"""Business days: the days on which a period of "n business days" runs, without weekends and public holidays.

The calendars are the holidays a state's own code lists (Cal. Gov. Code 6700, N.Y. Gen. Constr. Law 24), from
professional knowledge; one too many only keeps a use waiting a day longer. A holiday on a Sunday is kept on Monday.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

ONE_DAY = dt.timedelta(days=1)
MONDAY, TUESDAY, THURSDAY, SATURDAY, SUNDAY = 0, 1, 3, 5, 6

# (month, day), and (month, weekday, which) where the fifth stands for the last.
_FEDERAL_DAYS = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
_FEDERAL_WEEKDAYS = ((1, MONDAY, 3), (2, MONDAY, 3), (5, MONDAY, 5), (9, MONDAY, 1), (10, MONDAY, 2), (11, THURSDAY, 4))
_STATE_DAYS = {"US-CA": ((2, 12), (3, 31), (9, 9)), "US-NY": ((2, 12),)}


def business_days_after(day: dt.date, count: int, state: str) -> dt.date:
    """The last day of a period of `count` business days that begins after `day`."""
    while count > 0:
        day += ONE_DAY
        if day.weekday() < SATURDAY and day not in holidays(day.year, state):
            count -= 1
    return day


@lru_cache(maxsize=64)
def holidays(year: int, state: str) -> frozenset[dt.date]:
    """The public holidays of a US state in a year, Sundays moved on; of an unlisted state the federal ones."""
    fixed = (*_FEDERAL_DAYS, *_STATE_DAYS.get(state, ()))
    days = [dt.date(year, month, day) for month, day in fixed]
    days += [_weekday(year, *which) for which in _FEDERAL_WEEKDAYS]
    if state == "US-CA":
        days.append(_weekday(year, 11, THURSDAY, 4) + ONE_DAY)
    if state == "US-NY":
        days.append(_weekday(year, 11, MONDAY, 1) + ONE_DAY)
    return frozenset(day + ONE_DAY if day.weekday() == SUNDAY else day for day in days)


def _weekday(year: int, month: int, weekday: int, which: int) -> dt.date:
    first = dt.date(year, month, 1)
    day = first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    return day if day.month == month else day - dt.timedelta(days=7)
