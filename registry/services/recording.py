"""Recording what was not in a file: uses that somebody proposes, and what was decided on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from registry.domain.decision import Decision
from registry.domain.replica import Replica
from registry.domain.use import Use
from registry.domain.world import World
from registry.storage.receipt import Receipt
from registry.storage.store import Store


def add_uses(store: Store, uses: Iterable[Use], *, by: str, now: dt.datetime) -> Receipt:
    """File `uses`; one that is on file with other values becomes a further version of it. Raises RefusedError."""
    filed = tuple(uses)
    replicas = {r.id: r for r in store.values(Replica, sorted({u.replica for u in filed if u.replica}))}
    return store.record(World(uses=tuple(u.settled(replicas) for u in filed)), by=by, now=now)


def add_decisions(
    store: Store, decisions: Iterable[Decision], *, uses: Iterable[Use], by: str, now: dt.datetime
) -> Receipt:
    """Keep verdicts, with the uses they were given on where these are not on file as they stand."""
    return store.record(World(uses=tuple(uses), decisions=tuple(decisions)), by=by, now=now)
