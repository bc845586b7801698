"""What is kept with an issue: what lint had found, and what somebody issued it in spite of, with the reason given.

It is no ruling and settles nothing: a check of the signed consent still says what it finds."""

from __future__ import annotations

import datetime as dt
import json

from registry.domain.lint import Despite, Lint, LintFinding

FORMAT = "consent-issue/1"


def issue_record(found: Lint, despite: Despite, *, now: dt.datetime) -> bytes:
    """The record as it is kept beside the first revision, named in its row of the ledger by its digest."""
    answered = [f for f in found.findings if f.id in despite.ids]
    told = {
        "format": FORMAT,
        "consent": found.consent,
        "issued_by": despite.by,
        "issued_at": now.isoformat(),
        "because": despite.because,
        "despite": [_plain(f) for f in answered],
        "warned": [_plain(f) for f in found.warning if f not in answered],
    }
    return (json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _plain(finding: LintFinding) -> dict[str, str]:
    return {"id": finding.id, "where": finding.where, "says": finding.says, "why": finding.why}


def read_issue_record(data: bytes) -> list[str]:
    """What it says, a line each finding; nothing for any other record."""
    try:
        told = json.loads(data)
    except ValueError:
        return []
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        return []
    return [
        f"issued by {told['issued_by']} despite {f['id']} ({f['where']}): {told['because']}" for f in told["despite"]
    ]
