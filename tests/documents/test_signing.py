"""Sealing, signing and closing, step by step: what is refused leaves the file as it was."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp

from registry.documents.credentials import make_authority, make_seal, save_pkcs12
from registry.documents.keys import Roots, init_keys, key_status
from registry.documents.language import language
from registry.documents.parties import facts
from registry.documents.render import Renderer
from registry.documents.report import Method
from registry.documents.terms import RiderTerms, Role
from registry.documents.verify import _anchors, context, verify_pdf
from registry.domain.consent import Grantor
from registry.domain.performer import Representative
from registry.domain.words import Capacity, GrantorCapacity
from registry.errors import UsageError
from registry.services.rendering import Issuing, render_rider, rider_terms
from registry.services.signing import Hand, Keys, OwnKey, close, evidence_file, issue, seal, sign
from registry.services.verifying import trusted_roots, verify
from tests.documents import story

ADA = Hand(name="Adaeze Okafor", words_agreed=story.WORDS)
ALBRIGHT = Hand(name="T. Albright", words_agreed=story.WORDS)


def copy(states: dict[str, Path], state: str, folder: Path) -> Path:
    path = folder / "rider-okafor.pdf"
    path.write_bytes(states[state].read_bytes())
    return path


def test_a_declined_clause_is_countersigned(states: dict[str, Path], roots: Roots) -> None:
    report = verify(states["complete"], roots, now=story.TODAY).report
    assert (report.status, report.headline) == (0, "COMPLETE AND UNCHANGED")
    assert [(i.clause, i.text, i.agreed) for i in report.initials] == [
        ("2.1", "AO", True),
        ("2.2", "AO", True),
        ("2.3", "DECLINED", False),
    ]
    performer, company = report.signatures
    assert (performer.name, performer.role, performer.at) == ("Adaeze Okafor", Role.PERFORMER, story.SIGNED)
    assert (company.name, company.role, company.at) == ("T. Albright", Role.COMPANY, story.COUNTERSIGNED)
    assert {s.method for s in report.signatures} == {Method.ONE_TIME}
    assert report.closed is not None
    assert report.closed.at == story.COUNTERSIGNED
    assert report.seal is not None
    assert (report.seal.company, report.seal.at) == (story.COMPANY, story.ISSUED)


def test_every_signature_is_valid_to_pyhanko_as_it_comes(states: dict[str, Path], roots: Roots) -> None:
    """Its own comparison of every revision with every later one, in its default settings, finds nothing either."""
    reader = PdfFileReader(BytesIO(states["complete"].read_bytes()))
    for signature in reader.embedded_regular_signatures:
        status = validate_pdf_signature(signature, context(roots.signers, story.TODAY))
        assert status.bottom_line, (signature.field_name, status.summary())
    stamp = reader.embedded_timestamp_signatures[0]
    assert validate_pdf_timestamp(stamp, context(roots.time, story.TODAY)).valid


def test_each_revision_begins_with_the_one_before(states: dict[str, Path]) -> None:
    files = [states[name].read_bytes() for name in ("sealed", "performer", "signed", "complete")]
    for before, after in itertools.pairwise(files):
        assert after.startswith(before)


def test_nobody_is_trusted_without_roots(states: dict[str, Path]) -> None:
    report = verify(states["complete"], trusted_roots(), now=story.TODAY).report
    assert (report.status, report.headline, report.unchanged) == (3, "UNCHANGED, NOT TRUSTED", True)


def test_the_root_of_time_vouches_for_no_signature(states: dict[str, Path], keys: Keys) -> None:
    roots = trusted_roots((keys.folder / "time.pem",))
    assert (len(roots.signers), len(roots.time)) == (0, 1)
    report = verify(states["complete"], roots, now=story.TODAY).report
    assert report.closed is not None
    assert report.closed.trusted
    assert not any(s.trusted for s in report.signatures)


def test_signatures_outlast_their_certificates_once_closed(states: dict[str, Path], roots: Roots) -> None:
    """One-time certificates end after five years; what counts is that they were good when the document was closed."""
    later = dt.datetime(2035, 6, 1, tzinfo=dt.UTC)
    assert verify_pdf(states["complete"].read_bytes(), roots, now=later).status == 0
    assert verify_pdf(states["signed"].read_bytes(), roots, now=later).headline == "UNCHANGED, NOT TRUSTED"


def test_two_of_three_have_signed(
    terms: RiderTerms, keys: Keys, roots: Roots, renderer: Renderer, tmp_path: Path
) -> None:
    """A loan-out company signs beside the performer, who signs in person."""
    through = rider_terms(
        story.DRAFT,
        story.OKAFOR,
        story.HARBOR,
        replace(story.ENGAGEMENT, loan_out="Mara Pictures Inc."),
        issuing=Issuing(company=story.COMPANY, now=story.ISSUED, salt=story.SALT),
    )
    path = tmp_path / "loan-out.pdf"
    assert issue(through, path, keys=keys, now=story.ISSUED, renderer=renderer).required == 3
    sign(path, field="sig_performer", signer=ADA, keys=keys, now=story.SIGNED, initials="AO")
    report = sign(path, field="sig_loan_out", signer=ADA, keys=keys, now=story.SIGNED)
    assert (report.headline, report.status) == ("UNCHANGED, 2 OF 3 SIGNED", 3)
    assert report.missing == ("sig_company",)
    with pytest.raises(UsageError, match="still lacks company"):
        close(path, keys=keys, now=story.COUNTERSIGNED)


@pytest.mark.parametrize("loan_out", ["none", None])
def test_without_a_loan_out_company_nobody_signs_for_one(loan_out: str | None) -> None:
    """`none` says that there is none; it is not the name of a company."""
    direct = rider_terms(
        story.DRAFT,
        story.OKAFOR,
        story.HARBOR,
        replace(story.ENGAGEMENT, loan_out=loan_out),
        issuing=Issuing(company=story.COMPANY, now=story.ISSUED, salt=story.SALT),
    )
    assert [s.name for s in direct.signatures] == ["sig_performer", "sig_company"]
    assert "Loan-out company" not in [line.label for line in facts(direct, language("en"))]


def test_a_guardian_signs_for_a_minor(keys: Keys, roots: Roots, renderer: Renderer, tmp_path: Path) -> None:
    from registry.domain.dates import parse_span

    child = replace(
        story.OKAFOR,
        born=parse_span("2012-01-05"),
        representatives=(Representative(id="g-1", capacity=Capacity.GUARDIAN, name="Chinwe Okafor"),),
    )
    consent = replace(story.DRAFT, grantor=Grantor(capacity=GrantorCapacity.GUARDIAN, representative="g-1"))
    issuing = Issuing(company=story.COMPANY, now=story.ISSUED, salt=story.SALT)
    path = tmp_path / "minor.pdf"
    issue(
        rider_terms(consent, child, story.HARBOR, issuing=issuing), path, keys=keys, now=story.ISSUED, renderer=renderer
    )
    with pytest.raises(UsageError, match="Adaeze Okafor is not who guardian_1 is for"):
        sign(path, field="sig_guardian_1", signer=ADA, keys=keys, now=story.SIGNED, initials="AO")
    mother = Hand(name="Chinwe Okafor", words_agreed=story.WORDS, authority="birth certificate 12-443")
    report = sign(path, field="sig_guardian_1", signer=mother, keys=keys, now=story.SIGNED, initials="CO")
    assert report.signatures[0].role is Role.GUARDIAN


def test_a_certificate_of_ones_own(states: dict[str, Path], keys: Keys, roots: Roots, tmp_path: Path) -> None:
    """A PKCS#12 from another authority: trusted only where its root is."""
    root = make_authority("Agency root", now=story.ISSUED, years=10)
    own = make_seal("Adaeze N. Okafor", root, now=story.ISSUED, years=3)
    file = tmp_path / "okafor.p12"
    file.write_bytes(save_pkcs12(own, b"her own passphrase"))
    path = copy(states, "sealed", tmp_path)
    signer = OwnKey(file=file, passphrase=b"her own passphrase")
    report = sign(path, field="sig_performer", signer=signer, keys=keys, now=story.SIGNED, initials="AO")
    assert (report.signatures[0].method, report.signatures[0].trusted) == (Method.OWN, False)
    assert report.headline == "UNCHANGED, NOT TRUSTED"
    record = evidence_file(path, "sig_performer").read_bytes()
    assert hashlib.sha256(record).hexdigest() == report.signatures[0].evidence_sha256
    assert json.loads(record)["gesture"] == "own_key"
    assert json.loads(record)["words_agreed"] == "not recorded"
    more = Roots((*roots.signers, root.certificate), roots.time)
    assert verify_pdf(path.read_bytes(), more, now=story.TODAY).headline == "UNCHANGED, 1 OF 2 SIGNED"
    with pytest.raises(UsageError, match=r"okafor\.p12 does not open"):
        sign(path, field="sig_company", signer=replace(signer, passphrase=b"another"), keys=keys, now=story.SIGNED)


