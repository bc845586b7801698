"""The rider of a deal: for one person, the clauses that the planned uses of that person need, and no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from registry.domain.consent import Consent, Grant
from registry.domain.finding import Verdict
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.cure import Issuer, specificity
from registry.rules.catalogue import Catalogue
from registry.services.checking import check_world
from registry.services.curing import consent_gate_passes, cure

_BEFORE = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRider:
    """`rider` is None where no planned use lacks a consent that a rider could give. `open_` says of each planned use
    that it does not help why not."""

    performer: str
    rider: Consent | None
    uses: tuple[str, ...] = ()
    open_: tuple[tuple[str, str], ...] = ()


def planned_rider(
    world: World,
    performer: str,
    production: str,
    catalogue: Catalogue,
    *,
    now: dt.datetime,
    issuer: Issuer,
    consent_id: str,
) -> PlannedRider:
    """One rider for every planned use of a person on a production: what each still lacks, one use after the other, and
    then without any clause that the rest does without."""
    uses = planned_uses(world, performer, production)
    drafted: Consent | None = None
    helped: list[Use] = []
    open_: list[tuple[str, str]] = []
    for use in uses:
        given = _with(world, drafted, use, now, issuer)
        plan = cure(given, use, catalogue, now=now, issuer=issuer, performer=performer, consent_id=consent_id)
        if plan.rider is not None:
            drafted = _joined(drafted, plan.rider)
            helped.append(use)
        elif not consent_gate_passes(plan.verdict):
            open_.append((use.id, plan.why_not or "It stays open."))
    if drafted is None:
        return PlannedRider(performer=performer, rider=None, open_=tuple(open_))
    least = _numbered(_least(world, drafted, helped, catalogue, now, issuer))
    return PlannedRider(performer=performer, rider=least, uses=tuple(u.id for u in helped), open_=tuple(open_))


def planned_uses(world: World, performer: str, production: str) -> tuple[Use, ...]:
    """Of each use the latest version, on this production and of this person alone, in the order of their ids."""
    latest = {u.id: u for u in world.uses if performer in u.performers and u.production == production}
    return tuple(replace(latest[name], performers=(performer,)) for name in sorted(latest))


def without_one_clause(consent: Consent) -> Iterable[Consent]:
    """Every consent that leaves out one clause of `consent`."""
    for at in range(len(consent.grants)):
        yield replace(consent, grants=(*consent.grants[:at], *consent.grants[at + 1 :]))


def _joined(drafted: Consent | None, more: Consent) -> Consent:
    if drafted is None:
        return _numbered(more)
    return _numbered(replace(drafted, grants=(*drafted.grants, *more.grants)))


def _numbered(consent: Consent) -> Consent:
    """Clauses 1, 2, 3 …; of clauses that differ in nothing but their number the first."""
    kept: list[Grant] = []
    for grant in consent.grants:
        if not any(replace(grant, clause=k.clause) == k for k in kept):
            kept.append(grant)
    return replace(consent, grants=tuple(replace(g, clause=f"{n}") for n, g in enumerate(kept, 1)))


def _with(world: World, drafted: Consent | None, use: Use, now: dt.datetime, issuer: Issuer) -> World:
    """The world with the rider signed in time for the use, under an id of its own: the next draft takes the rider's."""
    if drafted is None:
        return world
    moment = now if use.at is None or now < use.at else use.at - _BEFORE
    signed = replace(drafted, id=f"{drafted.id}-so-far"[-64:], signed_at=moment)
    rulings = specificity(signed, replace(issuer, on=min(issuer.on, moment.date())))
    return replace(world, consents=(*world.consents, signed), records=(*world.records, *rulings))


def _verdict(
    world: World, drafted: Consent, use: Use, catalogue: Catalogue, now: dt.datetime, issuer: Issuer
) -> Verdict:
    return check_world(_with(world, drafted, use, now, issuer), (use,), catalogue, now=now)[0]


def _least(
    world: World, drafted: Consent, uses: Sequence[Use], catalogue: Catalogue, now: dt.datetime, issuer: Issuer
) -> Consent:
    """The rider without any clause that all its uses pass without."""
    if len(drafted.grants) < 2:
        return drafted
    for smaller in without_one_clause(drafted):
        if all(consent_gate_passes(_verdict(world, smaller, u, catalogue, now, issuer)) for u in uses):
            return _least(world, smaller, uses, catalogue, now, issuer)
    return drafted
