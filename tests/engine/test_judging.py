"""From rule to finding, step by step (DOMAIN.md §5), on instruments written for the test."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from registry.domain.facts import UNSURE
from registry.domain.finding import Gate, State, VerdictWord
from registry.domain.money import Money
from registry.domain.record import Record
from registry.domain.words import Act, RecordKind
from tests.engine.instruments import (
    AT,
    CONSENT,
    PRODUCTION,
    USE,
    WORLD,
    catalogue,
    deciders,
    finding,
    pack,
    ruling,
    use,
    verdict,
)

CONSENT_RULE = """rules:
  - id: T-1
    title: Consent
    cite: one
    grade: {grade}
    when: {when}
    {rest}require: {{consent: {{}}}}
    says: A consent is needed.
"""


def rule(*, grade: str = "A", when: str = "use.generative", rest: str = "", **head: str) -> str:
    return pack(CONSENT_RULE.format(grade=grade, when=when, rest=rest + "\n    " if rest else ""), **head)


def state(text: str, *args: object, **options: object) -> State | None:
    found = finding(catalogue(text), "T-1", *args, **options)
    return found.state if found else None


def test_a_condition_that_is_false_gives_no_finding() -> None:
    assert state(rule(), use(use__generative=False)) is None


def test_an_open_condition_asks_and_a_consent_on_file_meets_it_all_the_same() -> None:
    assert state(rule()) is State.UNKNOWN
    assert state(rule(), consents=(CONSENT,)) is State.MET


def test_an_open_condition_that_only_a_judgement_closes_refers() -> None:
    assert state(rule(when="use.human_role")) is State.REFER


def test_unsure_is_not_asked_again() -> None:
    found = finding(catalogue(rule()), "T-1", use(use__generative=UNSURE))
    assert found is not None
    assert found.state is State.REFER
    assert found.questions == ()


def test_what_is_true_whatever_the_answer_is_decided_not_asked() -> None:
    assert state(rule(when="use.generative || !use.generative")) is State.UNMET


def test_more_answers_than_are_tried_decide_nothing() -> None:
    """Of the combinations of eleven answers the first thousand make this false: the last one makes it true."""
    open_ = "generative changes_tone scripted_alteration physical_change residual_earning plays_self in_lieu data_sold"
    names = [f"use.{name}" for name in (*open_.split(), "separate_session_day", "audio_only")]
    assert state(rule(when=f"'!output.early_test && {' && '.join(names)}'")) is State.UNKNOWN


@pytest.mark.parametrize(
    "when",
    [
        "use.advertiser == production.advertiser",
        "use.advertiser != production.advertiser",
        "output.prominence == use.exception_claimed",
        "use.advertiser in production.places",
        "use.advertiser in tool.inputs",
        '\'"voice" in prompt.features && "eyes" in prompt.features\'',
    ],
)
def test_words_that_nobody_knows_may_be_the_same_or_not(when: str) -> None:
    assert state(rule(when=when)) is State.UNKNOWN


@pytest.mark.parametrize(
    "when",
    [
        'use.alteration.startsWith("foreign")',
        "size(prompt.features) > 2",
        'use.fee_offered > money("10.00 USD") && use.fee_offered < money("10.02 USD")',
        "use.seconds > 9 && use.seconds < 11",
        'engagement.engaged_at >= timestamp("2026-09-01T00:00:00Z")'
        ' && engagement.engaged_at < timestamp("2026-09-02T00:00:00Z")',
    ],
)
def test_an_answer_nobody_has_given_may_lie_between_those_that_are_written(when: str) -> None:
    assert state(rule(when=f"'{when}'"), world=replace(WORLD, engagements=())) is State.UNKNOWN


@pytest.mark.parametrize(
    "grade, refused", [("A", State.UNMET), ("B", State.UNMET), ("C", State.UNMET), ("K", State.REFER)]
)
def test_weak_evidence_may_not_refuse(grade: str, refused: State) -> None:
    assert state(rule(grade=grade), use(use__generative=True)) is refused


@pytest.mark.parametrize(
    "grade, exempt", [("A", State.EXEMPT), ("B", State.EXEMPT), ("C", State.REFER), ("K", State.REFER)]
)
def test_weak_evidence_may_not_exempt(grade: str, exempt: State) -> None:
    limb = f'unless: [{{id: T-1-EX, grade: {grade}, cite: two, if: use.purpose == "final"}}]'
    assert state(rule(rest=limb), use(use__generative=True)) is exempt


def test_an_exemption_past_the_review_of_its_pack_refers() -> None:
    text = rule(rest='unless: use.purpose == "final"', expires="2026-06-01")
    assert state(text, use(use__generative=True)) is State.REFER


AS_SCRIPTED = "unless: use.as_scripted"


def test_an_exception_has_to_be_earned() -> None:
    found = finding(catalogue(rule(rest=AS_SCRIPTED)), "T-1", use(use__generative=True))
    assert found is not None
    assert found.state is State.UNMET
    assert found.rulings == ("use.as_scripted",)


def test_a_claim_asks_for_a_ruling_and_an_admission_counts() -> None:
    text = rule(rest=AS_SCRIPTED)
    assert state(text, use(use__generative=True, use__as_scripted=True)) is State.REFER
    assert state(text, use(use__generative=True, use__as_scripted=False)) is State.UNMET


def test_a_ruling_settles_and_one_in_another_capacity_is_a_claim() -> None:
    text, proposed = rule(rest=AS_SCRIPTED), use(use__generative=True)
    assert state(text, proposed, ruling("use.as_scripted", "yes")) is State.EXEMPT
    assert state(text, proposed, ruling("use.as_scripted", "yes", capacity="counsel")) is State.EXEMPT
    assert state(text, proposed, ruling("use.as_scripted", "yes", capacity="editor")) is State.REFER
    assert state(text, proposed, ruling("use.as_scripted", "no")) is State.UNMET


def test_where_a_production_lists_its_deciders_only_they_count() -> None:
    text, proposed, ruled = rule(rest=AS_SCRIPTED), use(use__generative=True), ruling("use.as_scripted", "yes")
    assert state(text, proposed, ruled, world=deciders("T. Albright")) is State.EXEMPT
    assert state(text, proposed, ruled, world=deciders("Somebody Else")) is State.REFER


def test_a_ruling_for_one_rule_counts_for_that_rule_alone() -> None:
    text, proposed = rule(rest=AS_SCRIPTED), use(use__generative=True)
    assert state(text, proposed, ruling("use.as_scripted", "yes", rule="T-1")) is State.EXEMPT
    assert state(text, proposed, ruling("use.as_scripted", "yes", rule="T-9")) is State.UNMET


def test_a_presumption_holds_until_somebody_rules_otherwise() -> None:
    text = rule(when="use.generative && use.recognizable", rest="presume: {use.recognizable: yes}")
    assert state(text, use(use__generative=True)) is State.UNMET
    assert state(text, use(use__generative=True), ruling("use.recognizable", "no")) is None


def test_counsel_may_lift_a_referral_that_rests_on_no_judgement() -> None:
    text, proposed = rule(grade="K"), use(use__generative=True)
    for answer, lifted in (("applies", State.UNMET), ("does_not_apply", State.EXEMPT), ("met", State.MET)):
        assert state(text, proposed, ruling("rule", answer, capacity="counsel", rule="T-1")) is lifted
    assert state(text, proposed, ruling("rule", "met", rule="T-1")) is State.REFER


def test_a_rule_outside_its_dates_changes_nothing() -> None:
    assert state(rule(until="2026-09-13"), use(use__generative=True)) is None
    assert state(rule(until="2026-09-14"), use(use__generative=True)) is State.UNMET
    assert state(rule(from_="2026-09-15"), use(use__generative=True)) is None


def test_a_pack_whose_day_is_not_on_file_gives_one_unknown_finding() -> None:
    text = rule(judged_on="production.released_on")
    found = verdict(catalogue(text), use(use__generative=True))
    assert [(f.rule, f.state, f.questions) for f in found.findings] == [
        ("test-pack", State.UNKNOWN, ("production.released_on",))
    ]


def test_a_pack_that_has_ended_without_a_successor_refers() -> None:
    text = rule(until="2026-01-01", extra="then: Its successor is not known.\n")
    found = verdict(catalogue(text), use(use__generative=True))
    assert [(f.rule, f.state) for f in found.findings] == [("test-pack", State.REFER)]


def test_a_pack_whose_application_is_open_speaks_once() -> None:
    unknown = replace(WORLD, productions=(replace(PRODUCTION, signatory=None),))
    found = verdict(catalogue(rule(applies="production.signatory")), use(use__generative=True), world=unknown)
    assert [(f.rule, f.state, f.questions) for f in found.findings] == [
        ("test-pack", State.UNKNOWN, ("production.signatory",))
    ]


NOTICE = """rules:
  - id: T-1
    title: Notice
    cite: one
    grade: A
    when: use.act == "use_replica"
    require: {notice: {to: performer, by: 'use.at - duration("48h")', or_by: engagement.engaged_at}}
    says: Notice is needed.
