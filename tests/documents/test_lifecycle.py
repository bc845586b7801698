"""A document with a registry at hand: every revision on record, whatever moment the machine chooses to stop."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registry.documents.keys import Roots
from registry.documents.terms import RiderTerms
from registry.documents.verify import verify_pdf
from registry.domain.consent import Consent
from registry.domain.revision import Step
from registry.domain.world import World
from registry.errors import IntegrityError, UsageError
from registry.services import placing
from registry.services.archive import Archive
from registry.services.documents import damages, list_documents, show_document
from registry.services.signing import Hand, Keys, close, evidence_file, issue, seal, sign
from registry.services.taking_in import take_in
from registry.storage.store import Store, create_store, open_store
from tests.documents import story

ADA = Hand(name="Adaeze Okafor", words_agreed=story.WORDS)
ALBRIGHT = Hand(name="T. Albright", words_agreed=story.WORDS)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    store = create_store(f"sqlite:///{tmp_path}/registry.db")
    return Archive(folder=tmp_path / "documents", store=store, by="T. Albright")


@pytest.fixture
def rider(states: dict[str, Path], tmp_path: Path) -> Path:
    path = tmp_path / "rider.pdf"
    path.write_bytes(states["sealed"].read_bytes())
    return path


def unsealed(states: dict[str, Path]) -> bytes:
    sealed = states["sealed"].read_bytes()
    return sealed[: sealed.index(b"%%EOF") + len(b"%%EOF\n")]


STEPS: dict[str, tuple[str, Callable[[Path, Keys, Archive], Any]]] = {
    "seal": ("", lambda p, k, a: seal(p, company=story.COMPANY, keys=k, now=story.ISSUED, archive=a)),
    "sign": (
        "sealed",
        lambda p, k, a: sign(p, field="sig_performer", signer=ADA, keys=k, now=story.SIGNED, initials="AO", archive=a),
    ),
    "close": ("signed", lambda p, k, a: close(p, keys=k, now=story.COUNTERSIGNED, archive=a)),
}


def test_every_revision_is_on_record(
    terms: RiderTerms, keys: Keys, renderer: Any, roots: Roots, archive: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "rider.pdf"
    files = []
    issue(terms, path, keys=keys, now=story.ISSUED, renderer=renderer, archive=archive)
    files.append(path.read_bytes())
    sign(path, field="sig_performer", signer=ADA, keys=keys, now=story.SIGNED, initials="AO", archive=archive)
    files.append(path.read_bytes())
    sign(path, field="sig_company", signer=ALBRIGHT, keys=keys, now=story.COUNTERSIGNED, archive=archive)
    files.append(path.read_bytes())
    close(path, keys=keys, now=story.COUNTERSIGNED, archive=archive)
    files.append(path.read_bytes())
    (document,) = list_documents(archive)
    digests = [hashlib.sha256(data).hexdigest() for data in files]
    assert [(r.id, r.prefix, r.size) for r in document.revisions] == [
        (digests[0], None, len(files[0])),
        (digests[1], digests[0], len(files[1])),
        (digests[2], digests[1], len(files[2])),
        (digests[3], digests[2], len(files[3])),
    ]
    assert [(r.step, r.signer, r.signed) for r in document.revisions] == [
        (Step.ISSUED, None, 0),
        (Step.SIGNED, "Adaeze Okafor", 1),
        (Step.SIGNED, "T. Albright", 2),
        (Step.CLOSED, None, 2),
    ]
    assert [archive.data(r) for r in document.revisions] == files
    assert document.revisions[1].evidence is not None
    assert archive.kept(document.revisions[1].evidence, "json") == evidence_file(path, "sig_performer").read_bytes()
    assert archive.folder.stat().st_mode & 0o777 == 0o700
    assert {p.stat().st_mode & 0o777 for p in archive.folder.iterdir()} == {0o600}
    assert archive.store.damages() == ()
    assert (damages(archive), show_document(archive, story.DRAFT.id, roots, now=story.TODAY).status) == ((), 0)


def test_only_the_latest_revision_is_signed(states: dict[str, Path], rider: Path, keys: Keys, archive: Archive) -> None:
    STEPS["sign"][1](rider, keys, archive)
    signed = rider.read_bytes()
    rider.write_bytes(states["sealed"].read_bytes())
    # The same step of the same file is on record: it is brought back, not made a second time.
    STEPS["sign"][1](rider, keys, archive)
    assert rider.read_bytes() == signed
    sign(rider, field="sig_company", signer=ALBRIGHT, keys=keys, now=story.COUNTERSIGNED, archive=archive)
    rider.write_bytes(signed)
    with pytest.raises(UsageError, match=r"rider\.pdf is not the latest revision on record: company signed since"):
        close(rider, keys=keys, now=story.COUNTERSIGNED, archive=archive)
    assert rider.read_bytes() == signed


def test_what_was_signed_without_the_registry_is_recorded_by_the_next_step(
    rider: Path, keys: Keys, archive: Archive
) -> None:
    sign(rider, field="sig_performer", signer=ADA, keys=keys, now=story.SIGNED, initials="AO")
    sign(rider, field="sig_company", signer=ALBRIGHT, keys=keys, now=story.COUNTERSIGNED, archive=archive)
    assert [(r.step, r.place) for r in list_documents(archive)[0].revisions] == [
        (Step.SIGNED, "sig_performer"),
        (Step.SIGNED, "sig_company"),
    ]


def test_a_file_that_is_lost_or_changed_is_told(rider: Path, keys: Keys, roots: Roots, archive: Archive) -> None:
    STEPS["sign"][1](rider, keys, archive)
    latest = list_documents(archive)[0].latest
    archive.file(latest.id).write_bytes(b"something else")
    assert damages(archive) == (f"{archive.file(latest.id)} holds other bytes than its name says.",)
    archive.file(latest.id).unlink()
    assert damages(archive) == (f"{archive.file(latest.id)} is on record and not there.",)
    shown = show_document(archive, latest.consent, roots, now=story.TODAY)
    assert (shown.damages, shown.status) == (damages(archive), 4)
    with pytest.raises(IntegrityError, match="not there"):
        archive.data(latest)


def test_a_clock_behind_the_ledger(rider: Path, keys: Keys, archive: Archive) -> None:
    archive.store.record(World(performers=(story.OKAFOR,)), by="x", now=story.SIGNED + dt.timedelta(days=1))
    before = rider.read_bytes()
    with pytest.raises(UsageError, match="the ledger was written to after that"):
        STEPS["sign"][1](rider, keys, archive)
    assert rider.read_bytes() == before


def stopping_at(moment: int) -> None:
    """Ends this process, as a power cut would, at the n-th moment before anything that writes."""
    passed = 0

    def around(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            count()
            return real(*given, **named)

        return call

    def count() -> None:
        nonlocal passed
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("open", "fsync", "replace"):
        setattr(placing.os, name, around(getattr(os, name)))
    Store.record = around(Store.record)  # type: ignore[method-assign]


@pytest.mark.parametrize("step", ["sign", "close"])
def test_stopped_at_any_moment(
    step: str, states: dict[str, Path], keys: Keys, roots: Roots, archive: Archive, tmp_path: Path
) -> None:
    """No half file under a final name, no row without its file; and typed again the step is done, once."""
    state, take = STEPS[step]
    base = states[state].read_bytes() if state else unsealed(states)
    ended, moment = False, 0
    while not ended:
        moment += 1 if step == "sign" else 3  # around the same few writes
        here = tmp_path / f"at-{moment}"
        here.mkdir()
        path = here / "rider.pdf"
        path.write_bytes(base)
        shutil.copy(tmp_path / "registry.db", here)
        kept = Archive(folder=here / "documents", store=open_store(f"sqlite:///{here}/registry.db"), by="T. Albright")
        child = os.fork()
        if child == 0:
            try:
                stopping_at(moment)
                take(path, keys, kept)
                os._exit(0)
            finally:
                os._exit(1)
        status = os.waitpid(child, 0)[1]
        ended = os.WIFEXITED(status)
        assert ended is (status == 0), status
        data = path.read_bytes()
        assert data == base or verify_pdf(data, roots, now=story.TODAY).unchanged
        assert damages(kept) == ()
        for file in kept.folder.iterdir() if kept.folder.is_dir() else ():
            if re.fullmatch(r"[0-9a-f]{64}\.(pdf|json)", file.name):
                assert hashlib.sha256(file.read_bytes()).hexdigest() == file.stem
        if data == base:
            take(path, keys, kept)
        (document,) = list_documents(kept)
        assert document.latest.id == hashlib.sha256(path.read_bytes()).hexdigest()
        assert len({r.place for r in document.revisions if r.place}) == 1
        assert damages(kept) == ()
        assert kept.store.damages() == ()
    assert moment > 8


def test_into_an_empty_registry(states: dict[str, Path], roots: Roots, archive: Archive) -> None:
    """The consent, the people and the works come out of the file alone; taken in again nothing changes."""
    first = take_in(archive.store, states["complete"], roots, by="x", now=story.TODAY, archive=archive)
    assert first.consent is not None
    (consent,) = archive.store.values(Consent)
    assert consent == first.consent
    assert consent.document is not None
    assert consent.document.sha256 == hashlib.sha256(states["complete"].read_bytes()).hexdigest()
    head = archive.store.head()
    take_in(archive.store, states["complete"], roots, by="x", now=story.TODAY, archive=archive)
    assert archive.store.head() == head
    assert archive.store.damages() == ()


def test_half_signed_it_is_on_record_and_grants_nothing(
    states: dict[str, Path], roots: Roots, archive: Archive, tmp_path: Path
) -> None:
    """The same terms on file as a draft meanwhile: the signed document completes them under the same id."""
    cut = tmp_path / "cut.pdf"
    complete = states["complete"].read_bytes()
    cut.write_bytes(complete[: len(states["performer"].read_bytes())])
    taken = take_in(archive.store, cut, roots, by="x", now=story.TODAY, archive=archive)
    assert (taken.consent, taken.signed, taken.required) == (None, 1, 2)
    assert archive.store.values(Consent) == ()
    world = World(performers=(story.OKAFOR,), productions=(story.HARBOR,), consents=(story.DRAFT,))
    archive.store.record(world, by="x", now=story.TODAY)
    take_in(archive.store, states["complete"], roots, by="x", now=story.TODAY, archive=archive)
    (consent,) = archive.store.values(Consent)
    assert (consent.id, consent.signed_at, consent.declined) == (story.DRAFT.id, story.SIGNED, ("2.3",))
    assert [r.step for r in list_documents(archive)[0].revisions] == [Step.SIGNED, Step.CLOSED]
    again = take_in(archive.store, cut, roots, by="x", now=story.TODAY, archive=archive)
    assert (again.consent, len(list_documents(archive)[0].revisions)) == (None, 2)
