"""Whether the consent of a document is still in force, as far as one registry knows. The document cannot tell."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from registry.documents.report import Report
from registry.domain.consent import Consent
from registry.domain.record import Record
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a registry knows of a document's consent. `on_file` is False where it knows nothing of it, and `same` where
    what is on file came from this very document."""

    consent: str
    on_file: bool
    same: bool = False
    clauses: tuple[ClauseStanding, ...] = ()

    @property
    def in_force(self) -> bool:
        """Whether every clause that was agreed to still is."""
        kept = [c for c in self.clauses if c.state is not State.DECLINED]
        return self.on_file and self.same and all(c.state is State.IN_FORCE for c in kept)


def standing(store: Store, report: Report, *, on: dt.date) -> Standing | None:
    """None for a file whose terms cannot be read."""
    if report.terms is None:
        return None
    name = report.terms.consent.id
    found = store.values(Consent, {name})
    if not found or found[-1].signed_at is None:
        return Standing(consent=name, on_file=False)
    consent = found[-1]
    records = store.load(performers=[consent.performer]).records
    voided = {r.corrects for r in records if r.kind is RecordKind.CORRECTION}
    theirs = [r for r in records if r.consent == name and r.id not in voided and r.effective is not None]
    clauses = [*(_clause(consent, g.clause, theirs, on) for g in consent.grants)]
    clauses += [ClauseStanding(clause=c, state=State.DECLINED) for c in consent.declined]
    same = consent.document is not None and consent.document.sha256 == report.sha256
    return Standing(consent=name, on_file=True, same=same, clauses=tuple(clauses))


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
