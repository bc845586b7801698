"""Clearing a schedule: the join of sheets and uses, what must happen by when, whom to look at."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from registry.domain.clearance import Clearance, ConcernKind, Light, ToDoKind
from registry.domain.finding import Status, VerdictWord
from registry.domain.production import CastNumber
from registry.domain.record import Record
from registry.domain.schedule import Call, Listed, Request, SceneDay, Schedule, SheetKind, ShootDay
from registry.domain.words import Act, RecordKind
from registry.errors import UsageError
from registry.services.clearance import Asked, clear_world
from tests.engine.instruments import catalogue, pack
from tests.services.clearance.story import (
    CATALOGUE,
    ENGAGEMENTS,
    FRIDAY,
    NOW,
    ONE_LINER,
    SATURDAY,
    SUNDAY,
    WORDS,
    WORLD,
    ZONE,
    call_sheet,
    clearance,
    cleared,
    consent,
    moment,
    one_liner,
    use,
)

NOTICE = catalogue(
    pack(
        """
rules:
  - id: T-NOTICE
    title: Notice of a session
    cite: Test 1
    grade: A
    when: use.act == "create_replica"
    require: {notice: {to: performer, by: 'use.at - duration("48h")'}}
    says: The performer is told 48 hours before.
  - id: T-APPROVAL
    title: Approval by the union
    cite: Test 2
    grade: A
    when: use.act == "use_replica"
    require: {approval: {from: union}}
    says: The union approves.
