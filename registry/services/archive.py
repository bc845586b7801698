"""The documents of a registry: every revision a file under its own digest, with a row that says what it is.

The file comes first, whole under its final name or not there at all; then its row; then the file people work with. A
row never lacks its file. A file without a row is left over from a step that did not end, and harms nobody.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from registry.documents.report import Report
from registry.documents.terms import stamp_field
from registry.domain.revision import Revision, Step
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.errors import IntegrityError, UsageError
from registry.services.placing import put
from registry.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The folder of a registry's documents, its store, and who records."""

    folder: Path
    store: Store
    by: str

    def latest(self, document: str) -> Revision | None:
        """The last revision of a document; None where none is on record."""
        found = self.store.revisions(document=document)
        return found[-1] if found else None

    def file(self, sha256: str, suffix: str = "pdf") -> Path:
        """Where the bytes of this digest are kept."""
        return self.folder / f"{sha256}.{suffix}"

    def data(self, revision: Revision) -> bytes:
        """The bytes of a revision. Raises IntegrityError where they are gone, or are other ones."""
        return self.kept(revision.id)

    def kept(self, sha256: str, suffix: str = "pdf") -> bytes:
        """The bytes of a digest, as `data` gives them."""
        file = self.file(sha256, suffix)
        if not file.is_file():
            raise IntegrityError(f"{file} is on record and not there.")
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise IntegrityError(f"{file} holds other bytes than its name says.")
        return data

    def keep(self, data: bytes, suffix: str = "pdf") -> str:
        """Put bytes in the folder, for the owner's eyes alone. Returns their digest."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self.file(sha256, suffix)
        if not file.is_file() or file.read_bytes() != data:
            put(file, data, private=True)
        return sha256

    def enter(
        self, made: bytes, report: Report, step: Step, *, now: dt.datetime, base: bytes | None = None,
        place: str | None = None, evidence: bytes | None = None,
    ) -> Revision:  # fmt: skip
        """Keep a revision and what proves it, and record it."""
        proof = self.keep(evidence, "json") if evidence is not None else None
        self.keep(made)
        revision = revision_of(made, report, step, base=base, place=place, evidence=proof)
        self.record(revision, now=now)
        return revision

    def record(self, revision: Revision, *, now: dt.datetime) -> None:
        """Raises UsageError for a clock that stands before the last entry of the ledger."""
        last = self.store.last_recorded_at()
        if last is not None and now < last:
            said = f"The clock of this machine says {now:%Y-%m-%d %H:%M %Z}, and the ledger was written to after that."
            raise UsageError(said, "Set the clock right before going on.")
        self.store.record(World(revisions=(revision,)), by=self.by, now=now)


def last_step(report: Report) -> tuple[Step, str | None]:
    """The step that made a file, as the file itself shows it, and the place it was made in."""
    if report.stamped:
        return Step.STAMPED, stamp_field(len(report.stamped))
    if report.closed:
        return Step.CLOSED, None
    return (Step.SIGNED, report.signatures[-1].field) if report.signatures else (Step.ISSUED, None)


def revision_of(
    made: bytes,
    report: Report,
    step: Step,
    *,
    base: bytes | None = None,
    place: str | None = None,
    evidence: str | None = None,
) -> Revision:
    """What is recorded of a revision whose judgement is `report`."""
    assert report.terms is not None
    assert report.digest is not None
    signer = next((s.name for s in report.signatures if s.field == place), None)
    return Revision(
        id=hashlib.sha256(made).hexdigest(),
        document=report.digest,
        consent=report.terms.record,
        step=step,
        size=len(made),
        prefix=hashlib.sha256(base).hexdigest() if base is not None else None,
        place=place,
        signer=signer,
        evidence=evidence,
        signed=report.required - len(report.missing),
        required=report.required,
    )
