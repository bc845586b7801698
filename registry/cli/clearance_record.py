"""Keeping a clearance: the uses as they were judged, the verdicts to the byte, and the uses as they are filed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from registry.cli.run import Run
from registry.cli.verdict_json import line
from registry.domain.clearance import Clearance, Planned
from registry.domain.decision import Decision, DueBy, KeptClearance, KeptRow
from registry.domain.use import Use
from registry.domain.world import World
from registry.services.clearance import Cleared
from registry.services.clearance.changes import Standing

_NEXT = dt.timedelta(microseconds=1)


def keep(run: Run, cleared: Cleared, *, by: str) -> None:
    """Record the uses and the verdicts on them. A use whose day comes from the schedule is filed with that day, so that
    the verdict can be checked again; the version after it says no day, so that the next push moves it."""
    clearance = cleared.clearance
    half = {one.use.id for one in cleared.plan if one.filed.unmatched}  # kept, they would have lost somebody
    answered = [row for row in clearance.planned if row.verdict is not None and row.use.id not in half]
    judged: dict[str, Use] = {}
    for one in cleared.plan:  # every use proposed beside them, on its first day
        if one.turn == 0:
            judged[one.use.id] = one.use
    first: dict[tuple[str, str | None], Planned] = {}
    for row in answered:
        first.setdefault((row.use.id, row.performer), row)
        judged[row.use.id] = first[row.use.id, row.performer].use
    decisions = [_decision(row, cleared, run.now) for row in first.values()]
    uses = tuple(replace(use, recorded_at=None) for id_, use in sorted(judged.items()) if id_ not in half)
    left = [row for row in clearance.planned if row.use.id in half]
    kept = (_kept(clearance, left, run.now),) if left else ()
    receipt = run.store.record(World(uses=uses, decisions=tuple(decisions), clearances=kept), by=by, now=run.now)
    undated = {one.filed.use.id: one for one in cleared.plan if one.scheduled and one.use.id not in half}
    if undated:
        filed = tuple(replace(one.use, at=None, recorded_at=None) for _, one in sorted(undated.items()))
        receipt = run.store.record(World(uses=filed), by=by, now=run.now + _NEXT)
    run.screen.about([f"Recorded by {by}; ledger at entry {receipt.seq}, {receipt.hash[:16]}…"])
    if left:
        named = ", ".join(sorted({row.use.id for row in left}))
        run.screen.about(
            [f"Not filed, as they name somebody who is not on file: {named}. What was answered on them is kept."]
        )


def _kept(clearance: Clearance, left: Sequence[Planned], now: dt.datetime) -> KeptClearance:
    """What was answered on the uses that could not be filed, for the next clearance to be compared with."""
    made = sha256(f"{clearance.production} {now.isoformat()}".encode()).hexdigest()[:12]
    return KeptClearance(
        id=f"clearance-{made}",
        production=clearance.production,
        made_at=now,
        rows=tuple(_row(row) for row in left),
    )


def _row(row: Planned) -> KeptRow:
    stands = Standing.of(row.verdict)
    return KeptRow(
        use=row.use.id,
        performer=row.performer,
        who=row.who,
        on=row.on,
        verdict=row.verdict.verdict if row.verdict else None,
        rules=tuple(sorted(stands.rules)),
        due=tuple(DueBy(rule=rule, by=by) for rule, by in stands.due),
    )


def _decision(row: Planned, cleared: Cleared, now: dt.datetime) -> Decision:
    if row.verdict is None:
        raise ValueError(f"{row.use.id} has no verdict to record")
    as_of = cleared.clearance.as_of
    return Decision(
        use=row.use.id,
        performer=row.performer,
        verdict=row.verdict.verdict,
        answer=line(row.verdict),
        as_of=as_of.isoformat() if as_of else None,
        known_at=row.verdict.known_at,
        decided_at=now,
    )
