"""Decisions: the answer of an entry is looked into, so that nothing else is filed under its name."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from registry.domain.decision import Decision
from registry.files.mappings import BAD, read_mapping
from registry.files.reading import Reading, shown_text
from registry.source import Node

FORMAT = "consent-verdict/1"
_SAME = ("use", "performer", "verdict", "known_at")


def read_decision(reading: Reading, node: Node, path: str) -> Any:
    """A decision, or BAD with every fault of it written down."""
    decision = read_mapping(reading, node, Decision, path)
    if decision is BAD or not isinstance(node.value, dict):
        return BAD
    problem = _problem(decision)
    if problem is None:
        return decision
    reading.value_fault(node.value["answer"], f"{path}.answer", problem)
    return BAD


def _problem(decision: Decision) -> str | None:
    """What is wrong with the answer."""
    try:
        said = json.loads(decision.answer)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return f"not a verdict; it is what `check --json` printed, {FORMAT}, on one line"
    for key in (*_SAME, *(["as_of"] if decision.as_of else [])):
        entry, answer = getattr(decision, key), said.get(key)
        if not _agree(entry, answer):
            return f"says {key} {shown_text(str(answer))}, the entry {shown_text(str(entry))}"
    return None


def _agree(entry: object, answer: object) -> bool:
    if not isinstance(entry, dt.datetime):
        return entry == answer
    try:
        return entry == dt.datetime.fromisoformat(str(answer))
    except ValueError:
        return False
