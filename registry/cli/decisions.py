"""Keeping verdicts: the uses as they were checked, and the answers to the byte."""

from __future__ import annotations

from collections.abc import Sequence

from registry.cli.checks import Checked
from registry.cli.run import Run
from registry.cli.verdict_json import line
from registry.domain.decision import Decision
from registry.services import recording


def keep(run: Run, checked: Sequence[Checked], *, by: str) -> None:
    """Record the uses and the verdicts on them."""
    decisions = [
        Decision(
            use=one.use.id,
            performer=one.verdict.performer,
            verdict=one.verdict.verdict,
            answer=line(one.verdict),
            as_of=as_of.isoformat() if (as_of := one.bench.clocks.as_of) else None,
            known_at=one.verdict.known_at,
            decided_at=run.now,
        )
        for one in checked
    ]
    uses = {one.use.id: one.use for one in checked}
    receipt = recording.add_decisions(run.store, decisions, uses=uses.values(), by=by, now=run.now)
    run.screen.about([f"Recorded by {by}; ledger at entry {receipt.seq}, {receipt.hash[:16]}…"])
