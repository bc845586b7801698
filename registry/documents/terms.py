"""What a rider says, as one value: everything its PDF prints is in it, and all of it is in `consent.json`.

The PDF is a pure function of this value and a template; the value is the canonical content and travels inside the PDF.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum

from registry.domain.consent import Consent, Grantor
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.replica import Replica
from registry.domain.words import GrantorCapacity
from registry.errors import UsageError

SCHEMA = "consent-document/1"
TEMPLATE = "rider-tv-theatrical"
TEMPLATE_VERSION = "1"
SEAL_FIELD = "seal"
CLOSING_FIELD = "closing"
DECLINED = "DECLINED"


class Paper(StrEnum):
    A4 = "a4"
    LETTER = "letter"


class Role(StrEnum):
    """For whom a signature field stands."""

    PERFORMER = "performer"
    LOAN_OUT = "loan_out"
    GUARDIAN = "guardian"
    ESTATE = "estate"
    UNION = "union"
    COMPANY = "company"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureField:
    """A place to sign. `locks` names the initials that this signature fills and closes for good."""

    name: str
    role: Role
    signer: str | None = None
    locks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialField:
    """A box beside one clause, filled with initials or with the word DECLINED, never left empty."""

    name: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The capture session, the notice of it and the reason for asking, as far as they are recorded."""

    at: dt.datetime | None = None
    notice_given_at: dt.datetime | None = None
    notice_by: str | None = None
    reason: str | None = None
    reason_given_at: dt.datetime | None = None
    reason_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Another production that a clause names, with its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Whose key seals the document, and the SHA-256 of the root certificate it goes back to (None: a draft)."""

    company: str
    root_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiderTerms:
    """One rider: parties, work, clauses offered, and who signs where. `text_sha256` binds the words on the page."""

    schema: str
    template: str
    template_version: str
    language: str
    paper: Paper
    issued_at: dt.datetime
    salt: str
    consent: Consent
    performer: Performer
    minor: bool | None = None
    production: Production
    works: tuple[Work, ...] = ()
    engagement: Engagement | None = None
    replica: Replica | None = None
    session: Session = field(default_factory=Session)
    adds_to: str | None = None
    seal: Seal
    signatures: tuple[SignatureField, ...]
    initials: tuple[InitialField, ...]
    text_sha256: str | None = None

    def signature(self, name: str) -> SignatureField | None:
        return next((s for s in self.signatures if s.name == name), None)


def offered(consent: Consent) -> Consent:
    """The consent as it is put to the grantor: its terms, without any fact of signing."""
    return replace(
        consent,
        signed_at=None,
        separately_signed=None,
        conspicuous=None,
        personally_signed=None,
        instrument=None,
        declined=(),
        document=None,
        recorded_at=None,
    )


def printed_performer(performer: Performer, consent: Consent) -> Performer:
    """Of a performer only what the rider prints: names, and the representatives who sign. No birth date, no number."""
    grantors = (consent.grantor, *consent.co_grantors)
    named = {g.representative for g in grantors if g.representative}
    return Performer(
        id=performer.id,
        legal_name=performer.legal_name,
        professional_name=performer.professional_name,
        representatives=tuple(replace(r, from_=None, to=None) for r in performer.representatives if r.id in named),
    )


def printed_production(production: Production) -> Production:
    return Production(
        id=production.id,
        title=production.title,
        kind=production.kind,
        franchise=production.franchise,
        company=production.company,
        agreement=production.agreement,
        signatory=production.signatory,
        photography_starts_on=production.photography_starts_on,
        photography_ends_on=production.photography_ends_on,
        places=production.places,
        governing_law=production.governing_law,
        timezone=production.timezone,
    )


def printed_engagement(engagement: Engagement | None) -> Engagement | None:
    if engagement is None:
        return None
    return replace(engagement, ends_on=None, covered_by_agreement=None, union_clearance=None, recorded_at=None)


def printed_replica(replica: Replica | None) -> Replica | None:
    if replica is None:
        return None
    return replace(
        replica,
        custody=tuple(replace(c, files=()) for c in replica.custody),
        purpose_ended_on=None,
        last_contact_on=None,
        destroyed_on=None,
        recorded_at=None,
    )


def field_plan(
    consent: Consent, performer: Performer, engagement: Engagement | None, company_signer: str | None
) -> tuple[tuple[SignatureField, ...], tuple[InitialField, ...]]:
    """Who signs where, the grantor first. The grantor's signature fills and locks every initial."""
    if len({g.clause for g in consent.grants}) != len(consent.grants):
        raise UsageError(f"Consent {consent.id} has two clauses with one number.", "Number the grants apart.")
    if not consent.grants:
        raise UsageError(f"Consent {consent.id} has no grants.", "Add a grant before rendering it.")
    initials = tuple(
        InitialField(name=f"initial_{n}", clause=grant.clause) for n, grant in enumerate(consent.grants, 1)
    )
    locks = tuple(i.name for i in initials)
    signers = [_grantor_field(consent.grantor, 1, performer, locks)]
    signers += [_grantor_field(g, n, performer, ()) for n, g in enumerate(consent.co_grantors, 2)]
    if engagement is not None and engagement.loan_out_company and consent.grantor.capacity is GrantorCapacity.SELF:
        signers.append(SignatureField(name="sig_loan_out", role=Role.LOAN_OUT))
    signers.append(SignatureField(name="sig_company", role=Role.COMPANY, signer=company_signer))
    return tuple(signers), initials


def _grantor_field(grantor: Grantor, number: int, performer: Performer, locks: tuple[str, ...]) -> SignatureField:
    if grantor.capacity is GrantorCapacity.SELF:
        name = "sig_performer" if number == 1 else f"sig_performer_{number}"
        return SignatureField(name=name, role=Role.PERFORMER, signer=performer.legal_name, locks=locks)
    representative = performer.representative(grantor.representative)
    if representative is None and grantor.capacity is not GrantorCapacity.UNION:
        raise UsageError(
            f"Nobody is named who signs as {grantor.capacity} for {performer.id}.",
            f"Name a representative of {performer.id} with capacity {grantor.capacity} as the grantor.",
        )
    return SignatureField(
        name=f"sig_{grantor.capacity}_{number}",
        role=Role(grantor.capacity),
        signer=representative.name if representative else None,
        locks=locks,
    )
