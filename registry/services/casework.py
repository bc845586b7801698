"""Case work: running case files, worlds with a known answer, and saying what differs (FORMATS.md §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from registry.domain.finding import Finding, Gate, State, Verdict
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.files.case_file import Case, Expectation
from registry.rules.catalogue import Catalogue
from registry.services.checking import check_world, worst


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a case came out otherwise than it expects."""

    case: str
    use: str
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.case}: {self.use}: {self.what}: expected {self.expected}, found {self.found}"


def run_case(case: Case, catalogue: Catalogue, *, now: dt.datetime) -> tuple[Difference, ...]:
    """What differs between a case and its outcome; nothing where it passes."""
    uses = {u.id: u for u in case.uses}
    found: list[Difference] = []
    for expected in case.expect:
        verdict = _together(_verdicts(case, expected, uses[expected.use], catalogue, now))
        found += [Difference(case.case, expected.use, *d) for d in _differences(expected, verdict)]
    return tuple(found)


def _together(verdicts: tuple[Verdict, ...]) -> Verdict:
    """What comes out for a crowd: of each rule the worst finding, at each gate the worst state, and every question."""
    if len(verdicts) == 1:
        return verdicts[0]
    headline = worst(verdicts)
    assert headline is not None
    findings: dict[str, Finding] = {}
    for finding in (f for v in verdicts for f in v.findings):
        rival = findings.get(finding.rule)
        if rival is None or finding.state.severity < rival.state.severity:
            findings[finding.rule] = finding
    return replace(
        headline,
        findings=tuple(findings.values()),
        gates=tuple((gate, State.worst([dict(v.gates)[gate] for v in verdicts])) for gate in Gate),
        questions=tuple({q.fact: q for v in verdicts for q in v.questions}.values()),
    )


def _verdicts(
    case: Case, expected: Expectation, use: Use, catalogue: Catalogue, now: dt.datetime
) -> tuple[Verdict, ...]:
    others = tuple(u for u in case.uses if u.id != use.id)
    as_of = expected.as_of or case.as_of
    known_at = expected.known_at if isinstance(expected.known_at, dt.datetime) else case.known_at
    world = replace(case.world, uses=(*case.world.uses, *others))
    return check_world(world, (use,), catalogue, now=now, as_of=as_of, known_at=known_at)


def _differences(expected: Expectation, verdict: Verdict) -> Iterable[tuple[str, str, str]]:
    if expected.verdict is not None and verdict.verdict is not expected.verdict:
        yield "verdict", expected.verdict, verdict.verdict
    yield from _states(expected, verdict)
    for rule, value in expected.values:
        finding = verdict.finding(rule)
        if not _has_value(finding, value):
            yield f"value of {rule}", str(value), _values(finding)
    if expected.questions is not None:
        asked = sorted(q.fact for q in verdict.questions)
        if asked != sorted(expected.questions):
            yield "questions", ", ".join(sorted(expected.questions)) or "none", ", ".join(asked) or "none"
    if expected.residual is not None and not _same_residual(expected, verdict):
        yield "residual", _pieces(expected.residual), _pieces(tuple(p.axes for p in verdict.coverage.residual))


def _states(expected: Expectation, verdict: Verdict) -> Iterable[tuple[str, str, str]]:
    for rule, state in expected.findings:
        finding = verdict.finding(rule)
        if finding is None or finding.state is not state:
            yield rule, state, finding.state if finding else "no finding"
    for rule in expected.absent:
        if (finding := verdict.finding(rule)) is not None:
            yield rule, "no finding", finding.state
    gates = dict(verdict.gates)
    for gate, state in expected.gates:
        if gates[gate] is not state:
            yield f"gate {gate}", state, gates[gate]


def _has_value(finding: Finding | None, value: object) -> bool:
    if finding is None:
        return False
    for part in finding.parts:
        requirement = part.requirement
        known = (requirement.deadline, requirement.amount, requirement.due_on)
        if value in known or str(value) in [str(k) for k in known]:
            return True
    return False


def _values(finding: Finding | None) -> str:
    if finding is None:
        return "no finding"
    values = [
        v for p in finding.parts for v in (p.requirement.deadline, p.requirement.amount, p.requirement.due_on) if v
    ]
    return ", ".join(str(v) for v in values) or "none"


def _same_residual(expected: Expectation, verdict: Verdict) -> bool:
    """Whether the residual is what was expected, on the axes each expected piece names."""
    wanted = [
        tuple(sorted((axis, tuple(sorted(values))) for axis, values in piece)) for piece in expected.residual or ()
    ]
    axes = sorted({axis for piece in wanted for axis, _ in piece})
    found = {
        tuple((axis, tuple(sorted(piece.axis(axis) or ()))) for axis in axes if piece.axis(axis) is not None)
        for piece in verdict.coverage.residual
    }
    return set(wanted) == found


def _pieces(pieces: Iterable[Iterable[tuple[str, Iterable[str]]]]) -> str:
    return "; ".join(", ".join(f"{axis} {' '.join(values)}" for axis, values in piece) for piece in pieces) or "none"
