"""An impact is the difference of two checks, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.consent import Consent
from registry.domain.finding import Verdict
from registry.domain.impact import Fate, Phase
from registry.domain.record import Record
from registry.domain.replica import Custody, Model, Replica, Tool
from registry.domain.use import Use
from registry.domain.words import Act, Agreement, Element, Purpose, RecordKind
from registry.domain.world import World
from registry.services import events
from registry.services.checking import check_world
from registry.services.impact import impact, plain, status
from registry.services.register import Clocks, registered
from tests.properties.worlds import CATALOGUE, DAYS, NOW, Story, stories, world_of

ZONE = dt.UTC


def _impact(world: World, uses: list[Use], event: events.Event, now: dt.datetime = NOW):  # type: ignore[no-untyped-def]
    return impact(registered(world, uses, CATALOGUE, Clocks(now=now)), event)


def _verdict(world: World, use: Use) -> Verdict:
    return check_world(world, (use,), CATALOGUE, now=NOW)[0]


def _revoke(world: World, consent: Consent, day: dt.date) -> events.Event:
    return events.withdrawal(world, consent, effective=day, clauses=(), received=NOW, who="Sione Tavake")


@settings(max_examples=60, deadline=None)
@given(stories(), st.sampled_from(DAYS))
def test_before_and_after_are_the_verdicts_of_two_checks(story: Story, day: dt.date) -> None:
    world = world_of(story)
    for consent in story.consents[:1]:
        event = _revoke(world, consent, day)
        (hit,) = _impact(world, [story.use], event).uses
        recorded = replace(
            world,
            records=(
                *world.records,
                Record(
                    id="written", kind=RecordKind.REVOCATION, consent=consent.id, grants=("all",), effective=day,
                    received_at=NOW,
                ),
            ),
        )  # fmt: skip
        assert (hit.before, hit.after) == (_verdict(world, story.use).verdict, _verdict(recorded, story.use).verdict)


@settings(max_examples=40, deadline=None)
@given(stories(), st.sampled_from(DAYS))
def test_supposed_and_recorded_come_out_alike(story: Story, day: dt.date) -> None:
    """What was supposed yesterday is, once it is on file, told of the record in the same words."""
    world = world_of(replace(story, records=()))
    for consent in story.consents[:1]:
        supposed = _impact(world, [story.use], _revoke(world, consent, day)).uses
        record = Record(
            id=f"(supposed, {consent.id})", kind=RecordKind.REVOCATION, consent=consent.id, grants=("all",),
            effective=day, received_at=NOW,
        )  # fmt: skip
        on_file = replace(world, records=(record,))
        assert _impact(on_file, [story.use], events.on_file(on_file, record)).uses == supposed


@settings(max_examples=40, deadline=None)
@given(stories())
def test_a_revocation_after_the_last_day_touches_nothing(story: Story) -> None:
    assert story.use.until
    world = world_of(story)
    for consent in story.consents[:1]:
        found = _impact(world, [story.use], _revoke(world, consent, story.use.until + dt.timedelta(days=1)))
        assert found.touched == ()
        assert status(found) == 0


SOANE = Story(
    use=Use(
        id="u-1", act=Act.USE_REPLICA, production="reef", performers=("soane",), elements=(Element.LIKENESS,),
        purpose=Purpose.FINAL, scenes=("1",), media=("theatrical",), territories=("FR",), languages=("en",),
        at=dt.datetime(2026, 9, 1, 10, tzinfo=ZONE), until=dt.date(2026, 9, 4), content=(), replica="scan", tool="mill",
        facts=(("use.real_time", False),),
    ),
    consents=(),
)  # fmt: skip


def _filled(*, by_terms: bool) -> World:
    from registry.domain.consent import Revocable
    from tests.engine.instruments import CONSENT

    grant = replace(CONSENT.grants[0], productions=("reef",))
    consent = replace(
        CONSENT, id="c", performer="soane", grants=(grant,), revocable=Revocable(by_terms=by_terms),
        signed_at=dt.datetime(2026, 8, 1, tzinfo=ZONE),
    )  # fmt: skip
    return replace(
        world_of(SOANE),
        consents=(consent,),
        replicas=(Replica(id="scan", performer="soane", elements=(Element.LIKENESS,), made_for="reef",
                          custody=(Custody(holder="Northgate", place="US-NV"),)),),
        tools=(Tool(id="mill", vendor="Mill Works"),),
        models=(Model(id="voice", trained_on=("soane",), consents=("c",)),),
    )  # fmt: skip


def _at(now: dt.datetime, *, by_terms: bool, day: dt.date, made: bool = False):  # type: ignore[no-untyped-def]
    world = _filled(by_terms=by_terms)
    record = Record(id="k", kind=RecordKind.USE_MADE, use=("u-1",), made_at=dt.datetime(2026, 9, 1, 11, tzinfo=ZONE))
    world = replace(world, records=(record,)) if made else world
    return _impact(world, [SOANE.use], _revoke(world, world.consents[0], day), now)


def test_planned_running_and_done_uses_are_told_apart() -> None:
    day = dt.date(2026, 9, 3)
    planned = _at(dt.datetime(2026, 8, 20, tzinfo=ZONE), by_terms=True, day=day).uses[0]
    running = _at(dt.datetime(2026, 9, 2, tzinfo=ZONE), by_terms=True, day=day).uses[0]
    passed = _at(dt.datetime(2026, 10, 2, tzinfo=ZONE), by_terms=True, day=day).uses[0]
    assert [(h.phase, h.fate) for h in (planned, running, passed)] == [
        (Phase.PLANNED, Fate.STOPS),
        (Phase.IN_FLIGHT, Fate.STOPS),
        (Phase.DONE, Fate.FOR_COUNSEL),
    ]
    assert running.obligation.startswith("Stop it from 2026-09-03 on.")


def test_without_a_right_to_revoke_a_use_is_held() -> None:
    found = _at(dt.datetime(2026, 8, 20, tzinfo=ZONE), by_terms=False, day=dt.date(2026, 8, 25))
    assert (found.uses[0].fate, status(found)) == (Fate.ON_HOLD, 3)
    assert found.deletions[0].text.startswith("Uses of it are on hold")


def test_everybody_who_has_to_know_is_named_with_a_draft() -> None:
    found = _at(dt.datetime(2026, 8, 20, tzinfo=ZONE), by_terms=True, day=dt.date(2026, 8, 25))
    assert [(t.role, t.name) for t in found.told] == [
        ("vendor", "Northgate (US-NV)"),
        ("tool", "Mill Works"),
        ("representative", "Sione Tavake"),
    ]
    assert all(t.draft.startswith("DRAFT: this is supposed") for t in found.told)
    assert [(d.kind, d.what) for d in found.deletions] == [("replica", "scan"), ("model", "voice")]
    assert found.deletions[0].text.startswith("No use of it on file may go on: its purpose ends on 2026-08-25.")
    assert plain(found) == plain(_at(dt.datetime(2026, 8, 20, tzinfo=ZONE), by_terms=True, day=dt.date(2026, 8, 25)))


def test_a_strike_touches_only_what_its_agreement_suspends() -> None:
    world = _filled(by_terms=True)
    event = events.called(world, RecordKind.STRIKE, Agreement.TV_THEATRICAL, first=dt.date(2026, 8, 1))
    assert _impact(world, [SOANE.use], event).touched == ()
    event = events.called(world, RecordKind.SUSPENSION, Agreement.NONE, first=dt.date(2026, 8, 1))
    assert [h.fate for h in _impact(world, [SOANE.use], event, dt.datetime(2026, 8, 2, tzinfo=ZONE)).uses] == [
        Fate.STOPS
    ]


def test_an_end_that_is_supposed_and_one_on_file_stop_the_same() -> None:
    world = _filled(by_terms=True)
    consent = world.consents[0]
    now = dt.datetime(2026, 8, 2, tzinfo=ZONE)
    last = dt.date(2026, 8, 31)
    supposed = _impact(world, [SOANE.use], events.end(world, consent, on=last, who="S"), now)
    ended = replace(consent, until=last)
    written = replace(world, consents=(ended,))
    recorded = _impact(written, [SOANE.use], events.end(written, ended, on=None, who="S"), now)
    assert supposed.uses == recorded.uses
    assert (supposed.effective, supposed.uses[0].fate, recorded.recorded) == (dt.date(2026, 9, 1), Fate.STOPS, True)
