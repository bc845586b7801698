"""The worked example of a studio's own pack: it loads beside what ships, and its cases try every rule on both sides."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

import pytest

from registry.domain.finding import State
from registry.files.case_file import Case, read_case
from registry.rules.catalogue import Catalogue, clauses, load_catalogue
from registry.rules.pack import PackGate, Rule
from registry.services.casework import run_case

EXAMPLE = Path(__file__).parents[2] / "examples" / "private"
CASES = sorted((EXAMPLE / "cases").glob("*.yaml"))
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
PASSED = {State.MET, State.EXEMPT}
STOPPED = {State.UNMET, State.BARRED, State.DUE}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue([EXAMPLE / "packs"])


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    return tuple(read_case(path.read_text("utf-8"), path.name, catalogue().dictionary) for path in CASES)


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case.case))
def test_the_cases_of_the_example_come_out_as_they_say(case: Case) -> None:
    assert [str(difference) for difference in run_case(case, catalogue(), now=NOW)] == []


def test_every_rule_of_the_example_is_met_and_broken() -> None:
    pack = catalogue().pack("arden-policy")
    assert pack is not None
    assert pack.private
    assert pack.gate is PackGate.PLATFORM
    speaking = [r.id for r in clauses(pack) if not (isinstance(r, Rule) and r.gap)]
    expected = [found for case in cases() for each in case.expect for found in each.findings]
    absent = {rule for case in cases() for each in case.expect for rule in each.absent}
    assert speaking == ["ARD-1", "ARD-2", "ARD-3", "ARD-4", "ARD-6"]
    for rule in speaking:
        states = {state for id_, state in expected if id_ == rule}
        assert states & STOPPED, rule
        assert states & PASSED or rule in absent, rule
