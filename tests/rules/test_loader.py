"""A pack file into a pack; and what is said, whole, of one that is none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from registry.domain.finding import Grade
from registry.domain.money import Money
from registry.domain.words import GrantorCapacity
from registry.errors import FileError
from registry.rules.dictionary import load_dictionary
from registry.rules.loader import MOST_CHARACTERS, read_pack
from registry.rules.pack import (
    ApprovalRequired,
    ConsentRequired,
    DutyRequired,
    NoticeRequired,
    Pack,
    PackGate,
    PaymentRequired,
    Rate,
    Reviewed,
    Rule,
    RulingRequired,
    Span,
    Verified,
)

EXAMPLE = Path(__file__).with_name("example.yaml").read_text("utf-8")
KINDS = (
    "it is one of consent, notice, approval, reason, bargaining, payment, duty, ruling, fact, prohibited, or all: [ … ]"
)
NEVER = "require: {prohibited: {}}\n"
HEAD = """\
format: consent-rules/1
pack: p
title: A pack
gate: law
in_force: {from: 2020-01-01}
judged_on: use.on
source: a book
reviewed: {on: 2026-01-01, expires: 2027-01-01}
"""


def load(text: str) -> Pack:
    return read_pack(text, "p.yaml", load_dictionary()).pack


def rule_of(pack: Pack, id_: str) -> Rule:
    return next(rule for rule in pack.rules if rule.id == id_)


def faults(text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        load(text)
    return caught.value.lines()[1:]


def with_rule(text: str) -> list[str]:
    """The faults of one rule, each with its line taken off."""
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    return [line.partition("  ")[2] for line in faults(f"{HEAD}rules:\n  - id: R-1\n    grade: A\n{lines}")]


def test_the_head_of_a_pack() -> None:
    pack = load(EXAMPLE)
    assert (pack.id, pack.gate, pack.currency, pack.carries) == (
        "sag-aftra-tv-theatrical-2023",
        PackGate.AGREEMENT,
        "USD",
        None,
    )
    assert pack.in_force == Span(from_=dt.date(2023, 11, 9), until=dt.date(2026, 6, 30))
    assert pack.reviewed == Reviewed(on=dt.date(2026, 11, 22), expires=dt.date(2027, 5, 22))
    assert pack.judged_on == "production.photography_starts_on"
    assert pack.applies is not None
    assert pack.applies.facts == ("production.agreement", "production.signatory")
    assert pack.then == "A successor agreement is in force; its pack is not here."
    assert pack.digest.startswith("sha256:")


def test_a_notice() -> None:
    rule = rule_of(load(EXAMPLE), "TVT23-NOTICE-1")
    (notice,) = rule.require
    assert isinstance(notice, NoticeRequired)
    assert notice.by is not None
    assert notice.or_by is not None
    assert (notice.to, notice.by.type, notice.or_by.source) == ("performer", "timestamp", "engagement.engaged_at")
    assert rule.says.startswith("The performer must be told")


def test_a_bare_exception_is_one_limb_with_the_grade_of_its_rule() -> None:
    rule = rule_of(load(EXAMPLE), "TVT23-EBDR-USE-1")
    (limb,) = rule.unless
    assert (limb.id, limb.grade, limb.condition.source) == ("TVT23-EBDR-USE-1", Grade.B, "use.as_scripted")
    assert rule.presume == (("use.recognizable", True),)
    assert rule.require == (ConsentRequired(),)


def test_an_amount_in_braces_may_hold_a_comma() -> None:
    (payment,) = rule_of(load(EXAMPLE), "TVT23-PAY-USE-1").require
    assert isinstance(payment, PaymentRequired)
    assert payment.amount is not None
    assert payment.amount.source == "use.days_estimated * max(engagement.daily_rate, rate.day_performer_minimum)"
    assert (payment.amount.type, payment.label, payment.due) == ("money", "before credits", None)


def test_a_rule_of_its_own_day_with_limbs_and_several_demands() -> None:
    rule = rule_of(load(EXAMPLE), "TVT23-TWO-1")
    assert (rule.judged_on, rule.in_force) == ("use.on", Span(from_=dt.date(2024, 3, 4)))
    assert rule.verified == Verified(by="R. Lindqvist", on=dt.date(2026, 11, 1))
    assert [(limb.id, limb.grade, limb.cite) for limb in rule.unless] == [
        ("TVT23-TWO-EX-1", Grade.B, "XX.B"),
        ("TVT23-TWO-EX-2", Grade.K, ""),
    ]
    consent, approval, ruling, duty = rule.require
    assert isinstance(consent, ConsentRequired)
    assert consent.where is not None
    assert consent.from_ == (GrantorCapacity.SELF, GrantorCapacity.ESTATE)
    assert approval == ApprovalRequired(from_="platform")
    assert ruling == RulingRequired(question="use.recognizable", who="business_affairs")
    assert isinstance(duty, DutyRequired)
    assert duty.due is not None
    assert duty.due.type == "date"


def test_a_gap_asks_for_nothing_or_says_when_counsel_is_asked() -> None:
    pack = load(EXAMPLE)
    silent, asks = rule_of(pack, "TVT23-GAP-1"), rule_of(pack, "TVT23-GAP-2")
    assert (silent.require, silent.gap) == ((), "Remedies and time limits were not seen.")
    assert asks.require == (RulingRequired(question=None, who="counsel"),)


def test_tables_are_dated_and_a_figure_may_be_unknown() -> None:
    (table,) = load(EXAMPLE).parameters
    assert table.name == "rate.day_performer_minimum"
    assert table.rates[0] == Rate(
        from_=dt.date(2023, 11, 12), value=Money(115_800, "USD"), grade=Grade.K, source="rate card"
    )
    assert table.on(dt.date(2026, 7, 1)) == table.rates[1]
    assert table.rates[1].value is None


def test_json_is_read_wherever_yaml_is() -> None:
    text = (
        '{"format": "consent-rules/1", "pack": "j", "title": "J", "gate": "platform", "in_force": {},'
        ' "judged_on": "use.on", "source": "s", "reviewed": {"on": "2026-01-01", "expires": "2027-01-01"},'
        ' "rules": [{"id": "J-1", "grade": "A", "require": {"prohibited": {}}}]}'
    )
    assert rule_of(load(text), "J-1").grade is Grade.A


def test_every_fault_of_a_file_is_named_with_its_line() -> None:
    text = """\
