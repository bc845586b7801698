"""Days as sheets write them: `Tue Oct 6`, `6-Oct-26`, `10/6`, a real date. A day that could be two is never guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum

from registry.domain.production import Production
from registry.domain.values import dataclass
from registry.files.sheets.grid import Value

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SERIALS = (29_221, 73_415)  # 1 Jan 1980 and 31 Dec 2100, as spreadsheets count days
_AROUND = dt.timedelta(days=120)  # prep and pick-ups lie so far from photography, rarely farther
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:[\s,.\-/']+(?P<year>\d{4}|\d{2}))?(?![\d:/])"
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w]){_DAY}(?:\s+of)?[\s.\-/]+{_MONTH}{_YEAR}",
        rf"(?<![a-z]){_MONTH}[\s.\-/]*{_DAY}{_YEAR}",
    )
)
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)")
_FIGURES = re.compile(
    r"(?<![\d/.])(?P<one>\d{1,2})(?P<mark>[/.\-])(?P<two>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d{2}))?(?![\d/])"
)
_WEEKDAY = re.compile(r"(?<![a-z])(mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day|s|rs|r|nes)?(?![a-z])", re.IGNORECASE)


_NUMBERED = re.compile(r"(?i)\b(?:day|sd|week|wk)\s*(?:no\.?|#)?\s*\d{1,3}[a-z]?\b(?:\s*(?:of|/)\s*\d{1,3}\b)?")
_JOINT = r"(?:&|\+|,|/|[-–—]|\band\b|\bto\b|\bthru\b)"
_AND_BEFORE = re.compile(rf"(?i)(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?\s*{_JOINT}\s*$")
_AND_AFTER = re.compile(rf"(?i)^\s*{_JOINT}\s*\d{{1,2}}(?:st|nd|rd|th)?(?!\d)")


class Order(StrEnum):
    """Whether `03/04` is the fourth of March or the third of April."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


class DayError(ValueError):
    """A day that cannot be told; the message says what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How the days of one sheet are read: the order of figures, if it is settled, and the years it can be about."""

    order: Order | None = None
    year: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    def day(self, value: Value) -> dt.date | None:
        """The day in a cell; None where there is none in it. Raises DayError for one that cannot be told."""
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        if not isinstance(value, str) or not value.strip():
            return None
        written = _parts(value, self.order)
        if written is None:
            return None
        year, month, day = written
        found = self._within(year, month, day, value)
        named = _WEEKDAY.search(value)
        if named and WEEKDAYS[found.weekday()] != named[1].lower():
            told = f"{found.day} {MONTHS[found.month - 1].title()} {found.year} is a {found:%A}"
            raise DayError(f"{told}; correct the day or the weekday")
        return found

    def _within(self, year: int | None, month: int, day: int, value: str) -> dt.date:
        if year is None:
            year = self.year
        if year is not None:
            return _made(year, month, day)
        if self.first is None:
            raise DayError("no year, and the production has no days of photography; write the year with it")
        begin, end = self.first - _AROUND, (self.last or self.first + dt.timedelta(days=200)) + _AROUND
        found = [d for y in range(begin.year, end.year + 1) if (d := _possible(y, month, day)) and begin <= d <= end]
        named = _WEEKDAY.search(value)
        if named and len(found) > 1:
            found = [d for d in found if WEEKDAYS[d.weekday()] == named[1].lower()]
        if len(found) > 1:
            inside = [d for d in found if self.first <= d <= (self.last or end)]
            found = inside if len(inside) == 1 else found
        if len(found) == 1:
            return found[0]
        if not found:
            _made(begin.year, month, day)
            raise DayError("no year, and no such day lies near photography; write the year with it")
        raise DayError("no year, and it could lie in two; write the year with it")


def calendar_of(production: Production, order: Order | None, year: int | None, cells: Iterable[Value]) -> Calendar:
    """The calendar of a sheet: what the mapping file settles, else what the sheet's own days settle among themselves.
    Raises DayError where they contradict each other."""
    first, last = production.photography_starts_on, production.photography_ends_on
    if order is None:
        written, near = list(cells), Calendar(year=year, first=first, last=last)
        order = _settled(written, near) or _by_photography(written, near)
    return Calendar(order=order, year=year, first=first, last=last)


def _settled(cells: list[Value], calendar: Calendar) -> Order | None:
    found: set[Order] = set()
    for cell in cells:
        figures = _FIGURES.search(cell) if isinstance(cell, str) and not _ISO.search(cell) else None
        if figures is None or any(pattern.search(str(cell)) for pattern in _WRITTEN):
            continue
        one, two = int(figures["one"]), int(figures["two"])
        if one > 12 >= two >= 1 and one <= 31:
            found.add(Order.DAY_FIRST)
        elif two > 12 >= one >= 1 and two <= 31:
            found.add(Order.MONTH_FIRST)
        elif one != two and (named := _WEEKDAY.search(str(cell))):
            found |= _by_weekday(str(cell), named[1], calendar)
    if len(found) == 2:
        raise DayError("some days of the sheet are written month first and some day first; write the month in letters")
    return found.pop() if found else None


def _by_photography(cells: Iterable[Value], calendar: Calendar) -> Order | None:
    """The one order under which days fall into photography, where under the other none lies anywhere near it."""
    if calendar.first is None or calendar.last is None:
        return None
    found: set[Order] = set()
    for cell in cells:
        if not isinstance(cell, str) or not _FIGURES.search(cell):
            continue
        near = {order for order in Order if _lies(cell, order, calendar, _AROUND)}
        if any(not _lies(cell, order, calendar, dt.timedelta()) for order in near):
            return None
        found |= near
    return found.pop() if len(found) == 1 else None


