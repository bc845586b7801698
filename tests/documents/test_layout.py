"""How pages break: signatures never alone on a sheet, no clause apart from its boxes, no name hyphenated."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.documents.language import languages
from registry.documents.page import without_space
from registry.documents.render import Renderer
from registry.documents.sheet import sheet_of
from registry.documents.terms import Paper, RiderTerms
from registry.documents.text import _drawn
from registry.domain.consent import Grantor
from registry.domain.performer import Representative
from registry.domain.words import Capacity, GrantorCapacity
from registry.services.rendering import Issuing, render_rider, rider_terms
from tests.documents import story

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz áéñçß-’", min_size=3, max_size=60).map(
    lambda text: f"N{' '.join(text.split())}"
)
SEVERAL = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def with_clauses(clauses: int, holders: list[str], tag: str, paper: Paper) -> RiderTerms:
    """A rider of the story with so many clauses; by an estate with these holders where there are any."""
    grants = tuple(
        replace(story.USE, clause=f"2.{n}", description=f"Fall number {n}, seen from below.")
        for n in range(1, clauses + 1)
    )
    consent = replace(story.DRAFT, grants=grants)
    performer = story.OKAFOR
    if holders:
        found = [Representative(id=f"e-{n}", capacity=Capacity.ESTATE, name=name) for n, name in enumerate(holders, 1)]
        performer = replace(performer, representatives=tuple(found))
        signers = tuple(Grantor(capacity=GrantorCapacity.ESTATE, representative=r.id) for r in found)
        consent = replace(consent, grantor=signers[0], co_grantors=signers[1:])
    issuing = Issuing(
        company=story.COMPANY, signatory="T. Albright", now=story.ISSUED, salt=story.SALT, paper=paper, language=tag
    )
    return rider_terms(consent, performer, story.HARBOR, story.ENGAGEMENT, issuing=issuing, replica=story.SCAN)


def pages_of(data: bytes) -> tuple[list[str], dict[str, int]]:
    """The words of each page without white space, and the page of each field."""
    with pikepdf.open(BytesIO(data)) as pdf:
        number = {page.objgen: n for n, page in enumerate(pdf.pages)}
        fields: Any = pdf.Root.AcroForm.Fields
        at = {str(field.T): number[field.P.objgen] for field in fields}
        return ["".join(_drawn(page)[0].values()) for page in pdf.pages], at


def check_pages(terms: RiderTerms, renderer: Renderer) -> None:
    sheet = sheet_of(terms)
    texts, at = pages_of(render_rider(terms, renderer))
    signing = {sheet.signatures_heading, sheet.attestation, sheet.root}
    signing |= {text for b in sheet.signatures for text in (b.party, b.name, b.capacity)}
    signing |= {text for mark in sheet.marks for text in (mark.party, mark.note)}
    for page in {at[s.name] for s in terms.signatures} | {at["seal"], at["closing"]}:
        rest = texts[page]
        for text in sorted(signing, key=len, reverse=True):
            rest = rest.replace(without_space(text), "")
        assert len(rest) > 200, f"page {page + 1} holds signatures and nothing else"
    for part in sheet.parts:
        for clause in part.clauses:
            places = {at[box.field] for box in clause.boxes}
            assert len(places) == 1
            page = texts[places.pop()]
            for text in (clause.says, clause.description, *(line.value for line in clause.scope[:3])):
                assert without_space(text) in page
    for block in sheet.signatures:
        assert without_space(block.name) in texts[at[block.field]]


@SEVERAL
@given(clauses=st.integers(1, 40), tag=st.sampled_from(languages()), paper=st.sampled_from(Paper))
def test_whatever_the_number_of_clauses(renderer: Renderer, clauses: int, tag: str, paper: Paper) -> None:
    check_pages(with_clauses(clauses, [], tag, paper), renderer)


@SEVERAL
@given(
    clauses=st.integers(1, 3),
    holders=st.lists(NAMES, min_size=1, max_size=9, unique=True),
    tag=st.sampled_from(languages()),
    paper=st.sampled_from(Paper),
)
def test_whatever_the_number_and_the_names_of_those_who_sign(
    renderer: Renderer, clauses: int, holders: list[str], tag: str, paper: Paper
) -> None:
    """A name is never hyphenated: the page has its letters and no hyphen besides."""
    check_pages(with_clauses(clauses, holders, tag, paper), renderer)
