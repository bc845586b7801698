"""What stands before the clauses: the replica, what is taken of the body, five questions, holders, what is amended."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from registry.documents.clauses import work_name
from registry.documents.kinds import DocumentKind
from registry.documents.language import Language
from registry.documents.layout import Line, Section
from registry.documents.overlays import citations, paragraphs
from registry.documents.regimes import regimes
from registry.documents.terms import RiderTerms
from registry.domain.words import Act, BiometricKind, Element, GrantorCapacity, MadeFrom

_TRAINING = {Act.TRAIN_MODEL, Act.LICENSE_TRAINING, Act.REUSE_MODEL}


def sections(terms: RiderTerms, words: Language) -> tuple[Section, ...]:
    """Those that the kind of document, and what is on record, ask for."""
    if terms.withdrawal is not None:
        return (_notice_section(terms, words),)
    found: list[Section] = []
    if terms.replaces is not None:
        found.append(_earlier(terms, words))
    if terms.kind is DocumentKind.ESTATE:
        found.append(_holders(terms, words))
    if terms.kind is not DocumentKind.ALTERATION or terms.replica is not None:
        found.append(_section("replica", replica_lines(terms, words), terms, words))
    if terms.kind is DocumentKind.CAPTURE or paragraphs("biometric", terms, words):
        found += _biometric(terms, words)
    if terms.kind is DocumentKind.UK:
        found.append(_section("questions", tuple(_questions(terms, words)), terms, words))
    return tuple(found)


def _section(name: str, lines: tuple[Line, ...], terms: RiderTerms, words: Language) -> Section:
    return Section(
        heading=words.say(f"section.{name}"),
        lines=lines,
        paragraphs=tuple(paragraphs(name, terms, words)),
        cites=citations(name, terms, words),
    )


def replica_lines(terms: RiderTerms, words: Language) -> tuple[Line, ...]:
    """What the replica is, how it is made, when notice was given of the session, and why it is asked for."""
    replica, session = terms.replica, terms.session
    lines = [("replica", _replica(terms, words))]
    made_from = words.say(f"made_from.{replica.made_from}") if replica and replica.made_from else words.not_recorded
    lines.append(("made_from", made_from))
    if replica and replica.made_for and replica.made_for != terms.production.id:
        lines.append(("made_for", work_name(replica.made_for, terms, words)))
    elif terms.kind not in (DocumentKind.INDEPENDENT, DocumentKind.ESTATE):
        when = words.moment(session.at) if session.at else words.day(replica.made_on if replica else None)
        lines.append(("session", when))
        lines += _session(terms, words)
    given = [(label, getattr(terms.particulars, label)) for label in ("place", "operators", "storage")]
    lines += [(label, said) for label, said in given if said]
    if replica and replica.biometric_kinds is not None:
        lines.append(("biometrics", _biometrics(terms, words) or words.say("biometric.none")))
    return tuple(Line(label=words.say(f"label.{label}"), value=value) for label, value in lines)


def _replica(terms: RiderTerms, words: Language) -> str:
    replica = terms.replica
    if replica is None:
        return words.not_recorded
    kind = words.say(f"replica.{replica.kind}") if replica.kind else words.not_recorded
    if not replica.elements:
        return words.say("fact.replica_bare", kind=kind, record=replica.id)
    elements = words.joined([words.say(f"element.bare.{e}") for e in replica.elements])
    return words.say("fact.replica", kind=kind, elements=elements, record=replica.id)


def _biometrics(terms: RiderTerms, words: Language) -> str:
    kinds = (terms.replica.biometric_kinds if terms.replica else None) or ()
    return words.joined([words.say(f"biometric.{b}") for b in kinds if b is not BiometricKind.NONE])


def _session(terms: RiderTerms, words: Language) -> Iterator[tuple[str, str]]:
    """Notice and reason: where they are on record, and where an agreement asks for them and nobody recorded them."""
    asked = regimes(terms)
    noticed = terms.session.notice_given_at is not None or asked & {"tv-theatrical", "commercials-contract"}
    if noticed:
        yield "notice", _notice(terms, words)
    if terms.session.reason is not None or "tv-theatrical-2026" in asked:
        yield "reason", _reason(terms, words)


def _notice(terms: RiderTerms, words: Language) -> str:
    given, at, by = terms.session.notice_given_at, terms.session.at, terms.session.notice_by
    if given is None:
        return words.not_recorded
    when = words.moment(given)
    notice = words.say("fact.notice_by", by=by, moment=when) if by else words.say("fact.notice", moment=when)
    if at is None or at <= given:
        return notice
    return words.say("fact.notice_before", notice=notice, hours=words.hours(at, given))


def _reason(terms: RiderTerms, words: Language) -> str:
    session = terms.session
    if session.reason is None:
        return words.not_recorded
    said, by = words.quoted(session.reason), session.reason_by or words.not_recorded
    return words.say("fact.reason", reason=said, by=by, moment=words.moment(session.reason_given_at))


def _biometric(terms: RiderTerms, words: Language) -> Iterator[Section]:
    """What a written notice of a capture has to say: what, for what, how long, to whom, and that it is apart."""
    capture = [g for g in terms.consent.grants if Act.CREATE_REPLICA in g.acts]
    if not capture:
        return
    elements = words.joined(
        [words.say(f"element.the.{e}") for e in dict.fromkeys(e for g in capture for e in g.elements)]
    )
    taken = _biometrics(terms, words) or words.say("lines.taken_none", elements=elements)
    clauses = words.joined([g.clause for g in capture])
    lines = [
        ("taken", taken),
        ("purpose", words.apart(dict.fromkeys(g.description for g in capture))),
        ("kept_until", words.day(terms.replica.destroy_by if terms.replica else None)),
        ("recipients", holders_of(terms, words)),
        ("destroyed", words.say("lines.destroyed_text")),
        ("policy", terms.particulars.policy or words.not_recorded),
        ("consent", words.say("lines.consent_text", clauses=clauses)),
    ]
    shown = tuple(Line(label=words.say(f"lines.{label}"), value=value) for label, value in lines)
    yield _section("biometric", shown, terms, words)


def holders_of(terms: RiderTerms, words: Language) -> str:
    """Who holds the replica, and where."""
    replica = terms.replica
    holders = [
        f"{c.holder}{f', {words.territory(c.place)}' if c.place else ''}" for c in (replica.custody if replica else ())
    ]
    if not holders and replica and replica.holder:
        holders = [replica.holder]
    return words.joined(holders) or words.not_recorded


def _questions(terms: RiderTerms, words: Language) -> Iterator[Line]:
    """The five questions that Equity tells its members to ask, answered from the clauses."""
    grants = terms.consent.grants
    scanned = terms.replica is not None and terms.replica.made_from is MadeFrom.SCAN
    capture = [g for g in grants if Act.CREATE_REPLICA in g.acts]
    asked = {
        "scan": [g.clause for g in capture if scanned and set(g.elements) - {Element.VOICE}],
        "voice": [g.clause for g in capture if Element.VOICE in g.elements],
        "synthesis": [g.clause for g in grants if Act.USE_REPLICA in g.acts or Act.DUB in g.acts],
        "training": [g.clause for g in grants if _TRAINING & set(g.acts)],
    }
    for question, clauses in asked.items():
        answer = words.say("lines.by_clause", clauses=words.joined(clauses)) if clauses else words.say("lines.not_here")
        yield Line(label=words.say(f"lines.{question}"), value=answer)
    day = words.day(terms.replica.destroy_by if terms.replica else None)
    kept = words.say("lines.deleted", day=day, holders=holders_of(terms, words))
    yield Line(label=words.say("lines.retention"), value=kept)


def _holders(terms: RiderTerms, words: Language) -> Section:
    """The recital of authority: who holds how much, by which proof, and how much of it signs."""
    grantors = (terms.consent.grantor, *terms.consent.co_grantors)
    found = [terms.performer.representative(g.representative) for g in grantors]
    lines: list[Line] = []
    for grantor, holder in zip(grantors, found, strict=True):
        if holder is None or grantor.capacity is GrantorCapacity.UNION:
            continue
        share = words.say("lines.holder", name=holder.name, share=holder.share or words.say("lines.share_unknown"))
        proof = words.say("lines.proof", authority=holder.authority or words.not_recorded)
        lines.append(Line(label=words.say("lines.right_holder"), value=words.apart((share, proof))))
    shares = [h.share for h in found if h is not None]
    known = [s for s in shares if s is not None]
    total = str(sum(known, Fraction())) if known and len(known) == len(shares) else words.not_recorded
    lines.append(Line(label=words.say("lines.total"), value=total))
    return _section("holders", tuple(lines), terms, words)


def _earlier(terms: RiderTerms, words: Language) -> Section:
    assert terms.replaces is not None
    lines = [
        ("earlier", terms.replaces.consent),
        ("earlier_digest", terms.replaces.sha256),
        ("replaced", words.joined(terms.replaces.clauses)),
    ]
    shown = tuple(Line(label=words.say(f"label.{label}"), value=value) for label, value in lines)
    return _section("earlier", shown, terms, words)


def _notice_section(terms: RiderTerms, words: Language) -> Section:
    """Who withdraws what, from when, and what that stops."""
    assert terms.withdrawal is not None
    withdrawal, consent = terms.withdrawal, terms.consent
    given_by = [s.signer or words.say("signature.for_union") for s in terms.signatures if s.required]
    stopped = [g for g in consent.grants if not withdrawal.clauses or g.clause in withdrawal.clauses]
    lines = [
        ("given_by", words.joined(given_by)),
        ("affects", consent.id),
        ("signed_on", words.moment(consent.signed_at)),
        ("earlier_digest", consent.document.sha256 if consent.document else words.not_recorded),
        ("clauses", words.joined(withdrawal.clauses) or words.say("fact.all_clauses")),
        ("effective", words.day(withdrawal.effective)),
    ]
    if terms.kind is DocumentKind.SUSPENSION:
        lines.append(("ends", words.day(withdrawal.until, words.say("fact.no_end"))))
    lines.append(("because", withdrawal.because or words.not_recorded))
    shown = [Line(label=words.say(f"label.{label}"), value=value) for label, value in lines]
    for grant in stopped:
        acts = words.joined([words.say(f"act.heading.{a}") for a in grant.acts])
        shown.append(Line(label=f"{words.say('label.stops')}: {grant.clause}", value=f"{acts}. {grant.description}"))
    return _section("notice", tuple(shown), terms, words)
