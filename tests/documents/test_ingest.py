"""From consent to document and back: the same consent, and what was declined grants nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from registry.documents import consent_json
from registry.documents.keys import Roots
from registry.documents.terms import RiderTerms, offered
from registry.domain.canonical import canonical_bytes, to_plain
from registry.domain.words import Instrument
from registry.errors import IntegrityError, UsageError
from registry.services.verifying import ingest, trusted_roots, verify
from tests.documents import story


def test_round_trip(states: dict[str, Path], roots: Roots) -> None:
    taken = ingest(states["complete"], roots, now=story.TODAY)
    consent = taken.consent
    assert [g.clause for g in consent.grants] == ["2.1", "2.2"]
    assert consent.declined == ("2.3",)
    assert (consent.signed_at, consent.instrument) == (story.SIGNED, Instrument.SEPARATE_WRITING)
    assert (consent.separately_signed, consent.conspicuous, consent.personally_signed) == (True, True, True)
    assert consent.document is not None
    assert consent.document.sha256 == hashlib.sha256(states["complete"].read_bytes()).hexdigest()
    assert consent.document.file == "complete.pdf"
    assert replace(offered(consent), grants=story.DRAFT.grants) == story.DRAFT
    assert (taken.signed, taken.required) == (2, 2)
    assert (taken.performer.legal_name, taken.production.title) == ("Adaeze Okafor", "Harbor Light")
    assert taken.performer.born is None


def test_the_same_terms_have_the_same_digest(states: dict[str, Path], roots: Roots) -> None:
    """The digest on the pages is that of the terms read from the file and written again."""
    report = verify(states["complete"], roots, now=story.TODAY).report
    assert report.terms is not None
    assert consent_json.digest_of(consent_json.written(report.terms)) == report.digest
    assert report.digest == verify(states["sealed"], roots, now=story.TODAY).report.digest


def test_taken_in_twice_it_is_the_same(states: dict[str, Path], roots: Roots) -> None:
    first, second = (ingest(states["complete"], roots, now=story.TODAY) for _ in range(2))
    assert to_plain(first.consent) == to_plain(second.consent)


def test_unsigned_it_is_a_draft(states: dict[str, Path], roots: Roots) -> None:
    taken = ingest(states["sealed"], roots, now=story.TODAY)
    assert taken.consent.signed_at is None
    assert (taken.signed, taken.required) == (0, 2)
    assert ingest(states["performer"], roots, now=story.TODAY).signed == 1


def test_what_cannot_be_relied_on_is_not_taken_in(states: dict[str, Path], roots: Roots, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(states["complete"].read_bytes() + b"\n")
    with pytest.raises(IntegrityError, match=r"broken\.pdf is not taken in"):
        ingest(broken, roots, now=story.TODAY)
    with pytest.raises(UsageError, match="a root that is not trusted here"):
        ingest(states["complete"], trusted_roots(), now=story.TODAY)
    with pytest.raises(UsageError, match="There is no file"):
        ingest(tmp_path / "nothing.pdf", roots, now=story.TODAY)


def test_terms_are_read_back_exactly_or_not_at_all(terms: RiderTerms) -> None:
    data = consent_json.written(terms)
    assert consent_json.read(data) == terms
    for wrong in (data + b" ", data.replace(b'"a":', b'"b":') + b"\n", b"{}", b"[]", data.replace(b"letter", b"folio")):
        with pytest.raises(ValueError):
            consent_json.read(wrong)


def test_a_document_of_before_there_were_kinds_reads_as_the_rider_it_is(terms: RiderTerms) -> None:
    """Nothing that kinds brought stands in its terms, and its bytes are written the same way again."""
    plain = json.loads(consent_json.written(terms))
    assert not {"kind", "particulars", "replaces", "withdrawal"} & set(plain)
    for place in plain["signatures"]:
        place.pop("group", None)
    data = canonical_bytes(plain)
    before = consent_json.read(data)
    assert consent_json.written(before) == data
    performer, company = before.signatures
    assert (performer.group, company.group) == (1, 1)
    assert before.before(company) == (performer,)
    assert before.before(performer) == ()
