"""What carries over to another picture: every clause given for the one, looked at for the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

from registry.domain.consent import Consent, Grant
from registry.domain.finding import RequirementKind, State, Verdict
from registry.domain.performer import Performer
from registry.domain.production import Production
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Act
from registry.engine.on_file import latest
from registry.engine.reach import Clause, reach
from registry.errors import UsageError
from registry.rules.catalogue import Catalogue
from registry.services.browsing import one_of
from registry.services.supposing import Supposing, day_for, noon
from registry.storage.store import Store

# A cap on seconds is no matter of the picture: how long a use is shows when it is filed.
_LENGTH = ("use.seconds",)


class Carries(StrEnum):
    """What becomes of a clause on the other picture."""

    CARRIES = "carries over"
    OPEN = "open"  # it reaches the picture, and its form or its life hangs on something
    VOID = "reaches it, void"  # it names the picture, and a rule voids it there
    ENDED = "ended by then"
    ANOTHER = "this picture only"  # it names the earlier picture and not the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A clause for one act. `ends_on` is its last day, `needs` the rules that would ask for a consent there, `replica`
    the one it would be used with."""

    performer: str
    name: str
    consent: str
    clause: str
    act: Act
    state: Carries
    why: str = ""
    ends_on: dt.date | None = None
    replica: str | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """From one picture to another, judged on `day`. `without` are people engaged on the first who signed nothing that
    names it; `engaged` says who of all of them is engaged on the other."""

    source: Production
    target: Production
    day: dt.date
    clauses: tuple[Carried, ...]
    without: tuple[tuple[str, str], ...]
    engaged: tuple[str, ...]


def carry_over(
    store: Store,
    catalogue: Catalogue,
    source: str,
    target: str,
    *,
    now: dt.datetime,
    today: dt.date,
    on: dt.date | None = None,
) -> CarryOver:
    """What consents given for `source` allow on `target`, on its first day of photography. Raises UsageError for ids
    that nobody has."""
    if source == target:
        raise UsageError(
            f"{source} is named twice: what carries over goes from one picture to another.", "registry production list"
        )
    before = one_of(store, Production, source, "production")[-1]
    after = one_of(store, Production, target, "production")[-1]
    consents = [c for c in store.values(Consent) if c.signed_at and any(_names(before, g) for g in c.grants)]
    engagements = latest(store.engagements([source, target]), None).values()
    cast = {e.performer for e in engagements if e.production == source}
    people = sorted({c.performer for c in consents} | cast)
    world = store.load(performers=people, productions=[source, target])
    supposing = Supposing.of(world, catalogue, now=now)
    day = on or day_for(after, today)
    names = {p: supposing.on_file.performers[p] for p in people if p in supposing.on_file.performers}
    clauses = [c for consent in consents for c in _consent(supposing, consent, before, after, day, names)]
    signed = {consent.performer for consent in consents}
    return CarryOver(
        source=before,
        target=after,
        day=day,
        clauses=tuple(sorted(clauses, key=lambda c: (c.name, c.consent, c.clause, c.act))),
        without=tuple((p, names[p].known_as) for p in people if p not in signed and p in names),
        engaged=tuple(sorted(e.performer for e in engagements if e.production == target and e.performer in people)),
    )


def _names(picture: Production, grant: Grant) -> bool:
    return picture.is_named_by(grant.productions)


def _consent(
    supposing: Supposing,
    consent: Consent,
    before: Production,
    after: Production,
    day: dt.date,
    names: dict[str, Performer],
) -> Iterator[Carried]:
    for grant in consent.grants:
        if not _names(before, grant):
            continue
        for act in grant.acts:
            yield _clause(supposing, consent, grant, act, before, after, day, names)


def _clause(
    supposing: Supposing,
    consent: Consent,
    grant: Grant,
    act: Act,
    before: Production,
    after: Production,
    day: dt.date,
    names: dict[str, Performer],
) -> Carried:
    person = consent.performer
    replica = _replica(supposing, person, before, grant) if act is not Act.CREATE_REPLICA else None
    use = Use(
        id="supposed", act=act, production=after.id, performers=(person,), elements=grant.elements, replica=replica,
        purpose=grant.purposes[0] if grant.purposes else None, scenes=grant.scenes, content=(), at=noon(day, after),
    )  # fmt: skip
    found = reach(use, person, supposing.on_file, supposing.memory)
    here = [c for c in found.clauses if (c.consent.id, c.grant.clause) == (consent.id, grant.clause)]
    ends = min((d for d in (grant.until, consent.until) if d), default=None)
    state, why = _state(supposing, consent, grant, after, day, here)
    on_file = names.get(person)
    return Carried(
        performer=person,
        name=on_file.known_as if on_file else person,
        consent=consent.id,
        clause=grant.clause,
        act=act,
        state=state,
        why=why,
        ends_on=ends,
        replica=replica,
        needs=_needs(found.verdict) if state not in (Carries.CARRIES, Carries.OPEN) else (),
    )


def _state(
    supposing: Supposing, consent: Consent, grant: Grant, after: Production, day: dt.date, here: list[Clause]
) -> tuple[Carries, str]:
    if not _names(after, grant):
        return Carries.ANOTHER, f"it names {', '.join(grant.productions)}"
    ends = min((d for d in (grant.until, consent.until) if d), default=None)
    if ends is not None and ends < day:
        return Carries.ENDED, f"it ended on {ends.isoformat()}"
    live = [c for c in here if c.state is not State.UNMET]
    if not live:
        if not here:
            return Carries.ENDED, "it is revoked, suspended or replaced by then"
        return Carries.VOID, next((c.why for c in here if c.why), "")
    if any(c.state is State.MET or (c.hangs_on == _LENGTH and not c.why) for c in live):
        return Carries.CARRIES, ""
    doubts = [c.why for c in live if c.why]
    facts = dict.fromkeys(fact for c in live for fact in c.hangs_on)
    return Carries.OPEN, "; ".join([*doubts, *([f"hangs on {', '.join(facts)}"] if facts else [])])


def _replica(supposing: Supposing, person: str, before: Production, grant: Grant) -> str | None:
    """The one replica of the person made for the earlier picture that has what the clause names."""
    found = [
        r.id
        for r in supposing.on_file.replicas.values()
        if (r.performer, r.made_for) == (person, before.id) and set(grant.elements) <= set(r.elements)
    ]
    return found[0] if len(found) == 1 else None


def _needs(verdict: Verdict) -> tuple[str, ...]:
    """The rules that ask, or may ask, for a consent on the other picture."""
    open_ = (State.UNMET, State.REFER, State.UNKNOWN)
    asking = (
        f.rule
        for f in verdict.findings
        if f.state in open_ and any(p.requirement.kind is RequirementKind.CONSENT for p in f.parts)
    )
    return tuple(dict.fromkeys(asking))


def people_of(clauses: Iterable[Carried]) -> dict[str, list[Carried]]:
    """The clauses by person, in their order."""
    found: dict[str, list[Carried]] = {}
    for clause in clauses:
        found.setdefault(clause.performer, []).append(clause)
    return found
