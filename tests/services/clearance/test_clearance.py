"""Clearing a schedule: the join of sheets and uses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from registry.domain.clearance import ConcernKind
from registry.domain.finding import Status, VerdictWord
from registry.domain.production import CastNumber
from registry.domain.schedule import Call, Listed, Request, SceneDay, Schedule, SheetKind, ShootDay
from registry.errors import UsageError
from registry.services.clearance import Asked, clear_world
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
    call_sheet,
    clearance,
    cleared,
    moment,
    of_kind,
    one_liner,
    use,
    verdicts,
)


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
