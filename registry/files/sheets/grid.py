"""A grid: the cells of one sheet as they stand, each with its address. What a cell means is nobody's business here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from registry.domain.values import dataclass
from registry.errors import Fault
from registry.files.reading import refused_character, shown_text

Value: TypeAlias = "str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta"

MOST_ROWS = 100_000
MOST_COLUMNS = 2_000
MOST_CELLS = 3_000_000
LONGEST_CELL = 20_000
# Marks nobody sees: no-break spaces read as spaces, the rest as nothing.
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000"), " ")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\u00ad\ufeff\u200e\u200f"), "")
_CLEANED = {**_SPACES, **_UNSEEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet. Rows and columns count from nought; an empty cell is "". `sheet` is "" where a file has one only.

    `formulas` are cells that calculate (their value is what the file says they were last time), `filled` those that
    got their value from the merged cell they are part of, `hidden_rows` and `hidden_columns` those that nobody
    sees on the screen.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    formulas: frozenset[tuple[int, int]] = frozenset()
    filled: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def value(self, row: int, column: int) -> Value:
        """What stands in a cell; "" beyond the last one."""
        if not 0 <= row < len(self.rows) or not 0 <= column < len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """The cell as one line of text."""
        return said(self.value(row, column))

    def line(self, row: int) -> str:
        """The row as one text: what a banner or a title says. Merged cells speak once."""
        cells = range(len(self.rows[row]))
        return "  ".join(text for c in cells if (row, c) not in self.filled and (text := self.text(row, c)))

    def at(self, row: int, column: int) -> str:
        """The address of a cell for messages: `C14`, `Cast!C14` where the file has several sheets."""
        return f"{self.sheet}!{address(row, column)}" if self.sheet else address(row, column)

    def cells(self) -> Iterator[tuple[int, int, Value]]:
        """Every cell with something in it."""
        for r, row in enumerate(self.rows):
            for c, value in enumerate(row):
                if value != "":
                    yield r, c, value


def address(row: int, column: int) -> str:
    """`C14`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def said(value: Value) -> str:
    """A value as one line of text: whole numbers without a point, days and times in ISO, no space twice."""
    match value:
        case str():
            return " ".join(value.translate(_CLEANED).split())
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(" ", "minutes")
        case dt.time():
            return value.isoformat("minutes")
        case dt.timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02d}:{minutes % 60:02d}"
        case _:
            return str(value)


def refuse(grid_at: str, value: Value) -> Fault | None:
    """What no cell may hold, wherever it stands."""
    if not isinstance(value, str):
        return None
    if len(value) > LONGEST_CELL:
        return Fault(None, grid_at, f"{len(value):,} characters; a cell has at most {LONGEST_CELL:,}: shorten it")
    bad = refused_character(value.replace("\r", "\n").removeprefix("\ufeff"), lines=True)
    if bad is not None and "\ud800" <= bad <= "\udfff":
        return None  # a byte that could not be decoded: the reader of the file says so
    if bad is not None:
        return Fault(None, f"{grid_at}: {shown_text(value)}", f"holds the character U+{ord(bad):04X}; take it out")
    if "\ufffd" in value:
        problem = "a letter was lost when the file was saved; type it again"
        return Fault(None, f"{grid_at}: {shown_text(value)}", problem)
    return None


def trimmed(rows: Iterable[Iterable[Value]]) -> tuple[tuple[Value, ...], ...]:
    """Rows without the emptiness at their ends and at the end of the sheet."""
    found: list[tuple[Value, ...]] = []
    for row in rows:
        cells = list(row)
        while cells and (cells[-1] == "" or (isinstance(cells[-1], str) and not cells[-1].strip())):
            cells.pop()
        found.append(tuple("" if isinstance(cell, str) and not cell.strip() else cell for cell in cells))
    while found and not found[-1]:
        found.pop()
    return tuple(found)