"""


def notice(given_at: dt.datetime) -> Record:
    return Record(
        id="n-1",
        kind=RecordKind.NOTICE,
        to="performer",
        about=("u-1",),
        performer="okafor",
        production="harbor",
        given_at=given_at,
    )


@pytest.mark.parametrize("hours, met", [(48, State.MET), (47, State.UNMET)])
def test_forty_eight_hours_are_elapsed_hours(hours: int, met: State) -> None:
    assert state(pack(NOTICE), USE, notice(AT - dt.timedelta(hours=hours))) is met


def test_the_deadline_is_shown_at_the_clock_of_the_place_of_work() -> None:
    found = finding(catalogue(pack(NOTICE)), "T-1", USE)
    assert found is not None
    assert found.requirement is not None
    assert found.requirement.deadline is not None
    assert found.requirement.deadline.isoformat() == "2026-09-12T09:00:00-07:00"


PAYMENT = """rules:
  - id: T-1
    title: Pay
    cite: one
    grade: K
    when: use.act == "use_replica"
    require: {payment: {amount: use.days_estimated * engagement.daily_rate, label: before credits}}
    says: Pay follows.
"""


def paid(amount: int) -> Record:
    return Record(
        id=f"p-{amount}",
        kind=RecordKind.PAYMENT,
        use=("u-1",),
        rule="T-1",
        amount=Money(amount, "USD"),
        paid_on=dt.date(2026, 11, 1),
    )


def test_pay_is_due_whatever_the_grade_until_all_of_it_is_paid() -> None:
    packs, proposed = catalogue(pack(PAYMENT)), use(use__days_estimated=2)
    due = finding(packs, "T-1", proposed)
    assert due is not None
    assert due.requirement is not None
    assert (due.state, due.requirement.amount) == (State.DUE, Money(300000, "USD"))
    assert finding(packs, "T-1", proposed, paid(100000)).state is State.DUE  # type: ignore[union-attr]
    assert finding(packs, "T-1", proposed, paid(100000), paid(200000)).state is State.MET  # type: ignore[union-attr]


def test_pay_whose_amount_cannot_be_computed_is_due_all_the_same() -> None:
    found = verdict(catalogue(pack(PAYMENT)))
    assert found.verdict is VerdictWord.CONDITIONAL
    assert found.findings[0].requirement is not None
    assert found.findings[0].requirement.amount is None


FOLLOWS = """
  - id: T-2
    title: Pay
    cite: two
    grade: A
    follows: T-1
    require: {payment: {amount: engagement.daily_rate, label: a day}}
    says: Pay follows.
