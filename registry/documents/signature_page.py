"""The last page: how consent was sought, and the places to sign."""

from __future__ import annotations

from registry.documents.language import Language
from registry.documents.layout import Block, Line, Mark
from registry.documents.parties import company_of
from registry.documents.terms import CLOSING_FIELD, SEAL_FIELD, RiderTerms, Role, SignatureField


def signature_blocks(terms: RiderTerms, words: Language) -> tuple[Block, ...]:
    return tuple(_block(signature, terms, words) for signature in terms.signatures)


def _block(signature: SignatureField, terms: RiderTerms, words: Language) -> Block:
    name, party = _name(signature, terms, words), words.say(f"party.{signature.role}")
    capacity = words.say(f"capacity.{signature.role}")
    holder = next((r for r in terms.performer.representatives if r.name == signature.signer), None)
    if signature.role is Role.ESTATE and holder is not None and holder.share is not None:
        capacity = f"{capacity}, {holder.share}"
    if signature.role is Role.COMPANY and terms.withdrawal is not None:
        capacity = words.say("signature.receipt")
    if not signature.required:
        capacity = f"{capacity} ({words.say('signature.optional')})"
    tooltip = words.say("signature.tooltip", name=name, party=party[:1].lower() + party[1:])
    return Block(party=party, name=name, capacity=capacity, tooltip=tooltip, field=signature.name)


def _name(signature: SignatureField, terms: RiderTerms, words: Language) -> str:
    """Who signs; for a company or a union also in whose name."""
    signer = signature.signer
    if signature.role is Role.LOAN_OUT and terms.engagement:
        company = terms.engagement.loan_out_company or ""
        return words.say("signature.company", company=company, name=signer) if signer else company
    if signature.role is Role.COMPANY:
        company = company_of(terms)
        return words.say("signature.company", company=company, name=signer) if signer else company
    if signature.role is Role.VENDOR:
        holder = next(iter(c.holder for c in (terms.replica.custody if terms.replica else ())), None)
        return words.say("signature.for_vendor", company=holder) if holder else words.say("signature.vendor")
    return signer or words.say("signature.for_union")


def marks(terms: RiderTerms, words: Language) -> tuple[Mark, ...]:
    """The seal and the closing time."""
    return (
        Mark(
            party=words.say("signature.seal"),
            note=words.say("signature.seal_note", company=terms.seal.company),
            tooltip=words.say("signature.seal_tooltip"),
            field=SEAL_FIELD,
        ),
        Mark(
            party=words.say("signature.closing"),
            note=words.say("signature.closing_note"),
            tooltip=words.say("signature.closing_tooltip"),
            field=CLOSING_FIELD,
        ),
    )


def evidence(terms: RiderTerms, words: Language) -> tuple[Line, ...]:
    """What is known at issue about how consent was sought. What nobody recorded says so."""
    consent = terms.consent
    said = [("issued", words.moment(terms.issued_at))]
    if terms.withdrawal is None:
        said.append(("delivered", words.moment(consent.delivered_at)))
    said.append(("language", words.language(terms.language)))
    said.append(("translation", terms.particulars.translation or words.not_recorded))
    if terms.withdrawal is None:
        said.append(("approved", words.yes(consent.representative_approved)))
        if terms.minor:
            said.append(("court_approved", words.yes(consent.court_approved)))
        said.append(("witness", terms.particulars.witness or words.not_recorded))
        said.append(("basis", words.say(f"basis.{consent.basis}") if consent.basis else words.not_recorded))
    said.append(("how_signed", words.say("signature.how")))
    return tuple(Line(label=words.say(f"label.{label}"), value=value) for label, value in said)