def _lies(cell: str, order: Order, calendar: Calendar, around: dt.timedelta) -> bool:
    """Whether a day read in this order lies in photography, or so near to it."""
    parts = _parts(cell, order)
    if parts is None or calendar.first is None or calendar.last is None:
        return False
    years = [parts[0] or calendar.year] if parts[0] or calendar.year else _years(calendar)
    days = [_possible(year, parts[1], parts[2]) for year in years if year]
    return any(day and calendar.first - around <= day <= calendar.last + around for day in days)


def _by_weekday(cell: str, named: str, calendar: Calendar) -> set[Order]:
    """The one order under which a day falls on the weekday it is written with; nothing where both do or none."""
    fits = set()
    for order in Order:
        figures = _FIGURES.search(cell)
        parts = _parts(cell, order)
        if figures is None or parts is None:
            continue
        years = [parts[0]] if parts[0] else [calendar.year] if calendar.year else _years(calendar)
        days = [_possible(year, parts[1], parts[2]) for year in years if year]
        if any(day and WEEKDAYS[day.weekday()] == named.lower() for day in days):
            fits.add(order)
    return fits if len(fits) == 1 else set()


def _years(calendar: Calendar) -> list[int | None]:
    if calendar.first is None:
        return []
    return list(range(calendar.first.year, (calendar.last or calendar.first).year + 1))


def _parts(text: str, order: Order | None) -> tuple[int | None, int, int] | None:
    """Year (None: not written), month and day in a text."""
    if found := _ISO.search(text):
        return int(found["year"]), int(found["month"]), int(found["day"])
    for pattern in _WRITTEN:
        if found := pattern.search(text):
            return _year(found["year"]), MONTHS.index(found["month"].lower()[:3]) + 1, int(found["day"])
    found = _FIGURES.search(text)
    if found is None:
        return None
    one, two, year = int(found["one"]), int(found["two"]), _year(found["year"])
    if one > 12 and two > 12:
        return None
    if one > 12 or (one == two and order is None):
        return year, two, one
    if two > 12:
        return year, one, two
    if order is None:
        raise DayError("month or day first? Write the month in letters, or `dates: mdy` or `dmy` in the mapping file")
    return (year, one, two) if order is Order.MONTH_FIRST else (year, two, one)


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def refuse_serial(value: Value) -> None:
    """Raises DayError for a day that a spreadsheet shows as the number it counts days by: `46315`."""
    text = str(value) if isinstance(value, int | float) else value if isinstance(value, str) else ""
    found = re.fullmatch(r"\s*(\d{5})(?:\.\d+)?\s*", text)
    if found and _SERIALS[0] <= int(found[1]) <= _SERIALS[1]:
        meant = dt.date(1899, 12, 30) + dt.timedelta(days=int(found[1]))
        raise DayError(f"a number; if {meant.day} {meant:%b %Y} is meant, write it so, or format the column as a date")


def _possible(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _made(year: int, month: int, day: int) -> dt.date:
    found = _possible(year, month, day)
    if found is None or not 1900 <= year <= 2200:
        raise DayError(f"no such day: {year}-{month:02d}-{day:02d}; correct it")
    return found


def only_a_day(text: str) -> bool:
    """Whether a cell holds a day and nothing else: a heading of a day-out-of-days, not a sentence with a day in it."""
    rest = text
    for pattern in (_ISO, *_WRITTEN, _FIGURES):
        if pattern.search(rest):
            rest = pattern.sub(" ", rest, count=1)
            break
    else:
        return False
    rest = re.sub(r"(?i)^\s*(?:m|tu?|w|th|r|f|sa?|su|u)\b", " ", _WEEKDAY.sub(" ", rest))
    rest = re.sub(r"(?i)\b(day|sd|shoot day)?\s*#?\s*\d{1,3}[a-z]?\b", " ", rest)
    return not re.search(r"\w", rest)


def unnumbered(text: str) -> str:
    """A text without the number of a shoot day or a week: `Day 14A - 30 Oct` is of one day, and of no time."""
    return _NUMBERED.sub(" ", text)


def several_days(text: str) -> bool:
    """Whether a cell names more than one day: `29 & 30 March 2027`, `Oct 2-4, 2026`, `29/03/2027 - 02/04/2027`."""
    text = unnumbered(text)
    for pattern in (_ISO, *_WRITTEN, _FIGURES):
        if found := pattern.search(text):
            before, after = text[: found.start()], text[found.end() :]
            rest = f"{before} | {after}"
            more = any(other.search(rest) for other in (_ISO, *_WRITTEN, _FIGURES))
            joined = _AND_BEFORE.search(before) or _AND_AFTER.search(after)
            return more or bool(joined) or bool(re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", rest))
    return False


def month_of(text: str) -> tuple[int, int | None] | None:
    """The month in a heading that names one alone: `October 2026`, `Oct`."""
    found = re.fullmatch(rf"\s*{_MONTH}[\s,.'\-/]*(?P<year>\d{{4}})?\s*", text, re.IGNORECASE)
    return (MONTHS.index(found["month"].lower()[:3]) + 1, _year(found["year"])) if found else None
