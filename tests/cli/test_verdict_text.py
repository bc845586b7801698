"""A verdict as a note: the whole text, pinned."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from registry.cli.explain import explained
from registry.cli.lacks import residual
from registry.cli.output import WIDTH, columns
from registry.cli.phrases import places
from registry.cli.verdict_text import Outcomes, note, rows
from registry.domain.finding import Coverage, Cure, RequirementKind, ScopePiece, State, Verdict, VerdictWord
from registry.domain.money import Money
from registry.domain.performer import Performer
from registry.domain.use import Use
from registry.domain.words import Act
from tests.cli.verdicts import (
    AGE,
    DUET,
    PACIFIC,
    WORLD,
    cleared,
    finding,
    open_question,
    referral,
    refusal,
    subject,
    verdict,
)


def text(found: Verdict, use: Use = DUET, outcomes: dict[tuple[str, str], Verdict] | None = None) -> str:
    return "\n".join(note(found, subject(use), outcomes=Outcomes(verdicts=outcomes or {})))


def test_a_refusal_says_what_is_missing_and_how_to_get_it() -> None:
    assert (
        text(refusal())
        == """\
NOT CLEARED   u-60-duet   Ada Okafor · use of replica · Harbor Light, sc. 60
One consent and one approval by Netflix are missing. Neither can wait until
after.

 Covered   likeness and movement, scenes 41–42, worldwide, to 31 Dec 2030
           consent c-okafor-1 §2.2, signed 10 Sep 2026, separately signed
 Missing   scene 60, likeness and movement                      TVT23-EBDR-USE-1
           c-okafor-1 §2.2 stops at scenes 41, 42                        NFX-032
           approval by Netflix for this use                              NFX-030
 Cure   1  ask for one line: scene 60, likeness and movement
           registry cure u-60-duet --rider        → rider-u-60-duet.pdf
        2  ask Netflix for written approval
           registry cure u-60-duet --note
           registry record approval u-60-duet --from netflix --at …
 After     pay 2 days × 1,500.00 USD = 3,000.00 USD before credits
                                                                 TVT23-PAY-USE-1
 Gates     consent ✗   agreement ✓ due   law –   platform ✗
 Rests on  4 facts, 1 record, 1 pack                         --explain shows all"""
    )


def test_a_question_says_what_each_answer_would_bring() -> None:
    outcomes = {
        ("use.scripted_alteration", "yes"): referral(),
        ("use.scripted_alteration", "no"): refusal(),
        ("use.scripted_alteration", "unsure"): cleared(),
    }
    assert (
        text(open_question(), AGE, outcomes)
        == """\
INCOMPLETE   u-12-age   Ada Okafor · alteration · Harbor Light, sc. 9
One question decides.

 ?  Is the alteration called for by the script? [y/n/unsure]
    yes     REFER to business affairs: A digital alteration needs consent
    no      NOT CLEARED: consent: scene 60, likeness and movement; approval by
            Netflix                                             TVT23-EBDR-USE-1
    unsure  CLEARED

 Gates     consent ? open   agreement –   law –   platform –
 Rests on  0 facts, 0 records, 1 pack                        --explain shows all"""
    )


def test_a_judgement_names_who_decides_and_what_either_answer_brings() -> None:
    outcomes = {("use.as_scripted", "yes"): cleared(), ("use.as_scripted", "no"): refusal()}
    assert (
        text(referral(), AGE, outcomes)
        == """\
REFER   u-12-age   Ada Okafor · alteration · Harbor Light, sc. 9
One judgement is open; software does not decide a judgement.

 Does the photography or sound track stay substantially as scripted, performed
 and recorded?                                                       TVT23-ALT-1
 The production claims the scene stays substantially as scripted and performed.
   registry record ruling u-12-age use.as_scripted yes|no
     --by NAME --capacity business_affairs --because …
    yes     CLEARED
    no      NOT CLEARED: consent: scene 60, likeness and movement; approval by
            Netflix                                             TVT23-EBDR-USE-1

 Gates     consent ? refer   agreement –   law –   platform –
 Rests on  0 facts, 0 records, 1 pack                        --explain shows all"""
    )


def test_a_clearance_is_short() -> None:
    assert (
        text(cleared())
        == """\
