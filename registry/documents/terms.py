"""What a rider says, as one value: everything its PDF prints is in it, and all of it is in `consent.json`.

The PDF is a pure function of this value and a template; the value is the canonical content and travels inside the PDF.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum

from registry.documents.kinds import DocumentKind
from registry.domain.consent import Consent
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.replica import Replica

SCHEMA = "consent-document/1"
TEMPLATE = "document"
TEMPLATE_VERSION = "2"
SEAL_FIELD = "seal"
CLOSING_FIELD = "closing"
PRINT_AND_LOCKED = 4 | 128  # the flags of every field of ours: it is printed, and nobody moves it
DECLINED = "DECLINED"


def stamp_field(before: int) -> str:
    """The field of a time stamp after so many others: the closing one has the place on the page, further ones none."""
    return CLOSING_FIELD if before == 0 else f"{CLOSING_FIELD}_{before + 1}"


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
    MINOR = "minor"
    VENDOR = "vendor"
    WITNESS = "witness"
    COMPANY = "company"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureField:
    """A place to sign. `locks` names the initials that this signature fills and closes for good.

    A lower `group` signs first, in any order within it. The document can be closed without those who need not sign."""

    name: str
    role: Role
    signer: str | None = None
    locks: tuple[str, ...] = ()
    group: int = 1
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialField:
    """A box beside one clause, filled with initials or with the word DECLINED, never left empty. Where several people
    grant, each has a box of their own, and the clause is agreed to only if nobody declines it."""

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
class Particulars:
    """What a document states and the registry has no record of. What its kind has to state and nobody gave is printed
    as not recorded; of the rest (from `script` on) nothing is printed unless it is given."""

    voucher: str | None = None
    court: str | None = None
    witness: str | None = None
    translation: str | None = None
    policy: str | None = None
    reports: str | None = None
    spots: str | None = None
    period_until: dt.date | None = None
    script: str | None = None
    place: str | None = None
    operators: str | None = None
    storage: str | None = None
    pay: str | None = None
    approvals: str | None = None
    contact: str | None = None
    loan_out: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """The earlier consent of which an amendment replaces clauses, and the SHA-256 of its signed file."""

    consent: str
    sha256: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What a notice of revocation or suspension takes from a consent, and from which day. It goes on file as `record`;
    no clauses are all of them."""

    record: str
    effective: dt.date
    until: dt.date | None = None
    clauses: tuple[str, ...] = ()
    because: str | None = None


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
    kind: DocumentKind = DocumentKind.EMPLOYMENT
    consent: Consent
    performer: Performer
    minor: bool | None = None
    production: Production
    works: tuple[Work, ...] = ()
    engagement: Engagement | None = None
    replica: Replica | None = None
    session: Session = field(default_factory=Session)
    adds_to: str | None = None
    particulars: Particulars = field(default_factory=Particulars)
    replaces: Replaced | None = None
    withdrawal: Withdrawal | None = None
    seal: Seal
    signatures: tuple[SignatureField, ...]
    initials: tuple[InitialField, ...]
    text_sha256: str | None = None

    @property
    def record(self) -> str:
        """The id under which the document goes on file: of its consent, or of the record that a notice becomes."""
        return self.withdrawal.record if self.withdrawal else self.consent.id

    def signature(self, name: str) -> SignatureField | None:
        return next((s for s in self.signatures if s.name == name), None)

    def before(self, place: SignatureField) -> tuple[SignatureField, ...]:
        """Who has to have signed before somebody signs `place`: the groups before, and all who initial the clauses."""
        return tuple(
            s for s in self.signatures if s.required and (s.group < place.group or (s.locks and not place.locks))
        )

    def boxes_of(self, clause: str) -> tuple[InitialField, ...]:
        return tuple(i for i in self.initials if i.clause == clause)

    def initialed_by(self, box: InitialField) -> SignatureField | None:
        """Whose signature fills and closes a box."""
        return next((s for s in self.signatures if box.name in s.locks), None)


def offered(consent: Consent) -> Consent:
    """The consent as it is put to the grantor: its terms, without any fact of signing."""
    return consent.offered


def printed_performer(performer: Performer, consent: Consent) -> Performer:
    """Of a performer only what the document prints: names, a day of death, and the representatives who sign. No birth
    date, no number."""
    grantors = (consent.grantor, *consent.co_grantors)
    named = {g.representative for g in grantors if g.representative}
    return Performer(
        id=performer.id,
        legal_name=performer.legal_name,
        professional_name=performer.professional_name,
        died=performer.died,
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
        advertiser=production.advertiser,
        product_line=production.product_line,
        first_use_on=production.first_use_on,
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
