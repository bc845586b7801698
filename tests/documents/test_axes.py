"""Whatever changes what a consent covers changes its page, in every kind of document and every language."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import pytest

from registry.documents.clauses import part_of
from registry.documents.kinds import NOTICES, DocumentKind
from registry.documents.language import language as words_in
from registry.documents.language import languages
from registry.documents.sheet import printed_strings, sheet_of
from registry.documents.terms import Particulars, RiderTerms
from registry.domain.consent import Consent, Counsel, Exclusion, Grant, Grantor, Limits, Revocable
from registry.domain.words import Act, Basis, Content, Element, GrantorCapacity, Purpose
from registry.services.rendering import Issuing, rider_terms
from tests.documents import story
from tests.documents.family import FAMILY

KINDS = [kind for kind in DocumentKind if kind not in NOTICES]
DAY = dt.date(2029, 3, 4)

AXES: dict[str, Any] = {
    "acts": tuple(Act),
    "elements": tuple(Element),
    "productions": ("harbor-9",),
    "purposes": tuple(Purpose),
    "scenes": ("991", "992"),
    "media": ("airline", "podcast"),
    "territories": ("NZ", "US-TX", "419"),
    "languages": ("pt-BR", "ja"),
    "from_": DAY,
    "until": DAY,
    "ages": (25, 41),
    "role_use": ("background", "neither"),
}
GRANT = AXES | {
    "clause": "9.9",
    "description": "Another description.",
    "allows": tuple(Content),
    "limits": Limits(seconds=7, uses=3, days=11),
    "real_time": True,
    "scripted_alterations": True,
    "physical_changes": ("hair_colour", "mouth_movements"),
}
EXCLUSION = AXES | {"content": tuple(Content), "real_time": False}
TERMS: dict[str, tuple[Any, ...]] = {
    "counsel": (
        None, Counsel(name="none"),
        *(Counsel(name="A. Lee", negotiated_replica_terms=said) for said in (None, True, False)),
    ),
    "representative_approved": (None, True, False),
    "cba_addresses_replicas": (None, True, False),
    "basis": (None, Basis.CONTRACT, Basis.EXPLICIT_CONSENT),
    "revocable": (None, Revocable(by_terms=True), Revocable(by_terms=True, notice_days=9), Revocable(by_terms=False)),
    "from_": (None, DAY),
    "until": (None, DAY),
    "delivered_at": (None, dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)),
}  # fmt: skip
# Facts of signing, of the file and of the registry, and who the parties are: none is a term of the clauses.
OTHERWISE = {
    "id", "performer", "grantor", "co_grantors", "grants", "excludes", "declined", "signed_at", "separately_signed",
    "conspicuous", "personally_signed", "instrument", "document", "recorded_at", "lifetime_only", "court_approved",
}  # fmt: skip


def said(terms: RiderTerms, **changes: Any) -> str:
    return "\n".join(printed_strings(sheet_of(replace(terms, consent=replace(terms.consent, **changes)))))


def every_value(axes: dict[str, Any]) -> list[tuple[str, Any]]:
    """Each value of each axis by itself: one word of a list, one cap of the limits."""
    found: list[tuple[str, Any]] = []
    for name, value in axes.items():
        if name == "ages" or not isinstance(value, tuple | Limits):
            found.append((name, value))
        elif isinstance(value, Limits):
            found += [(name, Limits(**{f.name: getattr(value, f.name)})) for f in fields(Limits)]
        else:
            found += [(name, (word,)) for word in value]
    return found


def test_no_field_is_forgotten() -> None:
    assert set(GRANT) == {f.name for f in fields(Grant)}
    assert set(EXCLUSION) == {f.name for f in fields(Exclusion)}
    assert set(TERMS) | OTHERWISE == {f.name for f in fields(Consent)}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_a_clause_is_on_the_page(kind: DocumentKind, language: str) -> None:
    """No two values of an axis, and no value and silence, read alike."""
    terms = FAMILY[kind](language=language)
    first, *rest = terms.consent.grants
    pages: dict[str, set[str]] = {}
    counts: dict[str, int] = {}
    for name, value in every_value(GRANT):
        if name == "clause":
            continue
        counts[name] = counts.get(name, 0) + 1
        pages.setdefault(name, set()).add(said(terms, grants=(replace(first, **{name: value}), *rest)))
    for name in ("scenes", "media", "territories", "languages", "from_", "until", "ages", "limits", "role_use"):
        counts[name] += 1
        silent: Any = {name: None}
        pages[name].add(said(terms, grants=(replace(first, **silent), *rest)))
    assert {name: len(found) for name, found in pages.items()} == counts


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_an_exclusion_is_on_the_page(kind: DocumentKind, language: str) -> None:
    terms = FAMILY[kind](language=language)
    values = [*every_value(EXCLUSION), ("real_time", True), ("from_", dt.date(2029, 3, 1))]
    pages = {said(terms, excludes=(Exclusion(**{name: value}),)) for name, value in values}
    both = {said(terms, excludes=(Exclusion(acts=(Act.DUB,), media=("podcast",)),)), said(terms, excludes=())}
    assert len(pages | both) == len(values) + 2


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_every_term_is_on_the_page(kind: DocumentKind, language: str) -> None:
    terms = FAMILY[kind](language=language)
    for name, values in TERMS.items():
        assert len({said(terms, **{name: value}) for value in values}) == len(values), name
    if kind is not DocumentKind.ESTATE:  # a consent given after death cannot end with it
        assert len({said(terms, lifetime_only=value) for value in (True, False, None)}) == 3
    if terms.minor:
        assert len({said(terms, court_approved=value) for value in (True, False, None)}) == 3


@pytest.mark.parametrize("language", languages())
def test_who_grants_and_by_which_law_is_on_the_page(language: str) -> None:
    terms = FAMILY[DocumentKind.ESTATE](language=language)
    pages = {said(terms, grantor=Grantor(capacity=capacity)) for capacity in GrantorCapacity}
    assert len(pages) == len(GrantorCapacity)
    for law in ("US-NY", "GB-ENG", "IE"):
        other = replace(terms, production=replace(terms.production, governing_law=law))
        assert said(other) != said(terms)
    holders = tuple(replace(r, share=Fraction(1, 7)) for r in terms.performer.representatives)
    assert said(replace(terms, performer=replace(terms.performer, representatives=holders))) != said(terms)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not DocumentKind.ALTERATION])
def test_what_is_stated_for_a_document_is_on_its_page(kind: DocumentKind, language: str) -> None:
    terms = FAMILY[kind](language=language)
    for name in ("script", "place", "operators", "storage", "pay", "approvals", "contact"):
        given: Any = {name: f"stated {name}"}
        stated = replace(terms, particulars=replace(terms.particulars, **given))
        assert f"stated {name}" in said(stated)
        assert f"stated {name}" not in said(terms)


def test_a_loan_out_company_signs_by_whom_it_names() -> None:
    engagement = replace(story.ENGAGEMENT, loan_out="Okafor Works Inc.")
    given = Issuing(company=story.COMPANY, now=story.ISSUED, particulars=Particulars(loan_out="Nneka Okafor"))
    terms = rider_terms(story.DRAFT, story.OKAFOR, story.HARBOR, engagement, issuing=given)
    assert "Okafor Works Inc., by Nneka Okafor" in said(terms)
    assert next(s.signer for s in terms.signatures if s.name == "sig_loan_out") == "Nneka Okafor"


@pytest.mark.parametrize("language", languages())
def test_an_alteration_that_dubs_by_replica_says_how_that_is_kept(language: str) -> None:
    terms = FAMILY[DocumentKind.ALTERATION](language=language)
    alone = replace(terms, consent=replace(terms.consent, grants=terms.consent.grants[:1]))
    kept = words_in(language).say("provision.custody.duties")
    assert kept in said(terms)
    assert kept not in said(alone)


def test_advertising_is_the_ordinary_use_of_a_commercial_and_a_special_one_elsewhere() -> None:
    spot, film = FAMILY[DocumentKind.COMMERCIAL](), FAMILY[DocumentKind.EMPLOYMENT]()
    used, later = spot.consent.grants[1:]
    assert (part_of(used, spot), part_of(later, spot)) == ("B", "C")
    assert part_of(replace(film.consent.grants[1], purposes=(Purpose.ADVERTISING,)), film) == "C"


@pytest.mark.parametrize("kind", DocumentKind)
def test_french_sets_a_space_that_does_not_break_before_its_tall_marks(kind: DocumentKind) -> None:
    terms = FAMILY[kind](language="fr")
    typed = {text for text in printed_strings(sheet_of(terms)) if re.search(r"[^\W\d_][;?!]|[^\W\d_] [;?!:]", text)}
    written = {g.description for g in terms.consent.grants}
    assert {text for text in typed if not any(one in text for one in written)} == set()
