"""Editions that carry older ones: on any day, of two editions of a clause exactly one speaks."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from registry.errors import FileError
from registry.rules.catalogue import clauses
from registry.rules.dictionary import load_dictionary
from registry.rules.linking import link
from registry.rules.loader import Draft, read_pack
from registry.rules.pack import Pack, Span

HEAD = """\
format: consent-rules/1
title: An agreement
gate: agreement
judged_on: production.photography_starts_on
source: its text
reviewed: {on: 2026-01-01, expires: 2027-01-01}
"""
OLD = f"""{HEAD}pack: old
in_force: {{from: 2023-11-09, until: 2026-06-30}}
parameters:
  rate.session_scale: [{{from: 2024-01-01, value: "1.00 USD", grade: A, source: old}}]
rules:
  - {{id: KEPT, grade: A, require: {{consent: {{}}}}}}
  - {{id: FOLLOWER, grade: A, follows: GONE, require: {{payment: {{}}}}}}
  - {{id: GONE, grade: A, require: {{consent: {{}}}}}}
  - {{id: LATER, grade: A, require: {{consent: {{}}}}}}
  - {{id: OWN, grade: A, judged_on: use.on, in_force: {{from: 2024-03-04}}, require: {{duty: {{label: x}}}}}}
  - {{id: CUSTODY, grade: A, judged_on: use.on, require: {{duty: {{label: x}}}}}}
validity:
  - {{id: FORM, grade: A, void_if: consent.instrument == "oral"}}
"""
NEW = f"""{HEAD}pack: new
in_force: {{from: 2026-07-01, until: 2030-06-30}}
carries: old
parameters:
  rate.session_scale: [{{from: 2026-07-01, value: "2.00 USD", grade: A, source: new}}]
rules:
  - {{id: GONE-2, grade: A, replaces: GONE, require: {{consent: {{}}}}}}
  - {{id: LATER-2, grade: A, replaces: LATER, in_force: {{from: 2027-07-01}}, require: {{consent: {{}}}}}}
validity:
  - {{id: FORM-2, grade: A, replaces: FORM, void_if: consent.instrument == "voucher"}}
"""


def drafts(*texts: str) -> list[Draft]:
    return [read_pack(text, f"{number}.yaml", load_dictionary()) for number, text in enumerate(texts)]


def linked(*texts: str) -> dict[str, Pack]:
    packs, errors = link(drafts(*texts))
    assert not errors, [error.lines() for error in errors]
    return {pack.id: pack for pack in packs}


def faults(*texts: str) -> list[str]:
    return [line for error in link(drafts(*texts))[1] for line in error.lines()]


def days(pack: Pack, id_: str) -> list[tuple[str | None, str | None]]:
    spans = [rule.in_force for rule in clauses(pack) if rule.id == id_]
    return [(str(s.from_) if s.from_ else None, str(s.until) if s.until else None) for s in spans]


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
def test_a_carried_rule_keeps_its_id_and_gets_the_days_of_the_carrying_pack(order: tuple[str, str]) -> None:
    packs = linked(*order)
    assert days(packs["old"], "KEPT") == [("2023-11-09", "2026-06-30")]
    assert days(packs["new"], "KEPT") == [("2026-07-01", "2030-06-30")]
    (kept,) = [rule for rule in packs["new"].rules if rule.id == "KEPT"]
    assert kept.carried_from == "old"


def test_a_replaced_rule_is_dropped_and_what_follows_it_follows_the_new_one() -> None:
    new = linked(OLD, NEW)["new"]
    assert days(new, "GONE") == []
    assert days(new, "FORM") == []
    assert [rule.follows for rule in new.rules if rule.id == "FOLLOWER"] == ["GONE-2"]
    assert [rule.follows for rule in linked(OLD, NEW)["old"].rules if rule.id == "FOLLOWER"] == ["GONE"]


def test_a_rule_replaced_from_a_later_day_speaks_until_then() -> None:
    new = linked(OLD, NEW)["new"]
    assert days(new, "LATER") == [("2026-07-01", "2027-06-30")]
    assert days(new, "LATER-2") == [("2027-07-01", None)]


def test_a_rule_with_days_of_its_own_is_cut_where_the_new_edition_begins() -> None:
    packs = linked(OLD, NEW)
    assert days(packs["old"], "OWN") == [("2024-03-04", "2026-06-30")]
    assert days(packs["new"], "OWN") == [("2026-07-01", None)]


def test_of_the_last_edition_rules_judged_by_the_day_of_use_last() -> None:
    packs = linked(OLD, NEW)
    assert days(packs["old"], "CUSTODY") == [("2023-11-09", "2026-06-30")]
    assert days(packs["new"], "CUSTODY") == [("2026-07-01", None)]
    assert days(linked(OLD)["old"], "CUSTODY") == [("2023-11-09", None)]
    assert days(linked(OLD.replace("gate: agreement", "gate: law"))["old"], "CUSTODY") == [("2023-11-09", "2026-06-30")]


def test_tables_are_merged_oldest_first() -> None:
    (table,) = linked(OLD, NEW)["new"].parameters
    assert [(str(rate.from_), rate.source) for rate in table.rates] == [("2024-01-01", "old"), ("2026-07-01", "new")]


def test_on_every_day_exactly_one_edition_of_a_clause_speaks() -> None:
    third = (
        NEW.replace("pack: new", "pack: third")
        .replace("carries: old", "carries: new")
        .replace("2026-07-01", "2030-07-01")
    )
    third = third.replace("2030-06-30", "2034-06-30").replace("2027-07-01", "2030-07-01").replace("-2,", "-3,")
    third = third.replace("replaces: GONE", "replaces: GONE-2").replace("replaces: LATER", "replaces: LATER-2")
    third = third.replace("replaces: FORM", "replaces: FORM-2")
    packs = linked(OLD, NEW, third).values()
    wordings = {"KEPT": ("KEPT",), "GONE": ("GONE", "GONE-2", "GONE-3"), "LATER": ("LATER", "LATER-2", "LATER-3")}
    wordings |= {"FORM": ("FORM", "FORM-2", "FORM-3"), "CUSTODY": ("CUSTODY",)}
    day = dt.date(2023, 11, 9)
    while day <= dt.date(2034, 6, 30):
        for name, ids in wordings.items():
            speaking = [r.id for p in packs for r in clauses(p) if r.id in ids and r.in_force.holds(day)]
            assert len(speaking) == 1, (name, day, speaking)
        day += dt.timedelta(days=11)


def test_two_wordings_of_a_clause_in_one_pack_do_not_overlap() -> None:
    rule = "  - {{id: {id}, grade: A, in_force: {{{days}}}, {more} require: {{prohibited: {{}}}}}}\n"
    first = rule.format(id="A-1", days="from: 2024-01-01, until: 2025-12-31", more="")
    second = rule.format(id="A-2", days="from: 2026-01-01", more="replaces: A-1,")
    law = f"{HEAD}pack: law\nin_force: {{}}\nrules:\n{first}{second}"
    spans = [rule.in_force for rule in linked(law)["law"].rules]
    assert all(isinstance(a.until, dt.date) and b.from_ == a.until + dt.timedelta(days=1) for a, b in pairwise(spans))
    assert faults(law.replace("2025-12-31", "2026-03-31")) == [
        "0.yaml: 1 fault, not loaded.",
        " line 11  A-2.replaces  speaks together with A-1 from 2026-01-01; close that one the day before",
    ]


def test_every_fault_between_rules_and_packs_is_named() -> None:
    text = f"""{HEAD}pack: new
