"""The cure's four laws (DOMAIN.md §7): it turns the check, nothing in it is spare, nobody else is touched."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from registry.domain.use import Use
from registry.engine.cure import Issuer
from registry.services.checking import check_world
from registry.services.curing import CurePlan, consent_gate_passes, cure, signed_before, without_one_value
from tests.properties.worlds import CATALOGUE, NOW, Story, stories, subsets, uses, world_of

ISSUER = Issuer(name="T. Albright", capacity="business_affairs", on=NOW.date())


def plan_of(story: Story) -> CurePlan:
    return cure(world_of(story), story.use, CATALOGUE, now=NOW, issuer=ISSUER)


def with_rider(story: Story, plan: CurePlan) -> Story:
    assert plan.rider is not None
    signed = signed_before(plan.rider, story.use, NOW)
    return replace(story, consents=(*story.consents, signed), records=(*story.records, *plan.rulings))


@settings(max_examples=60)
@given(stories())
def test_the_rider_that_is_offered_turns_the_check_when_it_is_signed(story: Story) -> None:
    plan = plan_of(story)
    assume(plan.rider is not None)
    cured = with_rider(story, plan)
    assert consent_gate_passes(check_world(world_of(cured), (story.use,), CATALOGUE, now=NOW)[0])


@settings(max_examples=40)
@given(stories())
def test_without_any_one_value_of_it_the_check_fails_again(story: Story) -> None:
    plan = plan_of(story)
    assume(plan.rider is not None)
    assert plan.rider is not None
    for left_out, smaller in without_one_value(plan.rider):
        cured = with_rider(story, replace(plan, rider=smaller))
        verdict = check_world(world_of(cured), (story.use,), CATALOGUE, now=NOW)[0]
        assert not consent_gate_passes(verdict), left_out


@settings(max_examples=60)
@given(stories(), uses(), st.data())
def test_no_other_use_changes_except_inside_what_was_added(story: Story, other: Use, data: st.DataObject) -> None:
    plan = plan_of(story)
    assume(plan.rider is not None)
    assert plan.rider is not None
    other = replace(other, id="u-other", territories=data.draw(subsets(other.territories or ())))
    before = check_world(world_of(story), (other,), CATALOGUE, now=NOW)[0]
    after = check_world(world_of(with_rider(story, plan)), (other,), CATALOGUE, now=NOW)[0]
    if after.verdict is not before.verdict:
        touched = [
            g
            for g in plan.rider.grants
            if _meets(g.territories, other.territories)
            and _meets(g.media, other.media)
            and _meets(g.scenes, other.scenes)
        ]
        assert touched


def _meets(granted: tuple[str, ...] | None, used: tuple[str, ...] | None) -> bool:
    return granted is None or used is None or bool(set(granted) & set(used))


@settings(max_examples=60)
@given(stories())
def test_every_refusal_of_a_living_adult_has_a_rider_that_works(story: Story) -> None:
    plan = plan_of(story)
    refused = not consent_gate_passes(plan.verdict)
    suspended = any(r.kind == "suspension" for r in story.records)
    if refused and plan.verdict.status == 1 and not suspended:
        assert plan.rider is not None, plan.why_not
