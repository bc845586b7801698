"""A verdict for machines: FORMATS.md §4, keys always the same and in the same order, one line a verdict."""

from __future__ import annotations

import datetime as dt
import json
from typing import TypeAlias

from registry.domain.facts import Fact, FactInput
from registry.domain.finding import Coverage, Cure, Finding, Question, Requirement, Verdict
from registry.domain.money import Money

FORMAT = "consent-verdict/1"
Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"


def line(verdict: Verdict) -> str:
    """The verdict on one line; several make JSON Lines."""
    return json.dumps(plain(verdict), ensure_ascii=False, separators=(", ", ": "))


def plain(verdict: Verdict) -> dict[str, Plain]:
    """The verdict as texts, numbers, lists and objects."""
    return {
        "format": FORMAT,
        "use": verdict.use,
        "performer": verdict.performer,
        "production": verdict.production,
        "as_of": verdict.as_of,
        "known_at": _moment(verdict.known_at.astimezone(dt.UTC)),
        "verdict": verdict.verdict.value,
        "gates": {gate.value: state.value for gate, state in verdict.gates},
        "findings": [_finding(finding) for finding in verdict.findings],
        "coverage": _coverage(verdict.coverage),
        "questions": [_question(question) for question in verdict.questions],
        "packs": dict(verdict.packs),
        "warnings": list(verdict.warnings),
        "authors": list(verdict.authors),
    }


def _finding(finding: Finding) -> dict[str, Plain]:
    return {
        "rule": finding.rule,
        "pack": finding.pack,
        "gate": finding.gate.value,
        "state": finding.state.value,
        "requirement": _requirement(finding.requirement),
        "title": finding.title,
        "says": finding.says,
        "cite": finding.cite,
        "grade": finding.grade.value,
        "facts": {fact.name: _value(fact.value) for fact in finding.facts},
        "asserted_by": {fact.name: said for fact in finding.facts if (said := _source(fact))},
        "met_by": list(finding.met_by) or None,
        "turned_on": list(finding.turned_on),
        "conditional_on": finding.conditional_on,
        "questions": list(finding.questions),
        "rulings": list(finding.rulings),
        "notes": list(finding.notes),
        "cure": _cure(finding.cure),
    }


def _source(fact: Fact) -> str | None:
    """Where the value came from, and who stands behind it."""
    if fact.origin is None:
        return None
    grade = f", grade {fact.grade}" if fact.grade else ""
    return f"{fact.origin.value}: {fact.author}{grade}" if fact.author else fact.origin.value


def _requirement(requirement: Requirement | None) -> Plain:
    if requirement is None:
        return None
    found: dict[str, Plain] = {"kind": requirement.kind.value}
    found |= _present(
        {
            "to": requirement.to,
            "from": requirement.sender,
            "deadline": _moment(requirement.deadline),
            "due_on": requirement.due_on.isoformat() if requirement.due_on else None,
            "amount": str(requirement.amount) if requirement.amount else None,
            "label": requirement.label,
            "question": requirement.question,
            "who": requirement.who,
        }
    )
    return found


def _cure(cure: Cure | None) -> Plain:
    """Whether the deadline can still be met is not in it: that changes from one day to the next, a verdict does not."""
    if cure is None:
        return None
    found: dict[str, Plain] = {"kind": cure.kind, "text": cure.text}
    found |= _present(
        {
            "to": cure.to,
            "deadline": _moment(cure.deadline),
            "question": cure.question,
            "who": cure.who,
            "amount": str(cure.amount) if cure.amount else None,
        }
    )
    return found


def _coverage(coverage: Coverage) -> dict[str, Plain]:
    return {
        "consents": [{"consent": by.consent, "clause": by.clause} for by in coverage.consents],
        "residual": [{axis: list(values) for axis, values in piece.axes} for piece in coverage.residual],
    }


def _question(question: Question) -> dict[str, Plain]:
    return {
        "fact": question.fact,
        "ask": question.ask,
        "type": question.type,
        "values": list(question.values),
        "rules": list(question.rules),
        "can_change": question.can_change.value,
    }


def _present(values: dict[str, Plain]) -> dict[str, Plain]:
    """What is not None."""
    return {key: value for key, value in values.items() if value is not None}


def _moment(when: dt.datetime | None) -> str | None:
    """In UTC, written with a Z where that is how it was given; else with its own offset."""
    if when is None:
        return None
    text = when.isoformat()
    return text.replace("+00:00", "Z")


def _value(value: FactInput | None) -> Plain:
    """Answers as they are written in files; a yes or no as true or false, and no floating-point numbers."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Money | float) else value.value if hasattr(value, "value") else value
