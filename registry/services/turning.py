"""What turns between two verdicts on one use: the findings that are worse in the second, and stand in its way."""

from __future__ import annotations

from registry.domain.finding import Finding, State, Verdict

_IN_THE_WAY = (State.BARRED, State.UNMET, State.REFER, State.UNKNOWN)


def turned(before: Verdict, after: Verdict) -> tuple[Finding, ...]:
    """The findings of `after` that stand in the way of the use and were better, or were not there, in `before`."""
    was = {finding.rule: finding.state for finding in before.findings}
    return tuple(
        finding
        for finding in after.findings
        if finding.state in _IN_THE_WAY and finding.state.severity < was.get(finding.rule, State.NONE).severity
    )


def newly_owed(before: Verdict, after: Verdict) -> tuple[Finding, ...]:
    """The findings of `after` that are owed after the use and were not there, or were not owed, in `before`."""
    was = {finding.rule: finding.state for finding in before.findings}
    return tuple(f for f in after.findings if f.state is State.DUE and was.get(f.rule) is not State.DUE)
