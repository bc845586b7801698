"""An earlier run to compare with: the verdicts last recorded, or a file of `--json`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from registry.cli.clearance_json import read_earlier
from registry.cli.proposed import read_text
from registry.cli.run import Run
from registry.domain.dates import spoken
from registry.domain.decision import Decision, KeptClearance, KeptRow
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
    half = _last_kept(run, cleared, uses)
    if not last and not half:
        again = f"registry clear {cleared.clearance.production} --record    records one"
        raise UsageError("No run has been recorded yet.", again)
    rows = [_row(decision) for (use, _), decision in last.items() if not _superseded(decision, half.get(use))]
    rows += [_kept(row, kept.made_at) for use, kept in half.items() for row in kept.rows if row.use == use]
    when = max(row.made_at for row in rows if row.made_at)
    return f"what was last recorded, {_said(when, cleared)}", rows


def _last_kept(run: Run, cleared: Cleared, uses: Sequence[str]) -> dict[str, KeptClearance]:
    """By use that could not be filed, the clearance that last answered on it; nothing of those filed since."""
    found: dict[str, KeptClearance] = {}
    for kept in sorted(run.store.clearances(cleared.clearance.production), key=lambda k: k.made_at):
        found |= {row.use: kept for row in kept.rows}
    filed = {d.use: d.decided_at for d in sorted(run.store.decided(found), key=lambda d: d.decided_at)}
    wanted = set(uses)
    return {u: kept for u, kept in found.items() if u in wanted and not (u in filed and filed[u] > kept.made_at)}


def _superseded(decision: Decision, kept: KeptClearance | None) -> bool:
    """Whether the use was cleared again since, and then named somebody who is not on file."""
    return kept is not None and decision.decided_at < kept.made_at


def _kept(row: KeptRow, made_at: dt.datetime) -> Earlier:
    return Earlier(
        use=row.use,
        performer=row.performer,
        who=row.who,
        on=row.on,
        verdict=row.verdict,
        stands=Standing(rules=frozenset(row.rules), due=tuple((due.rule, due.by) for due in row.due)),
        made_at=made_at,
    )


def _row(decision: Decision) -> Earlier:
    answer = json.loads(decision.answer)
    as_of = answer.get("as_of")
    return Earlier(
        use=decision.use,
        performer=decision.performer,
        who="–",
        on=dt.date.fromisoformat(as_of[:10]) if as_of else None,
        verdict=decision.verdict,
        stands=Standing.read(answer) if "findings" in answer else None,
        made_at=decision.decided_at,
    )


def _said(when: dt.datetime, cleared: Cleared) -> str:
    zone = cleared.clearance.zone
    local = when.astimezone(ZoneInfo(zone)) if zone else when
    return f"{spoken(local.date())} {local:%H:%M}"
