"""The sheet says every value of a consent in plain words: no value can change without the page changing."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import Any

import pytest

from registry.documents.clauses import part_of
from registry.documents.sheet import printed_strings, sheet_of
from registry.documents.terms import RiderTerms, Session
from registry.domain.consent import Counsel, Exclusion, Grant, Limits, Revocable
from registry.domain.words import (
    Act,
    Content,
    Element,
    Purpose,
)
from registry.services.rendering import Issuing, rider_terms
from tests.documents import story

OTHER_GRANTS: dict[str, Any] = {
    "acts": (Act.DUB,),
    "elements": (Element.VOICE,),
    "productions": ("harbor-2",),
    "purposes": (Purpose.PITCH,),
    "description": "Another description.",
    "scenes": ("60",),
    "media": ("theatrical",),
    "territories": ("FR",),
    "languages": ("es-MX",),
    "from_": dt.date(2027, 1, 1),
    "until": dt.date(2031, 1, 1),
    "ages": (25, 40),
    "allows": (Content.POLITICAL,),
    "limits": Limits(days=1),
    "real_time": True,
    "scripted_alterations": False,
    "physical_changes": ("hair_colour",),
    "role_use": ("background",),
    "clause": "7.7",
}


def said(terms: RiderTerms) -> str:
    return "\n".join(printed_strings(sheet_of(terms)))


def with_grant(terms: RiderTerms, grant: Grant) -> RiderTerms:
    boxes = tuple(replace(i, clause=grant.clause) if i.clause == "2.2" else i for i in terms.initials)
    grants = tuple(grant if g.clause == "2.2" else g for g in terms.consent.grants)
    return replace(terms, consent=replace(terms.consent, grants=grants), initials=boxes)


@pytest.mark.parametrize("name", [f.name for f in fields(Grant)])
def test_every_value_of_a_grant_is_on_the_page(terms: RiderTerms, name: str) -> None:
    changed = with_grant(terms, replace(story.USE, **{name: OTHER_GRANTS[name]}))
    assert said(changed) != said(terms)


@pytest.mark.parametrize("name", ["scenes", "media", "territories", "languages", "from_", "until", "ages", "limits"])
def test_an_axis_left_out_is_said(terms: RiderTerms, name: str) -> None:
    assert said(with_grant(terms, replace(story.USE, **{name: None}))) != said(terms)


def test_yes_no_and_silence_are_three_things(terms: RiderTerms) -> None:
    for name in ("scripted_alterations", "physical_changes", "role_use"):
        values = [getattr(story.USE, name), None, OTHER_GRANTS[name]]
        pages = {said(with_grant(terms, replace(story.USE, **{name: value}))) for value in values}
        assert len(pages) == 3


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("lifetime_only", [True, False, None]),
        ("counsel", [None, Counsel(name="none"), Counsel(name="R. Lindqvist", negotiated_replica_terms=False)]),
        (
            "revocable",
            [None, Revocable(by_terms=True), Revocable(by_terms=True, notice_days=30), Revocable(by_terms=False)],
        ),
        ("cba_addresses_replicas", [True, False, None]),
        ("from_", [None, dt.date(2026, 9, 10)]),
        ("until", [None, dt.date(2030, 1, 1)]),
        ("delivered_at", [None, story.ISSUED]),
        ("representative_approved", [None, True, False]),
        ("excludes", [(), story.DRAFT.excludes]),
    ],
)
def test_every_value_of_a_consent_is_on_the_page(terms: RiderTerms, name: str, values: list[Any]) -> None:
    pages = {said(replace(terms, consent=replace(terms.consent, **{name: value}))) for value in values}
    assert len(pages) == len(values)


@pytest.mark.parametrize("name", [f.name for f in fields(Exclusion)])
def test_every_axis_of_an_exclusion_is_on_the_page(terms: RiderTerms, name: str) -> None:
    value = (Content.POLITICAL,) if name == "content" else OTHER_GRANTS[name]
    wider = replace(terms.consent, excludes=(*story.DRAFT.excludes, Exclusion(**{name: value})))
    before, after = said(terms).split("\n"), said(replace(terms, consent=wider)).split("\n")
    added = [line for line in after if line not in before]
    assert len(added) == 1
    assert not added[0].endswith("any use .")


def test_the_session_the_notice_and_the_reason(terms: RiderTerms) -> None:
    text = said(terms)
    assert "16 September 2026, 09:00 (UTC−07:00)" in text
    assert "given by casting on 13 September 2026, 09:00 (UTC−07:00), 72 hours before the session" in text
    assert "“The roof fall cannot be staged.” (stated by production, 1 September 2026, 09:00 (UTC−07:00))" in text


def test_what_nobody_recorded_says_so() -> None:
    bare = rider_terms(
        story.DRAFT, story.OKAFOR, story.HARBOR, issuing=Issuing(company=story.COMPANY, now=story.ISSUED)
    )
    lines = {line.label: line.value for line in (*sheet_of(bare).facts, *sheet_of(bare).sections[0].lines)}
    assert bare.session == Session()
    for label in ("Engagement", "Replica", "Made from", "Session", "48-hour notice", "Business reason"):
        assert lines[label] == "not recorded"


def test_parts(terms: RiderTerms) -> None:
    assert [(p.letter, [c.number for c in p.clauses]) for p in sheet_of(terms).parts] == [
        ("Part A", ["2.1"]),
        ("Part B", ["2.2"]),
        ("Part C", ["2.3"]),
    ]
    for special in ({"real_time": True}, {"allows": (Content.NUDITY,)}, {"productions": ("harbor-2",)}):
        assert part_of(replace(story.USE, **special), terms) == "C"


def test_what_a_clause_offers_is_not_listed_as_withheld(terms: RiderTerms) -> None:
    """Training is offered by clause 2.3, dubbing by none."""
    withheld = next(p for p in sheet_of(terms).provisions if p.heading == "Not granted").paragraphs[0]
    assert "dubbing by replica" in withheld
    assert "training or fine-tuning" not in withheld
