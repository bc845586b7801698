"""Taking in a signed document: its consent, and the ruling that its issuer made by issuing it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from registry.documents.apart import document_apart
from registry.documents.evidence import evidence_sha256
from registry.documents.ingest import Ingested, ingested
from registry.documents.keys import Roots
from registry.documents.report import Report
from registry.documents.terms import Role
from registry.domain.consent import Consent
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.record import Record
from registry.domain.replica import Replica
from registry.domain.revision import Step
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.cure import Issuer, specificity
from registry.services.archive import Archive, last_step, revision_of
from registry.services.signing import evidence_file
from registry.services.verifying import read
from registry.storage.receipt import Receipt
from registry.storage.store import Store

BUSINESS_AFFAIRS = "business_affairs"
V = TypeVar("V", Performer, Production, Engagement, Replica)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a document brought: the consent, the issuer's rulings on its clauses, and where the ledger stands.

    `records` are what an amendment or a notice does to another consent; a notice brings no consent of its own."""

    report: Report
    consent: Consent | None
    rulings: tuple[Record, ...] = ()
    records: tuple[Record, ...] = ()
    signed: int
    required: int
    receipt: Receipt | None = None


def take_in(
    store: Store, path: Path, roots: Roots, *, by: str, now: dt.datetime, archive: Archive | None = None
) -> TakenIn:
    """Record the consent of a signed document. Whoever signed for the company issued it, and by issuing it ruled that
    each clause is reasonably specific; the ruling is recorded with it (DOMAIN.md §4). Raises as `ingest` does.

    The people and works it names come with it where they are not on file. A document that somebody still has to sign
    goes on record, and brings no consent yet."""
    data = read(path)
    report = document_apart(data, roots, now=now)
    found = ingested(report, file_name=path.name)
    if archive is not None:
        _file_away(archive, path, data, report, now)
    if not report.complete:
        return TakenIn(report=report, consent=None, signed=found.signed, required=found.required)
    productions = store.values(Production, {found.production.id})
    issuer = _issuer(report, productions[-1] if productions else found.production)
    consent = None if report.terms and report.terms.withdrawal else _as_on_file(store, found.consent, report)
    rulings = specificity(consent, issuer) if consent and issuer and consent.signed_at else ()
    brought = World(consents=(consent,) if consent else (), records=(*rulings, *found.records))
    receipt = store.record(_with_what_it_names(store, brought, found), by=by, now=now)
    return TakenIn(
        report=report,
        consent=consent,
        rulings=rulings,
        records=found.records,
        signed=found.signed,
        required=found.required,
        receipt=receipt,
    )


def _as_on_file(store: Store, consent: Consent, report: Report) -> Consent:
    """The consent as an earlier revision of this document brought it: a further time stamp makes no other consent."""
    known = store.values(Consent, {consent.id})
    document = known[-1].document if known else None
    ids = {r.id for r in store.revisions(document=report.digest)} if document and report.digest else set()
    return replace(consent, document=document) if document and document.sha256 in ids else consent


def _with_what_it_names(store: Store, brought: World, found: Ingested) -> World:
    """Of the people and works that the document describes those that are not on file: as far as it describes them."""

    def new(value: V | None) -> tuple[V, ...]:
        return () if value is None or store.values(type(value), {value.id}) else (value,)

    return replace(
        brought,
        performers=new(found.performer),
        productions=new(found.production),
        engagements=new(found.engagement),
        replicas=new(found.replica),
    )


def _file_away(archive: Archive, path: Path, data: bytes, report: Report, now: dt.datetime) -> None:
    """The file and the evidence records beside it, where they are the ones that were signed. What is on record already,
    and a file that others were made from since, changes nothing."""
    assert report.digest is not None
    known = archive.store.revisions(document=report.digest)
    latest = known[-1] if known else None
    if hashlib.sha256(data).hexdigest() in {r.id for r in known}:
        return
    if latest is not None and not data.startswith(archive.data(latest)):
        return
    for signed in report.signatures:
        beside = evidence_file(path, signed.field)
        if beside.is_file() and evidence_sha256(record := beside.read_bytes()) == signed.evidence_sha256:
            archive.keep(record, "json")
    step, place = last_step(report)
    last = report.signatures[-1] if step is Step.SIGNED else None
    archive.keep(data)
    base = archive.data(latest) if latest is not None else None
    revision = revision_of(
        data,
        report,
        step,
        base=base,
        place=place,
        evidence=last.evidence_sha256 if last else None,
    )
    archive.record(revision, now=now)


def _issuer(report: Report, production: Production) -> Issuer | None:
    """Who signed for the company, in the capacity in which they decide for the production, on the day of issue."""
    signer = next((s for s in report.signatures if s.role is Role.COMPANY), None)
    if signer is None or report.terms is None:
        return None
    decider = next((d for d in production.deciders if d.name == signer.name), None)
    capacity = decider.capacity if decider else BUSINESS_AFFAIRS
    return Issuer(name=signer.name, capacity=capacity, on=report.terms.issued_at.date())
