"""Who signs where: the places to sign of each kind of document, in which order, and the boxes that each closes."""

from __future__ import annotations

from collections.abc import Iterator

from registry.documents.kinds import NOTICES, DocumentKind
from registry.documents.terms import InitialField, Particulars, Role, SignatureField
from registry.domain.consent import Consent, Grantor
from registry.domain.performer import Performer
from registry.domain.production import Engagement
from registry.domain.words import GrantorCapacity
from registry.errors import UsageError

GRANTORS, BESIDE, COMPANY = 1, 2, 3


def field_plan(
    kind: DocumentKind,
    consent: Consent,
    performer: Performer,
    engagement: Engagement | None,
    company_signer: str | None,
    particulars: Particulars,
) -> tuple[tuple[SignatureField, ...], tuple[InitialField, ...]]:
    """Grantors first, each with a box of their own beside every clause; then those beside them; then the company."""
    if kind in NOTICES:
        return _notice(consent, performer, company_signer), ()
    _refuse_unclear(consent)
    signers: list[SignatureField] = []
    initials: list[InitialField] = []
    for n, grantor in enumerate((consent.grantor, *consent.co_grantors), 1):
        boxes = tuple(_boxes(consent, n))
        initials += boxes
        signers.append(_grantor(grantor, n, performer, tuple(b.name for b in boxes)))
    signers += _beside(kind, consent, performer, engagement, particulars)
    signers.append(SignatureField(name="sig_company", role=Role.COMPANY, signer=company_signer, group=COMPANY))
    by_clause = {g.clause: n for n, g in enumerate(consent.grants)}
    return tuple(signers), tuple(sorted(initials, key=lambda i: by_clause[i.clause]))


def _refuse_unclear(consent: Consent) -> None:
    if len({g.clause for g in consent.grants}) != len(consent.grants):
        raise UsageError(f"Consent {consent.id} has two clauses with one number.", "Number the grants apart.")
    if not consent.grants:
        raise UsageError(f"Consent {consent.id} has no grants.", "Add a grant before rendering it.")


def _boxes(consent: Consent, grantor: int) -> Iterator[InitialField]:
    for n, grant in enumerate(consent.grants, 1):
        yield InitialField(name=f"initial_{n}" + (f"_{grantor}" if grantor > 1 else ""), clause=grant.clause)


def _grantor(grantor: Grantor, number: int, performer: Performer, locks: tuple[str, ...]) -> SignatureField:
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


def _beside(
    kind: DocumentKind,
    consent: Consent,
    performer: Performer,
    engagement: Engagement | None,
    particulars: Particulars,
) -> Iterator[SignatureField]:
    """Those who sign beside the grantors. Their signatures grant nothing."""
    own = consent.grantor.capacity is GrantorCapacity.SELF
    if engagement is not None and engagement.loan_out_company and own:
        yield SignatureField(name="sig_loan_out", role=Role.LOAN_OUT, signer=particulars.loan_out, group=BESIDE)
    if consent.grantor.capacity is GrantorCapacity.GUARDIAN:
        yield SignatureField(
            name="sig_minor", role=Role.MINOR, signer=performer.legal_name, group=BESIDE, required=False
        )
    if kind is DocumentKind.CAPTURE:
        yield SignatureField(name="sig_vendor", role=Role.VENDOR, group=BESIDE)
    if particulars.witness:
        yield SignatureField(
            name="sig_witness", role=Role.WITNESS, signer=particulars.witness, group=BESIDE, required=False
        )


def _notice(consent: Consent, performer: Performer, company_signer: str | None) -> tuple[SignatureField, ...]:
    """Whoever may withdraw signs; the company only confirms that it received the notice."""
    everybody = (consent.grantor, *consent.co_grantors)
    givers = [_grantor(grantor, n, performer, ()) for n, grantor in enumerate(everybody, 1)]
    received = SignatureField(
        name="sig_company", role=Role.COMPANY, signer=company_signer, group=COMPANY, required=False
    )
    return (*givers, received)
