"""What ends soon, and which planned uses its end stops."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings

from registry.domain.ending import EndingKind
from registry.services.expiring import KeyEnd, expiring
from registry.services.register import Clocks, registered
from tests.properties.worlds import CATALOGUE, Story, stories, world_of

UTC = dt.UTC
BEFORE = dt.datetime(2026, 8, 15, tzinfo=UTC)
LONG = dt.timedelta(days=60)


@settings(max_examples=60, deadline=None)
@given(stories())
def test_a_use_is_stopped_by_an_end_exactly_when_it_would_do_better_without(story: Story) -> None:
    world = world_of(story)
    read = registered(world, [story.use], CATALOGUE, Clocks(now=BEFORE))
    verdict = read.entries[0].verdict
    for one in expiring(read, within=LONG):
        if one.kind is not EndingKind.CONSENT:
            continue
        endless = tuple(
            replace(
                c,
                until=None,
                grants=tuple(replace(g, until=None) if g.until == c.until else g for g in c.grants),
            )
            if c.id == one.what
            else c
            for c in world.consents
        )
        other = registered(replace(world, consents=endless), [story.use], CATALOGUE, Clocks(now=BEFORE)).entries[0]
        was = {f.rule: f.state.severity for f in other.verdict.findings}
        worse = any(f.state.severity < was.get(f.rule, 99) and f.state.severity < 4 for f in verdict.findings)
        reaches = story.use.until is not None and story.use.until > one.on
        assert bool(one.stops) is (worse and reaches)


@settings(max_examples=30, deadline=None)
@given(stories())
def test_only_what_ends_in_the_span_is_told_in_order(story: Story) -> None:
    read = registered(world_of(story), [story.use], CATALOGUE, Clocks(now=BEFORE))
    found = expiring(read, within=LONG)
    assert [e.on for e in found] == sorted(e.on for e in found)
    assert all(BEFORE.date() <= e.on <= BEFORE.date() + LONG for e in found)
    every = {c.id for c in story.consents if c.until is not None}
    assert {e.what for e in found if e.kind is EndingKind.CONSENT} == every


def test_reviews_that_end_together_are_one_line_and_keys_are_told() -> None:
    story = Story(use=_plain_use(), consents=())
    read = registered(world_of(story), [story.use], CATALOGUE, Clocks(now=BEFORE))
    key = KeyEnd(name="seal", subject="Reef Road LLC", on=dt.date(2026, 9, 30))
    found = expiring(read, within=dt.timedelta(days=400), keys=[key])
    assert [(e.kind, e.what) for e in found] == [(EndingKind.KEY, "seal"), (EndingKind.REVIEW, "house")]


def _plain_use():  # type: ignore[no-untyped-def]
    from registry.domain.use import Use
    from registry.domain.words import Act

    return Use(id="u-1", act=Act.USE_REPLICA, production="reef", performers=("soane",))