"""
    )
)


def verdicts(found: Clearance) -> list[tuple[str, str | None, dt.date | None, VerdictWord | None]]:
    return [(r.use.id, r.performer, r.on, r.verdict.verdict if r.verdict else None) for r in found.planned]


def of_kind(found: Clearance, kind: ConcernKind) -> list[str]:
    return [concern.text for concern in found.concerns if concern.kind is kind]


def test_a_use_without_a_moment_has_the_day_of_its_scene() -> None:
    found = clearance()
    assert verdicts(found) == [
        ("u-crowd", "bg-1", FRIDAY, VerdictWord.CLEARED),
        ("u-crowd", "bg-2", FRIDAY, VerdictWord.CLEARED),
        ("u-crowd", "bg-3", FRIDAY, VerdictWord.NOT_CLEARED),
        ("u-crowd", "bg-4", FRIDAY, VerdictWord.NOT_CLEARED),
        ("u-41", "okafor", FRIDAY, VerdictWord.CLEARED),
        ("u-42", "marsh", SATURDAY, VerdictWord.CLEARED),
        ("u-60", "okafor", SATURDAY, VerdictWord.NOT_CLEARED),
    ]
    assert found.status is Status.REFUSED
    assert all(row.scheduled for row in found.planned)
    assert {row.judged for row in found.planned} == {"from the start of the day"}
    assert found.planned[4].use.at == moment(FRIDAY, 0)


def test_a_use_is_judged_at_the_crew_call_else_at_the_first_call() -> None:
    sheet = call_sheet(
        FRIDAY, Call(on=FRIDAY, number="6", called_at=moment(FRIDAY, 5)), crew_call=moment(FRIDAY, 6, 42)
    )
    first = clearance(schedules=(ONE_LINER, sheet), first=FRIDAY, last=FRIDAY)
    row = next(r for r in first.planned if r.use.id == "u-41")
    assert (row.use.at, row.judged) == (moment(FRIDAY, 6, 42), "at the crew call")
    bare = replace(sheet, days=(ShootDay(on=FRIDAY),))
    row = next(r for r in clearance(schedules=(ONE_LINER, bare)).planned if r.use.id == "u-41")
    assert (row.use.at, row.judged) == (moment(FRIDAY, 5), "at the first call")


def test_nobody_called_before_the_crew_is_judged_at_the_crew_call() -> None:
    """The clock of a notice runs from the earlier of the two: the later one would give hours nobody has."""
    early = Call(on=FRIDAY, number="4", called_at=moment(FRIDAY, 4, 48))
    sheet = call_sheet(FRIDAY, early, crew_call=moment(FRIDAY, 6, 42))
    row = next(r for r in clearance(schedules=(ONE_LINER, sheet)).planned if r.use.id == "u-41")
    assert (row.use.at, row.judged) == (moment(FRIDAY, 4, 48), "at the performer's call")
    late = call_sheet(FRIDAY, replace(early, called_at=moment(FRIDAY, 9)), crew_call=moment(FRIDAY, 6, 42))
    row = next(r for r in clearance(schedules=(ONE_LINER, late)).planned if r.use.id == "u-41")
    assert (row.use.at, row.judged) == (moment(FRIDAY, 6, 42), "at the crew call")


def test_a_call_sheet_speaks_before_the_schedule_for_its_day() -> None:
    sheet = call_sheet(FRIDAY, Call(on=FRIDAY, number="4"), scenes=[SceneDay(on=FRIDAY, scene="60", cast=("4",))])
    found = clearance(schedules=(ONE_LINER, sheet))
    days = {row.use.id: row.on for row in found.planned}
    assert days["u-60"] == FRIDAY, "pulled up by the call sheet"
    assert days["u-42"] == SATURDAY
    assert days["u-41"] is None, "the call sheet of Friday has it no longer"
    assert any("u-41 has no day" in text for text in of_kind(found, ConcernKind.NOT_SCHEDULED))


def test_a_shoot_day_pushed_to_another_date_leaves_the_first() -> None:
    scene = SceneDay(on=FRIDAY, scene="41", cast=("4",))
    white = call_sheet(FRIDAY, Call(on=FRIDAY, number="4"), scenes=[scene], number="14")
    pushed = call_sheet(SUNDAY, Call(on=SUNDAY, number="4"), scenes=[replace(scene, on=SUNDAY)], number="14")
    found = clearance(schedules=(pushed, white))
    assert [row.on for row in found.planned if row.use.id == "u-41"] == [SUNDAY]


def test_the_latest_version_of_a_sheet_speaks() -> None:
    blue = one_liner((FRIDAY, {"60": ("4",)}), (SATURDAY, {"41": ("4",)}), issued=dt.date(2026, 10, 25))
    for schedules in ((ONE_LINER, blue), (blue, ONE_LINER)):
        days = {row.use.id: row.on for row in clearance(schedules=schedules).planned}
        assert (days["u-60"], days["u-41"], days["u-42"]) == (FRIDAY, SATURDAY, None)


def test_a_scene_of_two_days_makes_a_row_for_each() -> None:
    twice = one_liner((FRIDAY, {"41": ("4",)}), (SATURDAY, {"41 PT. 2": ("4",)}))
    found = clearance(schedules=(twice,))
    assert [row.on for row in found.planned if row.use.id == "u-41"] == [FRIDAY, SATURDAY]
    alone = clearance(schedules=(twice,), first=SATURDAY, last=SATURDAY)
    assert [(r.use.id, r.on) for r in alone.planned] == [("u-41", SATURDAY)]


def test_nothing_planned_is_not_clean() -> None:
    found = clearance(first=SUNDAY, last=SUNDAY)
    assert found.planned == ()
    assert found.status is Status.OPEN


def test_a_request_names_people_as_its_sheet_does() -> None:
    rows = (
        Request(use=use("r-1", scenes=["41"]), row=2, number="4", name="OKAFOR, ADA"),
        Request(use=use("r-2", scenes=["41"]), row=3, name="Blue Heron"),
        Request(use=use("r-3", scenes=["41"]), row=4, name="Kim Lee"),
        Request(use=use("r-4", scenes=["41"]), row=5, number="4", name="Leo Marsh"),
        Request(use=use("r-5", scenes=["41"]), row=6, name="K. Ono"),
        Request(use=use("r-6", scenes=["41"]), row=7, name="24 background"),
    )
    found = clearance(world=replace(WORLD, uses=()), requests=rows)
    assert verdicts(found) == [
        ("r-1", "okafor", FRIDAY, VerdictWord.CLEARED),
        ("r-2", "okafor", FRIDAY, VerdictWord.CLEARED),
        ("r-4", None, FRIDAY, None),
        ("r-3", None, FRIDAY, None),
        ("r-5", None, FRIDAY, None),
        ("r-6", None, FRIDAY, None),
    ]
    by_use = {row.use.id: row for row in found.planned}
    assert by_use["r-3"].candidates == ("lee-1", "lee-2")
    assert by_use["r-4"].candidates == ("marsh", "okafor")
    assert "without names" in by_use["r-6"].why
    assert found.status is Status.REFUSED
    assert {c.uses for c in found.concerns if c.kind is ConcernKind.UNMATCHED} == {
        ("r-3",),
        ("r-4",),
        ("r-5",),
        ("r-6",),
    }


@pytest.mark.parametrize(
    ("number", "name", "performers"),
    [
        ("4, 6", None, ("okafor", "marsh")),
        (None, "Ada Okafor; MARSH, Leo", ("okafor", "marsh")),
        ("4;13", "Ada Okafor\nKim Lee", ("okafor", "lee-2")),
        ("4, 6", "Ada Okafor", (None,)),
    ],
)
def test_a_row_may_list_several_people(
    number: str | None, name: str | None, performers: tuple[str | None, ...]
) -> None:
    row = Request(use=use("r-1", scenes=["41"]), row=2, number=number, name=name)
    found = clearance(world=replace(WORLD, uses=()), requests=[row])
    assert {r.performer for r in found.planned} == set(performers)


def test_two_rows_that_say_one_use_in_two_ways_are_refused() -> None:
    rows = (
        Request(use=use("r-1", scenes=["41"]), row=2, number="4"),
        Request(use=use("r-1", scenes=["42"]), row=5, number="4"),
    )
    with pytest.raises(UsageError, match="rows 2 and 5"):
        clearance(requests=rows)


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


def test_a_list_of_people_tells_whose_number_it_is() -> None:
    bare = tuple(replace(e, cast_numbers=()) for e in ENGAGEMENTS)
    asked = Asked(
        production="harbor",
        schedules=(ONE_LINER,),
        requests=(Request(use=use("r-1", scenes=["41"]), row=2, number="4"),),
        people=(Listed(row=2, number="4", name="Ada Okafor"), Listed(row=3, number="77", name="Nobody Known")),
    )
    found = clear_world(replace(WORLD, uses=(), engagements=bare), CATALOGUE, asked, WORDS, now=NOW).clearance
    assert [row.performer for row in found.planned] == ["okafor"]
    assert any("Nobody Known is nobody on file" in text for text in of_kind(found, ConcernKind.UNMATCHED))


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


def test_a_deadline_of_48_hours_across_a_change_of_clocks() -> None:
    """A scan on Monday at nine, when the clocks went back on Sunday: Saturday at ten, summer time."""
    monday = SUNDAY + dt.timedelta(days=1)
    scans = tuple(
        replace(use(f"scan-{who}-{n}", who, at=moment(monday, hour)), act=Act.CREATE_REPLICA)
        for who in ("okafor", "marsh") for n, hour in ((1, 9), (2, 14))
    )  # fmt: skip
    asked = Asked(production="harbor")
    found = clear_world(replace(WORLD, uses=scans), NOTICE, asked, WORDS, now=NOW).clearance
    notices = [todo for todo in found.todos if todo.kind is ToDoKind.NOTICE]
    assert [(t.performer, t.uses) for t in notices] == [
        ("marsh", ("scan-marsh-1", "scan-marsh-2")),
        ("okafor", ("scan-okafor-1", "scan-okafor-2")),
    ]
    (by,) = {todo.by for todo in notices}
    assert by == moment(SATURDAY, 10)
    assert by is not None
    assert (by.isoformat(), by.tzname()) == ("2026-10-31T10:00:00-07:00", "PDT")
    assert not any(todo.late for todo in notices)
    assert notices[0].command == "registry record notice performer --about scan-marsh-1 --about scan-marsh-2 --at …"
    later = clear_world(replace(WORLD, uses=scans), NOTICE, asked, WORDS, now=moment(SATURDAY, 10, 1)).clearance
    assert all(todo.late for todo in later.todos if todo.kind is ToDoKind.NOTICE)


def test_one_request_asks_for_all_uses_of_a_day() -> None:
    found = clear_world(WORLD, NOTICE, Asked(production="harbor", schedules=(ONE_LINER,)), WORDS, now=NOW).clearance
    asked = [(todo.uses, todo.on, todo.to) for todo in found.todos if todo.kind is ToDoKind.APPROVAL]
    assert asked == [(("u-crowd", "u-41"), FRIDAY, "union"), (("u-42", "u-60"), SATURDAY, "union")]


def test_a_notice_on_file_serves_the_first_session_of_the_plan_alone() -> None:
    """Sessions whose days come from the schedule know of each other, whichever day is asked for."""
    scans = tuple(replace(use(f"scan-{n}", "okafor", scenes=[n]), act=Act.CREATE_REPLICA) for n in ("41", "60"))
    notice = Record(
        id="n-1", kind=RecordKind.NOTICE, to="performer", performer="okafor", production="harbor",
        given_at=dt.datetime(2026, 10, 20, tzinfo=ZONE),
    )  # fmt: skip
    world = replace(WORLD, uses=scans, records=(notice,))
    for span in ((None, None), (FRIDAY, FRIDAY), (SATURDAY, SATURDAY)):
        asked = Asked(production="harbor", first=span[0], last=span[1], schedules=(ONE_LINER,))
        found = clear_world(world, NOTICE, asked, WORDS, now=NOW).clearance
        met = {row.use.id: row.verdict.finding("T-NOTICE").state for row in found.planned}  # type: ignore[union-attr]
        expected = {"scan-41": "met", "scan-60": "unmet"}
        assert met == {id_: state for id_, state in expected.items() if id_ in met}


def test_a_number_that_changes_hands_means_whoever_holds_it_that_day() -> None:
    numbers = {
        "okafor": (CastNumber(number="4", to=FRIDAY), CastNumber(number="40", from_=SATURDAY)),
        "lee-1": (CastNumber(number="12", to=FRIDAY), CastNumber(number="4", from_=SATURDAY)),
    }
    changed = tuple(replace(e, cast_numbers=numbers.get(e.performer, e.cast_numbers)) for e in ENGAGEMENTS)
    found = clearance(world=replace(WORLD, engagements=changed))
    assert [(c.on, c.number, c.performer) for c in found.called if c.number == "4"] == [
        (FRIDAY, "4", "okafor"),
        (SATURDAY, "4", "lee-1"),
    ]


def test_an_id_said_twice_in_two_ways_is_refused() -> None:
    with pytest.raises(UsageError, match="u-41"):
        cleared(uses=[use("u-41", "okafor", scenes=["41"]), use("u-41", "marsh", scenes=["41"])])


def test_a_production_not_on_file_is_refused() -> None:
    with pytest.raises(UsageError, match="harbr"):
        clear_world(WORLD, CATALOGUE, Asked(production="harbr"), WORDS, now=NOW)


def test_a_scene_has_the_day_of_the_strip_that_runs_over_it() -> None:
    sheet = one_liner((FRIDAY, {"40-42": ("4", "6")}), (SATURDAY, {"42": ("6",)}))
    found = clearance(schedules=(sheet,))
    days = {row.use.id: row.on for row in found.planned}
    assert (days["u-41"], days["u-42"], days["u-60"]) == (FRIDAY, SATURDAY, None)
    assert of_kind(found, ConcernKind.UNPLANNED) == [
        "Leo Marsh is called, and scene 40-42 has planned uses of others (u-41)."
    ]


def test_a_run_that_is_an_episode_and_a_scene_has_no_scene_between() -> None:
    sheet = one_liner((FRIDAY, {"40-42": ("4",)}), (SATURDAY, {"40-43": ("4",)}))
    assert {row.on for row in clearance(schedules=(sheet,)).planned} == {None}


def test_a_use_of_a_run_of_scenes_has_the_days_of_each() -> None:
    sheet = one_liner((FRIDAY, {"41": ("4",)}), (SATURDAY, {"42": ("4",)}))
    found = clearance(schedules=(sheet,), uses=(use("u-run", "okafor", scenes=["41-42"]),))
    assert [row.on for row in found.planned if row.use.id == "u-run"] == [FRIDAY, SATURDAY]


@pytest.mark.parametrize(
    ("hour", "wrap", "on"),
    [(1, 5, SATURDAY), (5, 4, SUNDAY), (5, None, SATURDAY), (11, None, SUNDAY), (0, 5, SUNDAY)],
)
def test_a_use_after_midnight_belongs_to_the_night_shoot(hour: int, wrap: int | None, on: dt.date) -> None:
    call = Call(on=SATURDAY, number="4", called_at=moment(SATURDAY, 18))
    sheet = call_sheet(SATURDAY, call, crew_call=moment(SATURDAY, 18))
    if wrap is not None:
        sheet = replace(sheet, days=(replace(sheet.days[0], wrap=moment(SUNDAY, wrap)),))
    asked = (use("u-night", "okafor", scenes=["41"], at=moment(SUNDAY, hour)),)
    found = clearance(schedules=(sheet,), uses=asked)
    row = next(row for row in found.planned if row.use.id == "u-night")
    assert (row.on, row.use.at) == (on, moment(SUNDAY, hour))
    asked_for = clearance(schedules=(sheet,), uses=asked, first=SATURDAY, last=SATURDAY)
    assert ("u-night" in {row.use.id for row in asked_for.planned}) == (on == SATURDAY)


def test_a_sheet_of_several_episodes_speaks_of_the_scenes_of_each() -> None:
    """Cross-boarded: scene 7 of episode 103 on Friday, scene 7 of episode 104 on Saturday; the call sheet moves one."""
    block = Schedule(
        id="harbor-103-104-shooting-schedule",
        production="harbor",
        kind=SheetKind.SHOOTING_SCHEDULE,
        episode="103/104",
        issued_on=dt.date(2026, 10, 20),
        scenes=(
            SceneDay(on=FRIDAY, scene="103-7", cast=("4",)),
            SceneDay(on=SATURDAY, scene="104-7", cast=("6",)),
            SceneDay(on=SATURDAY, scene="103-27-28", cast=("4",)),
        ),
    )
    three, four, run, slug = (
        replace(use("e-103", "okafor", scenes=["7"]), episode="103"),
        replace(use("e-104", "marsh", scenes=["7"]), episode="104"),
        replace(use("e-run", "okafor", scenes=["28"]), episode="103"),
        use("e-slug", "marsh", scenes=["104-7"]),
    )
    world = replace(WORLD, uses=(three, four, run, slug))
    found = clearance(world=world, schedules=(block,))
    days = {row.use.id: row.on for row in found.planned}
    assert days == {"e-103": FRIDAY, "e-104": SATURDAY, "e-run": SATURDAY, "e-slug": SATURDAY}
    assert all(row.called for row in found.planned)
    pulled = replace(
        call_sheet(FRIDAY, Call(on=FRIDAY, number="6"), scenes=[SceneDay(on=FRIDAY, scene="104-7", cast=("6",))]),
        episode="103/104",
    )
    days = {row.use.id: row.on for row in clearance(world=world, schedules=(block, pulled)).planned}
    assert (days["e-104"], days["e-103"], days["e-run"]) == (FRIDAY, None, SATURDAY)


def test_a_scene_of_another_episode_has_no_planned_use_of_others() -> None:
    """Scene 7 of episode 104 is no scene 7 of episode 103."""
    both = Schedule(
        id="block",
        production="harbor",
        kind=SheetKind.SHOOTING_SCHEDULE,
        episode="103/104",
        scenes=(SceneDay(on=FRIDAY, scene="103-7", cast=("4",)), SceneDay(on=FRIDAY, scene="104-7", cast=("6",))),
    )
    world = replace(WORLD, uses=(replace(use("e-103", "okafor", scenes=["7"]), episode="103"),))
    assert of_kind(clearance(world=world, schedules=(both,)), ConcernKind.UNPLANNED) == []


def test_a_sheet_that_writes_the_episode_before_the_scene_has_the_scene_of_that_episode() -> None:
    """Nothing but the number says it: `103-7` on a one-liner without a column of episodes."""
    slugs = one_liner((FRIDAY, {"103-7": ("4", "6")}), (SATURDAY, {"104-7": ("6",)}))
    uses = (
        replace(use("e-103", "okafor", scenes=["7"]), episode="103"),
        replace(use("e-104", "marsh", scenes=["7"]), episode="104"),
        replace(use("e-105", "marsh", scenes=["7"]), episode="105"),
    )
    found = clearance(world=replace(WORLD, uses=uses), schedules=(slugs,))
    assert {row.use.id: row.on for row in found.planned} == {"e-103": FRIDAY, "e-104": SATURDAY, "e-105": None}
    (unplanned,) = of_kind(found, ConcernKind.UNPLANNED)
    assert unplanned == "Leo Marsh is called, and scene 103-7 has planned uses of others (e-103)."
