"""When a consent lives (DOMAIN.md §6, "Live"): who signed, whether they could, and what was recorded against it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from registry.domain.consent import Consent, Grant, Grantor, Limits, Revocable
from registry.domain.dates import parse_span
from registry.domain.facts import UNSURE
from registry.domain.finding import VerdictWord
from registry.domain.performer import Performer, Representative
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.words import (
    Act,
    Agreement,
    Basis,
    Capacity,
    Content,
    GrantorCapacity,
    Instrument,
    Purpose,
    RecordKind,
)
from registry.domain.world import World
from registry.rules.catalogue import PACKS
from tests.engine.instruments import CONSENT, PERFORMER, USE, WORLD, catalogue, pack, use, verdict

HOUSE = catalogue((PACKS / "house.yaml").read_text("utf-8"))
CLEARED, REFUSED, REFER = VerdictWord.CLEARED, VerdictWord.NOT_CLEARED, VerdictWord.REFER
INCOMPLETE = VerdictWord.INCOMPLETE


def word(consent: Consent, *records: Record, use: Use = USE, world: World = WORLD, **options: object) -> VerdictWord:
    return verdict(HOUSE, use, *records, consents=(consent,), world=world, **options).verdict


def person(**changes: object) -> World:
    return replace(WORLD, performers=(replace(PERFORMER, **changes),))  # type: ignore[arg-type]


def grant(**changes: object) -> Consent:
    return replace(CONSENT, grants=(replace(CONSENT.grants[0], **changes),))  # type: ignore[arg-type]


def at(moment: str) -> Use:
    return replace(USE, at=dt.datetime.fromisoformat(moment))


def test_a_consent_has_to_be_signed_before_the_use_to_the_minute() -> None:
    signed = replace(CONSENT, signed_at=dt.datetime.fromisoformat("2026-09-14T09:00:00-07:00"))
    assert word(signed, use=at("2026-09-14T09:00:00-07:00")) is CLEARED
    assert word(signed, use=at("2026-09-14T08:59:00-07:00")) is REFUSED
    assert word(replace(CONSENT, signed_at=None)) is REFUSED


def test_a_use_that_nobody_has_dated_asks_when() -> None:
    found = verdict(HOUSE, replace(USE, at=None), consents=(CONSENT,))
    assert found.verdict is INCOMPLETE
    assert [q.fact for q in found.questions] == ["use.at"]


@pytest.mark.parametrize("day, outcome", [("2026-09-14", CLEARED), ("2026-09-13", REFUSED)])
def test_a_term_includes_its_last_day(day: str, outcome: VerdictWord) -> None:
    assert word(replace(CONSENT, until=dt.date.fromisoformat(day))) is outcome


def revocation(day: str, grants: tuple[str, ...] = ("all",)) -> Record:
    return Record(
        id="v-1", kind=RecordKind.REVOCATION, consent="c-1", grants=grants, effective=dt.date.fromisoformat(day)
    )


def test_a_revocation_by_right_stops_uses_from_its_day_on() -> None:
    by_right = replace(CONSENT, revocable=Revocable(by_terms=True))
    assert word(by_right, revocation("2026-09-14")) is REFUSED
    assert word(by_right, revocation("2026-09-15")) is CLEARED
    assert word(by_right, revocation("2026-09-01", ("9",))) is CLEARED
    assert word(replace(CONSENT, basis=Basis.EXPLICIT_CONSENT), revocation("2026-09-14")) is REFUSED


def test_a_revocation_without_a_right_puts_new_uses_on_hold() -> None:
    assert word(CONSENT, revocation("2026-09-14")) is REFER


def test_a_corrected_record_counts_no_more() -> None:
    corrected = Record(id="x-1", kind=RecordKind.CORRECTION, corrects="v-1", because="another consent was meant")
    by_right = replace(CONSENT, revocable=Revocable(by_terms=True))
    assert word(by_right, revocation("2026-09-01"), corrected) is CLEARED


def suspension(first: str, last: str | None) -> Record:
    return Record(
        id="y-1",
        kind=RecordKind.SUSPENSION,
        performer="okafor",
        agreement=Agreement.TV_THEATRICAL,
        from_=dt.date.fromisoformat(first),
        to_day=dt.date.fromisoformat(last) if last else None,
    )


@pytest.mark.parametrize(
    "first, last, outcome",
    [("2026-09-14", "2026-09-14", REFUSED), ("2026-09-01", "2026-09-13", CLEARED), ("2026-09-01", None, REFUSED)],
)
def test_a_suspension_holds_on_both_its_ends(first: str, last: str | None, outcome: VerdictWord) -> None:
    assert word(CONSENT, suspension(first, last)) is outcome


MOTHER = Representative(id="mother", capacity=Capacity.GUARDIAN, name="Lucia Ferro")
BY_GUARDIAN = replace(CONSENT, grantor=Grantor(capacity=GrantorCapacity.GUARDIAN, representative="mother"))


@pytest.mark.parametrize("born, outcome", [("2008-09-15", CLEARED), ("2008-09-14", REFER)])
def test_a_guardians_consent_does_not_reach_uses_once_the_performer_is_of_age(born: str, outcome: VerdictWord) -> None:
    assert word(BY_GUARDIAN, world=person(born=parse_span(born), representatives=(MOTHER,))) is outcome


def test_a_minor_cannot_sign_and_a_guardian_needs_to_be_one_then() -> None:
    child = person(born=parse_span("2010-03-15"), representatives=(MOTHER,))
    assert word(CONSENT, world=child) is REFUSED
    later = person(born=parse_span("2010-03-15"), representatives=(replace(MOTHER, from_=dt.date(2026, 9, 2)),))
    assert word(BY_GUARDIAN, world=later) is REFUSED


def test_a_birthday_on_29_february_falls_on_1_march() -> None:
    world = person(born=parse_span("2008-02-29"), representatives=(MOTHER,))
    signed = replace(BY_GUARDIAN, signed_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    assert word(signed, use=at("2026-02-28T10:00:00-08:00"), world=world) is CLEARED
    assert word(signed, use=at("2026-03-01T10:00:00-08:00"), world=world) is REFER


def estate(*shares: str | None) -> World:
    holders = tuple(
        Representative(id=f"heir-{n}", capacity=Capacity.ESTATE, name=f"Heir {n}", share=Fraction(s) if s else None)
        for n, s in enumerate(shares)
    )
    return person(died=parse_span("2020-05-01"), representatives=holders)


def by_heirs(*heirs: int) -> Consent:
    signers = tuple(Grantor(capacity=GrantorCapacity.ESTATE, representative=f"heir-{n}") for n in heirs)
    return replace(CONSENT, grantor=signers[0], co_grantors=signers[1:])


def test_holders_of_more_than_half_exactly_may_consent_after_death() -> None:
    assert word(by_heirs(0), world=estate("1/2", "1/2")) is REFUSED
    assert word(by_heirs(0, 1), world=estate("1/3", "1/3", "1/3")) is CLEARED
    assert word(by_heirs(0), world=estate("1/3", "1/3", "1/3")) is REFUSED
    assert word(by_heirs(0), world=estate(None)) is REFER
    assert word(by_heirs(0, 0), world=estate("1/3", "2/3")) is REFUSED


def test_an_estate_cannot_consent_in_life_nor_the_dead_sign() -> None:
    alive = replace(estate("1"), performers=(replace(estate("1").performers[0], died=None),))
    assert word(by_heirs(0), world=alive) is REFUSED
    assert word(CONSENT, world=person(died=parse_span("2020-05-01"))) is REFUSED


@pytest.mark.parametrize("lifetime, outcome", [(True, REFUSED), (False, CLEARED), (None, CLEARED)])
def test_a_consent_given_in_life_survives_unless_it_says_otherwise(lifetime: bool | None, outcome: VerdictWord) -> None:
    world = person(died=parse_span("2026-09-10"))
    assert word(replace(CONSENT, lifetime_only=lifetime), world=world) is outcome


def test_the_union_is_always_for_counsel() -> None:
    assert word(replace(CONSENT, grantor=Grantor(capacity=GrantorCapacity.UNION))) is REFER


def test_an_agent_is_no_guardian() -> None:
    by_agent = replace(CONSENT, grantor=Grantor(capacity=GrantorCapacity.GUARDIAN, representative="agent"))
    assert word(by_agent, world=person(born=parse_span("2010-03-15"))) is REFUSED


def test_final_covers_temporary_work_and_nothing_else() -> None:
    assert word(CONSENT, use=replace(USE, purpose=Purpose.TEMPORARY)) is CLEARED
    for purpose in (Purpose.IDEATION, Purpose.PITCH, Purpose.PROMOTION, Purpose.ADVERTISING):
        assert word(CONSENT, use=replace(USE, purpose=purpose)) is REFUSED


def test_sensitive_content_is_granted_only_where_it_is_listed() -> None:
    sensitive = replace(USE, content=(Content.POLITICAL,))
    assert word(CONSENT, use=sensitive) is REFUSED
    assert word(grant(allows=(Content.POLITICAL,)), use=sensitive) is CLEARED
    found = verdict(HOUSE, replace(USE, content=None), consents=(CONSENT,))
    assert (found.verdict, [q.fact for q in found.questions]) == (
        INCOMPLETE,
        ["performer.age_depicted", "use.content"],
    )


@pytest.mark.parametrize("ages, outcome", [((35, 35), CLEARED), ((25, 25), REFUSED), ((34, 35), REFUSED)])
def test_an_age_other_than_the_performers_own_has_to_be_named(ages: tuple[int, int], outcome: VerdictWord) -> None:
    assert word(CONSENT, use=replace(USE, ages=ages)) is outcome


def test_a_grant_of_ages_does_not_cover_an_age_nobody_has_stated() -> None:
    found = verdict(HOUSE, USE, consents=(grant(ages=(25, 40)),))
    assert (found.verdict, [q.fact for q in found.questions]) == (INCOMPLETE, ["performer.age_depicted"])
    assert word(grant(ages=(25, 40)), use=replace(USE, ages=(25, 40))) is CLEARED
    assert word(grant(ages=(25, 40)), use=replace(USE, ages=(24, 40))) is REFUSED


def test_a_franchise_reaches_every_picture_and_a_picture_only_itself() -> None:
    sequel = replace(WORLD.productions[0], id="harbor-2", title="Harbor Light II", franchise="harbor-films")
    world = replace(WORLD, productions=(*WORLD.productions, sequel))
    use = replace(USE, production="harbor-2")
    assert word(CONSENT, use=use, world=world) is REFUSED
    assert word(grant(productions=("harbor-films",)), use=use, world=world) is CLEARED
    assert word(grant(productions=("Harbor Light II",)), use=use, world=world) is CLEARED


def test_scenes_left_out_are_the_whole_picture() -> None:
    assert word(grant(scenes=("41",)), use=replace(USE, scenes=("41",))) is CLEARED
    assert word(grant(scenes=("41",))) is REFUSED
    assert word(grant(scenes=("any",))) is CLEARED


def test_a_dub_needs_its_language_named() -> None:
    dub = replace(USE, act=Act.DUB, languages=("es-MX",))

    def dubbing(languages: tuple[str, ...] | None) -> Grant:
        return replace(CONSENT.grants[0], acts=(Act.DUB,), languages=languages)

    for languages, outcome in ((("es",), CLEARED), (("es-ES",), REFUSED), (("any",), REFUSED), (None, REFUSED)):
        assert word(replace(CONSENT, grants=(dubbing(languages),)), use=dub) is outcome


def test_europe_is_the_europe_of_the_day_of_signing() -> None:
    signed = dt.datetime(2019, 6, 1, tzinfo=dt.UTC)
    in_britain = replace(USE, territories=("GB",))
    assert word(replace(grant(territories=("EU",)), signed_at=signed), use=in_britain) is CLEARED
    assert word(grant(territories=("EU",)), use=in_britain) is REFUSED


def test_what_was_made_in_the_europe_of_the_day_of_signing_uses_up_a_limit() -> None:
    made = Record(id="k-1", kind=RecordKind.USE_MADE, use=("u-0",), made_at=dt.datetime(2026, 9, 2, tzinfo=dt.UTC))
    in_britain = replace(USE, territories=("GB",))
    world = replace(WORLD, uses=(replace(in_britain, id="u-0"),))
    once = replace(grant(territories=("EU",), limits=Limits(uses=1)), signed_at=dt.datetime(2019, 6, 1, tzinfo=dt.UTC))
    assert word(once, use=in_britain, world=world) is CLEARED
    assert word(once, made, use=in_britain, world=world) is REFUSED


def test_of_two_consents_that_share_a_clause_each_has_its_own_paper() -> None:
    """As a consent that was signed again has it: read first, the void one said of both that they are."""
    oral = replace(CONSENT, id="c-0", instrument=Instrument.ORAL, signed_at=dt.datetime(2026, 8, 1, tzinfo=dt.UTC))
    form = pack(
        """validity:
  - {id: T-1, title: Written, cite: one, grade: A, says: Sign., void_if: consent.instrument == "oral"}
