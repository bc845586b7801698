"""One sheet being read: which cells were taken, what is wrong with them, and what has to be said about the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from registry.domain.production import Production
from registry.domain.schedule import SheetKind
from registry.errors import Fault, FileError
from registry.files.reading import shown_text
from registry.files.sheets.columns_file import Columns
from registry.files.sheets.days import Calendar, DayError, calendar_of, refuse_serial
from registry.files.sheets.grid import Grid, Value, said
from registry.files.sheets.headings import fields, passed_over, plainly

ShootDays: TypeAlias = Mapping[str, Sequence[dt.date]]
OUTCOME = "nothing recorded"
NOT_READ = "Not read:"  # how the note on columns nobody knows begins
# Fields that are known, and that a schedule has no place for.
_UNKEPT = frozenset({"synopsis", "story_day", "estimate", "remarks", "background", "from"})
_MOST_FAULTS = 200


class Page:
    """The grid under the reader's eyes. A cell that is taken must not calculate: nobody could tell whether its value is
    what the sheet shows."""

    def __init__(
        self, grid: Grid, production: Production, columns: Columns, file: str, shoot_days: ShootDays | None = None
    ) -> None:
        self.grid = grid
        self.production = production
        self.columns = columns
        self.file = file
        self.shoot_days = shoot_days or {}
        self._faults: dict[Fault, None] = {}
        self._notes: dict[str, None] = dict.fromkeys(grid.notes)
        self._calendar: Calendar | None = None

    @property
    def rows(self) -> range:
        return range(len(self.grid.rows))

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._notes)

    @property
    def faulty(self) -> bool:
        return bool(self._faults)

    def say(self, note: str) -> None:
        """Something the user has to know; said once."""
        self._notes.setdefault(note)

    def fault(self, row: int, column: int, problem: str) -> None:
        text = self.grid.text(row, column)
        where = self.grid.at(row, column)
        self._faults.setdefault(Fault(None, f"{where}: {shown_text(text)}" if text else where, problem))

    def row_fault(self, row: int, problem: str) -> None:
        sheet = f"{self.grid.sheet}!" if self.grid.sheet else ""
        self._faults.setdefault(Fault(None, f"{sheet}row {row + 1}", problem))

    def file_fault(self, problem: str) -> None:
        self._faults.setdefault(Fault(None, self.grid.sheet, problem))

    def done(self) -> None:
        """Raises FileError with everything that was wrong."""
        if self._faults:
            faults = list(self._faults)
            more = len(faults) - _MOST_FAULTS
            tail = [Fault(None, "", f"and {more:,} more like these")] if more > 0 else []
            raise FileError(self.file, [*faults[:_MOST_FAULTS], *tail], OUTCOME)

    def take(self, row: int, column: int) -> Value:
        """The value of a cell that is read."""
        if (row, column) in self.grid.formulas:
            self.fault(row, column, "holds a formula; copy the column and paste it as values")
        return self.grid.value(row, column)

    def text(self, row: int, column: int | None) -> str:
        """The same as one line; "" for a column that the sheet does not have."""
        return said(self.take(row, column)) if column is not None else ""

    def line(self, row: int) -> str:
        """What a whole row says."""
        for column in range(len(self.grid.rows[row])):
            if (row, column) in self.grid.formulas:
                self.take(row, column)
        return self.grid.line(row)

    def anchors(self, row: int) -> list[int]:
        """The columns of a row that say something themselves."""
        cells = range(len(self.grid.rows[row]))
        return [c for c in cells if self.grid.value(row, c) != "" and (row, c) not in self.grid.filled]

    def calendar(self, cells: Iterable[Value]) -> Calendar:
        """How the days of this sheet are read; worked out once, from the cells that hold days."""
        if self._calendar is None:
            settled = self.columns
            try:
                self._calendar = calendar_of(self.production, settled.order, settled.year, cells)
            except DayError as error:
                self.file_fault(str(error))
                self._calendar = calendar_of(self.production, settled.order, settled.year, ())
        return self._calendar

    def day(self, row: int, column: int | None) -> dt.date | None:
        """The day in a cell; None where there is none, or a fault was written down."""
        if column is None:
            return None
        value = self.take(row, column)
        try:
            refuse_serial(value)
            return (self._calendar or self.calendar(())).day(value)
        except DayError as error:
            self.fault(row, column, str(error))
            return None

    def headings(self, kind: SheetKind, row: int) -> dict[str, list[int]]:
        """The fields of a row of headings. A heading may be spread over two rows: `CAST` above `NO.`"""
        cells = [self.grid.text(row, c) for c in range(len(self.grid.rows[row]))]
        found = fields(kind, cells, self.columns.headings)
        if row == 0 or not any(cells):
            return found
        claimed = {column for columns in found.values() for column in columns}
        above = [self.grid.text(row - 1, c) for c in range(len(self.grid.rows[row - 1]))]
        alone = len(claimed) > 1 and len(claimed) == sum(map(bool, cells))  # nothing here but headings
        upper = [
            "" if c in claimed or len(text) > 60 or not (alone or (c < len(cells) and plainly(cells[c]))) else text
            for c, text in enumerate(above)
        ]
        both = [f"{text} {cells[c] if c < len(cells) else ''}" if text else "" for c, text in enumerate(upper)]
        for field, columns in fields(kind, both, self.columns.headings, loosely=False).items():
            found.setdefault(field, columns)
        return found

    def unread(
        self,
        row: int,
        found: Mapping[str, Sequence[int]],
        *,
        kept: Collection[str] = (),
        every: Collection[str] = (),
    ) -> None:
        """Say which columns are kept out, and which are passed over on purpose. Of the fields in `every` all columns
        are read, of others the first."""
        unkept = {columns[0] for field, columns in found.items() if field in _UNKEPT and field not in kept}
        claimed = {columns[0] for columns in found.values()} - unkept
        claimed |= {column for field in every for column in found.get(field, ())}
        unknown: list[str] = []
        known: list[str] = []
        for column in range(len(self.grid.rows[row])):
            text = self.grid.text(row, column)
            if not text or column in claimed or self.columns.headings.get(plainly(text)) == "ignore":
                continue
            if (row, column) in self.grid.filled and text in unknown:
                continue
            (known if column in unkept or passed_over(text) else unknown).append(shown_text(text))
        if unknown:
            self.say(f"{NOT_READ} {_listed('column', unknown)}; a mapping file can name what it is.")
        if known:
            self.say(f"Passed over: {_listed('column', known)}.")


def first(found: Mapping[str, Sequence[int]], field: str) -> int | None:
    """The first column of a field."""
    columns = found.get(field)
    return columns[0] if columns else None


def _listed(noun: str, names: Collection[str]) -> str:
    return f"{noun if len(names) == 1 else noun + 's'} {', '.join(names)}"
