"""Who has to sign: the performer in person, a guardian, an estate, a company in between, the company that asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from registry.domain.consent import Consent, Grantor
from registry.domain.dates import MAJORITY, years_after
from registry.domain.performer import Performer, Representative
from registry.domain.production import Engagement, Production
from registry.domain.values import dataclass
from registry.domain.words import Capacity, GrantorCapacity
from registry.errors import UnknownError
from registry.services.browsing import show_performer
from registry.storage.store import Store

HALF = Fraction(1, 2)
_MOST_HOLDERS = 12


class Readiness(StrEnum):
    """Whether a paper could be signed on a day, as far as what is on file says."""

    READY = "ready"
    INCOMPLETE = "incomplete"  # somebody can sign; a proof or a date is missing
    BLOCKED = "blocked"  # nobody on file can sign for the performer


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody who signs, and why. `needed` is False for a holder of an estate who may sign but need not, where others
    hold more than half. `proof` is the authority on file; `missing` is what has to be obtained."""

    role: str
    name: str
    id: str | None = None
    why: str = ""
    share: Fraction | None = None
    proof: str | None = None
    needed: bool = True
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatories:
    """Who signs for one performer on a day. `majorities` are the smallest groups of holders that together hold more
    than half of an estate's rights; `known_share` is what all holders on file hold together."""

    performer: Performer
    day: dt.date
    readiness: Readiness
    signers: tuple[Signer, ...]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    majorities: tuple[tuple[str, ...], ...] = ()
    known_share: Fraction = Fraction(0)


def who_signs(
    performer: Performer,
    *,
    day: dt.date,
    engagements: Iterable[Engagement] = (),
    productions: Iterable[Production] = (),
    paper: Consent | None = None,
) -> Signatories:
    """Who has to sign a consent of `performer` on `day` for these productions, on what is on file."""
    found = _for_the_performer(performer, day)
    companies = {e.loan_out_company for e in engagements} - {None}
    signers = list(found.signers)
    notes = list(found.notes)
    for company in sorted(c for c in companies if c):
        signers.append(Signer(role="loan-out", name=company, why="the performer is engaged through it"))
        notes.append(f"{company} alone does not sign for a person: whoever grants signs in person as well.")
    asked_by = tuple(productions)
    asking = sorted({p.company for p in asked_by if p.company})
    signers += [Signer(role="company", name=name, why="it asks for the consent") for name in asking]
    missing = list(found.missing)
    if (asked_by or paper) and not asking:
        missing.append("which company asks: no production with a company is named")
    missing += [f"{lack} ({signer.name})" for signer in found.signers for lack in signer.missing if signer.needed]
    notes += _paper_notes(performer, found, paper) if paper else []
    readiness = found.readiness
    if readiness is Readiness.READY and missing:
        readiness = Readiness.INCOMPLETE
    return Signatories(
        performer=performer,
        day=day,
        readiness=readiness,
        signers=tuple(signers),
        missing=tuple(missing),
        notes=tuple(notes),
        majorities=found.majorities,
        known_share=found.known_share,
    )


def signers_of(store: Store, paper: Consent, *, day: dt.date) -> Signatories:
    """Who has to sign a consent on file or in hand. Raises UsageError where its performer is not on file."""
    sheet = show_performer(store, paper.performer)
    named = {name for grant in paper.grants for name in grant.productions}
    productions = [p for p in _latest(store.values(Production)) if p.is_named_by(named)]
    on = {p.id for p in productions}
    engagements = [e for e in sheet.engagements if e.production in on]
    return who_signs(sheet.performer, day=day, engagements=engagements, productions=productions, paper=paper)


def authority(store: Store, performer: str, *, day: dt.date, production: str | None = None) -> Signatories:
    """Who may sign for a performer, on one production or on none yet. Raises UsageError for an id nobody has."""
    sheet = show_performer(store, performer)
    productions = [p for p in _latest(store.values(Production)) if p.id == production]
    if production is not None and not productions:
        raise UnknownError("production", production)
    engagements = [e for e in sheet.engagements if e.production == production]
    found = who_signs(sheet.performer, day=day, engagements=engagements, productions=productions)
    return replace(found, notes=(*found.notes, *_given_in_life(sheet.performer, sheet.consents, day)))


def _given_in_life(performer: Performer, consents: Iterable[Consent], day: dt.date) -> Iterator[str]:
    """What somebody who died had signed, and whether it outlives them."""
    died = performer.died
    if died is None or day < died.first:
        return
    for consent in consents:
        if consent.signed_at is not None and consent.signed_at.date() <= died.last:
            survives = "ended with the life" if consent.lifetime_only else "given in life, is not ended by the death"
            yield f"{consent.id}, {survives}: registry consent show {consent.id}."


def _latest(productions: Iterable[Production]) -> list[Production]:
    return list({p.id: p for p in productions}.values())


def _for_the_performer(performer: Performer, day: dt.date) -> Signatories:
    if performer.died is not None and day >= performer.died.first:
        return _estate(performer, day)
    if performer.born is None:
        signer = Signer(role="performer", name=performer.legal_name, id=performer.id, why="if of age")
        lack = "the date of birth: a minor does not sign alone"
        return Signatories(
            performer=performer, day=day, readiness=Readiness.INCOMPLETE, signers=(signer,), missing=(lack,)
        )
    if day < years_after(performer.born.last, MAJORITY):
        return _minor(performer, day)
    signer = Signer(role="performer", name=performer.legal_name, id=performer.id, why="in person")
    agents = [r.name for r in performer.representatives if r.capacity in (Capacity.AGENT, Capacity.MANAGER)]
    notes = (f"{' and '.join(agents)} may negotiate and does not sign for the performer.",) if agents else ()
    return Signatories(performer=performer, day=day, readiness=Readiness.READY, signers=(signer,), notes=notes)


