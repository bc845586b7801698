"""Curing a refusal: what would turn it, tried out before it is printed (DOMAIN.md §7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace

from registry.domain.consent import Consent, Grant, Grantor
from registry.domain.english import listing
from registry.domain.finding import Cure, Finding, Gate, State, Verdict
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Basis, Capacity, GrantorCapacity
from registry.domain.world import World
from registry.engine.cure import Issuer, needs_rider, rider, specificity
from registry.engine.matter import Matter
from registry.engine.on_file import OnFile
from registry.errors import UsageError
from registry.rules.catalogue import Catalogue
from registry.services.checking import check_world

_BEFORE = dt.timedelta(seconds=1)
_END = dt.datetime.max.replace(tzinfo=dt.UTC)
# The values of a grant that a rider may name; leaving one of them out must fail the check again.
_LISTS = (
    "acts",
    "elements",
    "productions",
    "purposes",
    "scenes",
    "media",
    "territories",
    "languages",
    "allows",
    "physical_changes",
)


@dataclass(frozen=True, slots=True)
class CurePlan:
    """What would turn a verdict. `rider` is unsigned; `rulings` are the issuer's, recorded with the issue. `after` is
    the verdict with the rider signed; `why_not` says why a rider that is missing cannot be drafted."""

    verdict: Verdict
    rider: Consent | None
    rulings: tuple[Record, ...]
    after: Verdict | None
    why_not: str | None
    others: tuple[tuple[Finding, Cure], ...]


def cure(
    world: World,
    use: Use,
    catalogue: Catalogue,
    *,
    now: dt.datetime,
    issuer: Issuer,
    performer: str | None = None,
    as_of: dt.date | dt.datetime | None = None,
    consent_id: str | None = None,
) -> CurePlan:
    """The cures of one use of one performer. A rider is offered only after the same check has passed with it signed."""
    person = performer or next(iter(use.performers), None)
    alone = replace(use, performers=(person,) if person else ())
    verdict = check_world(world, (alone,), catalogue, now=now, as_of=as_of)[0]
    others = tuple((f, f.cure) for f in verdict.findings if f.cure is not None and f.cure.kind != "rider")
    if not needs_rider(verdict):
        return CurePlan(verdict, None, (), None, _no_rider(verdict), others)
    matter = Matter.of(alone, person, OnFile.of(world, known_at=_END, proposed=(alone,)), as_of)
    _may_issue(issuer, matter)
    drafted = rider(verdict, matter, consent_id=consent_id or f"rider-{use.id}")
    if drafted is None:
        return CurePlan(verdict, None, (), None, "Nobody on file may sign for the performer.", others)
    first: Verdict | None = None
    for draft in _drafts(drafted, matter):
        after = _signed(world, alone, draft, issuer, catalogue, now, as_of)
        if consent_gate_passes(after):
            break
        first = first or after
    else:
        assert first is not None
        return CurePlan(verdict, None, (), first, _still_open(first), others)
    drafted = _needed_only(world, alone, draft, issuer, catalogue, now, as_of)
    after = _signed(world, alone, drafted, issuer, catalogue, now, as_of)
    return CurePlan(verdict, drafted, specificity(drafted, issuer), after, None, others)


def _may_issue(issuer: Issuer, matter: Matter) -> None:
    """Raises UsageError where the production lists who decides, and the issuer is not among them: issuing a rider rules
    that its clauses are specific, and that ruling would not count."""
    deciders = matter.production.deciders
    if not deciders or any((d.name, d.capacity) == (issuer.name, issuer.capacity) for d in deciders):
        return
    listed = ", ".join(f"{d.name} ({d.capacity})" for d in deciders)
    problem = (
        f"{issuer.name} ({issuer.capacity}) does not decide for {matter.production.title}; there decide: {listed}."
    )
    raise UsageError(problem, f'add --by "{deciders[0].name}" --capacity {deciders[0].capacity}')


def consent_gate_passes(verdict: Verdict) -> bool:
    """Whether nothing at the consent gate refuses or is open."""
    return dict(verdict.gates)[Gate.CONSENT] in (State.MET, State.EXEMPT, State.DUE, State.NONE)


def _drafts(drafted: Consent, matter: Matter) -> Iterator[Consent]:
    """The rider as drafted, and as what a rule asks of a consent may want it: signed by more of an estate's holders (a
    statute may ask for more than half), naming the physical change the use makes, or on explicit consent."""
    yield drafted
    signing, holders = drafted, _further_holders(drafted, matter)
    for holder in holders:
        signing = replace(signing, co_grantors=(*signing.co_grantors, holder))
        yield signing
    change = matter.use.description
    if dict(matter.use.facts).get("use.physical_change") is True and change:
        yield replace(drafted, grants=tuple(replace(g, physical_changes=(change,)) for g in drafted.grants))
    if drafted.grantor.capacity is not GrantorCapacity.ESTATE:  # data protection leaves the dead out
        yield replace(drafted, basis=Basis.EXPLICIT_CONSENT)


def _further_holders(drafted: Consent, matter: Matter) -> tuple[Grantor, ...]:
    """Those who hold rights of the dead on the day of the use and do not sign yet, the largest share first."""
    if drafted.grantor.capacity is not GrantorCapacity.ESTATE or matter.performer is None or matter.day is None:
        return ()
    signing = {g.representative for g in (drafted.grantor, *drafted.co_grantors)}
    acting = [r for r in matter.performer.representatives if r.capacity is Capacity.ESTATE and r.acts_on(matter.day)]
    further = sorted((r for r in acting if r.id not in signing), key=lambda r: (-(r.share or 0), r.id))
    return tuple(Grantor(capacity=GrantorCapacity.ESTATE, representative=r.id) for r in further)


def signed_before(consent: Consent, use: Use, now: dt.datetime) -> Consent:
    """The consent as if signed in time for the use: now, or just before a use that is already past."""
    moment = now if use.at is None or now < use.at else use.at - _BEFORE
    return replace(consent, signed_at=moment)


def without_one_value(consent: Consent) -> Iterator[tuple[str, Consent]]:
    """Every consent that leaves out one value of one grant of `consent`, with what was left out."""
    for at, grant in enumerate(consent.grants):
        for name in _LISTS:
            values: tuple[str, ...] = getattr(grant, name) or ()
            for value in values:
                left = tuple(v for v in values if v != value)
                yield f"{grant.clause} {name} {value}", _with_grant(consent, at, name, left)
        for name in ("ages", "real_time"):
            if getattr(grant, name):
                yield f"{grant.clause} {name}", _with_grant(consent, at, name, None)


def _with_grant(consent: Consent, at: int, name: str, value: object) -> Consent:
    names = [f.name for f in fields(Grant)]
    kept = {n: getattr(consent.grants[at], n) for n in names}
    kept[name] = value
    grants = (*consent.grants[:at], Grant(**kept), *consent.grants[at + 1 :])
    return replace(consent, grants=grants)


def _signed(
    world: World,
    use: Use,
    drafted: Consent,
    issuer: Issuer,
    catalogue: Catalogue,
    now: dt.datetime,
    as_of: dt.date | dt.datetime | None,
) -> Verdict:
    signed = signed_before(drafted, use, now)
    day = signed.signed_at.date() if signed.signed_at else issuer.on
    rulings = specificity(signed, replace(issuer, on=min(issuer.on, day)))
    more = replace(world, consents=(*world.consents, signed), records=(*world.records, *rulings))
    return check_world(more, (use,), catalogue, now=now, as_of=as_of)[0]


def _needed_only(
    world: World,
    use: Use,
    drafted: Consent,
    issuer: Issuer,
    catalogue: Catalogue,
    now: dt.datetime,
    as_of: dt.date | dt.datetime | None,
) -> Consent:
    """The rider without any value that the check passes without."""
    for _, smaller in without_one_value(drafted):
        if consent_gate_passes(_signed(world, use, smaller, issuer, catalogue, now, as_of)):
            return _needed_only(world, use, smaller, issuer, catalogue, now, as_of)
    return drafted


def _no_rider(verdict: Verdict) -> str:
    if any(f.state is State.BARRED for f in verdict.findings):
        return "No rider can cure this: a rule bars the use whatever is signed."
    if dict(verdict.gates)[Gate.CONSENT] in (State.UNKNOWN, State.REFER):
        return "Whether a consent is missing is not known before what is open is answered."
    return "No consent is missing."


def _still_open(after: Verdict) -> str:
    """Which rules would go on standing with the rider signed, and what they wait for where an answer or a ruling is."""
    open_ = [f for f in after.findings if f.gate is Gate.CONSENT and f.state not in (State.MET, State.EXEMPT)]
    waits = dict.fromkeys(
        [f"an answer to {q}" for f in open_ for q in f.questions]
        + [f"a ruling on {r}" for f in open_ if f.state is State.REFER for r in f.rulings if r != "rule"]
    )
    stands = f"{', '.join(f.rule for f in open_)} would still stand"
    return f"A rider alone would not turn it: {stands}{f', waiting for {listing(waits)}' if waits else ''}."
