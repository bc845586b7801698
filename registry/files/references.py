"""References: what a file names by id has to be in the file, or already on file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from registry.domain.world import World

# Which of these ids of a kind are on file. Kinds: performers, productions, works (a production's id, franchise or
# title), engagements, replicas, models, tools, profiles, consents, records, uses, representatives ("performer/id") and
# clauses ("consent/clause").
KnownIds: TypeAlias = Callable[[str, frozenset[str]], Collection[str]]


# The id of a kind on file that is nearly this one: what was probably meant.
NearId: TypeAlias = Callable[[str, str], str | None]


class Reference(NamedTuple):
    """Somewhere in a file something is named."""

    kind: str
    id: str
    owner: str
    line: int | None
    path: str

    @property
    def key(self) -> str:
        return f"{self.owner}/{self.id}" if self.owner else self.id


def nothing_known(kind: str, ids: frozenset[str]) -> Collection[str]:
    """Nothing is on file yet."""
    return ()


def nothing_near(kind: str, id_: str) -> str | None:
    """Nothing on file is looked at."""
    return None


def known_in(world: World) -> KnownIds:
    """What a world holds."""
    index = index_of(world)
    return lambda kind, ids: index.get(kind, frozenset()) & ids


def index_of(world: World) -> Mapping[str, frozenset[str]]:
    """The ids in a world, by kind."""
    kinds = (
        "performers",
        "productions",
        "engagements",
        "replicas",
        "models",
        "tools",
        "profiles",
        "consents",
        "records",
        "uses",
    )
    found = {kind: frozenset(value.id for value in getattr(world, kind)) for kind in kinds}
    works = {name for p in world.productions for name in (p.id, p.title, p.franchise) if name}
    holders = {f"{p.id}/{r.id}" for p in world.performers for r in p.representatives}
    clauses = {f"{c.id}/{clause}" for c in world.consents for clause in (*(g.clause for g in c.grants), *c.declined)}
    return {**found, "works": frozenset(works), "representatives": frozenset(holders), "clauses": frozenset(clauses)}


def dangling(references: Iterable[Reference], here: Mapping[str, Collection[str]], known: KnownIds) -> list[Reference]:
    """The references that lead nowhere; what is on file is asked once a kind."""
    open_: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        if reference.key not in here.get(reference.kind, ()):
            open_[reference.kind].append(reference)
    lost: list[Reference] = []
    for kind, found in open_.items():
        there = frozenset(known(kind, frozenset(reference.key for reference in found)))
        lost += [reference for reference in found if reference.key not in there]
    return lost
