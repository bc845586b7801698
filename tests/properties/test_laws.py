"""The laws of DOMAIN.md §9, each a sentence."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from registry.domain.consent import Consent
from registry.domain.finding import State, VerdictWord
from registry.domain.record import Record
from registry.domain.words import RecordKind
from registry.services.checking import check_world
from tests.properties.worlds import (
    CATALOGUE,
    DAYS,
    NOW,
    UTC,
    WORST,
    Story,
    cells,
    check,
    consents,
    rank,
    records,
    stories,
    subsets,
    world_of,
)


@settings(max_examples=80)
@given(stories())
def test_the_verdict_on_a_region_is_the_worst_of_its_cells(story: Story) -> None:
    of_cells = [check(replace(story, use=cell)).verdict for cell in cells(story.use)]
    assert check(story).verdict is min(of_cells, key=WORST.index)


@given(stories(), consents(9))
def test_adding_a_consent_never_makes_a_verdict_worse(story: Story, another: Consent) -> None:
    assert rank(check(replace(story, consents=(*story.consents, another)))) >= rank(check(story))


@given(stories(), records())
def test_adding_a_revocation_or_a_suspension_never_makes_it_better(story: Story, record: Record) -> None:
    more = replace(story, records=(*story.records, replace(record, id="z-9")))
    assert rank(check(more)) <= rank(check(story))


@given(stories(), st.data())
def test_narrowing_a_use_never_makes_it_worse(story: Story, data: st.DataObject) -> None:
    use = story.use
    narrower = replace(
        use,
        territories=data.draw(subsets(use.territories or ())),
        media=data.draw(subsets(use.media or ())),
        scenes=data.draw(subsets(use.scenes or ())),
        languages=data.draw(subsets(use.languages or ())),
        until=data.draw(st.sampled_from([d for d in DAYS if use.at and use.until and use.at.date() <= d <= use.until])),
    )
    assert rank(check(replace(story, use=narrower))) >= rank(check(story))


@given(stories(), st.randoms(use_true_random=False))
def test_the_order_and_duplication_of_what_is_on_file_do_not_matter(story: Story, random: object) -> None:
    consents_, records_ = list(story.consents) * 2, list(story.records) * 2
    random.shuffle(consents_)  # type: ignore[attr-defined]
    random.shuffle(records_)  # type: ignore[attr-defined]
    shuffled = replace(story, consents=tuple(consents_), records=tuple(records_))
    assert check(shuffled) == check(story)


@given(stories(), consents(8))
def test_other_performers_records_never_matter(story: Story, theirs: Consent) -> None:
    more = replace(story, consents=(*story.consents, replace(theirs, performer="other")))
    assert check(more) == check(story)


@given(stories(), st.sampled_from(DAYS))
def test_a_revocation_changes_nothing_before_it_takes_effect(story: Story, day: dt.date) -> None:
    assume(story.consents and story.use.until is not None and story.use.until < day)
    letter = Record(id="v-9", kind=RecordKind.REVOCATION, consent=story.consents[0].id, grants=("all",), effective=day)
    assert check(replace(story, records=(*story.records, letter))) == check(story)


@given(stories(), consents(9))
def test_what_was_recorded_later_does_not_matter_to_what_was_known_then(story: Story, late: Consent) -> None:
    then = dt.datetime(2026, 10, 1, tzinfo=UTC)
    late = replace(late, recorded_at=then + dt.timedelta(days=1))
    more = replace(story, consents=(*story.consents, late))
    assert check(more, known_at=then) == check(story, known_at=then)


@given(stories(), st.sampled_from([False, True]))
def test_learning_an_asserted_fact_changes_only_findings_that_were_unknown(story: Story, answer: bool) -> None:
    unasked = replace(story, use=replace(story.use, facts=(), media=None))
    before = check(unasked)
    told = replace(unasked, use=replace(unasked.use, facts=(("use.real_time", answer),)))
    after = {f.rule: f.state for f in check(told).findings}
    for finding in before.findings:
        if finding.state is not State.UNKNOWN:
            assert after.get(finding.rule) is finding.state


@given(stories())
def test_a_question_is_asked_exactly_when_some_answer_matters(story: Story) -> None:
    """With the real-time question alone left open, both answers are tried."""
    unasked = replace(story, use=replace(story.use, facts=()))
    before = check(unasked)
    outcomes = {
        tuple(
            (f.rule, f.state)
            for f in check(replace(unasked, use=replace(unasked.use, facts=(("use.real_time", a),)))).findings
        )
        for a in (False, True)
    }
    asked = [q.fact for q in before.questions]
    open_ = any(f.state is State.UNKNOWN for f in before.findings)
    assert asked == (["use.real_time"] if open_ else [])
    if open_:
        assert len(outcomes) == 2


@given(stories())
def test_without_a_consent_no_use_of_a_person_is_cleared(story: Story) -> None:
    assert check(replace(story, consents=())).verdict is VerdictWord.NOT_CLEARED


@given(stories())
def test_a_verdict_replays_to_the_same_value(story: Story) -> None:
    known_at = dt.datetime(2026, 12, 1, tzinfo=UTC)
    first = check(story, as_of=DAYS[-1], known_at=known_at)
    later = check_world(
        world_of(story), (story.use,), CATALOGUE, now=NOW + dt.timedelta(days=90), as_of=DAYS[-1], known_at=known_at
    )[0]
    assert [(f.rule, f.state) for f in first.findings] == [(f.rule, f.state) for f in later.findings]
    assert first.verdict is later.verdict
    assert first.verdict in VerdictWord
