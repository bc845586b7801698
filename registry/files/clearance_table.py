"""A clearance as tables: by day, to do, concerns, people, changes. The workbook and the flat file hold the same cells.

Cells are texts, dates, wall-clock moments and numbers. A moment is that of the place of work, and its zone
stands in the next column.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from registry.domain.clearance import Light
from registry.domain.clearance_report import ClearanceReport, Doing, Row
from registry.domain.values import dataclass

Cell: TypeAlias = "str | int | dt.date | dt.datetime | None"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its width in characters."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; `light` colours the cell that holds the answer."""

    cells: tuple[Cell, ...]
    light: Light | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `answer` is the number of the column with the verdict, where there is one."""

    name: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    answer: int | None = None


def tables(report: ClearanceReport) -> tuple[Table, ...]:
    """Every table of a report, each with its head, however empty."""
    return (_by_day(report), _to_do(report), _concerns(report), _people(report), _changes(report), _about(report))


def _by_day(report: ClearanceReport) -> Table:
    columns = (
        Column("Day", 16), Column("Scenes", 9), Column("No.", 6), Column("Who", 22), Column("Character", 18),
        Column("What", 20), Column("Verdict", 15), Column("Light", 8), Column("Why", 48), Column("Called", 9),
        Column("Use", 20), Column("Description", 40), Column("At", 22), Column("Zone", 8), Column("Judged", 24),
        Column("Rules", 34), Column("Performer", 16),
    )  # fmt: skip
    lines = [Line(_row(row), row.light) for day in report.days for row in day.rows]
    return Table("By day", columns, tuple(lines), answer=6)


def _row(row: Row) -> tuple[Cell, ...]:
    called = {True: "yes", False: "no", None: "not known"}[row.called]
    return (
        row.on, row.scenes, row.number, ", ".join(row.people) or row.who, row.character, row.act, row.word,
        row.light.value, row.why, called, row.use, row.description, row.at, row.zone, row.judged,
        ", ".join(row.rules), row.performer,
    )  # fmt: skip


def _to_do(report: ClearanceReport) -> Table:
    columns = (
        Column("Due on", 16), Column("Due at", 22), Column("Zone", 8), Column("Late", 7), Column("When", 14),
        Column("Kind", 20), Column("What", 52), Column("For", 22), Column("To", 14), Column("Amount", 18),
        Column("Uses", 30), Column("Rules", 28), Column("Command", 60),
    )  # fmt: skip
    before = [_doing(doing, "before") for doing in report.before]
    after = [_doing(doing, "afterwards") for doing in report.after]
    return Table("To do", columns, (*before, *after), answer=3)


def _doing(doing: Doing, order: str) -> Line:
    on = doing.moment.date() if doing.moment else doing.on
    light = Light.RED if doing.late else None
    return Line(
        (
            on, doing.moment, doing.zone, "late" if doing.late else "", order, doing.kind, doing.text,
            ", ".join(doing.people), doing.to, doing.amount, ", ".join(doing.uses),
            ", ".join(doing.rules), doing.command,
        ),
        light,
    )  # fmt: skip


def _concerns(report: ClearanceReport) -> Table:
    columns = (
        Column("Day", 16), Column("Kind", 34), Column("What", 64), Column("Who", 22), Column("Scenes", 10),
        Column("Uses", 28), Column("May be", 28), Column("Command", 50),
    )  # fmt: skip
    lines = [
        Line((n.on, n.kind, n.text, n.who, n.scenes, ", ".join(n.uses), ", ".join(n.candidates), n.command))
        for n in report.noticed
    ]
    return Table("Concerns", columns, tuple(lines))


def _people(report: ClearanceReport) -> Table:
    columns = (
        Column("Who", 24), Column("Performer", 18), Column("No.", 8), Column("Character", 20), Column("First day", 16),
        Column("Last day", 16), Column("Days", 7), Column("Uses", 7), Column("Go ahead", 10), Column("Do not", 10),
        Column("Worst verdict", 16), Column("Light", 8),
    )  # fmt: skip
    lines = [
        Line(
            (
                p.who, p.performer, p.numbers, p.characters, p.first, p.last, p.days, p.uses, p.ahead, p.stopped,
                p.word, p.light.value,
            ),
            p.light,
        )
        for p in report.people
    ]  # fmt: skip
    return Table("People", columns, tuple(lines), answer=10)


def _changes(report: ClearanceReport) -> Table:
    columns = (Column("Use", 22), Column("Who", 24), Column("Before", 16), Column("After", 16), Column("What", 60))
    if report.changes is None:
        return Table("Changes", columns, (Line(("not compared with an earlier run",)),))
    lines = [Line((c.use, c.who, c.before, c.after, c.text)) for c in report.changes]
    return Table("Changes", columns, tuple(lines))


def _about(report: ClearanceReport) -> Table:
    said: list[tuple[str, str]] = [("Production", f"{report.title} ({report.production})"), ("Answer", report.headline)]
    said += [("", sentence) for sentence in report.answer]
    said += [(line.label, line.text) for line in report.clocks]
    said += [("", sentence) for sentence in report.folded]
    said.append(("SHA-256 of the clearance as JSON", report.digest))
    return Table("About", (Column("", 32), Column("", 110)), tuple(Line(pair) for pair in said))


def flat(report: ClearanceReport) -> Iterator[tuple[Cell, ...]]:
    """Every line of every table under one heading, the name of its table first: for one flat file."""
    found = [table for table in tables(report) if table.name != "About" and (table.lines or table.name == "By day")]
    headings = list(dict.fromkeys(column.heading for table in found for column in table.columns))
    yield ("List", *headings)
    for table in found:
        if table.name == "Changes" and report.changes is None:
            continue
        places = [headings.index(column.heading) for column in table.columns]
        yield from _placed(table, places, len(headings))


def _placed(table: Table, places: list[int], width: int) -> Iterable[tuple[Cell, ...]]:
    for line in table.lines:
        cells: list[Cell] = [None] * width
        for place, cell in zip(places, line.cells, strict=False):
            cells[place] = cell
        yield (table.name, *cells)
