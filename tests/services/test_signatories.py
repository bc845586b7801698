"""Who signs: majorities of an estate are exact and minimal; minors, loan-outs and unknown dates say what is missing."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from registry.domain.consent import Consent, Grantor
from registry.domain.dates import parse_span
from registry.domain.performer import Performer, Representative
from registry.domain.production import Engagement, Production
from registry.domain.words import Capacity, GrantorCapacity
from registry.services.signatories import Readiness, who_signs

DAY = dt.date(2026, 11, 22)
PICTURE = Production(id="reef", title="Reef", company="Reef LLC")


def person(born: str | None = "1980-05-01", died: str | None = None, *acting: Representative) -> Performer:
    return Performer(
        id="soane",
        legal_name="Mana Soane",
        born=parse_span(born) if born else None,
        died=parse_span(died) if died else None,
        representatives=acting,
    )


def holder(name: str, share: Fraction | None, authority: str | None = "probate 1") -> Representative:
    return Representative(id=name, capacity=Capacity.ESTATE, name=name.title(), share=share, authority=authority)


def guardian(**more: dt.date) -> Representative:
    return Representative(id="mother", capacity=Capacity.GUARDIAN, name="Dana Soane", authority="birth record", **more)


def test_an_adult_signs_in_person_and_the_company_that_asks_signs_too() -> None:
    found = who_signs(person(), day=DAY, productions=[PICTURE])
    assert [(s.role, s.name) for s in found.signers] == [("performer", "Mana Soane"), ("company", "Reef LLC")]
    assert (found.readiness, found.missing) == (Readiness.READY, ())


def test_a_loan_out_signs_beside_the_performer_and_never_instead() -> None:
    engaged = Engagement(id="e", performer="soane", production="reef", loan_out="Soane Inc.")
    found = who_signs(person(), day=DAY, engagements=[engaged], productions=[PICTURE])
    assert [s.role for s in found.signers] == ["performer", "loan-out", "company"]
    assert any("alone does not sign" in note for note in found.notes)


def test_whoever_turns_eighteen_that_day_signs_alone_and_the_day_before_does_not() -> None:
    child = person("2008-11-22", None, guardian())
    assert who_signs(child, day=DAY).signers[0].role == "performer"
    before = who_signs(child, day=DAY - dt.timedelta(days=1))
    assert (before.signers[0].role, before.readiness) == ("guardian", Readiness.READY)


def test_a_birth_year_that_does_not_tell_asks_for_the_day() -> None:
    found = who_signs(person("2008", None, guardian()), day=DAY)
    assert found.readiness is Readiness.INCOMPLETE
    assert any("exact date of birth" in lack for lack in found.missing)


def test_a_minor_without_a_guardian_on_that_day_is_blocked() -> None:
    gone = person("2015-01-01", None, guardian(to=DAY - dt.timedelta(days=1)))
    assert who_signs(gone, day=DAY).readiness is Readiness.BLOCKED


def test_a_birth_date_that_is_not_on_file_is_asked_for() -> None:
    assert who_signs(person(None), day=DAY).readiness is Readiness.INCOMPLETE


def test_half_of_an_estate_is_not_more_than_half() -> None:
    found = who_signs(person("1930", "2019-03-04", holder("june", Fraction(1, 2))), day=DAY)
    assert (found.readiness, found.majorities) == (Readiness.BLOCKED, ())
    assert found.missing == ("holders of more than half of the rights: those on file hold 1/2",)


def test_a_share_that_is_not_on_file_counts_for_nothing_and_is_asked_for() -> None:
    estate = [holder("june", Fraction(2, 3)), holder("trust", None)]
    found = who_signs(person("1930", "2019-03-04", *estate), day=DAY)
    assert found.majorities == (("june",),)
    assert [(s.name, s.needed, s.missing) for s in found.signers] == [
        ("June", True, ()),
        ("Trust", False, ("the share held",)),
    ]
    assert found.readiness is Readiness.READY


def test_proof_is_missing_from_whoever_has_to_sign() -> None:
    found = who_signs(person("1930", "2019-03-04", holder("june", Fraction(1), None)), day=DAY)
    assert found.readiness is Readiness.INCOMPLETE
    assert found.missing == ("proof of authority: probate, letters, a registration (June)",)


def test_in_life_the_estate_has_nothing_to_sign() -> None:
    found = who_signs(person("1930", "2019-03-04", holder("june", Fraction(1))), day=dt.date(2019, 3, 3))
    assert [s.role for s in found.signers] == ["performer"]


def test_a_paper_that_names_somebody_else_is_said_to() -> None:
    paper = Consent(id="c", performer="soane", grantor=Grantor(capacity=GrantorCapacity.SELF), grants=())
    found = who_signs(
        person("1930", "2019-03-04", holder("june", Fraction(1))), day=DAY, productions=[PICTURE], paper=paper
    )
    assert "The paper names Mana Soane as the one who grants; on that day it is not theirs to grant." in found.notes


@given(st.lists(st.one_of(st.none(), st.integers(1, 6)), max_size=5))
def test_the_majorities_are_all_the_groups_that_nobody_can_be_left_out_of(parts: list[int | None]) -> None:
    total = sum(part or 0 for part in parts) or 1
    holders = [holder(f"h{n}", Fraction(part, total + 1) if part else None) for n, part in enumerate(parts)]
    found = who_signs(person("1930", "2019-03-04", *holders), day=DAY)
    shares = {h.id: h.share for h in holders if h.share is not None}
    groups = chain.from_iterable(combinations(shares, size) for size in range(1, len(shares) + 1))
    enough = [set(g) for g in groups if sum(shares[name] for name in g) > Fraction(1, 2)]
    minimal = [g for g in enough if not any(other < g for other in enough)]
    assert sorted(map(sorted, found.majorities)) == sorted(map(sorted, minimal))
    assert (found.readiness is Readiness.BLOCKED) is (not minimal)
