"""Day-out-of-days: a grid with the cast down the side, the days along the top and a code where they meet."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from registry.domain.schedule import Call, SheetKind, ShootDay
from registry.domain.values import dataclass
from registry.files.reading import shown_text
from registry.files.sheets.days import MONTHS, Calendar, DayError, Order, month_of, only_a_day
from registry.files.sheets.grid import Grid, Value, said
from registry.files.sheets.headings import plainly
from registry.files.sheets.marks import cast_number, day_code, is_known
from registry.files.sheets.page import Page, first

_FEWEST = 2  # days along the top
_ABOVE = 40
_TOTALS = frozenset(
    {"total", "totals", "work", "hold", "start", "finish", "travel", "holiday", "idle", "rehearse", "rehearsal", "co",
     "total days", "work days", "hold days", "worked", "comments", "remarks", "fitting", "drop", "pickup"}
)  # fmt: skip
_LABEL = re.compile(r"^\s*(?P<number>\d{1,4}[A-Za-z]{0,2})\s*[.):\-–]?\s+(?P<rest>\D.*)$")
_CAST_NUMBER = re.compile(r"#?\s*\d{1,4}[A-Za-z]{0,2}\.?")
_EIGHTHS = re.compile(r"^\s*\d+\s+[1-7]/8\s*$")  # pages of a scene
_BOTH = re.compile(r"^(?P<character>.+?)\s*[(/]\s*(?P<name>[^\W\d]\S*\s+[^\W\d][^()/]*)\)?$")  # `Mara (Ada Okafor)`
_NOBODY = re.compile(r"(?i)^(?:totals?|sub ?totals?|grand total|cast|stunts?|background|day players|legend|key)\b.*$")


@dataclass(frozen=True, slots=True)
class Top:
    """The heading of the grid: its row of days, the day of each column, and its month where a row above says it.
    `numbered`: the days are numbers of shoot days, and their dates stand on another sheet."""

    row: int
    days: Mapping[int, Value]
    months: Mapping[int, tuple[int, int | None]]  # by column, where a row above says the month alone
    numbered: bool = False


def heading_of(grid: Grid, only: int | None = None) -> Top | None:
    """The row with the days, wherever it stands; None where there is none."""
    best: Top | None = None
    for row in range(min(len(grid.rows), _ABOVE)):
        if only not in (None, row + 1):
            continue
        days = {c: v for c, v in enumerate(grid.rows[row]) if (row, c) not in grid.filled and _is_day(v)}
        if _in_a_row(grid, row, days) and (best is None or len(days) > len(best.days)):
            best = Top(row, days, {})
    return best or _two_rows(grid) or _numbers(grid, only)


def _in_a_row(grid: Grid, row: int, days: Mapping[int, Value]) -> bool:
    """Whether days stand side by side, as along the top of a grid, and not here and there as in a row of a schedule."""
    if len(days) < _FEWEST:
        return False
    between = [c for c in range(min(days), max(days) + 1) if grid.value(row, c) != ""]
    return len(days) * 5 >= len(between) * 4


def _is_day(value: Value) -> bool:
    if isinstance(value, dt.date):
        return True
    return isinstance(value, str) and len(value) < 40 and not _EIGHTHS.match(value) and only_a_day(value)


def _two_rows(grid: Grid) -> Top | None:
    """A row with months, and one below it with days of the month."""
    for row in range(min(len(grid.rows) - 1, _ABOVE)):
        named = {c: month for c, v in enumerate(grid.rows[row]) if isinstance(v, str) and (month := month_of(v))}
        if not named:
            continue
        for below in range(row + 1, min(row + 4, len(grid.rows))):
            figures = {c: v for c, v in enumerate(grid.rows[below]) if c >= min(named) and _is_figure(v)}
            if len(figures) >= _FEWEST and not _label(grid, below):
                months = {c: named[max(n for n in named if n <= c)] for c in figures}
                return Top(below, figures, months)
    return None


def _numbers(grid: Grid, only: int | None) -> Top | None:
    """A row that numbers the shoot days, where no row has dates. Bare figures count only beside the words: they could
    be days of a month as well."""
    for row in range(min(len(grid.rows), _ABOVE)):
        cells = {c: text for c in range(len(grid.rows[row])) if _SHOOT_DAY.fullmatch(text := grid.text(row, c))}
        if only not in (None, row + 1) or not _in_a_row(grid, row, cells):
            continue
        beside = " ".join(grid.text(row, c) for c in range(min(cells)))
        figures = [int(found[0]) for text in cells.values() if (found := re.search(r"\d+", text))]
        told = all(not text.isdigit() for text in cells.values()) or re.search(r"(?i)\bshoot|\bsd\b", beside)
        if told and all(a <= b for a, b in pairwise(figures)):
            return Top(row, dict(cells), {}, numbered=True)
    return None


def _is_figure(value: Value) -> bool:
    text = said(value)
    return text.isascii() and text.isdigit() and 1 <= int(text) <= 31


def _label(grid: Grid, row: int) -> bool:
    return bool(re.search(r"(?i)shoot|day no|day #", said(grid.value(row, 0))))


def read_days_out(page: Page, top: Top) -> tuple[list[ShootDay], list[Call]]:
    """Its days, and a call for each cell with a code: the grid un-pivoted, by person and day."""
    days = _numbered(page, top) if top.numbered else _days(page, top, _ordered(page.calendar(top.days.values()), top))
    if not days:
        return [], []
    labels = range(min(days))
    body, numbers = _below(page, top, days)
    people = _columns(page, top, labels)
    _tell_twice(page, days, top)
    codes: Counter[str] = Counter()
    calls: list[Call] = []
    for row in body:
        calls += _calls(page, row, days, labels, people, codes)
    unknown = [code for code in codes if not is_known(code)]
    if unknown:
        shown = ", ".join(f"{shown_text(code)} ({codes[code]})" for code in sorted(unknown))
        page.say(f"Unknown day codes, kept as written: {shown}.")
    if top.numbered:
        numbers = {column: _number(page.grid.text(top.row, column)) for column in days}
    shoot = [ShootDay(on=on, number=numbers.get(column)) for column, on in days.items()]
    return sorted(shoot, key=lambda day: day.on), sorted(calls, key=lambda call: call.on)


def _ordered(calendar: Calendar, top: Top) -> Calendar:
    """The order of figures, where nothing but their own sequence settles it: columns of a grid are days in a row."""
    if calendar.order is not None or (calendar.first is None and calendar.year is None):
        return calendar
    fits = []
    for order in Order:
        try:
            days = [replace(calendar, order=order).day(value) for value in top.days.values()]
        except DayError:
            continue
        gaps = [(b - a).days for a, b in pairwise(days) if a and b]
        if gaps and all(0 < gap <= 7 for gap in gaps):
            fits.append(order)
    return replace(calendar, order=fits[0]) if len(fits) == 1 else calendar


def _days(page: Page, top: Top, calendar: Calendar) -> dict[int, dt.date]:
    found: dict[int, dt.date] = {}
    for column in top.days:
        value = page.take(top.row, column)
        if month := top.months.get(column):
            number, year = month
            told = year or calendar.year
            value = f"{said(value)} {MONTHS[number - 1]} {told or ''}".strip()
        try:
            on = calendar.day(value)
        except DayError as error:
            page.fault(top.row, column, str(error))
            continue
        if on is not None:
            found[column] = on
    return found


def _numbered(page: Page, top: Top) -> dict[int, dt.date]:
    """The date of each numbered day, as the other sheets of the production have it. Two dates of one number are a
    fault: nobody guesses which is meant."""
    found: dict[int, dt.date] = {}
    if not page.shoot_days:
        page.file_fault(
            "has numbers of shoot days and no dates, and no schedule on file says when they are; import the shooting "
            "schedule first, or write the dates above the numbers"
        )
        return found
    for column in top.days:
        number = _number(said(page.take(top.row, column)))
        dates = page.shoot_days.get(number, ())
        if len(dates) == 1:
            found[column] = dates[0]
        elif dates:
            listed = " and ".join(f"{on.day} {on:%b %Y}" for on in dates)
            page.fault(top.row, column, f"shoot day {number} is on {listed}; add --episode, or write the dates above")
        else:
            page.fault(top.row, column, f"no schedule on file has a shoot day {number}; write its date above")
    if found:
        first, last = min(found.values()), max(found.values())
        page.say(f"The shoot days have the dates of the schedule on file: {first.day} {first:%b %Y} to {last.day} "
                 f"{last:%b %Y}.")  # fmt: skip
    return found


def _number(text: str) -> str:
    number = _SHOOT_DAY.sub(r"\g<number>", text)
    return number.lstrip("0").upper() or number


def _tell_twice(page: Page, days: Mapping[int, dt.date], top: Top) -> None:
    seen: dict[dt.date, int] = {}
    for column, on in days.items():
        if on in seen:
            page.fault(top.row, column, f"the same day as {page.grid.at(top.row, seen[on])}; correct one of them")
        seen.setdefault(on, column)


def _below(page: Page, top: Top, days: Mapping[int, dt.date]) -> tuple[list[int], dict[int, str]]:
    """The rows with people, and the number of each shoot day where a row of the heading tells it."""
    numbers: dict[int, str] = {}
    body: list[int] = []
    for row in (*range(max(0, top.row - 3), top.row), *range(top.row + 1, len(page.grid.rows))):
        cells = {c: text for c in days if (text := page.grid.text(row, c))}
        label = " ".join(page.grid.text(row, c) for c in range(min(days))).strip()
        heads = abs(row - top.row) <= 3 and (not label or bool(_ROW_OF_DAYS.search(label)))
        if heads and len(cells) > 1 and all(_is_weekday(text, days[c]) for c, text in cells.items()):
            continue
        if heads and cells and all(_SHOOT_DAY.fullmatch(text) for text in cells.values()):
            numbers |= {c: _SHOOT_DAY.sub(r"\g<number>", text) for c, text in cells.items()}
            continue
        if row > top.row and any(cell != "" for cell in page.grid.rows[row]):
            body.append(row)
    return body, numbers


def _is_weekday(text: str, on: dt.date) -> bool:
    """Whether a cell says the weekday of its own column. `W` is a code too: it counts only where the day fits."""
    said_day = text.casefold().strip(".")
    return (len(said_day) < 10 and f"{on:%A}".casefold().startswith(said_day)) or said_day == _LETTER.get(on.weekday())


_ROW_OF_DAYS = re.compile(r"(?i)shoot|\bday|week|\bsd\b|month|date")
_SHOOT_DAY = re.compile(r"(?i)(?:day |sd ?)?#?(?P<number>\d{1,3}[a-z]?)")
_LETTER = {3: "r", 6: "u"}  # Thursday and Sunday, where one letter stands for each day


def _columns(page: Page, top: Top, labels: range) -> dict[str, int]:
    """Which of the columns at the side hold number, name and character; a mapping file or the headings say so."""
    found: dict[str, int] = {}
    for row in range(max(0, top.row - 3), min(len(page.grid.rows), top.row + 3)):
        for field, columns in page.headings(SheetKind.DAY_OUT_OF_DAYS, row).items():
            if (column := first({field: [c for c in columns if c in labels]}, field)) is not None:
                found.setdefault(field, column)
    if not found:
        sides = ("character",) if len(labels) == 1 else ("number", "character")
        found |= dict(zip(sides, labels, strict=False))
    if "number" not in found and (unheaded := _of_numbers(page, top, labels, set(found.values()))) is not None:
        found["number"] = unheaded
    if list(found) == ["number"]:
        beside = [
            c for c in labels if c > found["number"] and any(page.grid.text(r, c) for r in page.rows[top.row + 1 :])
        ]
        found["character"] = beside[0] if beside else found.pop("number")
    return found


def _of_numbers(page: Page, top: Top, labels: range, taken: set[int]) -> int | None:
    """A column at the side that holds cast numbers and nothing else, whatever stands above it."""
    for column in (c for c in labels if c not in taken):
        cells = [text for row in page.rows[top.row + 1 :] if (text := page.grid.text(row, column))]
        if cells and all(_CAST_NUMBER.fullmatch(text) for text in cells):
            return column
    return None


def _calls(
    page: Page, row: int, days: Mapping[int, dt.date], labels: range, people: Mapping[str, int], codes: Counter[str]
) -> list[Call]:
    found = {column: code for column in days if (code := day_code(page.grid.value(row, column)))}
    label = next((text for c in labels if (text := page.grid.text(row, c))), "")
    if _NOBODY.match(label) and (not found or all(code.isdigit() for code in found.values())):
        return []
    number = cast_number(page.take(row, people["number"])) if "number" in people else None
    name = page.text(row, people.get("name")) or None
    character = page.text(row, people.get("character")) or None
    if number is None and character and (match := _LABEL.match(character)):
        number, character = match["number"], match["rest"].strip()
    if number is None and name and (match := _LABEL.match(name)):
        number, name = match["number"], match["rest"].strip()
    if number is not None and (match := _LABEL.match(number)) and character is None:
        number, character = match["number"], match["rest"].strip()
    if character and name is None and (match := _BOTH.match(character)):
        character, name = match["character"], match["name"]
    if not found:
        if number or name or character:
            page.say(f"Row {row + 1}, {shown_text(name or character or number or '')}, has no day.")
        return []
    if not (number or name or character):
        page.row_fault(row, "has codes but neither a cast number nor a name; write who it is")
        return []
    own = page.columns.codes
    calls = []
    for column, written in found.items():
        page.take(row, column)
        code = own.get(written, written)
        codes[code] += 1
        calls.append(Call(on=days[column], number=number, name=name, character=character, code=code))
    return calls


def unread_columns(page: Page, top: Top, days: Sequence[int], people: Mapping[str, int]) -> list[str]:
    """Headings beside the grid that are neither totals nor somebody's number, name or character."""
    found = []
    for column in range(page.grid.width):
        text = page.grid.text(top.row, column)
        if text and column not in days and column not in people.values() and plainly(text) not in _TOTALS:
            found.append(shown_text(text))
    return found
