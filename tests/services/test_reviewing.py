"""Reviewing: lists, sheets, faults of a file, and sign-offs that hold for the words that were checked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from registry.domain.finding import Grade
from registry.domain.money import Money
from registry.domain.rate import CardRate
from registry.domain.signoff import SignOff
from registry.domain.world import World
from registry.errors import UsageError
from registry.rules.additions import counts_in, with_additions
from registry.rules.catalogue import PACKS, Catalogue, clauses, load_catalogue
from registry.rules.pack import Rule
from registry.rules.signing_off import rule_digest
from registry.services import reviewing
from registry.services.checking import laid_over
from registry.services.instrument import has_finding, instrument, rule_sheet

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def unverified(catalogue: Catalogue) -> str:
    pack = reviewing.named_pack(catalogue, "sag-aftra-tv-theatrical-2023")
    speaking = (clause for clause in clauses(pack) if has_finding(clause) and not getattr(clause, "gap", None))
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


def test_a_gap_stands_in_its_place_with_its_reason(catalogue: Catalogue) -> None:
    pack = reviewing.named_pack(catalogue, "sag-aftra-tv-theatrical-2023")
    sheet = instrument(catalogue, pack.id, on=TODAY)
    assert [clause.id for clause in sheet.clauses] == [clause.id for clause in clauses(pack)]
    gaps = [clause for clause in sheet.clauses if clause.kind == "gap"]
    assert gaps
    assert all(clause.gap for clause in gaps)
    assert all(clause.cases is None for clause in sheet.clauses)  # none were at hand


def test_a_rule_shows_the_questions_it_asks_and_who_speaks_it(catalogue: Catalogue) -> None:
    sheet = rule_sheet(catalogue, "TVT23-NOTICE-1", on=TODAY)
    assert sheet.id == "sag-aftra-tv-theatrical-2023"
    assert [clause.id for clause in sheet.clauses] == ["TVT23-NOTICE-1"]
    assert {"use.act", "use.at"} <= {fact.name for fact in sheet.facts}
    assert reviewing.spoken_by(catalogue, "TVT23-NOTICE-1") == (
        "sag-aftra-tv-theatrical-2023",
        "sag-aftra-tv-theatrical-2026",
    )


@pytest.mark.parametrize(
    "days, said",
    [
        (61, None),
        (60, "review ends on 2027-05-22, in 60 days"),
        (1, "review ends on 2027-05-22, tomorrow"),
        (0, "review ends on 2027-05-22, today"),
        (-1, "review ended on 2027-05-22: what it would exempt or clear now refers"),
    ],
)
def test_a_review_is_spoken_of_near_its_end_and_after(catalogue: Catalogue, days: int, said: str | None) -> None:
    pack = reviewing.named_pack(catalogue, "house")
    assert pack.reviewed.note(pack.reviewed.expires - dt.timedelta(days=days)) == said


def test_what_is_not_there_is_answered_with_the_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(UsageError) as caught:
        reviewing.named_rule(catalogue, "TVT23-NOTICE-2")
    assert caught.value.lines() == ["There is no rule TVT23-NOTICE-2.", "registry rules show TVT23-NOTICE-1"]
    with pytest.raises(UsageError, match="There is no pack hause"):
        reviewing.named_pack(catalogue, "hause")


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
    signed = with_additions(catalogue, (), [signoff]).rule(id_)
    assert signed is not None
    assert signed.verified is not None
    assert signed.verified.by == "R. Lindqvist"
    stale = dataclasses.replace(signoff, digest="sha256:of-other-words")
    rule = with_additions(catalogue, (), [stale]).rule(id_)
    assert rule is not None
    assert rule.verified is None


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
    rule = with_additions(catalogue, (), [later, first]).rule(id_)
    assert rule is not None
    assert rule.verified is not None
    assert rule.verified.by == "B"


def test_nobody_signs_off_a_gap_or_without_a_name(catalogue: Catalogue) -> None:
    pack = reviewing.named_pack(catalogue, "sag-aftra-tv-theatrical-2023")
    gap = next(rule for rule in pack.rules if rule.gap)
    with pytest.raises(UsageError, match="is a documented gap"):
        reviewing.verify_rule(catalogue, gap.id, by="A", on=TODAY)
    with pytest.raises(UsageError, match="names who checked"):
        reviewing.verify_rule(catalogue, "TVT23-NOTICE-1", by=" ", on=TODAY)


def test_a_sign_off_counts_from_when_it_was_known(catalogue: Catalogue) -> None:
    """A verdict given before a rule was checked replays as it was."""
    id_ = unverified(catalogue)
    morning = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
    signoff = dataclasses.replace(reviewing.verify_rule(catalogue, id_, by="A", on=TODAY), recorded_at=morning)
    world = World(signoffs=(signoff,))
    for known_at, checked in ((morning - dt.timedelta(seconds=1), False), (morning, True)):
        rule = laid_over(catalogue, world, known_at=known_at).rule(id_)
        assert rule is not None
        assert (rule.verified is not None) is checked


def test_a_corrected_figure_counts_from_when_it_was_known(catalogue: Catalogue) -> None:
    first, then = (dt.datetime(2026, 11, day, tzinfo=dt.UTC) for day in (1, 20))
    name, day = "rate.day_performer_minimum", dt.date(2026, 7, 1)
    told = [("1300.00 USD", first), ("1301.00 USD", then)]
    world = World(
        rates=tuple(
            CardRate(name=name, from_=day, value=value, grade=Grade.A, source="card", by="P", recorded_at=at)
            for value, at in told
        )
    )
    for known_at, minor in ((first, 130_000), (then, 130_100)):
        pack = laid_over(catalogue, world, known_at=known_at).pack("sag-aftra-tv-theatrical-2026")
        assert pack is not None
        rate = next(table for table in pack.parameters if table.name == name).on(dt.date(2026, 8, 1))
        assert rate is not None
        assert (rate.value, rate.grade, rate.source) == (Money(minor, "USD"), Grade.A, "card, entered by P")


def test_a_figure_that_several_instruments_have_counts_in_none_unless_it_names_one(catalogue: Catalogue) -> None:
    rate = CardRate(
        name="rate.years_after_death", from_=dt.date(2026, 1, 1), value="71", grade=Grade.B, source="t", by="P"
    )
    assert counts_in(catalogue, rate) == ()
    assert [pack.id for pack in counts_in(catalogue, dataclasses.replace(rate, pack="us-ca"))] == ["us-ca"]
