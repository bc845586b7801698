"""Who the parties are, and on which work: the table at the head of every document."""

from __future__ import annotations

from collections.abc import Iterator

from registry.documents.kinds import DocumentKind
from registry.documents.language import Language
from registry.documents.layout import Line
from registry.documents.overlays import period
from registry.documents.terms import RiderTerms
from registry.domain.dates import DateSpan
from registry.domain.words import ProductionKind

_NOT_PHOTOGRAPHED = (
    ProductionKind.GAME, ProductionKind.SOUND_RECORDING, ProductionKind.DUBBING, ProductionKind.ANIMATION,
    ProductionKind.STAGE,
)  # fmt: skip


def facts(terms: RiderTerms, words: Language) -> tuple[Line, ...]:
    """Parties, work and engagement."""
    said = (*_parties(terms, words), *_work(terms, words), *_asked_for(terms, words))
    return tuple(Line(label=label, value=value) for label, value in said)


def name_of(terms: RiderTerms, words: Language) -> str:
    legal, professional = terms.performer.legal_name, terms.performer.professional_name
    if not professional or professional == legal:
        return legal
    return words.say("fact.known_as", legal=legal, professional=professional)


def _parties(terms: RiderTerms, words: Language) -> Iterator[tuple[str, str]]:
    yield words.say("label.performer"), name_of(terms, words)
    if terms.performer.died is not None:
        yield words.say("label.died"), _span(terms.performer.died, words)
    if terms.minor:
        yield words.say("label.age"), words.say("fact.minor")
    if terms.kind is not DocumentKind.ESTATE:
        for representative in terms.performer.representatives:
            name, authority = representative.name, representative.authority
            label = words.word("representative", representative.capacity)
            yield label, words.say("fact.authority", name=name, authority=authority) if authority else name
    if terms.engagement and terms.engagement.loan_out_company:
        yield words.say("label.loan_out"), words.say("fact.loan_out", company=terms.engagement.loan_out_company)
    status = {None: "unknown_signatory", True: "signatory", False: "no_signatory"}[terms.production.signatory]
    yield words.say("label.producer"), words.say(f"fact.{status}", company=company_of(terms))


def _span(when: DateSpan, words: Language) -> str:
    return words.day(when.first) if when.exact else str(when)


def company_of(terms: RiderTerms) -> str:
    return terms.production.company or terms.seal.company


def _work(terms: RiderTerms, words: Language) -> Iterator[tuple[str, str]]:
    work = terms.production
    kind = f", {words.say(f'production_kind.{work.kind}')}" if work.kind else ""
    yield words.say(f"label.work.{work.kind or 'any'}"), f"{work.title}{kind}"
    dates = (work.photography_starts_on, work.photography_ends_on)
    if work.kind not in _NOT_PHOTOGRAPHED or any(dates):
        yield words.say("label.photography"), words.period(*dates)
    if work.places:
        yield words.say("label.places"), words.joined([words.territory(p) for p in work.places])
    if work.governing_law:
        yield words.say("label.law"), words.territory(work.governing_law)
    if terms.kind not in (DocumentKind.INDEPENDENT, DocumentKind.ESTATE):
        yield from _engagement(terms, words)


def _engagement(terms: RiderTerms, words: Language) -> Iterator[tuple[str, str]]:
    engagement = terms.engagement
    if engagement is None:
        yield words.say("label.engagement"), words.not_recorded
        return
    category = words.word("category", engagement.category) if engagement.category else None
    role = [engagement.role or words.not_recorded, category or words.say("fact.category_unknown")]
    if engagement.cast_numbers:
        role.append(words.say("fact.cast_number", numbers=words.joined([c.number for c in engagement.cast_numbers])))
    yield words.say("label.role"), ", ".join(role)
    moment, start = words.moment(engagement.engaged_at), words.day(engagement.starts_on)
    yield words.say("label.engaged"), words.say("fact.engaged", moment=moment, day=start)


def _asked_for(terms: RiderTerms, words: Language) -> Iterator[tuple[str, str]]:
    """What a kind has to state of its own; what nobody gave says so."""
    stated: list[tuple[str, str | None]] = []
    if terms.kind is DocumentKind.BACKGROUND:
        stated = [("voucher", terms.particulars.voucher)]
    elif terms.kind is DocumentKind.COMMERCIAL:
        work = terms.production
        stated = [("advertiser", work.advertiser), ("product_line", work.product_line)]
        stated += [("spots", terms.particulars.spots), ("period", period(terms, words))]
    elif terms.kind is DocumentKind.MINOR:
        stated = [("court", terms.particulars.court)]
    for label, value in stated:
        yield words.say(f"label.{label}"), value or words.not_recorded
    if terms.withdrawal is None:
        for label in ("script", "pay", "approvals", "contact"):
            if given := getattr(terms.particulars, label):
                yield words.say(f"label.{label}"), given
