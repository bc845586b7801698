"""Call sheets: the day in the heading block, the scenes, who is called when, and the background."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from registry.domain.schedule import Call, SceneDay, SheetKind, ShootDay
from registry.files.sheets.called import ADVANCE, TIMES, Block, Calls
from registry.files.sheets.clock import Clock, TimeError, time_of
from registry.files.sheets.days import DayError
from registry.files.sheets.grid import Value, said
from registry.files.sheets.page import Page
from registry.files.sheets.strips import heading_row, read_strips, with_episode

_NUMBER = re.compile(
    r"(?i)\b(?:shoot(?:ing)?\s+)?day\s*(?:no\.?|#|:)?\s*(?P<number>\d{1,3}[a-z]?)\s*(?:of|/)\s*(?P<of>\d{1,3})\b"
)
_BARE_NUMBER = re.compile(r"(?i)^\s*(?P<number>\d{1,3}[a-z]?)\s*(?:of|/)\s*(?P<of>\d{1,3})\s*$")
_OTHER_DAY = re.compile(
    r"(?i)script|rev\b|revis|draft|dated|issued|printed|updated|tomorrow|advance|next day|version|as of|weather|dob"
)


def cast_block(page: Page) -> Block | None:
    """The row of headings over the cast: somebody, and when they are wanted."""
    best: Block | None = None
    for row in page.rows[:400]:
        if page.columns.heading_row not in (None, row + 1):
            continue
        found = page.headings(SheetKind.CALL_SHEET, row)
        times = [field for field in TIMES if field in found]
        who = {"name", "character"} & found.keys()
        fits = who and (len(times) >= 2 or (times and "code" in found) or (times and "number" in found))
        scenes = page.headings(SheetKind.SHOOTING_SCHEDULE, row) if fits else {}
        if "scene" in scenes and "character" not in found and len(times) < 3:
            continue  # the scenes of the day, or a schedule with its times of day
        if fits and (best is None or len(found) > len(best.found)):
            best = Block(row, found)
    return best


class CallSheet(NamedTuple):
    """What one call sheet says."""

    day: ShootDay
    scenes: tuple[SceneDay, ...]
    calls: tuple[Call, ...]


def read_call_sheet(page: Page, block: Block) -> CallSheet | None:
    """The day, its scenes and its calls; None where faults were written down that leave nothing to read."""
    page.calendar(cell for row in page.rows[: block.row] for cell in page.grid.rows[row])
    on = _day(page, block)
    if on is None:
        return None
    zone = page.production.timezone
    if zone is None:
        page.file_fault(
            f"{page.production.id} has no time zone, so nobody can tell when a call is; write `timezone:` for it"
        )
        return None
    number, of = _number(page, block)
    crew = _called(page, block, r"(?:general\s+)?crew\s*call|general call|unit call|call time")
    wrap = _called(page, block, r"est(?:imated|\.)?\s*wrap|wrap\s*time")
    clock = Clock(on, ZoneInfo(zone), crew[2] if crew else None)
    day = ShootDay(on=on, number=number, of=of)
    if crew:
        day = replace(day, crew_call=Clock(on, ZoneInfo(zone)).moments([(*crew, False)], page.say)[0])
    if wrap:
        day = replace(day, wrap=clock.moments([(*wrap, True)], page.say)[0])
    scenes = _scenes(page, block, on)
    return CallSheet(day, scenes, Calls(page, clock).read(block))


def _day(page: Page, block: Block) -> dt.date | None:
    if page.columns.date is not None:
        return page.columns.date
    found: dict[dt.date, tuple[int, int, bool]] = {}
    wrong: list[tuple[int, int, str]] = []
    for row in page.rows[: max(block.row, 1)]:
        for column in range(len(page.grid.rows[row])):
            value = page.grid.value(row, column)
            before = page.grid.text(row, column - 1) if column else ""
            if value == "" or (row, column) in page.grid.filled or isinstance(value, int | float | dt.time):
                continue
            if isinstance(value, str) and (len(value) > 120 or _OTHER_DAY.search(value)):
                continue
            if _OTHER_DAY.search(before) or _is_number_of_day(before, value):
                continue
            try:
                on = page.calendar(()).day(value)
            except DayError as error:
                wrong.append((row, column, str(error)))
                continue
            if on is not None:
                labelled = bool(
                    re.search(r"(?i)\bdate\b|shoot date", f"{before} {value if isinstance(value, str) else ''}")
                )
                found.setdefault(on, (row, column, labelled))
    return _chosen_day(page, found, wrong)


def _is_number_of_day(before: str, value: Value) -> bool:
    """`12/30` beside `Day` is the twelfth day of thirty and no date."""
    text = said(value)
    return bool(_NUMBER.search(text) or (_BARE_NUMBER.match(text) and re.search(r"(?i)\bday\b", before)))


def _chosen_day(
    page: Page, found: Mapping[dt.date, tuple[int, int, bool]], wrong: Sequence[tuple[int, int, str]]
) -> dt.date | None:
    labelled = [on for on, (_, _, named) in found.items() if named]
    chosen = labelled if len(labelled) == 1 else list(found)
    if len(chosen) == 1:
        row, column, _ = found[chosen[0]]
        page.take(row, column)
        return chosen[0]
    if len(chosen) > 1:
        places = ", ".join(f"{page.grid.at(r, c)} {on.isoformat()}" for on, (r, c, _) in found.items())
        page.file_fault(f"several days above the cast: {places}; write `date:` into a mapping file to settle it")
        return None
    for row, column, problem in wrong:
        page.fault(row, column, problem)
    if not wrong:
        page.file_fault("no day above the cast; write the date there, or `date:` into a mapping file")
    return None


def _number(page: Page, block: Block) -> tuple[str | None, int | None]:
    for row in page.rows[: block.row]:
        for column in range(len(page.grid.rows[row])):
            text = page.grid.text(row, column)
            match = _NUMBER.search(text)
            if match is None and column and re.search(r"(?i)\bday\b", page.grid.text(row, column - 1)):
                match = _BARE_NUMBER.match(text)
            if match:
                return match["number"].upper(), int(match["of"])
    return None, None


def _called(page: Page, block: Block, label: str) -> tuple[str, Value, dt.time] | None:
    """A time of the heading block: in the cell of its label, beside it or below it."""
    for row in page.rows[: block.row]:
        for column in range(len(page.grid.rows[row])):
            text = page.grid.text(row, column)
            if len(text) > 80 or not (match := re.search(rf"(?i)\b(?:{label})\b\s*[:\-–]?\s*(?P<rest>.*)$", text)):
                continue
            right = next((c for c in range(column + 1, column + 4) if page.grid.value(row, c) != ""
                          and (row, c) not in page.grid.filled), column + 1)  # fmt: skip
            for value, r, c in ((match["rest"], row, column), (page.grid.value(row, right), row, right),
                                (page.grid.value(row + 1, column), row + 1, column)):  # fmt: skip
                try:
                    time = time_of(value) if value != "" else None
                except TimeError:
                    continue
                if time is not None:
                    page.take(r, c)
                    return page.grid.at(r, c), value, time
    return None


def _scenes(page: Page, block: Block, on: dt.date) -> tuple[SceneDay, ...]:
    heading = heading_row(page)
    if heading is None or heading[0] == block.row:
        return ()
    row, found = heading
    if any(ADVANCE.search(page.grid.line(r)) for r in range(max(0, row - 2), row)):
        page.say(f"Row {row + 1}: an advance schedule, which is of another day, was not read.")
        return ()
    last = block.row if row < block.row else len(page.grid.rows)
    last = next((r for r in range(row + 1, last) if not any(cell != "" for cell in page.grid.rows[r])
                 or re.search(r"(?i)total|advance", page.grid.line(r))), last)  # fmt: skip
    page.unread(row, found)
    _, strips = read_strips(page, row, {k: v for k, v in found.items() if k not in ("date", "day")}, last=last, on=on)
    several = len({strip.episode for strip in strips if strip.episode}) > 1
    return tuple((with_episode(strip) if several else strip).scene for strip in strips)
