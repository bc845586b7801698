"""Rendering a rider: from a consent and the records around it to terms, and from terms to a PDF nobody has sealed."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import field
from typing import TypeVar

from registry.documents.field_plan import field_plan
from registry.documents.issue import unsealed_rider
from registry.documents.kinds import NOTICES, DocumentKind, kind_of
from registry.documents.language import language
from registry.documents.provisions import to_compare
from registry.documents.render import Renderer
from registry.documents.terms import (
    SCHEMA,
    TEMPLATE,
    TEMPLATE_VERSION,
    Paper,
    Particulars,
    Replaced,
    RiderTerms,
    Seal,
    Session,
    Withdrawal,
    Work,
    offered,
    printed_engagement,
    printed_performer,
    printed_production,
    printed_replica,
)
from registry.domain.consent import Consent
from registry.domain.dates import age_on
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.record import Record
from registry.domain.replica import Replica
from registry.domain.values import dataclass
from registry.domain.words import Act, Agreement, RecordKind
from registry.domain.world import World
from registry.errors import UsageError

_ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuing:
    """Who issues a document, when, on what paper and in which language; which kind it is, where that is not to follow
    from the consent. `salt` is 32 hexadecimal digits, drawn when left out; it keeps the printed digest from being a
    guessable hash of known facts."""

    company: str
    now: dt.datetime
    signatory: str | None = None
    root_sha256: str | None = None
    paper: Paper = Paper.LETTER
    salt: str | None = None
    adds_to: str | None = None
    kind: DocumentKind | None = None
    language: str = "en"
    particulars: Particulars = field(default_factory=Particulars)
    replaces: Replaced | None = None
    withdrawal: Withdrawal | None = None


def rider_terms(
    consent: Consent,
    performer: Performer,
    production: Production,
    engagement: Engagement | None = None,
    *,
    issuing: Issuing,
    replica: Replica | None = None,
    session: Session | None = None,
    works: tuple[Work, ...] = (),
) -> RiderTerms:
    """What the rider of a consent says. Raises UsageError where nobody could sign it as it stands."""
    minor = _minor(performer, issuing.now)
    kind = issuing.kind or kind_of(consent, performer, production, engagement, replica, minor=minor)
    _refuse_wrong_kind(kind, consent, production, issuing)
    signatures, initials = field_plan(kind, consent, performer, engagement, issuing.signatory, issuing.particulars)
    return RiderTerms(
        schema=SCHEMA,
        template=TEMPLATE,
        template_version=TEMPLATE_VERSION,
        language=issuing.language,
        paper=issuing.paper,
        issued_at=issuing.now.replace(microsecond=0),
        salt=issuing.salt or secrets.token_hex(16),
        kind=kind,
        consent=consent if kind in NOTICES else offered(consent),
        performer=printed_performer(performer, consent),
        minor=minor,
        production=printed_production(production),
        works=works,
        engagement=printed_engagement(engagement),
        replica=printed_replica(replica),
        session=session or Session(),
        adds_to=issuing.adds_to,
        particulars=issuing.particulars,
        replaces=issuing.replaces,
        withdrawal=issuing.withdrawal,
        seal=Seal(company=issuing.company, root_sha256=issuing.root_sha256),
        signatures=signatures,
        initials=initials,
    )


def _refuse_wrong_kind(kind: DocumentKind, consent: Consent, production: Production, issuing: Issuing) -> None:
    """A notice speaks of a signed consent, everything else of one that is not signed yet."""
    if kind in NOTICES:
        _refuse_wrong_notice(kind, consent, production, issuing)
    elif consent.signed_at is not None:
        raise UsageError(
            f"Consent {consent.id} is signed already; its document is the one that was signed.",
            "Draft a new consent for what is missing: registry cure USE --rider",
        )
    if kind is DocumentKind.AMENDMENT:
        _refuse_wrong_amendment(consent, issuing)


def _refuse_wrong_notice(kind: DocumentKind, consent: Consent, production: Production, issuing: Issuing) -> None:
    if consent.signed_at is None:
        raise UsageError(f"Consent {consent.id} is not signed: there is nothing to withdraw.", "registry consent list")
    withdrawal = issuing.withdrawal
    if withdrawal is None:
        raise UsageError(f"The {kind} notice has no day from which it holds.", "add --fill effective=2026-12-01")
    clauses = {g.clause for g in consent.grants}
    if unknown := sorted(set(withdrawal.clauses) - clauses):
        problem = f"Consent {consent.id} has no clause {unknown[0]}."
        raise UsageError(problem, f"add --fill clauses={','.join(sorted(clauses))}")
    if kind is DocumentKind.SUSPENSION and production.agreement in (None, Agreement.NONE, Agreement.UNKNOWN):
        problem = f"{production.title} is under no collective agreement on file that consent could be suspended under."
        raise UsageError(problem, "add --kind revocation")


def _refuse_wrong_amendment(consent: Consent, issuing: Issuing) -> None:
    if issuing.replaces is None:
        raise UsageError("An amendment names the consent that it changes.", "add --fill replaces=CONSENT")
    clauses = [g.clause for g in consent.grants]
    if other := sorted(set(issuing.replaces.clauses) - set(clauses)):
        problem = f"Clause {other[0]} is to be replaced, and {consent.id} has no clause {other[0]} to replace it."
        raise UsageError(problem, f"number the new clause {other[0]}, or add --fill clauses={','.join(clauses)}")


def rider_of_world(consent: Consent, world: World, *, issuing: Issuing) -> RiderTerms:
    """The rider of a consent with everything on file that it prints. The consent itself need not be on file."""
    production_id = _production(consent, world)
    engagement = _latest(
        e for e in world.engagements if (e.performer, e.production) == (consent.performer, production_id)
    )
    theirs = [r for r in world.replicas if r.performer == consent.performer]
    # Of replicas the one made for this picture, else the last one made for another: that is what is to be used here.
    replica = _latest(r for r in theirs if r.made_for == production_id) or _latest(theirs)
    named = {p for g in consent.grants for p in g.productions} | {replica.made_for if replica else None}
    named -= {production_id}
    works = {p.id: Work(id=p.id, title=p.title) for p in world.productions if p.id in named}
    return rider_terms(
        consent,
        _found(world.performers, consent.performer, "performer"),
        _found(world.productions, production_id, "production"),
        engagement,
        issuing=issuing,
        replica=replica,
        session=session_of(consent, production_id, replica, world),
        works=tuple(works[key] for key in sorted(works)),
    )


def render_rider(terms: RiderTerms, renderer: Renderer | None = None) -> bytes:
    """The rider as a PDF: PDF/A-3a and PDF/UA-1, with its terms inside, unsealed. A renderer given is used again."""
    if renderer is not None:
        return unsealed_rider(terms, renderer)
    with Renderer() as own:
        return unsealed_rider(terms, own)


def compared(terms: RiderTerms) -> tuple[str, ...]:
    """The provisions that a person compares with the official rider before the document is issued."""
    return to_compare(terms, language(terms.language))


def session_of(consent: Consent, production: str, replica: Replica | None, world: World) -> Session:
    """The capture session on file for a rider: its moment, the latest notice before it, and the reason given."""
    uses = [u for u in world.uses if consent.performer in u.performers and u.production == production]
    scan = next((u for u in uses if u.act is Act.CREATE_REPLICA and u.at is not None), None)
    voided = {r.corrects for r in world.records}
    records = [r for r in world.records if r.id not in voided]
    about = {consent.performer, *([replica.id] if replica else []), *(u.id for u in uses)}
    notice = _last(r for r in records if _is_notice(r, consent.performer, production, about))
    reason = _last(r for r in records if r.kind is RecordKind.REASON and scan is not None and scan.id in r.use)
    return Session(
        at=scan.at if scan else None,
        notice_given_at=notice.given_at if notice else None,
        notice_by=notice.by if notice else None,
        reason=reason.text if reason else None,
        reason_given_at=reason.given_at if reason else None,
        reason_by=reason.by if reason else None,
    )


def _is_notice(record: Record, performer: str, production: str, about: set[str]) -> bool:
    if record.kind is not RecordKind.NOTICE or record.to != "performer":
        return False
    if record.about:
        return bool(about & set(record.about))
    return (record.performer, record.production) == (performer, production)


def _last(records: Iterable[Record]) -> Record | None:
    dated = [r for r in records if r.given_at is not None]
    return max(dated, key=lambda r: (r.given_at, r.id), default=None)


def _production(consent: Consent, world: World) -> str:
    """The picture a rider belongs to: the first production its clauses name that is on file."""
    known = {p.id for p in world.productions}
    named = [p for g in consent.grants for p in g.productions]
    found = next((p for p in named if p in known), None)
    if found is None:
        raise UsageError(
            f"Consent {consent.id} names no production that is on file.", "Import the production it is for."
        )
    return found


_Dated = TypeVar("_Dated", Performer, Production, Engagement, Replica)


def _found(things: Iterable[_Dated], key: str, what: str) -> _Dated:
    found = _latest(t for t in things if t.id == key)
    if found is None:
        raise UsageError(f"There is no {what} {key} on file.", f"Import the {what} first.")
    return found


def _latest(things: Iterable[_Dated]) -> _Dated | None:
    """Of versions and candidates the one recorded last; one without a moment was always known."""
    return max(things, key=lambda t: (t.recorded_at or _ALWAYS, t.id), default=None)


def _minor(performer: Performer, now: dt.datetime) -> bool | None:
    """Whether the performer is under 18 on the day of issue; None where the birth date does not tell."""
    if performer.born is None:
        return None
    ages = {age_on(day, now.date()) < 18 for day in (performer.born.first, performer.born.last)}
    return ages.pop() if len(ages) == 1 else None
