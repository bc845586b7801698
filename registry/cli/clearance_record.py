"""Keeping a clearance: the uses as they were judged, the verdicts to the byte, and the uses as they are filed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from registry.cli.run import Run
from registry.cli.verdict_json import line
from registry.domain.clearance import Planned
from registry.domain.decision import Decision
from registry.domain.use import Use
from registry.domain.world import World
from registry.services.clearance import Cleared

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
    uses = tuple(use for id_, use in sorted(judged.items()) if id_ not in half)
    receipt = run.store.record(World(uses=uses, decisions=tuple(decisions)), by=by, now=run.now)
    undated = {one.filed.use.id: one for one in cleared.plan if one.scheduled and one.use.id not in half}
    if undated:
        filed = tuple(replace(one.use, at=None) for _, one in sorted(undated.items()))
        receipt = run.store.record(World(uses=filed), by=by, now=run.now + _NEXT)
    run.screen.about([f"Recorded by {by}; ledger at entry {receipt.seq}, {receipt.hash[:16]}…"])
    left = sorted(half & {row.use.id for row in clearance.planned})
    if left:
        run.screen.about([f"Not recorded, as they name somebody who is not on file: {', '.join(left)}."])


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