in_force: {{from: 2026-07-01}}
carries: odl
rules:
  - {{id: A, grade: A, follows: B, require: {{consent: {{}}}}}}
  - {{id: B, grade: A, follows: A, require: {{consent: {{}}}}}}
  - {{id: C, grade: A, follows: KETP, require: {{consent: {{}}}}}}
  - {{id: KEPT, grade: A, replaces: X-9-9, require: {{consent: {{}}}}}}
"""
    assert faults(OLD, text) == [
        "1.yaml: 6 faults, not loaded.",
        " line 14  KEPT  is a rule of 0.yaml too; name one of them anew",
        " carries  there is no pack odl; did you mean old?",
        " line 14  KEPT.replaces  there is no rule X-9-9 to replace",
        " line 11  A.follows  comes round: A → B → A",
        " line 12  B.follows  comes round: B → A → B",
        " line 13  C.follows  there is no rule KETP in this pack; did you mean KEPT?",
    ]


def test_a_replacement_is_judged_by_the_same_day() -> None:
    other = NEW.replace("replaces: GONE,", "replaces: GONE, judged_on: use.on,")
    assert faults(OLD, other) == [
        "1.yaml: 1 fault, not loaded.",
        " line 13  GONE-2.replaces  is judged on use.on and replaces GONE, judged on production.photography_starts_on; "
        "both or neither could speak",
    ]


def test_a_pack_is_carried_once_and_never_round() -> None:
    another = NEW.replace("pack: new", "pack: other").replace("-2,", "-9,")
    assert faults(OLD, NEW, another)[1] == " carries  old is carried by new already"
    assert faults(OLD.replace("pack: old", "pack: old\ncarries: new"), NEW)[1].endswith("carries this pack itself")
    assert faults(OLD, OLD)[1] == " pack  old is the pack in 0.yaml too; name one of them anew"


def test_editions_count_in_one_currency() -> None:
    text = NEW.replace("carries: old", "carries: old\ncurrency: GBP").replace("2.00 USD", "2.00 GBP")
    assert faults(OLD, text)[1] == " currency  GBP differs from USD of old, which it carries"


def test_a_file_with_faults_links_nothing() -> None:
    with pytest.raises(FileError):
        drafts(OLD.replace("grade: A", "grade: Z"))


def test_open_days_stay_open() -> None:
    pack = linked(f"{HEAD}pack: p\nin_force: {{}}\nrules: [{{id: R, grade: A, require: {{prohibited: {{}}}}}}]\n")["p"]
    assert [rule.in_force for rule in pack.rules] == [Span()]
