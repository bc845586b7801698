"""Laws of clearing a schedule: nobody is dropped, order is nothing, a shorter span and a push change what they must."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.cli import clearance_json
from registry.domain.clearance import Clearance, ConcernKind
from registry.domain.schedule import Call, Request, SceneDay, Schedule, SheetKind, ShootDay
from registry.domain.use import Use
from registry.services.clearance.board import works
from registry.services.clearance.changes import Earlier, Now, changes
from tests.services.clearance.story import FRIDAY, WORLD, cleared, moment, use

DAYS = [FRIDAY + dt.timedelta(days=n) for n in range(4)]
SCENES = ["7", "41", "41A", "42", "60"]
NUMBERS = ["4", "6", "12", "13", "14", "77"]
NAMES = ["Ada Okafor", "Blue Heron", "Kim Lee", "L. Marsh", "Iris Calloway", "Nobody At All", "24 background"]

scene_days = st.builds(
    SceneDay,
    on=st.sampled_from(DAYS),
    scene=st.sampled_from(SCENES),
    cast=st.lists(st.sampled_from(NUMBERS), max_size=3, unique=True).map(tuple),
)
calls = st.builds(
    Call,
    on=st.sampled_from(DAYS),
    number=st.none() | st.sampled_from(NUMBERS),
    name=st.none() | st.sampled_from(NAMES),
    code=st.sampled_from([None, "W", "SW", "H", "OFF", "QX"]),
)
wide_sheets = st.builds(
    Schedule,
    id=st.sampled_from(["harbor-shooting-schedule", "harbor-day-out-of-days"]),
    production=st.just("harbor"),
    kind=st.just(SheetKind.SHOOTING_SCHEDULE),
    issued_on=st.sampled_from([None, dt.date(2026, 10, 20), dt.date(2026, 10, 25)]),
    scenes=st.lists(scene_days, max_size=5).map(tuple),
    calls=st.lists(calls, max_size=4).map(tuple),
)


def called_for(day: dt.date, scenes: list[SceneDay], lines: list[Call]) -> Schedule:
    return Schedule(
        id=f"harbor-call-sheet-{day.isoformat()}",
        production="harbor",
        kind=SheetKind.CALL_SHEET,
        issued_on=day - dt.timedelta(days=1),
        days=(ShootDay(on=day, crew_call=moment(day, 7)),),
        scenes=tuple(replace(scene, on=day) for scene in scenes),
        calls=tuple(replace(line, on=day) for line in lines),
    )


call_sheets = st.builds(
    called_for, st.sampled_from(DAYS), st.lists(scene_days, max_size=3), st.lists(calls, max_size=4)
)
sheets = st.lists(wide_sheets | call_sheets, max_size=4)
PEOPLE = ["okafor", "marsh", "lee-1", "bg-1", "bg-3", "gone"]


@st.composite
def planned(draw: st.DrawFn) -> list[Use]:
    found = []
    for n in range(draw(st.integers(0, 4))):
        people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True))
        scenes = draw(st.lists(st.sampled_from(SCENES), max_size=2, unique=True))
        at = draw(st.none() | st.sampled_from(DAYS).map(lambda day: moment(day, 9)))
        found.append(use(f"u-{n}", *people, scenes=scenes, at=at))
    return found


@st.composite
def requested(draw: st.DrawFn) -> list[Request]:
    found = []
    for n in range(draw(st.integers(0, 3))):
        asked = use(f"r-{n}", scenes=draw(st.lists(st.sampled_from(SCENES), max_size=2, unique=True)))
        number, name = draw(st.none() | st.sampled_from(NUMBERS)), draw(st.sampled_from(NAMES))
        found.append(Request(use=asked, row=n + 2, number=number, name=name))
    return found


BARE = replace(WORLD, uses=())


def run(
    schedules: list[Schedule], uses: list[Use], requests: list[Request], first: dt.date | None = None,
    last: dt.date | None = None,
) -> Clearance:  # fmt: skip
    return cleared(world=BARE, schedules=schedules, uses=uses, requests=requests, first=first, last=last).clearance


@settings(max_examples=60, deadline=None)
@given(sheets, planned(), requested(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(
    schedules: list[Schedule], uses: list[Use], requests: list[Request], random: object
) -> None:
    shuffled = [*schedules, *schedules[:2]], [*uses, *uses[:1]], [*requests, *requests[:1]]
    for part in shuffled:
        random.shuffle(part)  # type: ignore[attr-defined]
    mixed = [
        replace(s, scenes=tuple(reversed(s.scenes)), calls=(*reversed(s.calls), *s.calls[:1])) for s in shuffled[0]
    ]
    one, other = run(schedules, uses, requests), run(shuffled[0], shuffled[1], shuffled[2])
    assert list(clearance_json.text(one)) == list(clearance_json.text(other))
    turned = run(mixed, uses, requests)
    assert {(r.use.id, r.performer, r.who, r.on) for r in turned.planned} == {
        (r.use.id, r.performer, r.who, r.on) for r in one.planned
    } or len({s.id for s in schedules}) < len(schedules)  # of versions issued together either may be the last


@settings(max_examples=80, deadline=None)
@given(sheets, planned(), requested())
def test_nobody_is_dropped(schedules: list[Schedule], uses: list[Use], requests: list[Request]) -> None:
    """Every planned use has a row for each person it names, every line that speaks has a person or a concern."""
    found = run(schedules, uses, requests)
    rows = {(row.use.id, row.performer or row.who) for row in found.planned}
    for one in uses:
        assert {(one.id, person) for person in one.performers} <= rows
    assert {request.use.id for request in requests} <= {row.use.id for row in found.planned}
    told = {(c.on, c.who) for c in found.concerns if c.kind is ConcernKind.UNMATCHED}
    for person in found.called:
        assert person.performer is not None or (person.on, person.who) in told
    for row in found.planned:
        if row.on is None:
            assert any(c.kind is ConcernKind.NOT_SCHEDULED and row.use.id in c.uses for c in found.concerns)
    last = {s.id: s for s in schedules if s.kind is SheetKind.CALL_SHEET}
    if len(last) == len([s for s in schedules if s.kind is SheetKind.CALL_SHEET]):
        for sheet in last.values():
            for call in sheet.calls:
                here = [c for c in found.called if c.on == call.on]
                assert not works(call.code) or any(c.number == call.number and c.code == call.code for c in here)


@settings(max_examples=60, deadline=None)
@given(sheets, planned(), requested(), st.sampled_from(DAYS), st.integers(0, 2))
def test_a_shorter_span_never_changes_a_row(
    schedules: list[Schedule], uses: list[Use], requests: list[Request], first: dt.date, days: int
) -> None:
    last = first + dt.timedelta(days=days)
    everything, part = run(schedules, uses, requests), run(schedules, uses, requests, first, last)
    inside = [row for row in everything.planned if row.on is not None and first <= row.on <= last]
    assert list(part.planned) == inside


@settings(max_examples=60, deadline=None)
@given(st.lists(scene_days, min_size=1, max_size=6), planned())
def test_a_push_by_a_day_moves_the_day_and_nothing_else(scenes: list[SceneDay], uses: list[Use]) -> None:
    """Consents and people are of every day here: only the day may differ. And it is one change a use and person."""
    undated = [replace(one, at=None) for one in uses]
    white = Schedule(
        id="s", production="harbor", kind=SheetKind.SHOOTING_SCHEDULE, issued_on=FRIDAY, scenes=tuple(scenes)
    )
    blue = replace(
        white,
        issued_on=FRIDAY + dt.timedelta(days=1),
        scenes=tuple(replace(scene, on=scene.on + dt.timedelta(days=1)) for scene in scenes),
    )
    before = cleared(world=BARE, schedules=[white], uses=undated)
    after = cleared(world=BARE, schedules=[white, blue], uses=undated)
    told = [(r.use.id, r.performer, r.who, r.on, r.light, r.why) for r in before.clearance.planned]
    pushed = [
        (id_, p, who, on + dt.timedelta(days=1) if on else None, light, why) for id_, p, who, on, light, why in told
    ]
    assert sorted(map(repr, pushed)) == sorted(
        repr((r.use.id, r.performer, r.who, r.on, r.light, r.why)) for r in after.clearance.planned
    )
    then = [
        Earlier(
            use=r.use.id, performer=r.performer, who=r.who, on=r.on, verdict=r.verdict.verdict if r.verdict else None
        )
        for r in before.clearance.planned
    ]
    found = changes(then, after.clearance.planned, after.plan, Now(at=after.clearance.made_at, within=lambda _: True))
    moved = {(r.use.id, r.performer or r.who) for r in before.clearance.planned if r.on is not None}
    assert len(found) == len(moved)
    assert all(change.text.startswith("moved from") and ";" not in change.text for change in found)
    assert (
        changes(then, before.clearance.planned, before.plan, Now(at=before.clearance.made_at, within=lambda _: True))
        == ()
    )