"""


def test_what_follows_a_rule_speaks_only_where_that_rule_asks() -> None:
    packs = catalogue(rule(rest=AS_SCRIPTED) + FOLLOWS)
    proposed = use(use__generative=True)
    assert finding(packs, "T-2", proposed, ruling("use.as_scripted", "yes")) is None
    assert finding(packs, "T-2", proposed).state is State.DUE  # type: ignore[union-attr]
    claimed = use(use__generative=True, use__as_scripted=True)
    assert finding(packs, "T-2", claimed).state is State.REFER  # type: ignore[union-attr]
    assert finding(packs, "T-2", USE).state is State.UNKNOWN  # type: ignore[union-attr]


STRIKE = """
  - id: T-3
    title: Strike
    cite: three
    grade: A
    when: production.strike && use.needs_consent
    require: {prohibited: {}}
    says: No consent-required use in a strike.
"""


def test_whether_a_consent_is_needed_is_open_where_the_rule_that_asks_is_open() -> None:
    called = Record(id="s-1", kind=RecordKind.STRIKE, agreement=PRODUCTION.agreement, from_=dt.date(2026, 9, 1))
    packs = catalogue(rule(rest=AS_SCRIPTED) + STRIKE)
    needed = finding(packs, "T-3", use(use__generative=True), called, consents=(CONSENT,))
    assert needed is not None
    assert needed.state is State.BARRED
    spared = finding(packs, "T-3", use(use__generative=True), called, ruling("use.as_scripted", "yes"))
    assert spared is None
    open_ = finding(packs, "T-3", USE, called)
    assert open_ is not None
    assert (open_.state, open_.questions) == (State.UNKNOWN, ("use.generative",))
    assert finding(packs, "T-3", use(use__generative=True)) is None


HOUSE = """rules:
  - id: HOUSE-CONSENT
    title: Consent
    cite: house
    grade: H
    when: "!performer.synthetic"
    require: {consent: {}}
    says: A consent is needed.