format: consent-rules/2
pack: a pack
gate: laws
in_force: {from: 2026-01-01, until: 2025-01-01}
judged_on: use.day
reviewed: {on: 2026-01-01, expires: 2025-01-01}
aplies: use.session
rules:
  - id: R-1
    grade: D
    when: use.act == "dubb" && use.sesion
    requires: {prohibited: {}}
  - id: R-1
    grade: A
    follow: R-2
    require: {payment: {amount: use.days_estimated}}
"""
    assert faults(text) == [
        " line 1  format  'consent-rules/2' is not a rule pack; this version reads consent-rules/1",
        " line 1  title  is missing",
        " line 1  source  is missing",
        " line 2  pack  'a pack' is not an id; use letters, digits, - _ . (at most 64)",
        " line 3  gate  'laws' is not one of agreement, law, platform, house; did you mean law?",
        " line 4  in_force.until  2025-01-01 is before 2026-01-01",
        " line 5  judged_on  use.day is not a date fact",
        " line 6  reviewed.expires  2025-01-01 is before 2026-01-01",
        " line 7  aplies  unknown key; did you mean applies?",
        " line 9  R-1.require  is missing; a clause that is not encoded has gap: and the reason",
        " line 10  R-1.grade  'D' is not one of A, B, C, K, H",
        " line 11  R-1.when  use.sesion is not a fact; did you mean use.session?\n"
        '      use.act == "dubb" && use.sesion\n'
        "                           ^^^^^^^^^^",
        " line 12  rules[0].requires  unknown key; did you mean require?",
        " line 13  rules[1].id  R-1 stands in this file twice, first on line 9",
        " line 15  rules[1].follow  unknown key; did you mean follows?",
        " line 16  R-1.require.payment.amount  gives a whole number, where an amount of money is wanted\n"
        "      use.days_estimated\n"
        "      ^^^^^^^^^^^^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("require: {}", f"require  asks for 0 things; {KINDS}"),
        ("require: {consent: {}, notice: {to: union}}", f"require  asks for 2 things; {KINDS}"),
        ("require: {consnt: {}}", "require.consnt  unknown key; did you mean consent?"),
        (
            "require: {all: [{consent: {}, approval: {from: union}}]}",
            "require.all[0]  asks for one thing in each entry of the list",
        ),
        ("require: {notice: {to: guild}}", "require.notice.to  'guild' is not one of performer, union, platform"),
        (
            "require: {notice: {to: union, or_by: use.at}}",
            "require.notice.or_by  is the later of two; write by as well",
        ),
        ("require: {notice: {}}", "require.notice.to  is missing"),
        ("require: {approval: {}}", "require.approval.from  is missing"),
        ("require: {bargaining: {with: agent}}", "require.bargaining.with  'agent' is not one of performer, union"),
        (
            "require: {consent: {from: parent}}",
            "require.consent.from  'parent' is not one of self, guardian, estate, union",
        ),
        ("require: {duty: {due: after}}", "require.duty.label  is missing"),
        ("require: {ruling: {question: use.session}}", "require.ruling.question  use.session is not a judgement"),
        (
            "require: {ruling: {question: use.recognisable}}",
            "require.ruling.question  use.recognisable is not a judgement; did you mean use.recognizable?",
        ),
        (
            "require: {ruling: {question: rule, who: agent}}",
            "require.ruling.who  'agent' is not one of counsel, business_affairs",
        ),
        ("require: {fact: {holds: use.session}}", "require.fact.cure  is missing"),
        ("require: {prohibited: {because: x}}", "require.prohibited.because  unknown key; nothing stands here"),
        (NEVER + "gap: not seen", "gap  stands in place of a clause; leave out require"),
        (NEVER + "judged_on: use.at", "judged_on  use.at is not a date fact; did you mean use.on?"),
        (
            NEVER + "presume: {use.session: yes}",
            "presume.use.session  is not a judgement; only judgements are presumed",
        ),
        (
            NEVER + "presume: {use.recognisable: yes}",
            "presume.use.recognisable  unknown key; did you mean use.recognizable?",
        ),
        (NEVER + "unless: [{id: X, if: use.session}, {id: X, if: use.session}]", "unless[1].id  X names two limbs"),
        (NEVER + "unless: [{id: X}]", "unless[0].if  is missing"),
        (NEVER + "verified: {by: R. L.}", "verified.on  is missing"),
        (NEVER + "in_force: 2026-01-01", "in_force  is one value; it is a list of keys: from, until"),
        (NEVER + "in_force: {from: yesterday}", "in_force.from  'yesterday' is not a date; write it as 2026-09-14"),
        (
            NEVER + "when: [use.session]",
            "when  is a list; a condition is one text, in quotes where it starts with [ or {",
        ),
    ],
)
def test_what_is_said_of_a_rule(rule: str, said: str) -> None:
    assert with_rule(rule)[0] == f"R-1.{said}"


def test_a_consent_is_read_only_where_each_consent_is_judged() -> None:
    (said,) = with_rule('when: consent.instrument == "oral"\nrequire: {prohibited: {}}')
    assert (
        said == "R-1.when  reads consent.instrument; only validity rules and consent.where are judged for each consent"
    )


@pytest.mark.parametrize(
    ("rule", "protective"),
    [
        ("presume: {use.recognizable: no}", "yes"),
        ("unless: use.as_scripted && use.session\npresume: {use.as_scripted: yes}", "no"),
        ("when: use.session && use.identifiable\npresume: {use.identifiable: no}", "yes"),
    ],
)
def test_a_presumption_never_favours_the_production(rule: str, protective: str) -> None:
    (said,) = with_rule(f"{rule}\nrequire: {{prohibited: {{}}}}")
    assert said.endswith(f"presumes what favours the production; the protective answer is {protective}")


def test_a_presumption_protects_where_it_makes_the_rule_speak() -> None:
    """New York 396-b is about people who do not exist: there, nobody recognizable is the protective reading."""
    rule = "{id: R, grade: A, when: '!use.identifiable', presume: {use.identifiable: no}, require: {prohibited: {}}}"
    assert rule_of(load(f"{HEAD}rules: [{rule}]"), "R").presume == (("use.identifiable", False),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("when: !use.session", "a condition that starts with ! is quoted: when: '!…'"),
        ('when: "x" == use.act', "a condition that starts with a quotation mark is quoted whole: when: '\"…\" == …'"),
        ("when: use.session ? use.performed : false", "`: ` inside a value; put the value in quotes"),
        (
            'require: {consent: {where: consent.instrument in ["oral", "voucher"]}}',
            "inside { } a condition with [ ] in it is quoted; or write it on lines of its own",
        ),
    ],
)
def test_what_yaml_would_make_of_a_condition_without_quotes(line: str, said: str) -> None:
    assert with_rule(line) == [said]


def test_tables_that_cannot_be_read() -> None:
    text = f"""{HEAD}parameters:
  rate.day_performer_minmum: []
  rate.session_scale:
    - {{from: 2026-01-01, value: "5.00 USD", grade: A, source: card}}
    - {{from: 2025-01-01, value: 5, grade: A, source: card}}
    - {{from: 2027-01-01, value: "5.00 EUR", grade: A}}
    - {{from: 2028-01-01, grade: A, source: card}}