"""
    )
    packs = catalogue((PACKS / "house.yaml").read_text("utf-8"), form)
    assert oral.grants[0] is CONSENT.grants[0]
    assert verdict(packs, consents=(oral,)).verdict is REFUSED
    assert verdict(packs, consents=(oral, CONSENT)).verdict is CLEARED


def test_limits_are_used_up_by_what_was_made() -> None:
    made = Record(
        id="k-1", kind=RecordKind.USE_MADE, use=("u-0",), made_at=dt.datetime(2026, 9, 2, tzinfo=dt.UTC), seconds=6
    )
    world = replace(WORLD, uses=(replace(USE, id="u-0"),))
    capped = grant(limits=Limits(seconds=10))
    assert word(capped, made, use=replace(USE, seconds=4), world=world) is CLEARED
    assert word(capped, made, use=replace(USE, seconds=5), world=world) is REFUSED
    found = verdict(HOUSE, USE, made, consents=(capped,), world=world)
    assert (found.verdict, [q.fact for q in found.questions]) == (INCOMPLETE, ["use.seconds"])


def test_a_performer_without_a_birth_date_is_asked_about() -> None:
    unknown = replace(WORLD, performers=(Performer(id="okafor", legal_name="Adaeze Okafor"),))
    found = verdict(HOUSE, USE, consents=(CONSENT,), world=unknown)
    assert (found.verdict, [q.fact for q in found.questions]) == (INCOMPLETE, ["performer.age"])


def test_as_of_an_earlier_day_a_later_paper_is_not_there() -> None:
    assert word(CONSENT, as_of=dt.date(2026, 8, 31)) is CLEARED
    assert word(CONSENT, as_of=dt.date(2026, 8, 30)) is REFUSED


def test_a_correction_that_was_corrected_voids_nothing() -> None:
    by_right = replace(CONSENT, revocable=Revocable(by_terms=True))
    first = Record(id="x-1", kind=RecordKind.CORRECTION, corrects="v-1", because="another consent was meant")
    second = Record(id="x-2", kind=RecordKind.CORRECTION, corrects="x-1", because="it was this one after all")
    assert word(by_right, revocation("2026-09-01"), first, second) is REFUSED


def test_a_loan_out_alone_does_not_sign_for_the_person() -> None:
    assert word(replace(CONSENT, personally_signed=False)) is REFUSED


def test_an_axis_that_nobody_can_tell_is_for_a_person() -> None:
    found = verdict(HOUSE, use(use__real_time=UNSURE), consents=(CONSENT,))
    assert (found.verdict, found.questions) == (REFER, ())


def test_a_refusal_says_every_axis_a_clause_stops_at() -> None:
    narrow = grant(media=("svod",), territories=("FR",))
    assert verdict(HOUSE, consents=(narrow,)).coverage.edges == ("c-1 §1 stops at media svod and at territories FR",)
