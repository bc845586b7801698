"""Taking in a signed document: its consent, and the ruling that its issuer made by issuing it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from registry.documents.keys import Roots
from registry.documents.report import Report
from registry.documents.terms import Role
from registry.domain.consent import Consent
from registry.domain.production import Production
from registry.domain.record import Record
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.cure import Issuer, specificity
from registry.errors import UsageError
from registry.services.signing import plainly
from registry.services.verifying import ingest, verify
from registry.storage.receipt import Receipt
from registry.storage.store import Store

BUSINESS_AFFAIRS = "business_affairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a document brought: the consent, the issuer's rulings on its clauses, and where the ledger stands.

    `records` are what an amendment or a notice does to another consent; a notice brings no consent of its own."""

    consent: Consent | None
    rulings: tuple[Record, ...]
    records: tuple[Record, ...]
    signed: int
    required: int
    receipt: Receipt


def take_in(store: Store, path: Path, roots: Roots, *, by: str, now: dt.datetime) -> TakenIn:
    """Record the consent of a signed document. Whoever signed for the company issued it, and by issuing it ruled that
    each clause is reasonably specific; the ruling is recorded with it (DOMAIN.md §4). Raises as `ingest` does."""
    report = verify(path, roots, now=now).report
    found = ingest(path, roots, now=now)
    if not report.complete:
        missing = [plainly(name) for name in report.missing]
        lacks = f"still lacks {', '.join(missing)}" if missing else "is not closed"
        step = f"--field {missing[0]} --name NAME" if missing else "--close"
        problem = f"{path.name} {lacks}; it is taken in when it is complete."
        raise UsageError(problem, f"registry sign {path.name} {step}")
    productions = store.values(Production, {found.production.id})
    issuer = _issuer(report, productions[-1] if productions else found.production)
    consent = None if report.terms and report.terms.withdrawal else found.consent
    rulings = specificity(consent, issuer) if consent and issuer and consent.signed_at else ()
    brought = World(consents=(consent,) if consent else (), records=(*rulings, *found.records))
    receipt = store.record(brought, by=by, now=now)
    return TakenIn(
        consent=consent,
        rulings=rulings,
        records=found.records,
        signed=found.signed,
        required=found.required,
        receipt=receipt,
    )


def _issuer(report: Report, production: Production) -> Issuer | None:
    """Who signed for the company, in the capacity in which they decide for the production, on the day of issue."""
    signer = next((s for s in report.signatures if s.role is Role.COMPANY), None)
    if signer is None or report.terms is None:
        return None
    decider = next((d for d in production.deciders if d.name == signer.name), None)
    capacity = decider.capacity if decider else BUSINESS_AFFAIRS
    return Issuer(name=signer.name, capacity=capacity, on=report.terms.issued_at.date())
