"""The terms that hold for every clause, numbered T1, T2 …; regimes add to them, and bring provisions of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from registry.documents.clauses import exclusion_words
from registry.documents.kinds import DocumentKind
from registry.documents.language import Language
from registry.documents.layout import Provision
from registry.documents.overlays import citations, overlays, own_provisions, paragraphs
from registry.documents.sections import holders_of
from registry.documents.terms import RiderTerms
from registry.domain.words import Act, Agreement, Content, GrantorCapacity, Purpose

# What is named as not granted where no clause offers it.
_WITHHELD = (
    Act.ALTER_PERFORMANCE, Act.DUB, Act.PROMPT_LIKENESS, Act.TRAIN_MODEL, Act.REUSE_MODEL, Act.LICENSE_TRAINING,
    Act.TRANSFER_REPLICA,
)  # fmt: skip
_WITHHELD_PURPOSES = (Purpose.PROMOTION, Purpose.ADVERTISING, Purpose.MERCHANDISE, Purpose.PITCH)
_BARGAINED = (DocumentKind.INDEPENDENT, DocumentKind.OTHER_PRODUCTION, DocumentKind.ESTATE)


def provisions(terms: RiderTerms, words: Language) -> tuple[Provision, ...]:
    """Those that say something, in order."""
    said = _of_notice(terms, words) if terms.withdrawal else _of_consent(terms, words)
    return tuple(replace(p, number=f"T{n}") for n, p in enumerate((p for p in said if p.paragraphs), 1))


def to_compare(terms: RiderTerms, words: Language) -> tuple[str, ...]:
    """The numbers and headings of provisions whose words a person compares with the union's official rider."""
    rules = {rule for o in overlays(terms) if o.compare for rule in o.cites}
    return tuple(
        f"{p.number} {p.heading}" for p in provisions(terms, words) if rules & set(p.cites.replace(",", " ").split())
    )


def _of_consent(terms: RiderTerms, words: Language) -> list[Provision]:
    made = {
        "reach": _reach(terms, words),
        "withheld": _withheld(terms, words),
        "term": _term(terms, words),
        "amends": _amends(terms, words),
        "pay": _pay(terms, words),
        "custody": _custody(terms, words),
        "representation": _representation(terms, words),
        "adult": _adult(terms, words),
        "form": [words.say("provision.form.text")],
    }
    built = {name: _built(name, found, terms, words) for name, found in made.items()}
    form = built.pop("form")
    return [*built.values(), *own_provisions(terms, words), form]


def _of_notice(terms: RiderTerms, words: Language) -> list[Provision]:
    stops = [words.say(f"provision.stops.{terms.kind}"), _right(terms, words)]
    built = _built("stops", stops, terms, words)
    reply = (*built.paragraphs, words.say("provision.stops.reply"))
    form = _built("form", [words.say("provision.form.text")], terms, words)
    return [replace(built, paragraphs=reply), replace(form, paragraphs=form.paragraphs[:1], cites="")]


def _built(name: str, found: Iterable[str], terms: RiderTerms, words: Language) -> Provision:
    return Provision(
        number="",
        heading=words.say(f"provision.{name}.heading"),
        paragraphs=(*found, *paragraphs(name, terms, words)),
        cites=citations(name, terms, words),
    )


def _reach(terms: RiderTerms, words: Language) -> list[str]:
    said = [words.say("exclusion.says", words=exclusion_words(e, terms, words)) for e in terms.consent.excludes]
    return [*said, words.say("provision.reach.minor")] if terms.minor or _by_guardian(terms) else said


def _withheld(terms: RiderTerms, words: Language) -> list[str]:
    grants = terms.consent.grants
    acts = {a for g in grants for a in g.acts}
    purposes = {p for g in grants for p in g.purposes}
    works = {p for g in grants for p in g.productions}
    named = [] if works - {terms.production.id} else [words.say("provision.withheld.other_works")]
    named += [words.say(f"act.withheld.{act}") for act in _WITHHELD if act not in acts]
    named += [words.say(f"purpose.withheld.{p}") for p in _WITHHELD_PURPOSES if p not in purposes]
    if not any(g.real_time for g in grants):
        named.append(words.say("provision.withheld.real_time"))
    if not any(g.ages for g in grants):
        named.append(words.say("provision.withheld.other_age"))
    allowed = {c for g in grants for c in g.allows}
    content = [words.say(f"content.{c}") for c in Content if c not in allowed]
    said = [words.say("provision.withheld.reserved", words=words.apart(named))]
    if content:
        said.append(words.say("provision.withheld.content", content=words.joined(content, last="or")))
    return [*said, words.say("provision.withheld.beyond")]