CLEARED   u-60-duet   Ada Okafor · use of replica · Harbor Light, sc. 60
One requirement met; nothing is owed.

 Gates     consent ✓   agreement –   law –   platform –
 Rests on  0 facts, 1 record, 1 pack                         --explain shows all"""
    )


def test_a_prohibition_offers_no_rider() -> None:
    barred = finding(
        "HOUSE-MINOR", State.BARRED, RequirementKind.PROHIBITED, title="Nothing intimate of a minor",
        cure=Cure(kind="none", text="Nothing can cure this: drop the use, or change what is planned."),
    )  # fmt: skip
    shown = text(verdict(VerdictWord.PROHIBITED, barred))
    assert "Nothing that anybody signs can cure this." in shown
    barred_line = " Barred    Nothing intimate of a minor"
    assert barred_line + "HOUSE-MINOR".rjust(80 - len(barred_line)) in shown.splitlines()
    assert "rider" not in shown


def test_a_notice_that_is_too_late_says_so_with_its_deadline() -> None:
    deadline = dt.datetime(2026, 9, 30, 9, tzinfo=PACIFIC)
    late = finding(
        "TVT23-NOTICE-1", State.UNMET, RequirementKind.NOTICE, to="performer", deadline=deadline,
        cure=Cure(kind="notice", text="Give notice to the performer.", to="performer", deadline=deadline,
                  can_still_be_met=False),
    )  # fmt: skip
    shown = text(verdict(VerdictWord.NOT_CLEARED, late))
    assert "One notice to the performer is missing. The time for it has passed." in shown
    missing = " Missing   notice to the performer, by 30 Sep 2026 09:00 PDT"
    assert missing + "TVT23-NOTICE-1".rjust(80 - len(missing)) in shown.splitlines()
    assert " Cure   1  give notice to the performer, by 30 Sep 2026 09:00 PDT: that time has" in shown


def test_an_amount_is_worked_out_only_where_it_is_exactly_that() -> None:
    owed = refusal().findings[-1]
    part = owed.parts[0]
    other = dataclasses.replace(part, requirement=dataclasses.replace(part.requirement, amount=Money(300_001, "USD")))
    shown = text(verdict(VerdictWord.CONDITIONAL, dataclasses.replace(owed, parts=(other,))))
    assert "pay 3,000.01 USD before credits" in shown
    assert "×" not in shown


def test_a_rate_nobody_knows_is_said_out_loud() -> None:
    owed = finding("TVT23-PAY-BADR-1", State.DUE, RequirementKind.PAYMENT, label="one day")
    assert "pay one day: the amount is not known yet" in text(verdict(VerdictWord.CONDITIONAL, owed))


def test_a_ruling_on_the_rule_itself_is_offered_where_no_judgement_fact_is_open() -> None:
    weak = finding("TVT26-ALT-1", State.REFER, RequirementKind.CONSENT, rulings=("rule",), title="Scripted alterations")
    shown = text(verdict(VerdictWord.REFER, weak))
    assert "registry record ruling u-60-duet rule applies|does_not_apply|met --rule TVT26-ALT-1" in shown
    assert "--by NAME --capacity counsel --because …" in shown


def test_both_clocks_are_shown_when_they_were_asked_for() -> None:
    lines = note(cleared(), subject(), clocks=True)
    assert " Judged    as of 2026-10-02, on what was known 22 Nov 2026 02:00 PST" in lines


def test_several_verdicts_make_one_line_each() -> None:
    assert rows([(refusal(), subject()), (cleared(), subject())]) == [
        "NOT CLEARED  u-60-duet  Ada Okafor  consent: scene 60, likeness and movement;",
        "                                    approval by Netflix",
        "CLEARED      u-60-duet  Ada Okafor",
    ]


def test_a_use_with_nobody_in_it_names_nobody() -> None:
    board = Use(id="u-board", act=Act.GENERATE_MATERIAL, production="harbor")
    found = dataclasses.replace(cleared(), use="u-board", performer=None)
    assert note(found, subject(board))[0] == "CLEARED   u-board   generated material · Harbor Light"


def test_explaining_shows_every_finding_with_facts_and_sources() -> None:
    shown = "\n".join(explained(refusal(), subject()))
    for part in refusal().findings:
        assert part.rule in shown
    assert "           use.act       use_replica (use)" in shown
    assert "           replica.kind  employment_based (registry)" in shown
    assert "met by n-1" in shown
    assert "MOA XX.A.2.b.i · some-pack · grade B" in shown


@pytest.mark.parametrize("name", ["<b>Ada</b> & <script>", "Ada\x1b[2J\nCLEARED   u-1", "李" * 500, "A" * 1000])
def test_no_name_breaks_the_lines(name: str) -> None:
    world = dataclasses.replace(WORLD, performers=(Performer(id="okafor", legal_name=name),))
    lines = note(refusal(), subject(DUET, world))
    assert max(columns(line) for line in lines) <= WIDTH
    assert not any("\x1b" in line or "\n" in line for line in lines)
    assert sum(line.startswith("CLEARED") for line in lines) == 0


def test_a_residual_of_many_parts_is_summarised() -> None:
    parts = tuple(ScopePiece((("scenes", (str(n),)),)) for n in (1, 3, 5, 7))
    found = dataclasses.replace(refusal(), coverage=Coverage(residual=parts))
    assert "ask for a rider of four clauses: exactly what is missing" in text(found)


def missing(*axes: tuple[str, tuple[str, ...]]) -> list[str]:
    """What a refusal says is missing, for a residual of these axes."""
    return residual(dataclasses.replace(refusal(), coverage=Coverage(residual=(ScopePiece(axes),))))


def test_what_must_be_named_to_be_granted_is_asked_for_by_name() -> None:
    """No clause on file stops at it first; whoever signs would not know what they are asked for."""
    assert missing(
        ("scenes", ("60",)), ("purposes", ("promotion",)), ("content", ("graphic_violence",)), ("ages", ("19..24",)),
        ("real_time", ("yes",)), ("territories", ("FR",)),
    ) == ["scene 60, for promotion, sensitive content: graphic violence, age 19 to 24, in real time"]  # fmt: skip
    assert missing(("scenes", ("60",)), ("purposes", ("final",)), ("content", ("none",)), ("real_time", ("no",))) == [
        "scene 60"
    ]
    assert missing(("acts", ("dub",)), ("elements", ("voice",)), ("languages", ("de", "es-MX"))) == [
        "voice, in German and Spanish (MX)"
    ]


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["world"], "worldwide"),
        (["FR", "MX"], "in France and Mexico"),
        (["002", "009", "142", "150", "419", "AQ", "BM", "GL", "PM", "elsewhere"],
         "worldwide except Canada and United States"),
    ],
)  # fmt: skip
def test_nearly_all_the_world_is_said_by_what_it_leaves_out(codes: list[str], said: str) -> None:
    assert places(codes) == said
