"""Looking documents up: every revision on record, who signed and who has still to sign, and that no file is lost."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from registry.documents.keys import Roots
from registry.documents.statement_proof import verify_statement
from registry.documents.verify import verify_pdf
from registry.domain.revision import Revision, Step
from registry.domain.values import dataclass
from registry.errors import IntegrityError, UsageError
from registry.services.archive import Archive
from registry.services.lint.record import read_issue_record
from registry.source.spelling import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """One document: its revisions, oldest first."""

    revisions: tuple[Revision, ...]

    @property
    def latest(self) -> Revision:
        return self.revisions[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One document with what its last revision proves (`status` as of `registry verify`), who is missing, what is wrong
    with its files, and what somebody issued it despite."""

    document: OnRecord
    status: int
    missing: tuple[str, ...]
    file: Path
    damages: tuple[str, ...]
    despite: tuple[str, ...] = ()


def list_documents(archive: Archive) -> tuple[OnRecord, ...]:
    """Every document on record, by consent."""
    found = sorted(archive.store.revisions(), key=attrgetter("document"))  # stable: revisions stay in their order
    documents = [OnRecord(revisions=tuple(group)) for _, group in groupby(found, key=attrgetter("document"))]
    return tuple(sorted(documents, key=lambda d: (d.latest.consent, d.latest.document)))


def show_document(archive: Archive, name: str, roots: Roots, *, now: dt.datetime) -> Shown:
    """The document of a consent, or the one whose digest begins with `name`. Raises UsageError where there is none, or
    more than one."""
    known = list_documents(archive)
    found = [d for d in known if d.latest.consent == name or (len(name) >= 8 and d.latest.document.startswith(name))]
    if not found:
        meant = nearest(name, {d.latest.consent for d in known})
        hint = f"; did you mean {meant}?" if meant else "."
        remedy = f"registry document {f'show {meant}' if meant else 'list'}"
        raise UsageError(f"There is no document {name} on record{hint}", remedy)
    if len(found) > 1:
        digests = ", ".join(d.latest.document[:12] for d in found)
        raise UsageError(f"Consent {name} was put on paper {len(found)} times: {digests}.", "Name one by its digest.")
    document = found[0]
    damages = tuple(said for revision in document.revisions if (said := _damage(archive, revision)))
    status, missing = (4, ()) if damages else _proved(archive.data(document.latest), document.latest, roots, now)
    return Shown(
        document=document,
        status=status,
        missing=missing,
        file=archive.file(document.latest.id),
        damages=damages,
        despite=() if damages else _despite(archive, document),
    )


def _despite(archive: Archive, document: OnRecord) -> tuple[str, ...]:
    """What somebody answered for when it was issued."""
    issued = (r for r in document.revisions if r.step is Step.ISSUED and r.evidence is not None)
    return tuple(said for r in issued for said in read_issue_record(archive.kept(r.evidence or "", "json")))


def _proved(data: bytes, latest: Revision, roots: Roots, now: dt.datetime) -> tuple[int, tuple[str, ...]]:
    if latest.step is Step.KEPT:  # nothing of it is ours to judge; its statement says what was found
        return 0, ()
    if latest.step in (Step.WET_INK, Step.STATED):
        return verify_statement(data, roots, now=now).status, ()
    report = verify_pdf(data, roots, now=now)
    return report.status, report.missing


def damages(archive: Archive) -> tuple[str, ...]:
    """Files of revisions or evidence that are gone or hold other bytes."""
    return tuple(said for revision in archive.store.revisions() if (said := _damage(archive, revision)))


def _damage(archive: Archive, revision: Revision) -> str | None:
    try:
        archive.data(revision)
        if revision.evidence is not None:
            archive.kept(revision.evidence, "json")
    except IntegrityError as error:
        return str(error)
    return None
