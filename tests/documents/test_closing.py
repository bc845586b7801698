"""Closing: by the local clock or an authority of time, with lists of revoked certificates inside; keys that change."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_timestamp

from registry.cli.papers import authority
from registry.documents.credentials import make_authority
from registry.documents.keys import KeyName, Roots, certificate, own_roots
from registry.documents.revocation import Because, make_list
from registry.documents.verify import context, verify_pdf
from registry.errors import UsageError
from registry.services import keeping_keys
from registry.services.signing import Hand, Keys, close, seal, sign
from registry.services.verifying import trusted_roots
from tests.documents import authority as time_service
from tests.documents import story
from tests.documents.pdfcheck import faults
from tests.documents.test_flips import flipped, last_container

ADA = Hand(name="Adaeze Okafor", words_agreed=story.WORDS)
ALBRIGHT = Hand(name="T. Albright", words_agreed=story.WORDS)


@pytest.fixture
def signed(states: dict[str, Path], tmp_path: Path) -> Path:
    path = tmp_path / "rider.pdf"
    path.write_bytes(states["signed"].read_bytes())
    return path


@pytest.fixture
def own(keys: Keys, tmp_path: Path) -> Keys:
    """The story's keys in a folder of the test's own, to be changed."""
    shutil.copytree(keys.folder, tmp_path / "keys")
    return Keys(folder=tmp_path / "keys", passphrase=keys.passphrase)


@pytest.fixture(scope="module", params=["sha256", "sha512"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return time_service.make(tmp_path_factory.mktemp("tsa"), request.param)


def test_an_authority_of_time(signed: Path, keys: Keys, service: Path) -> None:
    """Its stamp is trusted where its root is, for time and for nobody's signature."""
    before = signed.read_bytes()
    with time_service.listening(service) as there:
        close(signed, keys=keys, now=story.COUNTERSIGNED, clock=authority(there.url))
    data = signed.read_bytes()
    assert data.startswith(before)
    assert faults(data) == set()
    unknown = verify_pdf(data, own_roots(keys.folder), now=story.TODAY)
    assert (unknown.unchanged, unknown.complete, unknown.headline) == (True, True, "UNCHANGED, NOT TRUSTED")
    trusting = trusted_roots((), keys.folder, time=(there.root,))
    report = verify_pdf(data, trusting, now=story.TODAY)
    assert (report.status, report.closed.authority if report.closed else None) == (0, "Neutral time")
    stamp = PdfFileReader(BytesIO(data)).embedded_timestamp_signatures[0]
    assert validate_pdf_timestamp(stamp, context(trusting.time, story.TODAY)).valid
    start, end = last_container(data)
    chosen = random.Random(5)
    for _ in range(60):
        at = start + chosen.randrange(len(data[start:end].rstrip(b"0")))
        nibble = int(chr(data[at]), 16) ^ (1 << chosen.randrange(4))
        assert verify_pdf(data[:at] + b"%X" % nibble + data[at + 1 :], trusting, now=story.TODAY).status == 4, at


@pytest.mark.parametrize(
    ("answer", "said"),
    [(b"no stamp", "answered with no time stamp"), (b"", "answered with no time stamp"), (None, "cannot be reached")],
)
def test_without_a_stamp_nothing_is_closed(
    answer: bytes | None, said: str, signed: Path, keys: Keys, tmp_path: Path
) -> None:
    before = signed.read_bytes()
    with time_service.listening(tmp_path, answer or b"") as there:
        url = there.url
        if answer is not None:
            with pytest.raises(UsageError, match=said):
                close(signed, keys=keys, now=story.COUNTERSIGNED, clock=authority(url))
    if answer is None:  # nobody listens any more
        with pytest.raises(UsageError, match=said):
            close(signed, keys=keys, now=story.COUNTERSIGNED, clock=authority(url))
    assert signed.read_bytes() == before


def test_the_lists_are_inside_and_under_the_stamp(complete: bytes, roots: Roots) -> None:
    report = verify_pdf(complete, roots, now=story.TODAY)
    assert report.lists_of == story.ISSUED - dt.timedelta(minutes=5)
    reader = PdfFileReader(BytesIO(complete))
    assert len(reader.root["/DSS"]["/CRLs"]) == 2
    assert "/VRI" not in reader.root["/DSS"]
    assert faults(complete) == set()
    at = complete.rfind(b"/DSS")
    assert verify_pdf(flipped(complete, at + 1, 0), roots, now=story.TODAY).status == 4


