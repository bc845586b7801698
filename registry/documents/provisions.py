"""What stands around the clauses: parties and work, the replica, the terms that hold for every clause, signatures."""

from __future__ import annotations

from collections.abc import Iterator

from registry.documents.clauses import exclusion_words, territory_words
from registry.documents.layout import Block, Line, Provision
from registry.documents.terms import RiderTerms, Role, SignatureField
from registry.documents.wording import (
    BIOMETRICS,
    CONTENT,
    ELEMENTS,
    KINDS,
    NOT_RECORDED,
    REPLICAS,
    SOURCES,
    WITHHELD,
    WITHHELD_PURPOSES,
    day,
    hours,
    joined,
    moment,
    spoken,
    yes,
)
from registry.domain.words import Act, Agreement, Content


def facts(terms: RiderTerms) -> tuple[Line, ...]:
    """Parties, picture and engagement."""
    return tuple(Line(label=label, value=value) for label, value in (*_parties(terms), *_work(terms)))


def _parties(terms: RiderTerms) -> Iterator[tuple[str, str]]:
    performer = terms.performer
    yield "Performer", _name(terms)
    if terms.minor:
        yield "Age", "under 18 when this rider was issued; a guardian signs"
    for representative in performer.representatives:
        authority = f", authority: {representative.authority}" if representative.authority else ""
        yield f"{spoken(representative.capacity).capitalize()}", f"{representative.name}{authority}"
    if terms.engagement and terms.engagement.loan_out_company:
        yield "Loan-out company", f"{terms.engagement.loan_out_company}, which signs beside Performer’s own signature"
    signatory = {None: "signatory status not recorded", True: "signatory", False: "not a signatory"}
    company = terms.production.company or terms.seal.company
    yield "Producer", f"{company}, {signatory[terms.production.signatory]}"


def _name(terms: RiderTerms) -> str:
    legal, professional = terms.performer.legal_name, terms.performer.professional_name
    return f"{legal}, professionally known as {professional}" if professional and professional != legal else legal


def _work(terms: RiderTerms) -> Iterator[tuple[str, str]]:
    picture = terms.production
    yield "Picture", f"{picture.title}" + (f", {KINDS[picture.kind]}" if picture.kind else "")
    yield "Photography", f"{day(picture.photography_starts_on)} to {day(picture.photography_ends_on)}"
    if picture.places:
        yield "Places of work", joined([territory_words(p) for p in picture.places])
    if picture.governing_law:
        yield "Governing law", territory_words(picture.governing_law)
    engagement = terms.engagement
    if engagement is None:
        yield "Engagement", NOT_RECORDED
        return
    category = spoken(engagement.category) if engagement.category else f"category {NOT_RECORDED}"
    numbers = joined([c.number for c in engagement.cast_numbers])
    role = engagement.role or NOT_RECORDED
    yield "Role", f"{role}, {category}" + (f", cast number {numbers}" if numbers else "")
    yield "Engaged", f"{moment(engagement.engaged_at)}; work starts: {day(engagement.starts_on)}"


def replica_lines(terms: RiderTerms) -> tuple[Line, ...]:
    """What the replica is, how it is made, when notice was given of the session, and why it is asked for."""
    replica, session = terms.replica, terms.session
    kind = REPLICAS[replica.kind] if replica and replica.kind else NOT_RECORDED
    elements = joined([ELEMENTS[e] for e in replica.elements]) if replica else ""
    of = f" of {elements}" if elements else ""
    lines = [
        ("Replica", f"{kind}{of}, record {replica.id}" if replica else NOT_RECORDED),
        ("Made from", SOURCES[replica.made_from] if replica and replica.made_from else NOT_RECORDED),
        ("Session", moment(session.at) if session.at else day(replica.made_on if replica else None)),
        ("48-hour notice", _notice(terms)),
        ("Business reason", _reason(terms)),
    ]
    if replica and replica.biometric_kinds is not None:
        lines.append(("Biometric data", joined([BIOMETRICS[b] for b in replica.biometric_kinds]) or "none"))
    return tuple(Line(label=label, value=value) for label, value in lines)


def _notice(terms: RiderTerms) -> str:
    given, at = terms.session.notice_given_at, terms.session.at
    if given is None:
        return NOT_RECORDED
    by = f" by {terms.session.notice_by}" if terms.session.notice_by else ""
    before = f", {hours(at, given)} before the session" if at and at > given else ""
    return f"given{by} on {moment(given)}{before}"