def _term(terms: RiderTerms, words: Language) -> list[str]:
    consent = terms.consent
    start = words.say("provision.term.when_signed")
    if consent.from_:
        start = words.say("provision.term.begins", start=words.day(consent.from_))
    if consent.until:
        dates = words.say("provision.term.ends", start=start, end=words.day(consent.until))
    else:
        dates = words.say("provision.term.no_end", start=start)
    said = [dates]
    if terms.kind is not DocumentKind.ESTATE:
        death = {True: "lifetime", False: "after_death", None: "death_unsaid"}[consent.lifetime_only]
        said = [f"{dates} {words.say(f'provision.term.{death}')}"]
    return [*said, _revocation(terms, words)]


def _revocation(terms: RiderTerms, words: Language) -> str:
    revocable = terms.consent.revocable
    if revocable is None or revocable.by_terms is None:
        return words.say("provision.term.revocation_unsaid")
    if not revocable.by_terms:
        return words.say("provision.term.irrevocable")
    if revocable.notice_days:
        return words.say("provision.term.revocable_days", days=revocable.notice_days)
    return words.say("provision.term.revocable")


def _right(terms: RiderTerms, words: Language) -> str:
    revocable = terms.consent.revocable
    known = revocable.by_terms if revocable else None
    key = {None: "by_terms_unknown", True: "by_terms", False: "by_terms_not"}[known]
    if known and revocable and revocable.notice_days:
        right = words.say("provision.stops.by_terms_days", days=revocable.notice_days)
    else:
        right = words.say(f"provision.stops.{key}")
    return words.say("provision.stops.right", right=right)


def _amends(terms: RiderTerms, words: Language) -> list[str]:
    if terms.replaces is None:
        return []
    return [words.say("provision.amends.text", consent=terms.replaces.consent)]


def _pay(terms: RiderTerms, words: Language) -> list[str]:
    """The rate on record, after what the agreement says of pay; without such an agreement, as the parties agreed."""
    if terms.engagement is None and terms.kind in _BARGAINED:
        return [words.say("provision.pay.bargained")]
    rate = words.money(terms.engagement.daily_rate if terms.engagement else None)
    if terms.production.agreement is Agreement.TV_THEATRICAL and terms.kind not in _BARGAINED:
        return [words.say("provision.pay.rate", rate=rate)]
    key = "negotiated" if terms.kind in _BARGAINED else "agreed"
    return [words.say(f"provision.pay.{key}", rate=rate)]


def _custody(terms: RiderTerms, words: Language) -> list[str]:
    dubbed = any(Act.DUB in g.acts for g in terms.consent.grants)
    if terms.kind is DocumentKind.ALTERATION and terms.replica is None and not dubbed:
        return []
    destroy = words.day(terms.replica.destroy_by if terms.replica else None)
    held = words.say("provision.custody.held", holders=holders_of(terms, words), day=destroy)
    return [words.say("provision.custody.duties"), held]


def _representation(terms: RiderTerms, words: Language) -> list[str]:
    counsel = terms.consent.counsel
    if counsel is None:
        said = words.say("provision.representation.unknown")
    elif counsel.name == "none":
        said = words.say("provision.representation.none")
    else:
        negotiated = words.yes(counsel.negotiated_replica_terms)
        said = words.say("provision.representation.counsel", name=counsel.name, negotiated=negotiated)
    cba = words.yes(terms.consent.cba_addresses_replicas)
    return [f"{said} {words.say('provision.representation.cba', cba=cba)}"]


def _adult(terms: RiderTerms, words: Language) -> list[str]:
    return [words.say("provision.adult.text")] if _by_guardian(terms) else []


def _by_guardian(terms: RiderTerms) -> bool:
    return terms.consent.grantor.capacity is GrantorCapacity.GUARDIAN