def test_what_was_not_captured_is_not_recorded(
    states: dict[str, Path], keys: Keys, roots: Roots, tmp_path: Path
) -> None:
    """The evidence record says so in words, and the certificate holds its digest."""
    path = copy(states, "sealed", tmp_path)
    hand = replace(ADA, identity_proof="passport seen", operator="casting desk")
    sign(path, field="sig_performer", signer=hand, keys=keys, now=story.SIGNED, initials="AO", declined=["2.2"])
    data = evidence_file(path, "sig_performer").read_bytes()
    record = json.loads(data)
    assert record["words_agreed"] == story.WORDS
    assert record["initials"] == ["2.1: AO", "2.2: DECLINED", "2.3: AO"]
    assert (record["identity_proof"], record["identity_checked_by"]) == ("passport seen", "not recorded")
    assert record["copy_delivered_at"] == "not recorded"
    assert record["document_sha256"] == hashlib.sha256(states["sealed"].read_bytes()).hexdigest()
    checked = verify(path, roots, now=story.TODAY)
    assert checked.report.signatures[0].evidence_sha256 == hashlib.sha256(data).hexdigest()
    assert checked.evidence == (("sig_performer", True),)
    evidence_file(path, "sig_performer").write_bytes(data.replace(b"passport", b"nothing "))
    assert verify(path, roots, now=story.TODAY).evidence == (("sig_performer", False),)
    evidence_file(path, "sig_performer").unlink()
    assert verify(path, roots, now=story.TODAY).evidence == (("sig_performer", None),)


