"""Call sheets: whose call is when, past midnight and on the nights when the clocks change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from registry.domain.production import Production
from registry.domain.schedule import Call, SheetKind
from registry.files.sheets import Columns
from tests.files.sheets.conftest import Read, comma, workbook

Faults = Callable[..., list[str]]
NIGHT: list[list[Any]] = [
    ["HARBOR LIGHT", "", "", "CALL SHEET #31"],
    ["Saturday, October 31, 2026", "", "", "Day 31 of 52"],
    ["Crew Call", "6:00 PM", "", "Blue"],
    ["Script dated 9/1/26 Pink"],
    [],
    ["Sc #", "I/E", "Set & Description", "D/N", "Cast #", "Pgs", "Location"],
    ["41A", "EXT", "FERRY ROOF", "N", "4, 6", "1 2/8", "Long Beach"],
    [],
    ["#", "CAST MEMBER", "ROLE", "SWHF", "P/U", "H/MU/W", "SET CALL", "DISMISS", "SPECIAL INSTRUCTIONS"],
    [4, "Ada O.", "MARA", "W", "4:00P", "4:30P", "6:00P", "1:30A", "Harness"],
    [6, "Blue Heron", "TOM QUILL", "SW", "o/c", "11:00P", "1:15A", "5:30A", ""],
    [9, "Mina Bell", "Ensign", "H", "-", "HOLD", "HOLD", "", ""],
    ["STUNTS"],
    [101, "J. Fall", "Stunt Mara", "SWF", "", "", "23:30", "3:00A", ""],
    [],
    ["BACKGROUND / STAND-INS"],
    ["24", "SA pedestrians", "7:00P"],
    ["2 Stand-ins", "", "5:30P"],
    [],
    ["ADVANCE SCHEDULE"],
    ["Sc #", "Set", "Cast #"],
    ["50", "X", "4"],
]


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize("book", [False, True])
def test_a_night_across_the_end_of_daylight_saving(read: Read, book: bool) -> None:
    sheet = read(workbook(NIGHT) if book else comma(NIGHT, ";"))
    schedule = sheet.schedule
    assert (sheet.kind, schedule.id, schedule.revision) == (
        SheetKind.CALL_SHEET, "harbor-call-sheet-2026-10-31", "Blue"
    )  # fmt: skip
    (day,) = schedule.days
    assert (day.number, day.of, day.crew_call) == ("31", 52, moment("2026-10-31T18:00:00-07:00"))
    assert [(scene.scene, scene.cast) for scene in schedule.scenes] == [("41A", ("4", "6"))]
    on = dt.date(2026, 10, 31)
    assert schedule.calls == (
        Call(on=on, number="4", name="Ada O.", character="MARA", code="W", remarks="Harness",
             called_at=moment("2026-10-31T16:00:00-07:00"), released_at=moment("2026-11-01T01:30:00-08:00")),
        Call(on=on, number="6", name="Blue Heron", character="TOM QUILL", code="SW",
             called_at=moment("2026-10-31T23:00:00-07:00"), released_at=moment("2026-11-01T05:30:00-08:00")),
        Call(on=on, number="9", name="Mina Bell", character="Ensign", code="H"),
        Call(on=on, number="101", name="J. Fall", character="Stunt Mara", code="SWF",
             called_at=moment("2026-10-31T23:30:00-07:00"), released_at=moment("2026-11-01T03:00:00-08:00")),
        Call(on=on, character="24 SA pedestrians", remarks="background", called_at=moment("2026-10-31T19:00:00-07:00")),
        Call(on=on, character="2 Stand-ins", remarks="background", called_at=moment("2026-10-31T17:30:00-07:00")),
    )  # fmt: skip
    assert "H10: 01:30 comes twice on 1 Nov: the clocks go back; read as the second, PST." in sheet.notes
    assert "G11: 01:15 comes twice on 1 Nov: the clocks go back; read as the first, PDT." in sheet.notes
    assert "Row 17: 24 SA pedestrians, without names; kept as written." in sheet.notes


def test_an_hour_that_does_not_exist(read: Read) -> None:
    rows: list[list[Any]] = [
        ["CALL SHEET"],
        ["DATE:", dt.date(2027, 3, 13)],
        ["SHOOT DAY:", "12 of 30"],
        ["CREW CALL:", dt.time(19, 0)],
        ["No.", "Cast", "Character", "Status", "Make-Up", "Rehearsal", "On Set", "Remarks"],
        [4, "Ada Okafor", "Mara", "W", dt.time(18, 0), "", dt.time(19, 30), ""],
        [6, "Leo Marsh", "Tom", "W", "2:30 AM", "", "", ""],
    ]
    clock = dict.fromkeys([(3, 1), (5, 4), (5, 6)], "h:mm AM/PM")
    sheet = read(workbook(rows, formats=clock))
    assert [call.called_at for call in sheet.schedule.calls] == [
        moment("2027-03-13T18:00:00-08:00"), moment("2027-03-14T03:30:00-07:00")
    ]  # fmt: skip
    assert "E7: 02:30 does not exist on 14 Mar: the clocks go forward; read as 03:30 PDT." in sheet.notes


HEAD = ["No.", "Cast", "Character", "Status", "Make-Up", "Rehearsal", "On Set", "Wrap", "Remarks"]


def day(*rows: list[str], crew: str = "7:00A") -> list[list[str]]:
    return [["Date", "Oct 5, 2026"], ["Crew call", crew], HEAD, *rows]


@pytest.mark.parametrize(
    ("crew", "times", "called", "released"),
    [
        ("7:00A", ["6:42", "6:30", "8:00", "7:00P"], "2026-10-05T06:30:00-07:00", "2026-10-05T19:00:00-07:00"),
        ("7:00A", ["", "", "8:00", "12:30A"], "2026-10-05T08:00:00-07:00", "2026-10-06T00:30:00-07:00"),
        ("7:00A", ["0642", "", "0800", ""], "2026-10-05T06:42:00-07:00", None),
        ("6:00P", ["", "", "2:00A", ""], "2026-10-06T02:00:00-07:00", None),
        ("6:00P", ["3:30 pm", "", "", ""], "2026-10-05T15:30:00-07:00", None),
        ("6:00P", ["", "", "12:00A", "midnight"], "2026-10-06T00:00:00-07:00", "2026-10-06T00:00:00-07:00"),
        ("12:00 NOON", ["", "", "11a", "25:30"], "2026-10-05T11:00:00-07:00", "2026-10-06T01:30:00-07:00"),
        ("7:00A", ["TBD", "n/a", "W/N", "—"], None, None),
    ],
)
def test_when_somebody_is_on_the_set(
    read: Read, crew: str, times: list[str], called: str | None, released: str | None
) -> None:
    (call,) = read(day(["4", "Ada Okafor", "Mara", "W", *times, ""], crew=crew)).schedule.calls
    assert call.called_at == (moment(called) if called else None)
    assert call.released_at == (moment(released) if released else None)


def test_everything_wrong_with_times_is_told(faults: Faults) -> None:
    rows = day(["4", "Ada Okafor", "Mara", "W", "25", "", "6:75", "", ""], ["", "", "", "", "6:00A", "", "", "", ""])
    assert faults(rows) == [
        "E4: 25  not a time; write it as 06:42 or 6:42 AM",
        "G4: 6:75  no such time; write it as 06:42 or 6:42 AM",
        "row 5  has times but neither a number nor a name; write who is called",
    ]


def test_nobody_is_dropped_for_having_nothing_but_a_name(read: Read) -> None:
    rows = day(["", "Leo Marsh"], ["STUNTS"], ["", "J. Fall", "", "", "8:00A"], ["12"])
    assert [(call.number, call.name) for call in read(rows).schedule.calls] == [
        (None, "Leo Marsh"), (None, "J. Fall"), ("12", None)
    ]  # fmt: skip


def test_a_line_that_goes_on_in_the_next_row(read: Read) -> None:
    rows = day(
        ["4", "Ada Okafor", "Mara", "W", "6:00A", "", "", "", "Harness"], ["", "", "", "", "", "", "", "", "Wig"]
    )
    merge = [(3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2)]
    (call,) = read(workbook(rows, merge=merge)).schedule.calls
    assert call.remarks == "Harness · Wig"


def test_the_day_is_settled_or_asked_for(read: Read, faults: Faults) -> None:
    two = [["Oct 5, 2026"], ["Oct 6, 2026"], HEAD, ["4", "Ada", "Mara", "W", "6:00A"]]
    assert faults(two) == [
        "several days above the cast: A1 2026-10-05, A2 2026-10-06; write `date:` into a mapping file to settle it"
    ]
    none = [HEAD, ["4", "Ada", "Mara", "W", "6:00A"]]
    assert faults(none) == ["no day above the cast; write the date there, or `date:` into a mapping file"]
    settled = read(none, columns=Columns(date=dt.date(2026, 10, 5)))
    assert settled.schedule.id == "harbor-call-sheet-2026-10-05"
    labelled = [["Printed Oct 4, 2026"], ["Date:", "Oct 5, 2026", "", "Sunrise Oct 6"], *none]
    assert read(labelled).schedule.days[0].on == dt.date(2026, 10, 5)


def test_a_production_without_a_zone(faults: Faults, harbor: Production) -> None:
    told = faults(day(["4", "Ada", "Mara", "W", "6:00A"]), production=replace(harbor, timezone=None))
    assert told == ["harbor has no time zone, so nobody can tell when a call is; write `timezone:` for it"]


def test_unknown_codes_are_kept_and_said(read: Read) -> None:
    sheet = read(day(["4", "Ada", "Mara", "sw", "6:00A"], ["6", "Leo", "Tom", "zz", "6:00A"]))
    assert [call.code for call in sheet.schedule.calls] == ["SW", "ZZ"]
    assert "Unknown day codes, kept as written: ZZ." in sheet.notes


def test_the_episode_of_the_heading(read: Read) -> None:
    rows = [["Episode: 104"], *day(["4", "Ada", "Mara", "SW", "6:00A"])]
    assert read(rows).schedule.episode == "104"


def test_several_call_sheets_in_one_workbook_are_asked_about(read: Read, faults: Faults) -> None:
    one, two = (day(["4", "Ada", "Mara", "SW", "6:00A"]) for _ in range(2))
    book = workbook({"Mon": one, "Tue": two})
    assert faults(book) == ["several call sheets: Mon, Tue; choose one with --sheet"]
    assert len(read(book, sheet="tue").schedule.calls) == 1
    assert faults(book, sheet="Tuo")[0] == "--sheet Tuo  no such sheet; did you mean Tue?"


def test_the_cast_goes_on_below_a_blank_row_and_a_banner(read: Read) -> None:
    rows = day(
        ["4", "Ada", "Mara", "W", "6:00A"],
        [],
        ["DAY PLAYERS"],
        ["9", "Mina Bell", "Ferro", "SW", "7:00A"],
        [],
        ["TONIGHT'S CATERING"],
        ["Chef", "A. Cook", "", "", "5:00A"],
        ["12", "Kid", "Boy", "SW", "8:00A"],
    )
    sheet = read(rows)
    assert [call.number for call in sheet.schedule.calls] == ["4", "9", "12"]
    assert sheet.notes == ("Row 10 is no line of the cast and was left out: Chef  A. Cook  5:00A.",)


def test_the_headings_over_the_background_call_nobody(read: Read) -> None:
    rows = [
        *NIGHT[:-1],
        [],
        ["QTY", "BACKGROUND / STAND-INS", "", "CALL"],
        [1, "Stand-in - Mara", "", "5:30P"],
        [40, "ND Ferry Passengers", "", "6:00P"],
    ]
    calls = read(rows).schedule.calls
    assert [(c.number, c.name, c.character) for c in calls[-2:]] == [
        (None, None, "1 Stand-in - Mara"),
        (None, None, "40 ND Ferry Passengers"),
    ]


@pytest.mark.parametrize(
    ("cells", "episode"),
    [
        (["Ep. 103/104", ""], "103/104"),
        (["Eps:", "103 & 104"], "103/104"),
        (["Episode #103", ""], "103"),
        (["EP", "103"], "103"),
        (["Step 4", ""], None),
    ],
)
def test_a_call_sheet_of_several_episodes(read: Read, cells: list[str], episode: str | None) -> None:
    rows = [
        ["CALL SHEET", "DATE:", "Saturday 10/31/2026", *cells],
        ["Scene", "Set", "D/N", "Cast"],
        ["103-27", "CARRIAGE", "N", "2"],
        ["#", "CAST", "CHARACTER", "SWF", "H/MU", "ON SET"],
        ["2", "Chris Doyle", "SAM", "W", "3:15P", "5:00P"],
        ["", "Studio Teacher: M. Alvarez", "", "", "", "9:00A"],
    ]
    sheet = read(rows)
    assert sheet.schedule.episode == episode
    assert [call.name for call in sheet.schedule.calls] == ["Chris Doyle"]
    assert any("Studio Teacher: M. Alvarez" in note for note in sheet.notes)


def test_a_british_call_sheet(read: Read) -> None:
    """Times in four figures, picked up before make-up, and a crowd whose call stands beside its own number."""
    rows = [
        ["CALL SHEET", "Date: Saturday 24th October 2026", "UNIT CALL: 1730"],
        ["ID", "ARTISTE", "CHARACTER", "P/UP", "ARR/MU", "I/C", "L/UP", "ON SET"],
        ["1", "ELERI VAUGHAN", "NELL", "1600", "1630", "1700", "", "1730"],
        ["SUPPORTING ARTISTS"],
        ["40 x SAs (dockers)", "", "", "", "1800", "", "", "1830"],
    ]
    sheet = read(rows)
    nell, crowd = sheet.schedule.calls
    assert nell.called_at == dt.datetime.fromisoformat("2026-10-24T16:00:00-07:00")
    assert (crowd.character, crowd.called_at) == (
        "40 SAs (dockers)",
        dt.datetime.fromisoformat("2026-10-24T18:00:00-07:00"),
    )
    assert not any("Not read" in note for note in sheet.notes)


def test_a_date_in_merged_cells_makes_no_day_out_of_days(read: Read) -> None:
    """In every cell it covers the same day stands: two days side by side, to a careless eye."""
    rows = [
        ["CALL SHEET", "Date", dt.date(2026, 10, 31), "", "Day 15 of 42"],
        ["CREW CALL", "6:00 PM"],
        ["#", "Cast", "Role", "SWF", "MU", "Set"],
        ["15", "TOBIAS QUIST", "YOUNG SAM", "WF", "4:00 PM", "6:00 PM"],
    ]
    sheet = read(workbook(rows, merge=[(0, 2, 0, 3)]), file="call.xlsx")
    assert sheet.kind is SheetKind.CALL_SHEET
    assert [day.on for day in sheet.schedule.days] == [dt.date(2026, 10, 31)]


@pytest.mark.parametrize("written", ["11:30 PM (-1)", "11:30P prev. night", "23:30 day before"])
def test_a_pick_up_in_the_evening_before(read: Read, written: str) -> None:
    rows = [
        ["CALL SHEET", "Date: Saturday 24th October 2026", "CREW CALL: 7:00A"],
        ["No.", "Cast", "Role", "Pickup", "Makeup", "Set"],
        ["4", "Ann Lee", "A", written, "12:30A", "1:00A"],
    ]
    sheet = read(rows)
    assert sheet.schedule.calls[0].called_at == dt.datetime.fromisoformat("2026-10-23T23:30:00-07:00")
    assert sheet.notes == ("D3: 23:30 is read as Fri 23 Oct, the evening before.",)
