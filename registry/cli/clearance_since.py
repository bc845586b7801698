"""An earlier run to compare with: the verdicts last recorded, or a file of `--json`."""

from __future__ import annotations

import datetime as dt
import json
from zoneinfo import ZoneInfo

from registry.cli.clearance_json import read_earlier
from registry.cli.proposed import read_text
from registry.cli.run import Run
from registry.domain.dates import spoken
from registry.domain.decision import Decision
from registry.errors import UsageError
from registry.services.clearance import Cleared
from registry.services.clearance.changes import Earlier, Standing


def earlier(run: Run, cleared: Cleared, since: str) -> tuple[str, list[Earlier]]:
    """What the earlier run is called, and its rows. Raises UsageError where there is none."""
    if since != "LAST":
        made_at, rows = read_earlier(read_text(since), since)
        return f"{since} of {_said(made_at, cleared)}", rows
    uses = sorted({one.filed.use.id for one in cleared.plan})
    last: dict[tuple[str, str | None], Decision] = {}
    for decision in sorted(run.store.decided(uses), key=lambda d: (d.decided_at, d.answer)):
        if decision.as_of is None:  # one about another day says nothing about the plan
            last[decision.use, decision.performer] = decision
    if not last:
        again = f"registry clear {cleared.clearance.production} --record    records one"
        raise UsageError("No run has been recorded yet.", again)
    when = max(decision.decided_at for decision in last.values())
    return f"what was last recorded, {_said(when, cleared)}", [_row(decision) for decision in last.values()]


def _row(decision: Decision) -> Earlier:
    answer = json.loads(decision.answer)
    as_of = answer.get("as_of")
    return Earlier(
        use=decision.use,
        performer=decision.performer,
        who="–",
        on=dt.date.fromisoformat(as_of[:10]) if as_of else None,
        verdict=decision.verdict,
        stands=Standing.read(answer),
        made_at=decision.decided_at,
    )


def _said(when: dt.datetime, cleared: Cleared) -> str:
    zone = cleared.clearance.zone
    local = when.astimezone(ZoneInfo(zone)) if zone else when
    return f"{spoken(local.date())} {local:%H:%M}"
