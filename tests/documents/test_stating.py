"""What was signed on paper or with another product: the bytes that came, and our sealed statement of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw

from registry.documents.foreign import judge_foreign
from registry.documents.keys import Roots
from registry.documents.render import Renderer
from registry.documents.scans import read_scan
from registry.documents.statement_proof import statement_in, verify_statement
from registry.domain.consent import Consent
from registry.domain.revision import Step
from registry.domain.world import World
from registry.errors import UsageError
from registry.services.archive import Archive
from registry.services.signing import Keys
from registry.services.stating import Reception, state_foreign, state_wet_ink, take_in_statement
from registry.storage.store import create_store
from tests.documents import story
from tests.documents.pdfcheck import faults
from tests.documents.test_flips import flipped

SIGNERS = {"sig_performer": "Adaeze Okafor", "sig_company": "T. Albright"}
CAME = Reception(
    received_at=story.COUNTERSIGNED, received_from="R. Lindqvist", operator="casting desk", compared_by="M. Bell"
)


def picture(kind: str, **options: Any) -> bytes:
    drawn = Image.new("RGB", (620, 800), "white")
    ImageDraw.Draw(drawn).line([(40, 700), (200, 640), (420, 720)], fill=(10, 10, 90), width=6)
    out = BytesIO()
    drawn.save(out, kind, **options)
    return out.getvalue()


def scanned_pdf() -> bytes:
    out = BytesIO()
    pages = [Image.open(BytesIO(picture("PNG"))) for _ in range(2)]
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()


SCANS: dict[str, Callable[[], bytes]] = {
    "page.jpg": lambda: picture("JPEG", quality=80),
    "page.png": lambda: picture("PNG"),
    "page.tiff": lambda: picture("TIFF"),
    "pages.pdf": scanned_pdf,
}


def stated(
    states: dict[str, Path], folder: Path, keys: Keys, renderer: Renderer, *names: str, **other: Any
) -> tuple[Path, list[bytes]]:
    files = [SCANS[name]() for name in names]
    for name, data in zip(names, files, strict=True):
        (folder / name).write_bytes(data)
    target = folder / "signed.pdf"
    given = {"signed_at": story.SIGNED, "signers": SIGNERS, "declined": ["2.3"], "reception": CAME} | other
    state_wet_ink(
        states["sealed"], [folder / n for n in names], target, keys=keys, now=story.TODAY, renderer=renderer, **given
    )
    return target, files


@pytest.mark.parametrize("name", SCANS)
def test_the_bytes_that_came_are_in_the_file(
    name: str, states: dict[str, Path], keys: Keys, roots: Roots, renderer: Renderer, tmp_path: Path
) -> None:
    target, (data,) = stated(states, tmp_path, keys, renderer, name)
    made = target.read_bytes()
    report = verify_statement(made, roots, now=story.TODAY)
    assert (report.status, report.headline, report.faults) == (0, "STATED AND UNCHANGED", ())
    assert report.statement is not None
    assert [p.sha256 for p in report.statement.pages] == [hashlib.sha256(data).hexdigest()]
    with pikepdf.open(target) as pdf:
        shown = [image.read_raw_bytes() for page in pdf.pages for image in page.get_images().values()]
        attached = [bytes(pdf.attachments[n].get_file().read_bytes()) for n in pdf.attachments]
    assert data in (shown if name == "page.jpg" else attached)
    # An original beside the terms is what the checker of riders does not expect; nothing else is amiss.
    assert faults(made) - {"attached", "af-relationship", "catalog-af", "digest-printed", "digest-in-metadata"} == set()
    assert name != "page.jpg" or faults(made) == set()


def test_no_change_at_all(
    states: dict[str, Path], keys: Keys, roots: Roots, renderer: Renderer, tmp_path: Path
) -> None:
    target, _ = stated(states, tmp_path, keys, renderer, "page.jpg")
    made = target.read_bytes()
    for _ in range(3):
        assert verify_statement(made, roots, now=story.TODAY).status == 0
    chosen = random.Random(3)
    for _ in range(60):
        at = chosen.randrange(len(made))
        assert verify_statement(flipped(made, at, chosen.randrange(8)), roots, now=story.TODAY).status == 4, at
    assert verify_statement(made + b"\n", roots, now=story.TODAY).status == 4
    with pikepdf.open(target) as pdf:
        out = BytesIO()
        pdf.pages[0].Rotate = 90
        pdf.save(out)
    assert verify_statement(out.getvalue(), roots, now=story.TODAY).status == 4
    assert verify_statement(made, Roots((), ()), now=story.TODAY).headline == "UNCHANGED, NOT TRUSTED"


def test_its_consent_is_taken_in(
    states: dict[str, Path], keys: Keys, roots: Roots, renderer: Renderer, tmp_path: Path
) -> None:
    archive = Archive(folder=tmp_path / "documents", store=create_store(f"sqlite:///{tmp_path}/registry.db"), by="x")
    target, _ = stated(states, tmp_path, keys, renderer, "page.jpg", archive=archive)
    consent, _ = take_in_statement(archive.store, target, roots, by="x", now=story.TODAY, archive=archive)
    assert [g.clause for g in consent.grants] == ["2.1", "2.2"]
    assert (consent.signed_at, consent.declined) == (story.SIGNED, ("2.3",))
    head = archive.store.head()
    take_in_statement(archive.store, target, roots, by="x", now=story.TODAY, archive=archive)
    assert archive.store.head() == head
    assert archive.store.values(Consent) == (consent,)
    assert [r.step for r in archive.store.revisions()] == [Step.WET_INK]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"reception": replace(CAME, compared_by=None)}, "Nobody compared the digest on each page"),
        ({"signers": {"sig_performer": "Adaeze Okafor"}}, "Who signed as company is not said"),
        ({"signers": SIGNERS | {"sig_company": "M. Bell"}}, "M. Bell is not who company is for"),
        ({"signers": SIGNERS | {"sig_witness": "M. Bell"}}, "no place witness to sign"),
        ({"declined": ["9"]}, "no clause 9 to decline"),
    ],
)
def test_what_is_not_stated(
    other: dict[str, Any],
    said: str,
    states: dict[str, Path],
    keys: Keys,
    renderer: Renderer,
    tmp_path: Path,
) -> None:
    with pytest.raises(UsageError, match=said):
        stated(states, tmp_path, keys, renderer, "page.jpg", **other)
    assert not (tmp_path / "signed.pdf").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"GIF89a", "is no scan"),
        (b"%PDF-1.7 and nothing", "is no scan"),
        (picture("JPEG")[:200], "is no scan"),
    ],
)
def test_what_is_no_scan(data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_scan(data, "page")


def test_a_file_of_another_product(
    states: dict[str, Path],
    complete: bytes,
    keys: Keys,
    other_keys: Keys,
    roots: Roots,
    renderer: Renderer,
    tmp_path: Path,
) -> None:
    """Kept byte for byte; judged, and whom to trust told apart; its terms are what a person read."""
    file = tmp_path / "theirs.pdf"
    file.write_bytes(complete)
    archive = Archive(folder=tmp_path / "documents", store=create_store(f"sqlite:///{tmp_path}/registry.db"), by="x")
    world = World(performers=(story.OKAFOR,), productions=(story.HARBOR,))
    archive.store.record(world, by="x", now=story.TODAY)
    typed = replace(story.DRAFT, id="c-theirs", signed_at=story.SIGNED)
    given = {"company": story.COMPANY, "signers": SIGNERS, "reception": CAME, "now": story.TODAY, "archive": archive}
    target = tmp_path / "statement.pdf"
    with pytest.raises(UsageError, match="has no signed_at"):
        state_foreign(file, story.DRAFT, world, target, keys=other_keys, renderer=renderer, **given)
    report, judged = state_foreign(file, typed, world, target, keys=other_keys, renderer=renderer, **given)
    assert judged.sound
    assert any("asserted by" in said and "not known here" in said for said in judged.findings)
    assert any("was added to after it" in said for said in judged.findings)
    assert (report.unchanged, report.statement.subject_sha256 if report.statement else "") == (
        True,
        hashlib.sha256(complete).hexdigest(),
    )
    assert archive.kept(hashlib.sha256(complete).hexdigest()) == complete
    assert faults(target.read_bytes()) == set()
    theirs = Roots((), ())
    with pytest.raises(UsageError, match="not trusted here"):
        take_in_statement(archive.store, target, theirs, by="x", now=story.TODAY)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\0" * 999, b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj"])
def test_what_cannot_be_judged_says_so(data: bytes, roots: Roots, tmp_path: Path) -> None:
    judged = judge_foreign(data, roots, now=story.TODAY)
    assert not judged.sound
    assert judged.findings
    assert not statement_in(data)
    assert verify_statement(data, roots, now=story.TODAY).status == 4


def test_a_changed_file_of_another_product(complete: bytes, roots: Roots) -> None:
    sound = judge_foreign(complete, roots, now=story.TODAY)
    assert sound.sound
    assert any("covers the file to the last byte" in said for said in sound.findings)
    changed = judge_foreign(flipped(complete, 5_000, 2), roots, now=story.TODAY)
    assert not changed.sound
    later = judge_foreign(complete + b"% more\n", roots, now=story.TODAY + dt.timedelta(days=1))
    assert all("covers the file to the last byte" not in said for said in later.findings)
