"""The kinds of document there are: one schema and one page system, told apart by what they are for and who signs."""

from __future__ import annotations

from enum import StrEnum

from registry.domain.consent import Consent
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.replica import Replica
from registry.domain.words import Act, Agreement, Basis, GrantorCapacity, ProductionKind, ReplicaKind


class DocumentKind(StrEnum):
    """What a document is. The words are those of `render --kind`."""

    EMPLOYMENT = "employment"
    INDEPENDENT = "independent"
    OTHER_PRODUCTION = "other-production"
    ALTERATION = "alteration"
    BACKGROUND = "background"
    COMMERCIAL = "commercial"
    INTERACTIVE = "interactive"
    CAPTURE = "capture"
    UK = "uk"
    ESTATE = "estate"
    MINOR = "minor"
    AMENDMENT = "amendment"
    REVOCATION = "revocation"
    SUSPENSION = "suspension"


# They take from a consent that is signed already, and offer no clause.
NOTICES = frozenset({DocumentKind.REVOCATION, DocumentKind.SUSPENSION})
_COMMERCIALS = (Agreement.COMMERCIALS, Agreement.AUDIO_COMMERCIALS)


def kind_of(
    consent: Consent,
    performer: Performer,
    production: Production,
    engagement: Engagement | None = None,
    replica: Replica | None = None,
    *,
    minor: bool | None = None,
) -> DocumentKind:
    """The kind that fits, the first of: who grants, under which regime, for which replica, for which acts."""
    if consent.grantor.capacity in (GrantorCapacity.ESTATE, GrantorCapacity.UNION) or performer.died is not None:
        return DocumentKind.ESTATE
    if minor or consent.grantor.capacity is GrantorCapacity.GUARDIAN:
        return DocumentKind.MINOR
    if production.agreement in _COMMERCIALS or production.kind is ProductionKind.COMMERCIAL:
        return DocumentKind.COMMERCIAL
    if production.agreement is Agreement.INTERACTIVE or production.kind is ProductionKind.GAME:
        return DocumentKind.INTERACTIVE
    if production.agreement is Agreement.EQUITY_UK or (production.governing_law or "").partition("-")[0] == "GB":
        return DocumentKind.UK
    return _by_replica(consent, production, engagement, replica) or _by_acts(consent, production)


def _by_replica(
    consent: Consent, production: Production, engagement: Engagement | None, replica: Replica | None
) -> DocumentKind | None:
    made = replica.kind if replica else None
    if made is ReplicaKind.BACKGROUND or (engagement is not None and engagement.category == "background"):
        return DocumentKind.BACKGROUND
    if made is ReplicaKind.INDEPENDENTLY_CREATED:
        return DocumentKind.INDEPENDENT
    works = {p for g in consent.grants for p in g.productions}
    acts = {a for g in consent.grants for a in g.acts}
    if replica is not None and replica.made_for and Act.CREATE_REPLICA not in acts and replica.made_for not in works:
        return DocumentKind.OTHER_PRODUCTION
    return None


def _by_acts(consent: Consent, production: Production) -> DocumentKind:
    acts = {a for g in consent.grants for a in g.acts}
    union = production.agreement not in (None, Agreement.NONE, Agreement.UNKNOWN)
    if acts == {Act.CREATE_REPLICA} and (not union or consent.basis is Basis.EXPLICIT_CONSENT):
        return DocumentKind.CAPTURE
    if acts and acts <= {Act.ALTER_PERFORMANCE, Act.DUB}:
        return DocumentKind.ALTERATION
    return DocumentKind.EMPLOYMENT
