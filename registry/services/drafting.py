"""Drafting a consent of a kind from what is on file: what is known is filled in, what is not is left out and named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from registry.documents.kinds import NOTICES, DocumentKind
from registry.domain.consent import Consent, Grant, Grantor
from registry.domain.dates import age_on
from registry.domain.performer import Performer
from registry.domain.production import Production
from registry.domain.replica import Replica
from registry.domain.values import dataclass
from registry.domain.words import Act, Capacity, Element, GrantorCapacity, Purpose
from registry.domain.world import World
from registry.errors import UnknownError, UsageError
from registry.services.rendering import session_of

# What a kind asks for, clause by clause; a person strikes what is not wanted.
_CREATE, _USE, _ALTER = (Act.CREATE_REPLICA,), (Act.USE_REPLICA,), (Act.ALTER_PERFORMANCE,)
_CLAUSES: dict[DocumentKind, tuple[tuple[Act, ...], ...]] = {
    DocumentKind.EMPLOYMENT: (_CREATE, _USE),
    DocumentKind.INDEPENDENT: (_USE,),
    DocumentKind.OTHER_PRODUCTION: (_USE,),
    DocumentKind.ALTERATION: (_ALTER,),
    DocumentKind.BACKGROUND: (_CREATE, _USE),
    DocumentKind.COMMERCIAL: (_CREATE, _USE),
    DocumentKind.INTERACTIVE: (_CREATE, _USE),
    DocumentKind.CAPTURE: (_CREATE,),
    DocumentKind.UK: (_CREATE, _USE),
    DocumentKind.ESTATE: (_USE,),
    DocumentKind.MINOR: (_CREATE, _USE),
}
# What a kind states by --fill when it is rendered.
_STATED: dict[DocumentKind, tuple[str, ...]] = {
    DocumentKind.BACKGROUND: ("voucher",),
    DocumentKind.COMMERCIAL: ("spots",),
    DocumentKind.INTERACTIVE: ("reports",),
    DocumentKind.CAPTURE: ("policy",),
    DocumentKind.MINOR: ("court",),
}
_GRANTS = {Capacity.ESTATE: GrantorCapacity.ESTATE, Capacity.GUARDIAN: GrantorCapacity.GUARDIAN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft, and what nobody has said yet: the key it belongs under, and the question."""

    consent: Consent
    missing: tuple[tuple[str, str], ...]


def draft_consent(
    kind: DocumentKind, performer: str, production: str, world: World, *, name: str, today: dt.date
) -> Drafted:
    """A consent of `kind` between a performer and a production on file. Its clauses have no description yet."""
    if kind in NOTICES or kind is DocumentKind.AMENDMENT:
        how = "--fill replaces=CONSENT" if kind is DocumentKind.AMENDMENT else f"--kind {kind} --fill effective=DAY"
        raise UsageError(f"The {kind} is made from a consent; it has no draft of its own.", f"registry render X {how}")
    person = next((p for p in reversed(world.performers) if p.id == performer), None)
    work = next((p for p in reversed(world.productions) if p.id == production), None)
    if person is None:
        raise UnknownError("performer", performer)
    if work is None:
        raise UnknownError("production", production)
    replica = next((r for r in world.replicas if r.performer == performer), None)
    grantors = _grantors(kind, person, today)
    consent = Consent(
        id=name,
        performer=performer,
        grantor=grantors[0] if grantors else Grantor(capacity=GrantorCapacity.SELF),
        co_grantors=grantors[1:],
        grants=tuple(_clauses(kind, work, replica)),
    )
    return Drafted(consent=consent, missing=tuple(_missing(kind, consent, work, replica, grantors, world)))


def _grantors(kind: DocumentKind, person: Performer, today: dt.date) -> tuple[Grantor, ...]:
    """Right-holders, guardians, or the performer; nobody where a right-holder or guardian is wanted and not on file."""
    minor = person.born is not None and age_on(person.born.last, today) < 18
    wanted = {DocumentKind.ESTATE: Capacity.ESTATE, DocumentKind.MINOR: Capacity.GUARDIAN}.get(kind)
    if wanted is None and person.died is not None:
        wanted = Capacity.ESTATE
    if wanted is None and minor:
        wanted = Capacity.GUARDIAN
    if wanted is None:
        return (Grantor(capacity=GrantorCapacity.SELF),)
    acting = [r for r in person.representatives if r.capacity is wanted and r.acts_on(today)]
    return tuple(Grantor(capacity=_GRANTS[wanted], representative=r.id) for r in acting)


def _clauses(kind: DocumentKind, work: Production, replica: Replica | None) -> Iterator[Grant]:
    purpose = Purpose.ADVERTISING if kind is DocumentKind.COMMERCIAL else Purpose.FINAL
    for number, acts in enumerate(_CLAUSES[kind], 1):
        creating = acts == _CREATE
        yield Grant(
            clause=f"{number}.1",
            acts=acts,
            elements=replica.elements if replica else (),
            productions=(work.id,),
            purposes=(purpose,),
            description="",
            territories=None if creating else work.released_in,
            languages=(work.original_language,) if work.original_language and not creating else None,
        )


def _missing(
    kind: DocumentKind,
    consent: Consent,
    work: Production,
    replica: Replica | None,
    grantors: tuple[Grantor, ...],
    world: World,
) -> Iterator[tuple[str, str]]:
    if not grantors:
        yield "grantor", "who signs: no right-holder or guardian is on file"
    for at, grant in enumerate(consent.grants):
        yield f"grants[{at}].description", "what is done: the role, the scene, how long, and what is not done"
        if not grant.elements:
            yield f"grants[{at}].elements", f"which of {', '.join(Element)}"
        if grant.acts != _CREATE:
            yield f"grants[{at}].scenes, media, until", "where it may be used, and until when"
            if grant.territories is None:
                yield f"grants[{at}].territories", "in which territories"
    yield "counsel", "who advised the performer, and whether they negotiated the replica terms; none if nobody"
    yield "revocable", "whether the grantor may revoke, and on how many days' notice"
    if replica is None:
        yield "replicas", f"no replica of {consent.performer} is on file: kind, made_from, custody, destroy_by"
    engaged = any((e.performer, e.production) == (consent.performer, work.id) for e in world.engagements)
    if not engaged and kind not in (DocumentKind.INDEPENDENT, DocumentKind.ESTATE):
        yield "engagements", f"no engagement of {consent.performer} on {work.id} is on file"
    if any(g.acts == _CREATE for g in consent.grants):
        session = session_of(replace(consent, grants=()), work.id, replica, world)
        if session.notice_given_at is None:
            yield "records", "no notice of the session is on file"
    for key in _STATED.get(kind, ()):
        yield f"--fill {key}", "stated when it is rendered"