def _reason(terms: RiderTerms) -> str:
    session = terms.session
    if session.reason is None:
        return NOT_RECORDED
    by = f"stated by {session.reason_by or NOT_RECORDED}"
    return f"“{session.reason}” ({by}, {moment(session.reason_given_at)})"


def provisions(terms: RiderTerms) -> tuple[Provision, ...]:
    """The general terms, numbered T1, T2 …: they hold for every clause that is agreed to."""
    said = [
        ("What this rider does not reach", _exclusions(terms)),
        ("Not granted", _withheld(terms)),
        ("Term", _term(terms)),
        ("Pay", _pay(terms)),
        ("Custody of the replica", _custody(terms)),
        ("Representation", _representation(terms)),
        ("Form", _FORM),
    ]
    kept = [(heading, paragraphs) for heading, paragraphs in said if paragraphs]
    return tuple(
        Provision(number=f"T{n}", heading=heading, paragraphs=tuple(paragraphs))
        for n, (heading, paragraphs) in enumerate(kept, 1)
    )


def _exclusions(terms: RiderTerms) -> list[str]:
    said = [f"No clause reaches any use {exclusion_words(e, terms)}." for e in terms.consent.excludes]
    if terms.minor:
        said.append(
            "No clause reaches nudity, simulated sex or intimate content, at whatever age Performer is shown. "
            "No signature can change this."
        )
    return said


def _withheld(terms: RiderTerms) -> list[str]:
    grants = terms.consent.grants
    acts = {a for g in grants for a in g.acts}
    purposes = {p for g in grants for p in g.purposes}
    works = {p for g in grants for p in g.productions}
    words = [] if works - {terms.production.id} else ["use in any other picture, episode, game or medium"]
    words += [text for act, text in WITHHELD.items() if act not in acts]
    words += [text for purpose, text in WITHHELD_PURPOSES.items() if purpose not in purposes]
    if not any(g.real_time for g in grants):
        words.append("real-time generation")
    if not any(g.ages for g in grants):
        words.append("an age other than Performer’s own")
    allowed = {c for g in grants for c in g.allows}
    content = [CONTENT[c] for c in Content if c not in allowed]
    return [
        "Whatever no initialed clause grants is reserved to Performer. In particular this rider offers no clause for: "
        f"{'; '.join(words)}.",
        *([f"No clause grants {joined(content, last='or')}."] if content else []),
        "Use that goes beyond a clause’s description is not agreed to, and needs a new consent before it happens.",
    ]


def _term(terms: RiderTerms) -> list[str]:
    consent = terms.consent
    start = f"on {day(consent.from_)}" if consent.from_ else "when it is signed"
    end = f"ends after {day(consent.until)}" if consent.until else "has no end date of its own"
    death = {
        True: "It ends on Performer’s death.",
        False: "It continues after Performer’s death, within the same clauses.",
        None: "It is not limited to Performer’s lifetime.",
    }[consent.lifetime_only]
    dates = f"This rider takes effect {start} and {end}; a clause’s own dates apply within it. {death}"
    return [dates, _revocation(terms)]


def _revocation(terms: RiderTerms) -> str:
    revocable = terms.consent.revocable
    if revocable is None or revocable.by_terms is None:
        return "Whether it may be revoked is not stated here; rights under statute or agreement are unaffected."
    if not revocable.by_terms:
        return "It gives no right of its own to revoke; rights under statute or agreement are unaffected."
    days = revocable.notice_days
    notice = f"{days} days’ written notice" if days else "written notice"
    return f"It may be revoked by {notice}. Uses made before the revocation takes effect are unaffected."


def _pay(terms: RiderTerms) -> list[str]:
    rate = terms.engagement.daily_rate.spoken() if terms.engagement and terms.engagement.daily_rate else NOT_RECORDED
    if terms.production.agreement is not Agreement.TV_THEATRICAL:
        return [f"As agreed in the engagement. Daily rate on record: {rate}."]
    creation = (
        "Creation: a session on a day of other work is work time. A session on a separate day is paid as one day at "
        "Performer’s pro rata daily salary, and not less than the day performer minimum."
    )
    use = (
        "Use: the production days for which, by Producer’s estimate in good faith, Performer would have been needed "
        "in person, each at Performer’s pro rata daily rate or the applicable minimum, whichever is higher; residuals "
        "and pension and health contributions as if Performer had worked in person."
    )
    acts = {a for g in terms.consent.grants for a in g.acts}
    said = [creation] if Act.CREATE_REPLICA in acts else []
    return [*said, use, f"Pro rata daily rate on record: {rate}."]