def _minor(performer: Performer, day: dt.date) -> Signatories:
    """A guardian signs. Where the date of birth leaves it open, the exact date is missing."""
    assert performer.born is not None
    guardians = _acting(performer, Capacity.GUARDIAN, day)
    signers = tuple(_representative(r, "guardian", "the performer is a minor on that day") for r in guardians)
    missing = []
    if day >= years_after(performer.born.first, MAJORITY):
        missing.append("the exact date of birth: it does not tell whether the performer is of age")
    if not guardians:
        missing.append("a guardian on file who acts on that day")
    turns = years_after(performer.born.last, MAJORITY)
    notes = (
        f"Of age on {turns.isoformat()} at the latest: the guardian's signature does not reach uses first made from"
        " then on.",
        "Where a law lets a minor disaffirm, a court's order ends it: registry rules show us-ca, us-ny.",
    )
    ready = Readiness.INCOMPLETE if guardians else Readiness.BLOCKED
    return Signatories(
        performer=performer,
        day=day,
        readiness=ready if missing else Readiness.READY,
        signers=tuple(signers[:1]) + tuple(_optional(s) for s in signers[1:]),
        missing=tuple(missing),
        notes=notes,
    )


def _estate(performer: Performer, day: dt.date) -> Signatories:
    """Holders of more than half of the rights, exactly, sign together; a share not on file counts for nothing."""
    holders = _acting(performer, Capacity.ESTATE, day)
    majorities = _majorities(holders)
    indispensable = set.intersection(*map(set, majorities)) if majorities else {h.id for h in holders}
    signers = tuple(_holder(holder, holder.id in indispensable) for holder in holders)
    known = sum((h.share for h in holders if h.share is not None), Fraction(0))
    missing = []
    if not holders:
        missing.append("anybody who holds the rights: no holder of the estate is on file")
    elif not majorities:
        missing.append(f"holders of more than half of the rights: those on file hold {known}")
    assert performer.died is not None
    if not performer.died.exact:
        missing.append("the exact date of death: terms after death are counted from it")
    notes = ["A statute or an agreement may ask for more than half; the check says so for the use in hand."]
    if performer.standings:
        unions = ", ".join(dict.fromkeys(s.union for s in performer.standings))
        notes.append(f"Where no holder is found, {unions} may be asked; whether that counts is for counsel.")
    return Signatories(
        performer=performer,
        day=day,
        readiness=Readiness.READY if majorities and not missing else _without_majority(majorities),
        signers=signers,
        missing=tuple(missing),
        notes=tuple(notes),
        majorities=majorities,
        known_share=known,
    )


def _without_majority(majorities: Sequence[tuple[str, ...]]) -> Readiness:
    return Readiness.INCOMPLETE if majorities else Readiness.BLOCKED


def _majorities(holders: Sequence[Representative]) -> tuple[tuple[str, ...], ...]:
    """The groups of holders with more than half that nobody can be left out of, smallest first."""
    known = [h for h in holders if h.share is not None][:_MOST_HOLDERS]
    found: list[tuple[str, ...]] = []
    for size in range(1, len(known) + 1):
        for chosen in combinations(known, size):
            ids = tuple(h.id for h in chosen)
            held = sum((h.share for h in chosen if h.share is not None), Fraction(0))
            if held > HALF and not any(set(smaller) <= set(ids) for smaller in found):
                found.append(ids)
    return tuple(found)


def _holder(holder: Representative, needed: bool) -> Signer:
    lacks = []
    if holder.share is None:
        lacks.append("the share held")
    if holder.authority is None:
        lacks.append("proof of authority: probate, letters, a registration")
    return Signer(
        role="estate",
        name=holder.name,
        id=holder.id,
        why="holds rights after death",
        share=holder.share,
        proof=holder.authority,
        needed=needed,
        missing=tuple(lacks),
    )


def _representative(found: Representative, role: str, why: str) -> Signer:
    lacks = () if found.authority else ("proof of authority",)
    return Signer(role=role, name=found.name, id=found.id, why=why, proof=found.authority, missing=lacks)


def _optional(signer: Signer) -> Signer:
    return replace(signer, needed=False)


def _acting(performer: Performer, capacity: Capacity, day: dt.date) -> list[Representative]:
    found = [r for r in performer.representatives if r.capacity is capacity and r.acts_on(day)]
    return sorted(found, key=lambda r: (-(r.share or 0), r.id))


def _paper_notes(performer: Performer, found: Signatories, paper: Consent) -> Iterator[str]:
    """What the paper in hand says otherwise."""
    wanted = {signer.id for signer in found.signers}
    for grantor in (paper.grantor, *paper.co_grantors):
        name = _grantor(performer, grantor)
        if grantor.capacity is GrantorCapacity.UNION:
            yield "The paper is granted by the union: whether that counts is for counsel."
        elif (grantor.representative or performer.id) not in wanted:
            yield f"The paper names {name} as the one who grants; on that day it is not theirs to grant."
    if paper.personally_signed is False:
        yield "The paper says that the performer did not sign in person: it covers nothing until they have."


def _grantor(performer: Performer, grantor: Grantor) -> str:
    if grantor.representative is None:
        return performer.legal_name
    on_file = performer.representative(grantor.representative)
    return on_file.name if on_file else grantor.representative
