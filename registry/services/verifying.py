"""Verifying a document offline, and taking a signed one in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from registry.documents.apart import document_apart, judged_apart
from registry.documents.evidence import evidence_sha256
from registry.documents.ingest import Ingested, ingested
from registry.documents.keys import Roots, own_roots, roots_from
from registry.documents.pens import certificates_in
from registry.documents.report import Report
from registry.documents.statement_proof import StatementReport
from registry.domain.values import dataclass
from registry.services.holding import evidence_file, unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A report, and for each one-time signature whether its evidence record matches (None: not beside the file)."""

    report: Report
    evidence: tuple[tuple[str, bool | None], ...]


def trusted_roots(files: tuple[Path, ...] = (), keys: Path | None = None, *, time: tuple[Path, ...] = ()) -> Roots:
    """The roots in `files`, those of `time`, and the registry's own where its keys are at hand. None at all means
    nobody is trusted."""
    found = roots_from(files)
    named = Roots(found.signers, (*found.time, *(c for file in time for c in certificates_in(file))))
    if keys is None or not (keys / "root.pem").is_file():
        return named
    own = own_roots(keys)
    return Roots((*named.signers, *own.signers), (*named.time, *own.time), own.lists)


def judge(path: Path, roots: Roots, *, now: dt.datetime) -> Verified | StatementReport:
    """What a file proves by itself, read in a process of its own: a document of ours, or a statement of something
    signed elsewhere. The `status` of its report is the exit status: 0, 3 or 4."""
    found = judged_apart(read(path), roots, now=now)
    return found if isinstance(found, StatementReport) else _beside(path, found)


def verify(path: Path, roots: Roots, *, now: dt.datetime) -> Verified:
    """What a document of ours proves by itself."""
    return _beside(path, document_apart(read(path), roots, now=now))


def _beside(path: Path, report: Report) -> Verified:
    held = tuple(
        (s.field, _matches(evidence_file(path, s.field), s.evidence_sha256))
        for s in report.signatures
        if s.evidence_sha256 is not None
    )
    return Verified(report=report, evidence=held)


def verify_stated(path: Path, roots: Roots, *, now: dt.datetime) -> StatementReport | None:
    """What a statement of something signed elsewhere proves; None for a file that is none."""
    found = judged_apart(read(path), roots, now=now)
    return found if isinstance(found, StatementReport) else None


def ingest(path: Path, roots: Roots, *, now: dt.datetime) -> Ingested:
    """The consent of a signed document. Raises IntegrityError or UsageError, and says why, where it is not taken in."""
    return ingested(document_apart(read(path), roots, now=now), file_name=path.name)


def _matches(file: Path, expected: str | None) -> bool | None:
    return evidence_sha256(file.read_bytes()) == expected if file.is_file() else None


def read(path: Path) -> bytes:
    """The bytes of a document. Raises UsageError for a file that cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unread(path, error) from None