rules: [{{id: R, grade: H, require: {{prohibited: {{}}}}}}]
"""
    assert faults(text) == [
        " line 10  parameters.rate.day_performer_minmum  is not a computed fact with a figure; "
        "did you mean rate.day_performer_minimum?",
        " line 13  parameters.rate.session_scale[1].from  2025-01-01 does not come after 2026-01-01; "
        "the oldest stands first",
        " line 13  parameters.rate.session_scale[1].value  '5' is not an amount; write it as \"1246.00 USD\"",
        " line 14  parameters.rate.session_scale[2].value  5.00 EUR is not in USD, the currency of this pack",
        " line 14  parameters.rate.session_scale[2].source  is missing",
        " line 15  parameters.rate.session_scale[3].value  is missing; a figure that is not known is value: null",
        " line 16  R.grade  H is for rules of our own; an instrument has A, B, C or K",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "rules: []\n", "line 9  rules  has no rules; write at least one"),
        (HEAD + "rules: {a: 1}\n", "line 9  rules  is not a list; start each entry with -"),
        ("[1, 2]", "line 1  is one value; it is a list of keys"),
        (HEAD + "title: again\n", "line 9"),
        (HEAD + "rules: " + "[" * 200 + "]" * 200, "line 9"),
        (HEAD + "rules: " + "{a: " * 200 + "}" * 200, "line 9"),
        ("x" * (MOST_CHARACTERS + 1), "1,000,001 characters; a pack has at most 1,000,000: one instrument, one file"),
        (
            HEAD + "currency: dollars\nrules: []\n",
            "line 9  currency  'dollars' is not a currency; write three capitals, as USD",
        ),
        ("", "nothing in it; write a `format:` line first"),
        (HEAD + "rules:\n  - id: R\n    grade: {deep: [1]}\n    require: 3\n", "line 11"),
        (HEAD + "rules: [3, null, [], x]\n", "line 9"),
    ],
)
def test_hostile_files_are_refused(text: str, said: str) -> None:
    assert said in faults(text)[0]


def test_an_alias_bomb_is_refused_quickly() -> None:
    bomb = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9) if n else 'lol'}]\n" for n in range(9))
    started = dt.datetime.now(dt.UTC)
    assert faults(bomb + HEAD)
    assert dt.datetime.now(dt.UTC) - started < dt.timedelta(seconds=5)
