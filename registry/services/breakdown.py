"""What a casting breakdown can say about digital work: the uses that are filed, and what the rules in force promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from registry.domain.production import Engagement, Production
from registry.domain.replica import Replica
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Act, ReplicaKind
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.rules.catalogue import Catalogue
from registry.rules.pack import PackGate
from registry.services.browsing import listed, one_of
from registry.services.checking import settled
from registry.services.planning import Bite, plan
from registry.storage.store import Store

# Acts in which a performer takes part; the others concern nobody who auditions.
OF_PEOPLE = tuple(act for act in Act if act not in (Act.GENERATE_MATERIAL, Act.USE_SYNTHETIC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What is planned with a role by one act, over all uses filed for it. `elements` and `content` are None where some
    use does not say; `role` None where nobody said whose it is."""

    role: str | None
    act: Act
    elements: tuple[str, ...] | None
    purposes: tuple[str, ...]
    scenes: tuple[str, ...]
    content: tuple[str, ...] | None
    descriptions: tuple[str, ...]
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something the rules in force ask for in the performer's favour. `certain` is False where it hangs on facts."""

    asks: str
    certain: bool
    follows: bool
    acts: tuple[Act, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """A production's planned uses of performers, by role; `not_filed` are the acts of which no use is filed."""

    production: Production
    on: dt.date
    disclosures: tuple[Disclosure, ...]
    promises: tuple[Promise, ...]
    not_filed: tuple[Act, ...]


def breakdown(
    store: Store,
    catalogue: Catalogue,
    production: str,
    *,
    now: dt.datetime,
    today: dt.date,
    proposed: Sequence[Use] = (),
) -> Breakdown:
    """What is filed for a production, and `proposed` beside it. Raises UsageError for an id nobody has."""
    picture = one_of(store, Production, production, "production")[-1]
    filed = {use.id: use for use in (*listed(store, Use), *proposed)}
    replicas = store.values(Replica, sorted({use.replica for use in filed.values() if use.replica}))
    made = {replica.id: replica for replica in replicas}
    planned = [_with_elements(use, made) for use in settled(World(replicas=replicas), filed.values())]
    uses = [use for use in planned if use.production == production and use.act in OF_PEOPLE]
    roles = {e.performer: _role(e) for e in latest(store.engagements([production]), None).values()}
    acts = tuple(dict.fromkeys(use.act for use in sorted(uses, key=lambda u: OF_PEOPLE.index(u.act))))
    kind = ReplicaKind.EMPLOYMENT_BASED if any(u.replica or u.act is Act.CREATE_REPLICA for u in uses) else None
    rules = store.load(productions=[production])
    found = plan(rules, catalogue, picture, acts=acts, now=now, today=today, replica=kind)
    return Breakdown(
        production=picture,
        on=today,
        disclosures=tuple(_disclosures(uses, roles)),
        promises=tuple(_promises((act.act, bite) for act in found.acts for bite in act.bites)),
        not_filed=tuple(act for act in OF_PEOPLE if act not in acts),
    )


def _with_elements(use: Use, replicas: Mapping[str, Replica]) -> Use:
    """A use that leaves its elements to its replica, with these."""
    replica = replicas.get(use.replica or "")
    return replace(use, elements=replica.elements) if use.elements is None and replica else use


def _role(engagement: Engagement) -> str:
    return engagement.role or (engagement.category or "a role that is not named").replace("_", " ")


def _disclosures(uses: Iterable[Use], roles: dict[str, str]) -> Iterator[Disclosure]:
    grouped: dict[tuple[str | None, Act], list[Use]] = {}
    for use in uses:
        for role in dict.fromkeys(roles.get(p, p) for p in use.performers) or (None,):
            grouped.setdefault((role, use.act), []).append(use)
    for (role, act), theirs in sorted(grouped.items(), key=lambda item: (item[0][0] or "", item[0][1])):
        yield Disclosure(
            role=role,
            act=act,
            elements=_all(use.elements for use in theirs),
            purposes=tuple(dict.fromkeys(u.purpose.value for u in theirs if u.purpose)),
            scenes=tuple(dict.fromkeys(scene for u in theirs for scene in u.scenes or ())),
            content=_all(use.content for use in theirs),
            descriptions=tuple(dict.fromkeys(u.description for u in theirs if u.description)),
            uses=tuple(u.id for u in theirs),
        )


def _all(values: Iterable[Sequence[str] | None]) -> tuple[str, ...] | None:
    """All values that are named; None where one of them is not known."""
    found: dict[str, None] = {}
    for each in values:
        if each is None:
            return None
        found |= dict.fromkeys(str(value) for value in each)
    return tuple(found)


def _promises(bites: Iterable[tuple[Act, Bite]]) -> Iterator[Promise]:
    """What is asked for, once for all rules and acts that ask it; what a platform wants concerns nobody who auditions.
    Consent and payment that are certain first."""
    grouped: dict[tuple[str, bool, bool], list[tuple[Act, str]]] = {}
    for act, bite in bites:
        if bite.gate is PackGate.PLATFORM or any(ask.startswith("nothing can meet it") for ask in bite.asks):
            continue
        for ask in bite.asks:
            if not ask.startswith(("a condition", "a ruling")):
                grouped.setdefault((ask, bite.certain, bite.follows), []).append((act, bite.rule))
    for (ask, certain, follows), found in sorted(grouped.items(), key=lambda item: (not item[0][1], item[0][2])):
        yield Promise(
            asks=ask,
            certain=certain,
            follows=follows,
            acts=tuple(dict.fromkeys(act for act, _ in found)),
            rules=tuple(dict.fromkeys(rule for _, rule in found)),
        )