@pytest.mark.parametrize(
    ("state", "arguments", "said"),
    [
        ("sealed", {"field": "sig_company", "signer": ALBRIGHT}, "performer signs first"),
        ("sealed", {"field": "sig_witness", "signer": ADA}, "no place witness"),
        ("sealed", {"field": "sig_performer", "signer": ALBRIGHT, "initials": "TA"}, "T. Albright is not who"),
        ("sealed", {"field": "sig_performer", "signer": ADA}, "No initials were given"),
        ("sealed", {"field": "sig_performer", "signer": ADA, "initials": "declined"}, "cannot stand as initials"),
        ("sealed", {"field": "sig_performer", "signer": ADA, "initials": "AO", "declined": ["9"]}, "no clause 9"),
        ("sealed", {"field": "sig_performer", "signer": ADA, "initials": "李"}, r"李 \(U\+674E"),
        ("performer", {"field": "sig_performer", "signer": ADA, "initials": "AO"}, "is signed already"),
        ("performer", {"field": "sig_company", "signer": ALBRIGHT, "initials": "TA"}, "no clauses to initial"),
        ("sealed", {"field": "sig_performer", "signer": ADA, "initials": "AO", "latest_sha256": "0" * 64}, "latest"),
    ],
)
def test_refused_and_left_as_it_was(
    states: dict[str, Path], keys: Keys, tmp_path: Path, state: str, arguments: dict[str, object], said: str
) -> None:
    path = copy(states, state, tmp_path)
    with pytest.raises(UsageError, match=said):
        sign(path, keys=keys, now=story.SIGNED, **arguments)  # type: ignore[arg-type]
    assert path.read_bytes() == states[state].read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_keys_that_are_not_the_document_s(states: dict[str, Path], other_keys: Keys, tmp_path: Path) -> None:
    path = copy(states, "sealed", tmp_path)
    with pytest.raises(UsageError, match="is not sealed with the keys in"):
        sign(path, field="sig_performer", signer=ADA, keys=other_keys, now=story.SIGNED, initials="AO")


