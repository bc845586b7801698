"""Checking uses: against a world in hand, or against what a registry holds of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from registry.domain.finding import Verdict, VerdictWord
from registry.domain.replica import Replica
from registry.domain.use import Use
from registry.domain.world import World
from registry.engine.check import check
from registry.engine.cure import with_cures
from registry.engine.memory import Memory
from registry.engine.on_file import OnFile, latest
from registry.errors import UnknownError
from registry.rules.catalogue import Catalogue

if TYPE_CHECKING:
    from registry.storage.store import Store


def check_world(
    world: World,
    uses: Sequence[Use],
    catalogue: Catalogue,
    *,
    now: dt.datetime,
    as_of: dt.date | dt.datetime | None = None,
    known_at: dt.datetime | None = None,
    beside: Sequence[Use] = (),
) -> tuple[Verdict, ...]:
    """One verdict for each use and performer, in the order of the uses. `known_at` left out: everything on file. A use
    that says no moment is judged as of the one it is known at, so that the same check replays later. Uses `beside` are
    proposed together with them and not judged.

    Raises UnknownError where a use names something that is not on file.
    """
    return tuple(verdicts(world, uses, catalogue, now=now, as_of=as_of, known_at=known_at, beside=beside))


def verdicts(
    world: World,
    uses: Sequence[Use],
    catalogue: Catalogue,
    *,
    now: dt.datetime,
    as_of: dt.date | dt.datetime | None = None,
    known_at: dt.datetime | None = None,
    beside: Sequence[Use] = (),
) -> Iterator[Verdict]:
    """The same, one after the other: whoever needs each of them once only, as a list for thousands of uses does, keeps
    none. Raises before the first."""
    seen = known_at or now
    uses = settled(world, uses)
    known = seen if known_at else _END
    proposed = (*settled(world, beside), *uses)
    on_file = replace(OnFile.of(world, known_at=known, proposed=proposed), known_at=seen)
    catalogue = laid_over(catalogue, world, known_at=known)
    for use in uses:
        _resolved(use, on_file)
    memory = Memory.of(catalogue)

    def verdict(asked: tuple[Use, str | None]) -> Verdict:
        return with_cures(check(*asked, on_file, memory, as_of=as_of), memory, now=now)

    asked = [(use, performer) for use in uses for performer in use.performers or (None,)]
    if len(asked) <= _FEW:
        yield from map(verdict, asked)
    else:
        from registry.services.side_by_side import side_by_side

        yield from side_by_side(asked, verdict)


def laid_over(catalogue: Catalogue, world: World, *, known_at: dt.datetime) -> Catalogue:
    """The packs with the figures and sign-offs this registry held by then."""
    if not world.rates and not world.signoffs:
        return catalogue
    from registry.rules.additions import with_additions

    rates = latest(world.rates, known_at)
    signoffs = [s for s in world.signoffs if s.recorded_at is None or s.recorded_at <= known_at]
    return with_additions(catalogue, [rates[id_] for id_ in sorted(rates)], sorted(signoffs, key=repr))


_FEW = 100  # checks that are over before others could help; what helps is then not even loaded
_END = dt.datetime.max.replace(tzinfo=dt.UTC)


def load(store: Store, uses: Iterable[Use], *, known_at: dt.datetime | None = None) -> World:
    """What a registry holds that can concern the uses."""
    filed = tuple(uses)
    replicas = store.values(Replica, sorted({u.replica for u in filed if u.replica}))
    named = settled(World(replicas=replicas), filed)
    return store.load(
        performers=sorted({p for u in named for p in u.performers}),
        productions=sorted({u.production for u in named if u.production}),
        uses=named,
        known_at=known_at,
    )


def settled(world: World, uses: Iterable[Use]) -> tuple[Use, ...]:
    """The uses with what their replicas say about performer and production, where they leave that to them."""
    replicas = {r.id: r for r in world.replicas}
    return tuple(use.settled(replicas) for use in uses)


def worst(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict whose exit status a run of several takes."""
    order = list(VerdictWord)
    return min(verdicts, key=lambda v: order.index(v.verdict), default=None)


def _resolved(use: Use, on_file: OnFile) -> None:
    """Raises UnknownError where the use names a thing that is not on file."""
    named: list[tuple[str, str | None, Iterable[str]]] = [
        ("replica", use.replica, on_file.replicas),  # first: performer and production may be left to it
        ("production", use.production, on_file.productions),
        *(("performer", p, on_file.performers) for p in use.performers),
        ("model", use.model, on_file.models),
        ("tool", use.tool, on_file.tools),
        ("profile", use.profile, on_file.profiles),
    ]
    for noun, name, known in named:
        if name is not None and name not in known:
            raise UnknownError(noun, name, owner=f"Use {use.id}")


def resolved(use: Use, on_file: OnFile) -> Use:
    """The use, everything it names being on file. Raises UnknownError."""
    _resolved(use, on_file)
    return use
