"""Request lists, cue sheets and shot lists: rows that plan a use, and who is meant as far as they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from registry.domain.production import Production
from registry.domain.schedule import SheetKind
from registry.domain.words import Act, Element
from registry.files.sheets import Columns
from registry.files.sheets.templates import USES
from tests.files.sheets.conftest import Read, comma, workbook

Faults = Callable[..., list[str]]


def test_the_template_filled_in(read: Read) -> None:
    row = {"use_id": "u-1", "scene": "41, 42", "shoot_date": "2026-10-05", "cast_no": "4", "character": "Mara",
           "act": "use_replica", "modality": "face", "age_from": "35", "safety(y/n/?)": "?",
           "notified_on": "2026-09-13", "approval_ref": "email 12", "business_reason": "cannot be staged"}  # fmt: skip
    head = USES.strip().split(",")
    sheet = read(comma([head, [row.get(column, "") for column in head]]))
    assert sheet.kind is SheetKind.USES
    (request,) = sheet.requests
    assert (request.row, request.number, request.name, request.character) == (2, "4", None, "Mara")
    assert (request.use.id, request.use.production, request.use.performers) == ("u-1", "harbor", ())
    assert request.use.scenes == ("41", "42")
    assert request.use.at == dt.datetime.fromisoformat("2026-10-05T00:00:00-07:00")
    assert request.use.elements == (Element.LIKENESS,)
    assert sheet.notes == (
        "u-1: notified_on is no part of a use; registry record notice … u-1    told the platform on 2026-09-13",
        "u-1: approval_ref is no part of a use; registry record approval u-1 …    reference email 12",
        "u-1: business_reason is no part of a use; registry record reason u-1 …    cannot be staged",
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-10-05 17:12", "2026-10-05T17:12:00-07:00"),
        ("Mon Oct 5, 5:12 PM", "2026-10-05T17:12:00-07:00"),
        ("Mon 5 October 2026, 5.12pm", "2026-10-05T17:12:00-07:00"),
        ("5-Oct-26 5p", "2026-10-05T17:00:00-07:00"),
        (dt.datetime.fromisoformat("2026-10-05T17:12:00"), "2026-10-05T17:12:00-07:00"),
        ("2026-10-05T17:12:00-07:00", "2026-10-05T17:12:00-07:00"),
        ("2026-10-05", "2026-10-05T00:00:00-07:00"),
        ("Day 14 of 42 - Mon, 5th Oct 2026", "2026-10-05T00:00:00-07:00"),
        ("Day 5A, Oct 5, 2026", "2026-10-05T00:00:00-07:00"),
    ],
)
def test_a_time_beside_the_day_is_the_moment(read: Read, written: object, meant: str) -> None:
    rows = [["use_id", "act", "performer", "shoot_date"], ["u-1", "scan", "okafor", written]]
    (request,) = read(workbook(rows), file="requests.xlsx").requests
    assert request.use.at == dt.datetime.fromisoformat(meant)


def test_a_time_that_the_clocks_leave_out_or_have_twice_is_said(read: Read, faults: Faults) -> None:
    head = ["use_id", "act", "performer", "shoot_date"]
    sheet = read([head, ["u-1", "scan", "okafor", "Nov 1, 2026 1:30 AM"]])
    assert sheet.requests[0].use.at == dt.datetime.fromisoformat("2026-11-01T01:30:00-07:00")
    assert sheet.notes == ("D2: 01:30 comes twice on 1 Nov: the clocks go back; read as the first, PDT.",)
    assert faults([head, ["u-1", "scan", "okafor", "Nov 2, 2026 25:71"]]) == [
        "D2: Nov 2, 2026 25:71  no such time; write it as 06:42 or 6:42 AM"
    ]


def test_a_performer_by_id_or_by_name(read: Read) -> None:
    rows = [["use_id", "act", "performer", "scene"], ["u-1", "dub", "okafor", "1"], ["u-2", "dub", "Ada Okafor", "1"]]
    one, two = read(rows).requests
    assert (one.use.performers, one.name) == (("okafor",), None)
    assert (two.use.performers, two.name) == ((), "Ada Okafor")


def test_a_shot_list_plans_some_of_its_shots(read: Read) -> None:
    rows = [
        ["VFX ID", "Scene", "Description", "Cast #", "Act", "Elements", "Purpose", "Date"],
        ["HL_010", "41", "Fall", "4", "Digital double", "face;movement", "final", "Dec 7"],
        ["HL_020", "42", "Sky", "", "", "", "", ""],
        ["HL_030", "42", "deck", "6", "de-aging", "face", "final", dt.date(2026, 12, 8)],
    ]
    sheet = read(workbook(rows), file="shots.xlsx")
    assert sheet.kind is SheetKind.SHOT_LIST
    assert [(r.use.shot, r.use.act, r.number, r.use.at.date()) for r in sheet.requests if r.use.at] == [
        ("HL_010", Act.USE_REPLICA, "4", dt.date(2026, 12, 7)),
        ("HL_030", Act.ALTER_PERFORMANCE, "6", dt.date(2026, 12, 8)),
    ]
    assert [r.use.id for r in sheet.requests] == [
        "harbor-41-hl_010-4-use_replica", "harbor-42-hl_030-6-alter_performance"
    ]  # fmt: skip
    assert sheet.notes == ("1 row plans no use and was left out.",)
    assert [r.use.id for r in read(workbook(rows[:2])).requests] == ["harbor-41-hl_010-4-use_replica"]


def test_a_cue_sheet(read: Read) -> None:
    rows = [
        ["Cue", "Character", "Line", "Actor", "AI Use"],
        ["1A", "Mara", "Hello", "Ada Okafor", "dubbing"],
        ["2", "Tom", "x", "", ""],
    ]
    sheet = read(rows)
    assert sheet.kind is SheetKind.CUE_SHEET
    (request,) = sheet.requests
    assert (request.use.act, request.use.shot, request.name, request.character) == (Act.DUB, "1A", "Ada Okafor", "Mara")


def test_everything_wrong_with_requests_is_told(faults: Faults) -> None:
    rows = [
        ["use_id", "production", "act", "scene", "shoot_date", "seconds", "cast_no"],
        ["u-1", "harbor", "clone", "1", "", "", "4"],
        ["u-2", "orchard", "dub", "1", "", "", "4"],
        ["u-3", "harbor", "dub", "1", "soon", "x", "4"],
        ["u-3", "harbor", "dub", "1", "", "", "4"],
        ["u-3", "harbor", "dub", "1", "", "", "4"],
        ["u-4", "harbor", "", "1", "", "", "4"],
    ]
    told = faults(rows, file="uses.csv")
    assert told[0].startswith("row 2  act clone is not known; write one of create_replica")
    assert told[1:] == [
        "row 3  orchard is another production than harbor; leave the row out",
        "E4: soon  not a day; write it as 2026-10-02",
        "row 4  seconds: x: not a whole number",
        "row 6  u-3 was used before, in row 5; give it another use_id",
        "row 7  no act; write one of create_replica, use_replica, alter_performance, dub, use_synthetic, "
        "prompt_likeness, train_model, reuse_model, license_training, transfer_replica, generate_material",
    ]


def test_headings_of_the_show_name_facts(read: Read) -> None:
    rows = [["act", "scene", "Tone?"], ["dub", "1", "n"]]
    sheet = read(rows, columns=Columns(headings={"tone": "use.changes_tone"}))
    assert sheet.requests[0].use.facts == (("use.changes_tone", False),)


@pytest.mark.parametrize(
    "written",
    ["29 & 30 October 2026", "Oct 2-4, 2026", "Oct 2-14, 2026", "2026-10-05 - 2026-10-09", "10/13/2026, 10/14/2026"],
)
def test_several_days_in_one_cell_are_refused(faults: Faults, written: str) -> None:
    rows = [["use_id", "act", "performer", "shoot_date"], ["u-1", "scan", "okafor", written]]
    told = f"D2: {written}  several days; write a row for each of them, each with a use_id of its own"
    assert faults(rows) == [told]


def test_the_number_beside_a_name_is_read_whatever_it_is_called(read: Read) -> None:
    rows = [["use_id", "act", "Artiste", "Char No."], ["u-1", "scan", "Ada Okafor", "4"]]
    (request,) = read(rows).requests
    assert (request.name, request.number) == ("Ada Okafor", "4")


def test_a_time_without_a_zone_to_read_it_in_is_refused(faults: Faults, harbor: Production) -> None:
    rows = [["use_id", "act", "performer", "shoot_date"], ["u-1", "scan", "okafor", "2026-10-05 17:12"]]
    (told, *_) = faults(rows, production=replace(harbor, timezone=None))
    assert told.startswith("D2: 2026-10-05 17:12  harbor has no time zone; write `timezone:` for it")