def test_a_wrong_passphrase_and_an_ending_certificate(states: dict[str, Path], keys: Keys, tmp_path: Path) -> None:
    path = copy(states, "sealed", tmp_path)
    with pytest.raises(UsageError, match=r"issuer\.p12 does not open"):
        sign(
            path,
            field="sig_performer",
            signer=ADA,
            keys=replace(keys, passphrase=b"?"),
            now=story.SIGNED,
            initials="AO",
        )
    root = make_authority("Agency root", now=story.ISSUED, years=10)
    file = tmp_path / "old.p12"
    file.write_bytes(save_pkcs12(make_seal("Adaeze Okafor", root, now=story.ISSUED, years=1), b"x"))
    late = dt.datetime(2027, 8, 20, tzinfo=dt.UTC)
    with pytest.raises(UsageError, match="The certificate of Adaeze Okafor ends on 2027-09-08"):
        sign(path, field="sig_performer", signer=OwnKey(file=file, passphrase=b"x"), keys=keys, now=late, initials="AO")
    file.write_bytes(save_pkcs12(make_seal("Adaeze Okafor", root, now=story.TODAY, years=1), b"x"))
    with pytest.raises(UsageError, match="valid only from 2026-11-22"):
        sign(
            path,
            field="sig_performer",
            signer=OwnKey(file=file, passphrase=b"x"),
            keys=keys,
            now=story.SIGNED,
            initials="AO",
        )


def test_a_clock_that_went_backwards(states: dict[str, Path], keys: Keys, tmp_path: Path) -> None:
    path = copy(states, "performer", tmp_path)
    early = story.SIGNED - dt.timedelta(minutes=1)
    with pytest.raises(UsageError, match="the document was last signed after that"):
        sign(path, field="sig_company", signer=ALBRIGHT, keys=keys, now=early)
    assert path.read_bytes() == states["performer"].read_bytes()


def test_closed_is_closed(states: dict[str, Path], keys: Keys, tmp_path: Path) -> None:
    path = copy(states, "complete", tmp_path)
    with pytest.raises(UsageError, match="is closed already"):
        close(path, keys=keys, now=story.COUNTERSIGNED)
    with pytest.raises(UsageError, match="is signed already"):
        sign(path, field="sig_performer", signer=ADA, keys=keys, now=story.COUNTERSIGNED, initials="AO")


def test_a_rendered_rider_is_sealed_in_place_by_the_root_it_prints(
    terms: RiderTerms, keys: Keys, other_keys: Keys, renderer: Renderer, tmp_path: Path
) -> None:
    path = tmp_path / "rider.pdf"
    base = render_rider(terms, renderer)
    path.write_bytes(base)
    with pytest.raises(UsageError, match="prints another root certificate"):
        seal(path, company=story.COMPANY, keys=other_keys, now=story.ISSUED)
    assert path.read_bytes() == base
    assert seal(path, company=story.COMPANY, keys=keys, now=story.ISSUED).headline == "UNCHANGED, 0 OF 2 SIGNED"
    with pytest.raises(UsageError, match="issued once"):
        issue(terms, path, keys=keys, now=story.ISSUED, renderer=renderer)


def test_a_disk_that_fails_leaves_the_file_whole(
    states: dict[str, Path], keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(states, "signed", tmp_path)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="No space"):
        close(path, keys=keys, now=story.COUNTERSIGNED)
    assert path.read_bytes() == states["signed"].read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_keys_are_made_once_and_kept_to_oneself(keys: Keys) -> None:
    with pytest.raises(UsageError, match=r"keys in .* already"):
        init_keys(keys.folder, company=story.COMPANY, passphrase=story.PASSPHRASE, now=story.ISSUED)
    with pytest.raises(UsageError, match="twelve characters"):
        init_keys(keys.folder / "new", company=story.COMPANY, passphrase=b"short", now=story.ISSUED)
    assert keys.folder.stat().st_mode & 0o777 == 0o700
    assert {p.stat().st_mode & 0o777 for p in keys.folder.iterdir()} == {0o600}
    status = key_status(keys.folder, now=story.TODAY)
    assert [(s.name, s.ending) for s in status] == [
        ("root", False),
        ("seal", False),
        ("issuer", False),
        ("time", False),
    ]
    assert keys.root_sha256 == status[0].fingerprint
    assert key_status(keys.folder, now=dt.datetime(2036, 8, 30, tzinfo=dt.UTC))[1].ending
    assert "a passphrase" not in repr(keys)
    assert len(_anchors(())) == 0
