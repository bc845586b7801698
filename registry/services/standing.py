"""Whether the consent of a document is still in force, as far as one registry knows. The document cannot tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from registry.documents.report import Report
from registry.domain.consent import Consent
from registry.domain.record import Record
from registry.domain.revision import Revision
from registry.domain.values import dataclass
from registry.domain.words import RecordKind

if TYPE_CHECKING:
    from registry.storage.store import Store


class State(StrEnum):
    """What a registry knows of one clause on one day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseStanding:
    """One clause: what became of it, from which day, and the record that says so."""

    clause: str
    state: State
    since: dt.date | None = None
    record: str | None = None
    replaced_by: str | None = None


class Line(StrEnum):
    """Which revision of the documents on record a file is."""

    LATEST = "latest"
    EARLIER = "earlier"
    UNRECORDED = "unrecorded"  # of a document on record, and not one of the revisions that are
    ANOTHER = "another"  # of no document on record


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a registry knows of a document's consent. `on_file` is False where it knows nothing of it, and `whose` where
    what is on file came from this very file. `line` says which revision the file is, `latest` which is the last."""

    consent: str
    on_file: bool
    whose: bool = False
    line: Line = Line.ANOTHER
    latest: Revision | None = None
    clauses: tuple[ClauseStanding, ...] = ()

    @property
    def same(self) -> bool:
        """Whether what is on file came from this file, or from the document whose latest revision it is."""
        return self.whose or self.line is Line.LATEST

    @property
    def in_force(self) -> bool:
        """Whether every clause that was agreed to still is."""
        kept = [c for c in self.clauses if c.state is not State.DECLINED]
        return self.on_file and self.same and all(c.state is State.IN_FORCE for c in kept)


def standing(store: Store, report: Report, data: bytes, *, on: dt.date, folder: Path) -> Standing | None:
    """None for a file whose terms cannot be read. `data` are its bytes, `folder` is where the revisions are kept."""
    if report.terms is None:
        return None
    name = report.terms.consent.id
    revisions = store.revisions(document=report.digest) if report.digest else ()
    latest = revisions[-1] if revisions else None
    line = _line(report, data, revisions, folder)
    found = store.values(Consent, {name})
    if not found or found[-1].signed_at is None:
        return Standing(consent=name, on_file=False, line=line, latest=latest)
    consent = found[-1]
    records = store.load(performers=[consent.performer]).records
    voided = {r.corrects for r in records if r.kind is RecordKind.CORRECTION}
    theirs = [r for r in records if r.consent == name and r.id not in voided and r.effective is not None]
    clauses = [*(_clause(consent, g.clause, theirs, on) for g in consent.grants)]
    clauses += [ClauseStanding(clause=c, state=State.DECLINED) for c in consent.declined]
    came_from = consent.document.sha256 if consent.document else None
    if line is Line.LATEST and came_from not in {r.id for r in revisions}:
        line = Line.ANOTHER  # the consent on file came from elsewhere
    return Standing(
        consent=name, on_file=True, whose=came_from == report.sha256, line=line, latest=latest, clauses=tuple(clauses)
    )


def _line(report: Report, data: bytes, revisions: Sequence[Revision], folder: Path) -> Line:
    """Which revision a file is. One that was never recorded is an earlier one where the latest begins with it."""
    if not revisions:
        return Line.ANOTHER
    if report.sha256 == revisions[-1].id:
        return Line.LATEST
    if any(report.sha256 == one.id for one in revisions):
        return Line.EARLIER
    kept = folder / f"{revisions[-1].id}.pdf"
    return Line.EARLIER if kept.is_file() and kept.read_bytes().startswith(data) else Line.UNRECORDED


def _clause(consent: Consent, clause: str, records: list[Record], on: dt.date) -> ClauseStanding:
    reached = [
        r
        for r in records
        if r.effective is not None and r.effective <= on and (clause in r.grants or "all" in r.grants or not r.grants)
    ]
    first = min(reached, key=lambda r: (r.effective, r.id), default=None)
    if first is not None and first.kind in (RecordKind.REVOCATION, RecordKind.AMENDMENT):
        state = State.REVOKED if first.kind is RecordKind.REVOCATION else State.REPLACED
        return ClauseStanding(
            clause=clause, state=state, since=first.effective, record=first.id, replaced_by=first.replaced_by
        )
    grant = consent.grant(clause)
    assert grant is not None
    ends = [d for d in (consent.until, grant.until) if d is not None and d < on]
    if ends:
        return ClauseStanding(clause=clause, state=State.EXPIRED, since=min(ends))
    begins = [d for d in (consent.from_, grant.from_) if d is not None and d > on]
    if begins:
        return ClauseStanding(clause=clause, state=State.NOT_YET, since=max(begins))
    return ClauseStanding(clause=clause, state=State.IN_FORCE)
