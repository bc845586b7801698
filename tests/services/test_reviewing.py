"""Reviewing: lists, sheets, faults of a file, and sign-offs that hold for the words that were checked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from registry.domain.finding import Grade
from registry.domain.signoff import SignOff
from registry.errors import UsageError
from registry.rules.catalogue import PACKS, Catalogue, load_catalogue
from registry.rules.pack import Rule
from registry.rules.signing_off import rule_digest
from registry.services import reviewing

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def unverified(catalogue: Catalogue) -> str:
    speaking = reviewing.show_pack(catalogue, "sag-aftra-tv-theatrical-2023", on=TODAY).clauses
    return next(rule.id for rule in speaking if rule.grade is Grade.K and not rule.verified)


def test_packs_are_listed_with_what_is_known_of_their_text(catalogue: Catalogue) -> None:
    lines = {line.pack.id: line for line in reviewing.list_packs(catalogue, on=TODAY)}
    new = lines["sag-aftra-tv-theatrical-2026"]
    assert new.carried > 0
    assert sum(number for _, number in new.grades) == new.rules + new.forms
    assert not new.expired
    later = reviewing.list_packs(catalogue, on=new.pack.reviewed.expires + dt.timedelta(days=1))
    assert next(line for line in later if line.pack.id == new.pack.id).expired


def test_rules_are_listed_once_and_a_pack_with_those_it_carries(catalogue: Catalogue) -> None:
    ids = [rule.id for _, rule in reviewing.list_rules(catalogue)]
    assert len(ids) == len(set(ids))
    assert "TVT23-NOTICE-1" in [
        rule.id for _, rule in reviewing.list_rules(catalogue, pack="sag-aftra-tv-theatrical-2026")
    ]


def test_a_sheet_has_clauses_and_gaps_apart(catalogue: Catalogue) -> None:
    sheet = reviewing.show_pack(catalogue, "sag-aftra-tv-theatrical-2023", on=TODAY)
    assert sheet.line.gaps == len(sheet.gaps) > 0
    assert all(rule.gap for rule in sheet.gaps)
    assert not any(isinstance(rule, Rule) and rule.gap for rule in sheet.clauses)


def test_a_rule_shows_the_questions_it_asks_and_who_speaks_it(catalogue: Catalogue) -> None:
    sheet = reviewing.show_rule(catalogue, "TVT23-NOTICE-1")
    assert sheet.pack.id == "sag-aftra-tv-theatrical-2023"
    assert sheet.spoken_by == ("sag-aftra-tv-theatrical-2023", "sag-aftra-tv-theatrical-2026")
    assert {"use.act", "use.at"} <= {fact.name for fact in sheet.facts}


def test_what_is_not_there_is_answered_with_the_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(UsageError) as caught:
        reviewing.show_rule(catalogue, "TVT23-NOTICE-2")
    assert caught.value.lines() == ["There is no rule TVT23-NOTICE-2.", "registry rules show TVT23-NOTICE-1"]
    with pytest.raises(UsageError, match="There is no pack hause"):
        reviewing.show_pack(catalogue, "hause", on=TODAY)


def test_a_good_file_gives_its_pack(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text((PACKS / "house.yaml").read_text("utf-8"), "utf-8")
    check = reviewing.check_pack(path)
    assert check.error is None
    assert check.pack is not None
    assert check.pack.id == "house"


def test_an_edition_is_checked_among_the_packs_it_carries() -> None:
    check = reviewing.check_pack(PACKS / "agreements" / "sag-aftra-tv-theatrical-2026.yaml")
    assert check.pack is not None
    assert any(rule.carried_from for rule in check.pack.rules)


def test_a_faulty_file_gives_all_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    text = (PACKS / "house.yaml").read_text("utf-8")
    path.write_text(text.replace("format: consent-rules/1", "format: consent-rules/1\ncarries: nothing"), "utf-8")
    error = reviewing.check_pack(path).error
    assert error is not None
    assert error.lines() == ["mine.yaml: 1 fault, not loaded.", " carries  there is no pack nothing"]
    path.write_bytes(b"\xff")
    error = reviewing.check_pack(path).error
    assert error is not None
    assert error.lines() == ["mine.yaml: 1 fault, not loaded.", " is not UTF-8: byte 0 is no part of it"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file"):
        reviewing.check_pack(tmp_path / "none.yaml")


def test_a_sign_off_holds_while_the_rule_reads_as_it_did(catalogue: Catalogue) -> None:
    id_ = unverified(catalogue)
    signoff = reviewing.verify_rule(catalogue, id_, by=" R. Lindqvist ", on=TODAY)
    assert (signoff.rule, signoff.by, signoff.on) == (id_, "R. Lindqvist", TODAY)
    signed = reviewing.with_signoffs(catalogue, [signoff]).rule(id_)
    assert signed is not None
    assert signed.verified is not None
    assert signed.verified.by == "R. Lindqvist"
    stale = dataclasses.replace(signoff, digest="sha256:of-other-words")
    assert reviewing.with_signoffs(catalogue, [stale]) is catalogue


def test_the_digest_of_a_rule_is_of_its_words_not_of_its_days(catalogue: Catalogue) -> None:
    rule = catalogue.rule("TVT23-NOTICE-1")
    assert isinstance(rule, Rule)
    same = [
        dataclasses.replace(rule, in_force=dataclasses.replace(rule.in_force, until=None)),
        dataclasses.replace(rule, carried_from="older"),
    ]
    other = [
        dataclasses.replace(rule, says="Another reading."),
        dataclasses.replace(rule, grade=Grade.K),
        dataclasses.replace(rule, require=()),
        dataclasses.replace(rule, when=None),
    ]
    digest = rule_digest(rule)
    assert [rule_digest(each) == digest for each in same + other] == [True, True, False, False, False, False]


def test_the_latest_of_several_sign_offs_counts(catalogue: Catalogue) -> None:
    id_ = unverified(catalogue)
    first = reviewing.verify_rule(catalogue, id_, by="A", on=TODAY)
    later = SignOff(rule=id_, digest=first.digest, by="B", on=TODAY + dt.timedelta(days=1))
    rule = reviewing.with_signoffs(catalogue, [later, first]).rule(id_)
    assert rule is not None
    assert rule.verified is not None
    assert rule.verified.by == "B"


def test_nobody_signs_off_a_gap_or_without_a_name(catalogue: Catalogue) -> None:
    gap = reviewing.show_pack(catalogue, "sag-aftra-tv-theatrical-2023", on=TODAY).gaps[0]
    with pytest.raises(UsageError, match="is a documented gap"):
        reviewing.verify_rule(catalogue, gap.id, by="A", on=TODAY)
    with pytest.raises(UsageError, match="names who checked"):
        reviewing.verify_rule(catalogue, "TVT23-NOTICE-1", by=" ", on=TODAY)
