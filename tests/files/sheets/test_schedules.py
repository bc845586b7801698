"""Shooting schedules and days-out-of-days, as production offices write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from registry.domain.production import Production
from registry.domain.schedule import SheetKind
from registry.files.sheets import Columns
from registry.files.sheets.days import Order
from tests.files.sheets.conftest import Read, comma, workbook

Faults = Callable[..., list[str]]
OCT = dt.date(2026, 10, 5)

ONE_LINER = [
    ["One-Liner Schedule - 2nd push"],
    ["", "Sc. #", "I/E", "Set\nDescription", "D/N", "Pages", "Cast ID's"],
    ["Shoot Day # 1 -- Monday, October 5, 2026"],
    ["", "1, 2", "INT", "KITCHEN", "DAY", "2 3/8 pgs", "1,4"],
    ["COMPANY MOVE"],
    ["", "41A", "EXT", "STREET", "NIGHT", "1/8", "6-9 (V), 101"],
    ["End of Shooting Day 1 -- 2 4/8 Total Pages"],
    ["Shoot Day # 2 -- Tuesday, October 6, 2026"],
    ["", "007", "INT", "BAR", "NIGHT", "4/8", "4 & 6"],
    ["End Day # 2 Tuesday, October 6, 2026 -- Total Pages: 4/8"],
]


def scenes(sheet: object) -> list[tuple[str, dt.date, tuple[str, ...]]]:
    return [(scene.scene, scene.on, scene.cast) for scene in sheet.schedule.scenes]  # type: ignore[attr-defined]


@pytest.mark.parametrize("book", [False, True])
def test_a_one_liner_with_banners(read: Read, book: bool) -> None:
    data = workbook(ONE_LINER, merge=[(2, 0, 2, 6), (4, 0, 4, 6), (6, 0, 6, 6)]) if book else comma(ONE_LINER)
    sheet = read(data)
    assert sheet.kind is SheetKind.SHOOTING_SCHEDULE
    assert sheet.schedule is not None
    assert (sheet.schedule.id, sheet.schedule.revision) == ("harbor-shooting-schedule", "2nd push")
    assert [(day.on, day.number) for day in sheet.schedule.days] == [(OCT, "1"), (dt.date(2026, 10, 6), "2")]
    assert scenes(sheet) == [
        ("1", OCT, ("1", "4")),
        ("2", OCT, ("1", "4")),
        ("41A", OCT, ("6", "7", "8", "9", "101")),
        ("007", dt.date(2026, 10, 6), ("4", "6")),
    ]
    assert sheet.schedule.scenes[0].set == "INT KITCHEN"
    assert sheet.schedule.scenes[0].pages == "2 3/8"
    assert sheet.notes == (
        "Row 5 is no scene and was left out: COMPANY MOVE.",
        "G6: (V) was left aside.",
    )


def test_a_banner_below_its_scenes(read: Read) -> None:
    rows = [
        ["Scene", "Set", "Cast"],
        ["41A", "ROOF", "1. 4. 6."],
        ["END OF DAY 3 - Tue Oct 6 - 4 2/8 pgs"],
        ["Scene", "Set", "Cast"],
        ["42", "DECK", "4"],
        ["END OF DAY 4 of 52 - Wed Oct 7 - 1/8 pgs"],
    ]
    sheet = read(rows)
    assert scenes(sheet) == [("41A", dt.date(2026, 10, 6), ("1", "4", "6")), ("42", dt.date(2026, 10, 7), ("4",))]
    assert [(day.number, day.of) for day in sheet.schedule.days] == [("3", None), ("4", 52)]


def test_a_banner_below_that_counts_pages_too(read: Read) -> None:
    rows = [
        ["Scene", "Set", "Cast"],
        ["41A", "ROOF", "1"],
        ["End Day # 3 Tuesday, October 6, 2026 -- Total Pages: 4/8"],
        ["42", "DECK", "4"],
        ["Total", "", "2 scenes"],
        ["End of Shooting Day 4 -- Wednesday, October 7, 2026 -- 1/8 Total Pages"],
    ]
    assert scenes(read(rows)) == [("41A", dt.date(2026, 10, 6), ("1",)), ("42", dt.date(2026, 10, 7), ("4",))]


def test_a_day_in_a_column_covers_the_rows_it_is_merged_over(read: Read) -> None:
    head = ["Day", "Date", "Scene", "INT/EXT", "Setting", "Time", "Length", "Cast"]
    rows = [head, ["1", OCT, "41A", "INT", "Kitchen", "D", "1 2/8", "4"], ["", "", 12, "EXT", "Pier", "N", "3/8", 6]]
    sheet = read(workbook(rows, merge=[(1, 0, 2, 0), (1, 1, 2, 1)]))
    assert scenes(sheet) == [("41A", OCT, ("4",)), ("12", OCT, ("6",))]
    assert scenes(read([[str(cell) for cell in row] for row in rows])) == scenes(sheet)


def test_part_of_a_scene_stands_under_the_scene(read: Read) -> None:
    sheet = read([["Date", "Scene", "Set", "Cast"], ["Oct 5", "41pt", "ROOF", "4"]])
    assert scenes(sheet) == [("41", OCT, ("4",))]
    assert sheet.notes == ("B2: 41pt is part of scene 41 and stands under it.",)


def test_everything_wrong_is_told_at_once_with_its_cell(faults: Faults) -> None:
    rows = [
        ["Scene", "Set", "Cast"],
        ["1", "A", dt.date(2026, 1, 4)],
        ["2", "B", 1.4],
        ["3", "C", "1-900"],
        [dt.date(2026, 3, 4), "D", "4"],
        ["", "E", "4"],
        ["END OF DAY 1 - Mon Oct 6"],
        ["5", "Z", "6"],
    ]
    assert faults(workbook(rows)) == [
        "C2: 2026-01-04  a spreadsheet made a day of it; format the column as text and type the numbers again",
        "C3: 1.4  a number with a fraction; two cast numbers are written 1, 4",
        "C4: 1-900  1-900 is no range of cast numbers; write them apart",
        "A5: 2026-03-04  a spreadsheet made a day of it; format the column as text and type the scene again",
        "row 6  names cast but no scene; write its scene number",
        "row 7  END OF DAY 1 - Mon Oct 6: 6 Oct 2026 is a Tuesday; correct the day or the weekday",
        "row 8  scene 5 stands under no day; write the date beside it",
    ]


def test_a_block_of_episodes_is_read_whole_or_one_at_a_time(read: Read) -> None:
    rows = [["Ep", "Date", "Scene", "Set", "Cast"], ["101", "Oct 5", "3", "A", "1"], ["102", "Oct 5", "3", "B", "2"]]
    both = read(rows)
    assert (both.schedule.id, both.schedule.episode) == ("harbor-101-102-shooting-schedule", "101/102")
    assert [s.scene for s in both.schedule.scenes] == ["101-3", "102-3"]
    assert any(note.startswith("Scenes of several episodes, 101, 102: each is kept") for note in both.notes)
    sheet = read(rows, episode="102")
    assert scenes(sheet) == [("3", OCT, ("2",))]
    assert (sheet.schedule.id, sheet.schedule.episode) == ("harbor-102-shooting-schedule", "102")


def test_a_second_unit_is_a_sheet_of_its_own(read: Read) -> None:
    sheet = read([["HARBOR LIGHT - 2ND UNIT"], ["Date", "Scene", "Set", "Cast"], ["Oct 5", "3", "A", "1"]])
    assert sheet.schedule.id == "harbor-shooting-schedule-unit-2"


# ---- days-out-of-days


def calls(sheet: object) -> list[tuple[str | None, str | None, dt.date, str | None]]:
    return [(c.number, c.name or c.character, c.on, c.code) for c in sheet.schedule.calls]  # type: ignore[attr-defined]


def test_two_rows_of_headings_with_months_merged_and_totals(read: Read) -> None:
    rows = [
        ["DAY OUT OF DAYS - CAST"],
        ["", "", "October 2026", "", "", "November 2026", ""],
        ["#", "Character / Cast", 30, 31, "", 1, 2, "Work", "Hold"],
        ["", "", "Fri", "Sat", "", "Sun", "Mon"],
        ["4", "Mara (Ada Okafor)", "SW", "h", "", "OFF", "WF", 2, 1],
        ["6.", "TOM QUILL", "", "SWF"],
        ["STUNTS"],
        ["101", "Stunt Mara", "XX", "", "", "", ""],
        ["9", "FERRO", "", "", "", "", ""],
        ["TOTAL", "", 2, 1, "", "", "1"],
    ]
    sheet = read(workbook(rows, merge=[(1, 2, 1, 4), (1, 5, 1, 6)], formulas={(4, 7): ('=COUNTIF(C5:G5,"W*")', 2)}))
    assert sheet.kind is SheetKind.DAY_OUT_OF_DAYS
    assert calls(sheet) == [
        ("4", "Ada Okafor", dt.date(2026, 10, 30), "SW"),
        ("101", "Stunt Mara", dt.date(2026, 10, 30), "XX"),
        ("4", "Ada Okafor", dt.date(2026, 10, 31), "H"),
        ("6", "TOM QUILL", dt.date(2026, 10, 31), "SWF"),
        ("4", "Ada Okafor", dt.date(2026, 11, 1), "OFF"),
        ("4", "Ada Okafor", dt.date(2026, 11, 2), "WF"),
    ]
    assert sheet.notes == ("Row 9, FERRO, has no day.", "Unknown day codes, kept as written: XX (1).")


@pytest.mark.parametrize(
    "days",
    [
        ["Dec 30", "Dec 31", "Jan 1"],
        ["30 Dec", "31-Dec", "1st of Jan"],
        ["Wed 12/30", "Thu 12/31", "Fri 1/1"],
        ["2026-12-30", "2026-12-31", "2027-01-01"],
        ["30-Dec-26", "Dec. 31, 2026", "Friday, January 1, 2027"],
        [dt.date(2026, 12, 30), dt.datetime.fromisoformat("2026-12-31"), dt.date(2027, 1, 1)],
        ["W\n12/30", "Th\n12/31", "F\n1/1"],
    ],
)
def test_days_in_many_forms_and_the_year_from_photography(read: Read, days: list[object]) -> None:
    rows = [["No.", "Character", *days], ["4", "Mara", "SW", "W", "WF"]]
    sheet = read(workbook(rows) if isinstance(days[0], dt.date) else comma(rows))
    assert [call.on for call in sheet.schedule.calls] == [
        dt.date(2026, 12, 30), dt.date(2026, 12, 31), dt.date(2027, 1, 1)
    ]  # fmt: skip


def test_a_day_that_could_be_two_is_refused_until_something_settles_it(
    read: Read, faults: Faults, harbor: Production
) -> None:
    march = replace(harbor, photography_starts_on=dt.date(2026, 3, 1), photography_ends_on=dt.date(2026, 6, 30))
    rows = [["Cast", "03/04/2026", "05/06/2026"], ["1. Mara", "SW", "WF"]]
    told = "month or day first? Write the month in letters, or `dates: mdy` or `dmy` in the mapping file"
    assert faults(rows, production=march) == [f"B1: 03/04/2026  {told}", f"C1: 05/06/2026  {told}"]

    def days(rows: list[list[str]], order: Order | None = None) -> list[dt.date]:
        return [c.on for c in read(rows, production=march, columns=Columns(order=order)).schedule.calls]

    assert days(rows, Order.DAY_FIRST) == [dt.date(2026, 4, 3), dt.date(2026, 6, 5)]
    assert days(rows, Order.MONTH_FIRST) == [dt.date(2026, 3, 4), dt.date(2026, 5, 6)]
    settled = [["Cast", "03/04/2026", "03/13/2026"], rows[1]]
    assert days(settled) == [dt.date(2026, 3, 4), dt.date(2026, 3, 13)]
    by_weekday = [["Cast", "Fri 03/04/2026", "05/06/2026"], rows[1]]
    assert days(by_weekday) == [dt.date(2026, 4, 3), dt.date(2026, 6, 5)]
    in_a_row = [["Cast", "03/04/2026", "03/05/2026", "03/06/2026"], ["1. Mara", "SW", "W", "WF"]]
    assert days(in_a_row)[-1] == dt.date(2026, 3, 6)


def test_a_year_nobody_can_tell(faults: Faults, harbor: Production) -> None:
    rows = [["Cast", "Oct 2", "Oct 3"], ["1. Mara", "SW", "WF"]]
    bare = replace(harbor, photography_starts_on=None, photography_ends_on=None)
    assert faults(rows, production=bare) == [
        "B1: Oct 2  no year, and the production has no days of photography; write the year with it",
        "C1: Oct 3  no year, and the production has no days of photography; write the year with it",
    ]


def test_codes_without_a_person_and_a_day_twice(faults: Faults) -> None:
    rows = [["No.", "Character", "Oct 2", "Oct 2"], ["4", "Mara", "W", "W"], ["", "", "W", ""]]
    assert faults(rows) == [
        "D1: Oct 2  the same day as C1; correct one of them",
        "row 3  has codes but neither a cast number nor a name; write who it is",
    ]


def test_codes_of_the_show_and_codes_written_out(read: Read) -> None:
    rows = [["No.", "Character", "Oct 2", "Oct 3", "Oct 4"], ["4", "Mara", "TRV", "w/n", "Hold"]]
    sheet = read(rows, columns=Columns(codes={"TRV": "T"}))
    assert [call.code for call in sheet.schedule.calls] == ["T", "W/N", "H"]
    assert sheet.notes == ()


def test_pages_of_one_schedule_are_one(read: Read) -> None:
    head = ["No.", "Character", "Oct 2", "Oct 3"]
    book = workbook({"Page 1": [head, ["4", "Mara", "SW", "W"]], "Page 2": [head, ["6", "Tom", "SW", ""]]})
    assert [(c.number, c.on.day) for c in read(book).schedule.calls] == [("4", 2), ("6", 2), ("4", 3)]


def test_the_source_is_kept(read: Read) -> None:
    sheet = read([["No.", "Character", "Oct 2", "Oct 3"], ["4", "Mara", "SW", "W"]], file="out/of/days.csv")
    assert sheet.schedule.source.file == "days.csv"
    assert len(sheet.schedule.source.sha256) == 64


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("11/2/2026", "12/01/2026", [dt.date(2026, 11, 2), dt.date(2026, 12, 1)]),
        ("2/11/2026", "01/12/2026", [dt.date(2026, 11, 2), dt.date(2026, 12, 1)]),
    ],
)
def test_the_days_of_photography_settle_which_comes_first(
    read: Read, first: str, second: str, told: list[dt.date]
) -> None:
    sheet = read([["Scene", "Date", "Cast"], ["1", first, "4"], ["2", second, "6"]])
    assert [on for _, on, _ in scenes(sheet)] == told


@pytest.mark.parametrize(
    "days",
    [("10/11/2026", "12/01/2026"), ("11/2/2026", "2/12/2026"), ("03/04/2026", "11/2/2026", "10/12/2026")],
)
def test_days_that_lie_near_photography_in_both_orders_are_refused(faults: Faults, days: tuple[str, ...]) -> None:
    rows = [["Scene", "Date", "Cast"], *([str(n), day, "4"] for n, day in enumerate(days, 1))]
    assert any("month or day first?" in fault for fault in faults(rows))


NUMBERED = [
    ["Day Out of Days - Harbor Light"],
    ["", "Day of Week", "M", "T", "W", "", ""],
    ["", "Shooting Day", "1", "2", "3", "Work", "Hold"],
    ["4.", "MARA", "SW", "H", "WF", "2", "1"],
    ["6.", "TOM", "", "SWF", "", "1", "0"],
]
DATES = {"1": [OCT], "2": [dt.date(2026, 10, 6)], "3": [dt.date(2026, 10, 7)]}


@pytest.mark.parametrize("heading", [["1", "2", "3"], ["Day 1", "Day 2", "Day 3"], ["SD01", "SD02", "SD03"]])
def test_a_day_out_of_days_with_numbers_takes_its_dates_from_the_schedule(read: Read, heading: list[str]) -> None:
    rows = [*NUMBERED[:2], ["", "Shooting Day", *heading, "Work", "Hold"], *NUMBERED[3:]]
    sheet = read(rows, shoot_days=DATES)
    assert sheet.kind is SheetKind.DAY_OUT_OF_DAYS
    assert [(c.number, c.character, c.on.day, c.code) for c in sheet.schedule.calls] == [
        ("4", "MARA", 5, "SW"), ("4", "MARA", 6, "H"), ("6", "TOM", 6, "SWF"), ("4", "MARA", 7, "WF"),
    ]  # fmt: skip
    assert [(day.number, day.on) for day in sheet.schedule.days] == [(n, dates[0]) for n, dates in DATES.items()]
    assert sheet.notes == ("The shoot days have the dates of the schedule on file: 5 Oct 2026 to 7 Oct 2026.",)


def test_numbers_of_shoot_days_that_nothing_dates_are_refused(faults: Faults) -> None:
    assert faults(NUMBERED) == [
        "has numbers of shoot days and no dates, and no schedule on file says when they are; import the shooting "
        "schedule first, or write the dates above the numbers"
    ]
    twice = {"1": [OCT], "2": [dt.date(2026, 10, 6), dt.date(2026, 10, 9)]}
    assert faults(NUMBERED, shoot_days=twice) == [
        "D3: 2  shoot day 2 is on 6 Oct 2026 and 9 Oct 2026; add --episode, or write the dates above",
        "E3: 3  no schedule on file has a shoot day 3; write its date above",
    ]


def test_bare_figures_under_nothing_that_says_shoot_days_are_no_days(faults: Faults) -> None:
    """They could be days of a month."""
    rows = [["", "Day", "5", "6", "7"], *NUMBERED[3:]]
    assert len(faults(rows, shoot_days=DATES)) == 1


def test_cast_numbers_stay_whatever_stands_above_them(read: Read) -> None:
    rows = [["Month/Day", "Character", "10/05", "10/06"], ["4", "MARA", "SW", "WF"], ["12A", "TOM", "", "SWF"]]
    sheet = read(rows)
    assert [(c.number, c.character) for c in sheet.schedule.calls] == [("4", "MARA"), ("4", "MARA"), ("12A", "TOM")]


def test_days_off_and_background_are_told_and_counted_as_neither_days_nor_people(read: Read) -> None:
    rows = [
        ["Scene", "Set", "D/N", "Pgs", "Cast"],
        ["--- DAY 14 OF 42 -- FRIDAY, 9 OCTOBER 2026 --- Crew Call 11:00A"],
        ["12", "YARD", "D", "1,375", "1, 150 BG, 16X"],
        ["SUNDAY 11 OCTOBER 2026 - COMPANY OFF"],
        ["MONDAY 12 OCTOBER 2026"],
        ["13", "YARD", "D", "1", "1"],
    ]
    sheet = read(rows)
    assert [(day.number, day.on.day) for day in sheet.schedule.days] == [("14", 9), (None, 12)]
    assert sheet.schedule.days[0].crew_call == dt.datetime.fromisoformat("2026-10-09T11:00:00-07:00")
    assert [scene.cast for scene in sheet.schedule.scenes] == [("1", "16X"), ("1",)]
    assert sheet.notes == (
        "E3: (150 BG) was left aside.",
        "Row 4 is no day of shooting and was left out: SUNDAY 11 OCTOBER 2026 - COMPANY OFF.",
    )


def test_a_fault_names_the_columns_that_were_not_read(faults: Faults) -> None:
    """What is missing may stand in one of them."""
    rows = [["Datum / Date", "Scene", "Set", "Cast"], ["Fri 9-Oct-26", "12", "YARD", "1"]]
    assert faults(rows) == [
        "row 2  scene 12 stands under no day; write the date beside it",
        "Not read: column Datum / Date; a mapping file can name what it is.",
    ]


def test_versions_of_a_schedule_in_one_workbook_are_no_pages_of_it(read: Read, faults: Faults) -> None:
    """The tabs of an office: White, Blue. Joined, a scene would stand on the day it was pushed from as well."""
    head = ["Scene", "Set", "D/N", "Cast"]
    white = [head, ["Day 14 of 42 - Thursday, October 29, 2026"], ["12", "YARD", "D", "1"]]
    blue = [head, ["Day 14 of 42 - Friday, October 30, 2026"], ["12", "YARD", "D", "1"]]
    two = workbook({"Old": white, "New": blue})
    assert faults(two, file="two.xlsx") == [
        "several versions of one schedule (shoot day 14 has two dates): Old, New; choose one with --sheet"
    ]
    later = [head, ["Day 15 of 42 - Saturday, October 31, 2026"], ["13", "YARD", "D", "1"]]
    assert faults(workbook({"White 9-28": white, "BLUE": later}), file="two.xlsx") == [
        "several versions of one schedule (each says another revision): White 9-28, BLUE; choose one with --sheet"
    ]
    alone = read(two, file="two.xlsx", sheet="New")
    assert [scene.on.day for scene in alone.schedule.scenes] == [30]
    assert len(read(workbook({"p. 1": white, "p. 2": later}), file="two.xlsx").schedule.days) == 2