def _custody(terms: RiderTerms) -> list[str]:
    replica = terms.replica
    duties = (
        "Producer limits access to those with a legitimate business need under an initialed clause, and uses "
        "commercially reasonable efforts against unauthorized access, use and copying. Biometric data is used for no "
        "purpose unrelated to the picture. The limits of this rider travel with the replica."
    )
    holders = [
        f"{c.holder}{f', {territory_words(c.place)}' if c.place else ''}" for c in (replica.custody if replica else ())
    ]
    if not holders and replica and replica.holder:
        holders = [replica.holder]
    destroy = day(replica.destroy_by if replica else None)
    return [duties, f"Held by: {joined(holders) or NOT_RECORDED}. To be destroyed by: {destroy}."]


def _representation(terms: RiderTerms) -> list[str]:
    counsel = terms.consent.counsel
    if counsel is None:
        said = f"Counsel for Performer: {NOT_RECORDED}."
    elif counsel.name == "none":
        said = "Performer was not represented by counsel."
    else:
        said = (
            f"Counsel for Performer: {counsel.name}. Counsel negotiated the replica terms: "
            f"{yes(counsel.negotiated_replica_terms)}."
        )
    cba = yes(terms.consent.cba_addresses_replicas)
    return [f"{said} The collective agreement for this work expressly addresses digital replicas: {cba}."]


_FORM = [
    "The words of this rider, and a machine-readable copy of its terms named consent.json, are one document: the "
    "copy is attached to this file, and its SHA-256 stands at the foot of every page. Nothing in standard terms of an "
    "engagement or a voucher widens a clause.",
]


def signature_blocks(terms: RiderTerms) -> tuple[Block, ...]:
    return tuple(_block(signature, terms) for signature in terms.signatures)


_PARTIES = {
    Role.PERFORMER: ("Performer", "signing in person"),
    Role.LOAN_OUT: ("Loan-out company", "authorized signatory"),
    Role.GUARDIAN: ("Guardian of Performer", "parent or legal guardian"),
    Role.ESTATE: ("For Performer’s estate", "holder of the post-mortem rights"),
    Role.UNION: ("Union", "authorized representative"),
    Role.MINOR: ("Performer", "a minor, signing too"),
    Role.VENDOR: ("Capture vendor", "authorized signatory"),
    Role.WITNESS: ("Witness", "who saw Performer sign"),
    Role.COMPANY: ("Producer", "authorized signatory"),
}


def _block(signature: SignatureField, terms: RiderTerms) -> Block:
    party, capacity = _PARTIES[signature.role]
    name = signature.signer or ""
    if signature.role is Role.LOAN_OUT and terms.engagement:
        name = terms.engagement.loan_out_company or ""
    if signature.role is Role.COMPANY:
        company = terms.production.company or terms.seal.company
        name = f"{company}, by {signature.signer}" if signature.signer else company
    if signature.role is Role.UNION and not name:
        name = "for the union"
    return Block(
        party=party, name=name, capacity=capacity, tooltip=f"Signature of {name}, {party.lower()}", field=signature.name
    )


def evidence(terms: RiderTerms) -> tuple[Line, ...]:
    """What is known at issue about how consent was sought. What nobody recorded says so."""
    consent = terms.consent
    review = "yes" if consent.representative_approved else yes(consent.representative_approved)
    said = [
        ("Issued", moment(terms.issued_at)),
        ("Text handed over", moment(consent.delivered_at)),
        ("Language of the text", "English" if terms.language == "en" else terms.language),
        ("Approved by a legal representative", review),
    ]
    if terms.minor:
        said.append(("Approved by a court", yes(consent.court_approved)))
    said += [
        ("Witness", NOT_RECORDED),
        ("Basis", spoken(consent.basis) if consent.basis else NOT_RECORDED),
        ("How each person signed", "stated in the signature itself and in the evidence file it names by SHA-256"),
    ]
    return tuple(Line(label=label, value=value) for label, value in said)