"""


def test_a_platform_exempts_from_its_own_rules_only() -> None:
    house = pack(HOUSE, name="house", gate="house")
    for gate, outcome in (("platform", VerdictWord.NOT_CLEARED), ("agreement", VerdictWord.CLEARED)):
        text = rule(rest='unless: use.purpose == "final"', gate=gate)
        assert verdict(catalogue(text, house), use(use__generative=True)).verdict is outcome


def test_a_use_without_anybody_in_it_needs_nobodys_consent() -> None:
    nobody = replace(USE, performers=(), act=Act.GENERATE_MATERIAL)
    house = catalogue(pack(HOUSE, name="house", gate="house"))
    assert verdict(house, nobody).verdict is VerdictWord.CLEARED
    assert verdict(house, replace(USE, performers=())).verdict is VerdictWord.NOT_CLEARED


def test_an_approval_is_for_the_use_as_it_was() -> None:
    text = pack(
        """rules:
  - id: T-1
    title: Approval
    cite: one
    grade: A
    when: use.act == "use_replica"
    require: {approval: {from: platform}}
    says: Approval is needed.
""",
        gate="platform",
    )
    asked = dt.datetime(2026, 9, 2, tzinfo=dt.UTC)
    approved = Record(
        id="a-1", kind=RecordKind.APPROVAL, sender="netflix", use=("u-1",), given_at=asked, recorded_at=asked
    )
    filed = replace(WORLD, uses=(replace(USE, recorded_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC)),))
    assert state(text, USE, approved, world=filed) is State.MET
    wider = replace(USE, media=("theatrical", "social"))
    found = finding(catalogue(text), "T-1", wider, approved, world=filed)
    assert found is not None
    assert found.state is State.REFER
    assert "media: theatrical → theatrical, social" in (found.parts[0].why or "")
    refused = Record(
        id="x-1", kind=RecordKind.REFUSAL, sender="netflix", use=("u-1",), given_at=asked + dt.timedelta(days=1)
    )
    assert state(text, USE, approved, refused, world=filed) is State.UNMET
    assert dict(verdict(catalogue(text), USE, world=filed).gates)[Gate.PLATFORM] is State.UNMET


def test_a_rule_that_fails_to_evaluate_refers() -> None:
    text = rule(when="use.days_estimated * 9223372036854775807 > 0")
    assert state(text, use(use__days_estimated=2)) is State.REFER
