"""From a signed document back to its consent: clauses agreed to become grants, declined ones are remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from registry.documents.kinds import DocumentKind
from registry.documents.report import Report
from registry.documents.terms import Replaced, RiderTerms, Role, Withdrawal
from registry.domain.consent import Consent, Document
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.record import Record
from registry.domain.replica import Replica
from registry.domain.words import Instrument, RecordKind
from registry.errors import IntegrityError, UsageError

_GRANTORS = {Role.PERFORMER, Role.GUARDIAN, Role.ESTATE, Role.UNION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """The consent of a document, and the people and works as far as the document describes them.

    A notice has no consent of its own: `consent` is the one it speaks of, `records` what it becomes once signed. An
    amendment has both."""

    consent: Consent
    records: tuple[Record, ...] = ()
    performer: Performer
    production: Production
    engagement: Engagement | None
    replica: Replica | None
    signed: int
    required: int


def ingested(report: Report, *, file_name: str) -> Ingested:
    """Raises IntegrityError for a file that is not intact, UsageError for one whose signatures cannot be trusted."""
    terms = report.terms
    if not report.unchanged or terms is None:
        fault = report.faults[0] if report.faults else "It does not hold together."
        raise IntegrityError(f"{file_name} is not taken in. {fault}")
    if not report.trusted:
        raise UsageError(
            f"{file_name} goes back to a root that is not trusted here; nothing was taken in.",
            "add --trust FILE, its root certificate, if you know where it comes from",
        )
    other = next((s for s in report.signatures if not (s.name_agrees or s.accepted_by)), None)
    if other is not None:
        raise UsageError(
            f"{file_name} was signed by {other.name} where {other.expected} should have signed; nothing was taken in.",
            "Have the person sign who is named in the document.",
        )
    return Ingested(
        consent=terms.consent if terms.withdrawal else _consent(report, terms, file_name),
        records=tuple(_records(report, terms)),
        performer=terms.performer,
        production=terms.production,
        engagement=terms.engagement,
        replica=terms.replica,
        signed=len(report.signatures),
        required=report.required,
    )


def _consent(report: Report, terms: RiderTerms, file_name: str) -> Consent:
    """A document that its grantors have not all signed stays a draft: it grants nothing."""
    document = Document(sha256=report.sha256, file=file_name)
    executed = _executed_at(report, terms)
    if executed is None:
        return replace(terms.consent, document=document)
    agreed = set(report.agreed)
    in_person = any(s.role is Role.PERFORMER for s in report.signatures)
    return replace(
        terms.consent,
        instrument=Instrument.SEPARATE_WRITING,
        separately_signed=True,
        conspicuous=True,
        personally_signed=True if in_person else None,
        signed_at=executed,
        grants=tuple(g for g in terms.consent.grants if g.clause in agreed),
        declined=report.declined,
        document=document,
    )


def _records(report: Report, terms: RiderTerms) -> Iterator[Record]:
    """What a document does to consents on file. Before everybody signed who has to, it does nothing."""
    executed = _executed_at(report, terms)
    if executed is None:
        return
    signer = next(s.name for s in report.signatures if s.role in _GRANTORS)
    if terms.replaces is not None:
        # An earlier clause ends only where the one that takes its place, of the same number, was agreed to.
        replaced = tuple(c for c in terms.replaces.clauses if c in report.agreed)
        if replaced:
            yield _amended(terms, terms.replaces, replaced, executed, signer)
    if terms.withdrawal is not None:
        yield _withdrawn(terms, terms.withdrawal, executed, signer)


def _amended(
    terms: RiderTerms, replaces: Replaced, clauses: tuple[str, ...], executed: dt.datetime, signer: str
) -> Record:
    return Record(
        id=f"{terms.consent.id}-amends",
        kind=RecordKind.AMENDMENT,
        consent=replaces.consent,
        grants=clauses,
        replaced_by=terms.consent.id,
        effective=terms.consent.from_ or executed.date(),
        by=signer,
    )


def _withdrawn(terms: RiderTerms, withdrawal: Withdrawal, executed: dt.datetime, signer: str) -> Record:
    if terms.kind is DocumentKind.SUSPENSION:
        return Record(
            id=withdrawal.record,
            kind=RecordKind.SUSPENSION,
            agreement=terms.production.agreement,
            performer=terms.performer.id,
            from_=withdrawal.effective,
            to_day=withdrawal.until,
            by=signer,
        )
    return Record(
        id=withdrawal.record,
        kind=RecordKind.REVOCATION,
        consent=terms.consent.id,
        grants=withdrawal.clauses or ("all",),
        effective=withdrawal.effective,
        received_at=executed,
        by=signer,
        because=withdrawal.because,
    )


def _executed_at(report: Report, terms: RiderTerms) -> dt.datetime | None:
    """When the last of those who grant signed, by their own clock; None while one of them is missing."""
    needed = {s.name for s in terms.signatures if s.required and s.role in _GRANTORS}
    moments = [s.at for s in report.signatures if s.field in needed and s.at is not None]
    return max(moments) if len(moments) == len(needed) else None