def test_lists_that_have_ended(signed: Path, own: Keys) -> None:
    before = signed.read_bytes()
    late = story.COUNTERSIGNED + dt.timedelta(days=200)
    with pytest.raises(UsageError, match=r"The list of revoked certificates of .* ended on 2027-03-07"):
        close(signed, keys=own, now=late)
    assert signed.read_bytes() == before
    keeping_keys.issue_lists(own.folder, passphrase=own.passphrase, now=late)
    assert close(signed, keys=own, now=late).status == 0


def test_a_signature_whose_certificate_is_revoked(signed: Path, own: Keys) -> None:
    """Superseded, what it signed before still counts; compromised, only what a time stamp proves to be older."""
    performer = verify_pdf(signed.read_bytes(), own_roots(own.folder), now=story.TODAY).signatures[0]
    later = story.COUNTERSIGNED + dt.timedelta(days=3)
    keeping_keys.revoke(own.folder, performer.serial, because=Because.SUPERSEDED, passphrase=own.passphrase, now=later)
    assert verify_pdf(signed.read_bytes(), own_roots(own.folder), now=story.TODAY).trusted
    with pytest.raises(UsageError, match="was revoked on 2026-09-13 already"):
        keeping_keys.revoke(
            own.folder, performer.serial, because=Because.COMPROMISE, passphrase=own.passphrase, now=later
        )


def test_a_compromised_seal(states: dict[str, Path], signed: Path, own: Keys, tmp_path: Path) -> None:
    later = story.COUNTERSIGNED + dt.timedelta(days=3)
    keeping_keys.revoke(own.folder, "seal", because=Because.COMPROMISE, passphrase=own.passphrase, now=later)
    roots = own_roots(own.folder)
    open_one = verify_pdf(signed.read_bytes(), roots, now=story.TODAY)
    assert open_one.seal is not None
    assert (open_one.seal.trusted, open_one.seal.revoked_at) == (False, later)
    assert verify_pdf(states["complete"].read_bytes(), roots, now=story.TODAY).status == 0  # closed before
    draft = tmp_path / "draft.pdf"
    sealed = states["sealed"].read_bytes()
    draft.write_bytes(sealed[: sealed.index(b"%%EOF") + len(b"%%EOF\n")])
    with pytest.raises(UsageError, match="was revoked on 2026-09-13"):
        seal(draft, company=story.COMPANY, keys=own, now=later)


def test_new_keys_for_old(states: dict[str, Path], signed: Path, own: Keys) -> None:
    """With a new root the documents of the old one stay trusted here, and can still be closed."""
    later = story.COUNTERSIGNED + dt.timedelta(days=3)
    old = certificate(own.folder, KeyName.ROOT)
    made = keeping_keys.rotate(own.folder, names={KeyName.ROOT, KeyName.TIME}, passphrase=own.passphrase, now=later)
    assert own.root_sha256 == made[0].fingerprint
    roots = own_roots(own.folder)
    assert old in roots.signers
    assert (len(roots.signers), len(roots.time), len(roots.lists)) == (2, 2, 4)
    assert verify_pdf(states["complete"].read_bytes(), roots, now=story.TODAY).status == 0
    assert close(signed, keys=own, now=later).status == 0
    assert {p.stat().st_mode & 0o777 for p in own.folder.rglob("*") if p.is_file()} == {0o600}


def test_a_new_issuer_signs_beside_the_old(states: dict[str, Path], own: Keys, tmp_path: Path) -> None:
    path = tmp_path / "half.pdf"
    path.write_bytes(states["performer"].read_bytes())
    keeping_keys.rotate(own.folder, names={KeyName.ISSUER}, passphrase=own.passphrase, now=story.SIGNED)
    sign(path, field="sig_company", signer=ALBRIGHT, keys=own, now=story.COUNTERSIGNED)
    assert close(path, keys=own, now=story.COUNTERSIGNED).status == 0


def test_a_list_of_somebody_else_s_revokes_nothing(signed: Path, roots: Roots) -> None:
    """The same name, another key."""
    performer = verify_pdf(signed.read_bytes(), roots, now=story.TODAY).signatures[0]
    from registry.documents.revocation import Revoked

    other = make_authority(f"{story.COMPANY} · one-time certificates", now=story.ISSUED, years=5)
    one = Revoked(serial=int(performer.serial, 16), at=story.ISSUED, because=Because.COMPROMISE)
    forged = make_list(other, (one,), now=story.ISSUED)
    assert verify_pdf(signed.read_bytes(), replace(roots, lists=(forged,)), now=story.TODAY).trusted
