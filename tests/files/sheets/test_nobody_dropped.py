"""Nobody is silently dropped: whoever stands in a sheet is read, or the sheet is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from registry.domain.schedule import Sheet, SheetKind
from registry.errors import FileError
from registry.files.sheets.grid import Grid, trimmed
from registry.files.sheets.reading import read_grids
from registry.rules.dictionary import load_dictionary
from tests.files.sheets.test_any_sheet import HARBOR

NUMBERS = st.lists(st.integers(1, 400).map(str), min_size=1, max_size=12, unique=True)
BANNERS = st.sampled_from([[], ["STUNTS"], ["DAY PLAYERS"], ["", "", ""], ["TODAY'S SPECIALS"], ["Page 2 of 3"]])
LOOSE = st.sampled_from(["", "", "-", "TBD", "x", "W", "H", "Mara", "6:00A", "O/C", "Total", "note"])


def read(rows: list[list[Any]], kind: SheetKind) -> Sheet | None:
    """The sheet; None where it was refused."""
    grid = Grid(sheet="", rows=trimmed(rows))
    try:
        return read_grids((grid,), "any.csv", production=HARBOR, dictionary=load_dictionary(), kind=kind)
    except FileError:
        return None


@given(NUMBERS, st.data())
def test_everybody_on_a_cast_list(numbers: list[str], data: st.DataObject) -> None:
    rows: list[list[Any]] = [["No.", "Name", "Character", "Contract", "Remarks"]]
    for number in numbers:
        rows += [data.draw(BANNERS)] if data.draw(st.booleans()) else []
        rows.append(
            [data.draw(st.sampled_from([number, ""])), f"Person {number}", data.draw(LOOSE), "", data.draw(LOOSE)]
        )
    sheet = read(rows, SheetKind.CAST_LIST)
    assert sheet is not None
    assert [person.name for person in sheet.people] == [f"Person {number}" for number in numbers]


@given(NUMBERS, st.data())
def test_everybody_on_a_call_sheet(numbers: list[str], data: st.DataObject) -> None:
    head = ["No.", "Cast", "Character", "Status", "Make-Up", "On Set", "Remarks"]
    rows: list[list[Any]] = [["Date", "Oct 5, 2026"], ["Crew call", "7:00A"], head]
    time = st.sampled_from(["", "6:00A", "18:30", "O/C", "1:30A"])
    for number in numbers:
        rows += [data.draw(BANNERS)] if data.draw(st.booleans()) else []
        rows += [head] if data.draw(st.booleans()) else []
        rows.append([number, f"Person {number}", data.draw(LOOSE), "W", data.draw(time), data.draw(time), ""])
    sheet = read(rows, SheetKind.CALL_SHEET)
    assert sheet is not None
    assert sheet.schedule is not None
    assert [call.number for call in sheet.schedule.calls] == numbers


CODES = st.sampled_from(["", "", "W", "W", "SW", "WF", "H", "h", "T", "XX", "W/N", "-"])


@given(NUMBERS, st.integers(2, 12), st.booleans(), st.data())
def test_every_cell_of_a_day_out_of_days(numbers: list[str], width: int, headed: bool, data: st.DataObject) -> None:
    days = [dt.date(2026, 10, 5) + dt.timedelta(days=n) for n in range(width)]
    rows: list[list[Any]] = [["No.", "Character", *days, "Work", "Hold"]]
    rows += [["", "", *(f"{day:%a}" for day in days)], ["", "Shoot day", *range(1, width + 1)]] if headed else []
    expected = set()
    for number in numbers:
        codes = [data.draw(CODES) for _ in days]
        rows.append([number, f"ROLE {number}", *codes, len(days), 0])
        expected |= {
            (number, day, code.upper()) for day, code in zip(days, codes, strict=True) if code not in ("", "-")
        }
    sheet = read([*rows, ["TOTAL", "", *([2] * width)]], SheetKind.DAY_OUT_OF_DAYS)
    found = {(call.number, call.on, call.code) for call in sheet.schedule.calls} if sheet and sheet.schedule else set()
    assert found == expected


@given(st.lists(st.integers(1, 300).map(str), min_size=1, max_size=10, unique=True), st.booleans(), st.data())
def test_every_scene_of_a_schedule(scenes: list[str], below: bool, data: st.DataObject) -> None:
    rows: list[list[Any]] = [["Scene", "Set", "Pages", "Cast"]]
    expected = []
    day = dt.date(2026, 10, 5)
    for number, scene in enumerate(scenes, 1):
        banner = [f"{'END OF ' if below else ''}DAY {number} - {day:%a %b} {day.day}"]
        strip = [
            [f"{scene}{letter}", "ROOF", "1/8", data.draw(LOOSE.filter(lambda c: ":" not in c))] for letter in "AB"
        ]
        rows += [*strip, banner] if below else [banner, *strip]
        expected += [(f"{scene}{letter}", day) for letter in "AB"]
        day += dt.timedelta(days=data.draw(st.integers(1, 4)))
    sheet = read(rows, SheetKind.SHOOTING_SCHEDULE)
    assert sheet is not None
    assert sheet.schedule is not None
    assert [(scene.scene, scene.on) for scene in sheet.schedule.scenes] == expected
