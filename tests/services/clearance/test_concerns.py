"""Clearing a schedule: whom to look at, and what the sheets leave open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from registry.domain.clearance import ConcernKind, Light
from registry.domain.finding import Status
from registry.domain.schedule import Call, Request, SceneDay, Schedule, SheetKind
from tests.services.clearance.story import (
    FRIDAY,
    ONE_LINER,
    SATURDAY,
    SUNDAY,
    WORLD,
    call_sheet,
    clearance,
    consent,
    moment,
    of_kind,
    use,
)


def test_nothing_planned_is_not_clean() -> None:
    found = clearance(first=SUNDAY, last=SUNDAY)
    assert found.planned == ()
    assert found.status is Status.OPEN


def test_unmatched_people_alone_never_clear() -> None:
    found = clearance(
        world=replace(WORLD, uses=()), requests=[Request(use=use("r-5", scenes=["41"]), row=6, name="Ono")]
    )
    assert [row.light for row in found.planned] == [Light.RED]
    assert found.status is Status.REFUSED
    assert found.people == 1


def test_the_performers_of_a_file_who_are_not_on_file_are_told() -> None:
    found = clearance(uses=[use("u-41", "okafor", "okafr", scenes=["41"])])
    (missing,) = [row for row in found.planned if row.verdict is None]
    assert (missing.who, missing.on) == ("okafr", FRIDAY)
    assert [r.performer for r in found.planned if r.use.id == "u-41"] == ["okafor", None]


def test_people_called_without_a_use_where_others_have_one() -> None:
    found = clearance(first=SATURDAY, last=SATURDAY)
    assert of_kind(found, ConcernKind.UNPLANNED) == [
        "Kim Lee is called, and scene 42 has planned uses of others (u-42).",
        "Leo Marsh is called, and scene 60 has planned uses of others (u-60).",
    ]


def test_a_planned_use_whose_person_is_not_called() -> None:
    sheet = call_sheet(FRIDAY, Call(on=FRIDAY, number="12", name="Kim Lee"), scenes=[SceneDay(on=FRIDAY, scene="41")])
    found = clearance(schedules=(sheet,), first=FRIDAY, last=FRIDAY)
    (row,) = found.planned
    assert row.called is False
    assert of_kind(found, ConcernKind.NOT_CALLED) == [
        "Ada Okafor is not called on 30 Oct 2026, and use u-41 is planned."
    ]
    assert of_kind(found, ConcernKind.UNPLANNED) == [
        "Kim Lee is called, and scene 41 has planned uses of others (u-41); the sheet does not say who is in it."
    ]


def test_a_day_that_no_sheet_speaks_of_calls_nobody_and_misses_nobody() -> None:
    found = clearance(schedules=(), world=replace(WORLD, uses=(use("u-1", "okafor", at=moment(FRIDAY, 9)),)))
    assert [row.called for row in found.planned] == [None]
    assert of_kind(found, ConcernKind.NOT_CALLED) == []


def test_a_use_that_says_another_day_than_the_sheets_stays_and_is_told() -> None:
    world = replace(WORLD, uses=(use("u-1", "okafor", scenes=["41"], at=moment(SUNDAY, 9)),))
    found = clearance(world=world)
    assert [row.on for row in found.planned] == [SUNDAY]
    assert of_kind(found, ConcernKind.NOT_SCHEDULED) == ["Use u-1 says 1 Nov 2026; scene 41 is on 30 Oct 2026."]


def test_lines_that_mean_nobody_are_told_with_the_nearest() -> None:
    sheet = call_sheet(
        FRIDAY,
        Call(on=FRIDAY, number="31", name="Leo Mrash"),
        Call(on=FRIDAY, name="24 SA pedestrians"),
        Call(on=FRIDAY, number="4", name="Leo Marsh"),
    )
    found = clearance(schedules=(sheet,), first=FRIDAY, last=FRIDAY)
    told = [c for c in found.concerns if c.kind is ConcernKind.UNMATCHED]
    assert [(c.who, c.candidates) for c in told] == [
        ("24 SA pedestrians", ()),
        ("Leo Marsh", ("marsh", "okafor")),
        ("Leo Mrash", ("marsh",)),
    ]
    assert {c.who for c in found.called} == {"Leo Mrash", "24 SA pedestrians", "Leo Marsh"}


def test_day_codes_nobody_knows_are_told_and_count_as_called() -> None:
    grid = Schedule(
        id="dood", production="harbor", kind=SheetKind.DAY_OUT_OF_DAYS,
        calls=(Call(on=FRIDAY, number="4", code="QX"), Call(on=FRIDAY, number="6", code="H")),
    )  # fmt: skip
    found = clearance(schedules=(grid,), first=FRIDAY, last=FRIDAY)
    assert of_kind(found, ConcernKind.UNKNOWN_CODE) == [
        "Ada Okafor has the code QX, which is not known here; they count as called."
    ]
    assert [c.performer for c in found.called] == ["okafor"]


@pytest.mark.parametrize(
    ("signed", "said"),
    [
        (moment(FRIDAY, 7, 15), "was signed at 07:15 on 30 Oct 2026, after the call at 06:00, before the wrap."),
        (moment(FRIDAY, 5, 59), None),
        (moment(FRIDAY, 19), None),
    ],
)
def test_consents_signed_between_call_and_wrap(signed: dt.datetime, said: str | None) -> None:
    call = Call(on=FRIDAY, number="4", called_at=moment(FRIDAY, 6), released_at=moment(FRIDAY, 18))
    world = replace(WORLD, consents=(consent("okafor", "41", signed=signed),))
    found = clearance(world=world, schedules=(ONE_LINER, call_sheet(FRIDAY, call)), first=FRIDAY, last=FRIDAY)
    assert of_kind(found, ConcernKind.SIGNED_ON_SET) == ([f"Consent c-okafor-41 {said}"] if said else [])


def test_a_night_shoot_ends_on_the_day_after() -> None:
    call = Call(on=FRIDAY, number="4", called_at=moment(FRIDAY, 18))
    world = replace(WORLD, consents=(consent("okafor", "41", signed=moment(SATURDAY, 2)),))
    sheet = call_sheet(FRIDAY, call, wrap=moment(SATURDAY, 4))
    found = clearance(world=world, schedules=(ONE_LINER, sheet), first=FRIDAY, last=SATURDAY)
    assert of_kind(found, ConcernKind.SIGNED_ON_SET) == [
        "Consent c-okafor-41 was signed at 02:00 on 31 Oct 2026, after the call at 18:00, before the wrap."
    ]


def test_engagements_without_union_clearance() -> None:
    found = clearance(first=FRIDAY, last=FRIDAY)
    assert {c.performer for c in found.concerns if c.kind is ConcernKind.NO_UNION_CLEARANCE} == {
        "lee-1", "bg-1", "bg-2", "bg-3", "bg-4",
    }  # fmt: skip
    stranger = replace(WORLD, engagements=(), uses=(use("u-1", "okafor", at=moment(FRIDAY, 9)),))
    assert of_kind(clearance(world=stranger, schedules=()), ConcernKind.NO_UNION_CLEARANCE) == [
        "Ada Okafor has no engagement on file for Harbor Light, and so no union clearance."
    ]
    no_agreement = tuple(replace(p, agreement=None) for p in WORLD.productions)
    found = clearance(world=replace(WORLD, productions=no_agreement))
    assert of_kind(found, ConcernKind.NO_UNION_CLEARANCE) == []


def test_somebody_a_scene_needs_is_called_whatever_an_older_grid_says() -> None:
    grid = Schedule(
        id="dood", production="harbor", kind=SheetKind.DAY_OUT_OF_DAYS,
        calls=(Call(on=FRIDAY, number="4", code="H"), Call(on=FRIDAY, number="6", code="H")),
    )  # fmt: skip
    found = clearance(schedules=(grid, ONE_LINER), first=FRIDAY, last=FRIDAY)
    assert {c.performer: c.code for c in found.called} == {"okafor": "H", "lee-1": None}


def test_a_minor_needs_a_guardian() -> None:
    world = replace(WORLD, uses=(use("u-young", "calloway", scenes=["41"]),), consents=(consent("calloway"),))
    found = clearance(world=world)
    assert [(row.performer, row.light) for row in found.planned] == [("calloway", Light.RED)]


def test_an_alias_stays_an_alias() -> None:
    sheet = call_sheet(FRIDAY, Call(on=FRIDAY, number="4", name="BLUE HERON"), scenes=[SceneDay(on=FRIDAY, scene="41")])
    found = clearance(schedules=(sheet,), first=FRIDAY, last=FRIDAY)
    assert [(row.who, row.performer) for row in found.planned] == [("BLUE HERON", "okafor")]
    assert [c.who for c in found.called] == ["BLUE HERON"]
