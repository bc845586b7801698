"""Issuing many documents: each is issued once, however often the run is begun again."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

from registry.documents.fault import Broken
from registry.documents.keys import own_roots
from registry.documents.render import Renderer
from registry.documents.sealed import content_of
from registry.documents.terms import RiderTerms
from registry.documents.verify import verify_pdf
from registry.domain.revision import Revision, Step
from registry.domain.values import dataclass
from registry.errors import IntegrityError, UsageError
from registry.services import signing
from registry.services.archive import Archive
from registry.services.placing import put

PAGES_A_CHILD = 40  # documents after which the child that prints begins anew: it never gives memory back
MANIFEST = "manifest.csv"


class Outcome(StrEnum):
    """What became of one draft."""

    ISSUED = "issued"
    BEFORE = "issued before"
    NOTHING = "nothing to ask"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One line of the manifest. `sha256` is that of the file as it stands; a draft that was refused has none."""

    file: str
    consent: str
    sha256: str = ""
    outcome: Outcome
    why: str = ""
    status: int = 0


class Press:
    """What issues one document after another: one child that prints, replaced before it grows."""

    def __init__(self, *, keys: signing.Keys, archive: Archive | None, now: dt.datetime) -> None:
        self._keys = keys
        self._archive = archive
        self._now = now
        self._renderer = Renderer()
        self._printed = 0
        self._on_record = _issued_before(archive)

    def close(self) -> None:
        self._renderer.close()

    def standing(self, terms: RiderTerms, target: Path) -> Issued | None:
        """The document of this draft where it was issued before: in its place, or in the archive, where a run ended
        between the two. Raises UsageError where something else stands in its place."""
        if target.is_file():
            data = target.read_bytes()
            if signing.is_sealed(data):
                return self._same(data, terms, target)
        revision = self._on_record.get(terms.record)
        if revision is None or self._archive is None:
            return None
        data = self._archive.data(revision)
        found = self._same(data, terms, target)
        put(target, data)
        return found

    def issue(self, terms: RiderTerms, target: Path, record: bytes | None) -> Issued:
        """Renders, seals and records a document. A draft of an earlier run that nobody sealed is written over."""
        if self._printed == PAGES_A_CHILD:
            self._renderer.close()
            self._printed = 0
        self._printed += 1
        if target.is_file():
            target.unlink()
        signing.issue(
            terms, target, keys=self._keys, now=self._now, renderer=self._renderer, archive=self._archive, record=record
        )
        return _row(target, target.read_bytes(), terms, Outcome.ISSUED)

    def _same(self, data: bytes, terms: RiderTerms, target: Path) -> Issued:
        report = verify_pdf(data, own_roots(self._keys.folder), now=self._now)
        if not report.unchanged:
            raise IntegrityError(f"{target.name} is there and was changed: {next(iter(report.faults), 'no document')}")
        if _put_to_sign(data) != (terms.kind, terms.consent):
            problem = f"{target.name} is issued already, with other terms than the draft has now."
            raise UsageError(problem, f"registry consent compare {target} DRAFT    says which; give it another id")
        return _row(target, data, terms, Outcome.BEFORE)


def _put_to_sign(data: bytes) -> tuple[object, object]:
    try:
        found = content_of(data).terms
    except Broken:
        return (None, None)
    return (found.kind, found.consent)


def _row(target: Path, data: bytes, terms: RiderTerms, outcome: Outcome) -> Issued:
    sha256 = hashlib.sha256(data).hexdigest()
    return Issued(file=target.name, consent=terms.consent.id, sha256=sha256, outcome=outcome)


def _issued_before(archive: Archive | None) -> Mapping[str, Revision]:
    """The last revision of each consent that was put on paper here."""
    if archive is None:
        return {}
    made = (Step.ISSUED, Step.SIGNED, Step.CLOSED, Step.STAMPED)
    return {r.consent: r for r in archive.store.revisions() if r.step in made}


def write_manifest(folder: Path, rows: Iterable[Issued]) -> Path:
    """What a run came to, a line a draft; whole at any moment."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["file", "consent", "sha256", "state", "why"])
    writer.writerows([r.file, r.consent, r.sha256, r.outcome.value, r.why] for r in rows)
    path = folder / MANIFEST
    put(path, text.getvalue().encode())
    return path
