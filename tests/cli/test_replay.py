"""A verdict that was recorded replays later, with the same as-of and known-at, to the same bytes (DOMAIN.md §9)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import time_machine

from registry.cli import main
from registry.domain.decision import Decision
from registry.files.registry_file import read_registry
from registry.rules.dictionary import load_dictionary
from tests.cli.conftest import NOW, Registry

EXAMPLES = ("scan", "stunt", "adr-pitch", "crowd", "mood-board", "duet")
FILES = " ".join(f"--file examples/uses/{name}.yaml" for name in EXAMPLES)
LATER = NOW + dt.timedelta(days=200)
# No day, no consent on file, and a request with a deadline that passes between the two checks.
OPEN = """
format: consent-uses/1
uses:
  - {id: u-someday, performer: okafor, production: harbor, replica: okafor-scan-1, act: use_replica, purpose: final,
     scenes: ["42"], content: [], tool: northgate-pipeline, profile: vfx-shot}
  - {id: u-scan-soon, performer: marsh, production: harbor, act: create_replica, purpose: final, content: [],
     elements: [likeness], at: 2026-12-14T09:00:00-08:00}
  - {id: u-scan-sooner, performer: marsh, production: harbor, act: create_replica, purpose: final, content: [],
     elements: [likeness], at: 2026-12-12T09:00:00-08:00}
"""
# Known before: a revocation that lies far ahead, and a notice that serves one session only, the first.
BEFORE = """
format: consent-registry/1
records:
  - {id: v-8, kind: revocation, consent: c-okafor-1, received_at: 2026-11-20T08:00:00-08:00, effective: 2029-01-01,
     grants: all}
  - {id: n-8, kind: notice, to: performer, performer: marsh, production: harbor, given_at: 2026-11-20T09:00:00-08:00}
"""
# What comes to be known after the decisions: none of it may show in a replay.
NEWS = """
format: consent-registry/1
performers:
  - {id: marsh, legal_name: Leonard Marsh, born: 1984-11-19, domicile: US-NY}
records:
  - {id: v-9, kind: revocation, consent: c-okafor-1, received_at: 2026-11-23T08:00:00-08:00, effective: 2026-11-23,
     grants: all}
  - {id: s-9, kind: strike, agreement: sag-aftra-tv-theatrical, from: 2026-11-24}
"""


def decided(registry: Registry) -> tuple[Decision, ...]:
    """The decisions as an export shows them."""
    return read_registry(registry("export").out, "export", load_dictionary()).decisions


def replayed(registry: Registry, decision: Decision, *clocks: str) -> str:
    known = f"--known-at {decision.known_at.isoformat()}"
    ran = registry(" ".join(["check", decision.use, "--json", known, *clocks]), now=LATER)
    return next(line for line in ran.out.splitlines() if json.loads(line)["performer"] == decision.performer)


@pytest.fixture
def recorded(registry: Registry, tmp_path: Path) -> Registry:
    """A registry in which every example was decided on and, later, things became known."""
    (tmp_path / "open.yaml").write_text(OPEN, encoding="utf-8")
    (tmp_path / "before.yaml").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "news.yaml").write_text(NEWS, encoding="utf-8")
    assert registry("import before.yaml").status == 0
    assert "Recorded by" in registry(f"check {FILES} --file open.yaml --record").err
    assert registry("check u-60-duet u-41-fall --as-of 2026-12-24 --record").status == 1
    assert registry("import news.yaml", now=NOW + dt.timedelta(hours=1)).status == 0
    return registry


def test_a_check_that_is_recorded_is_exported(recorded: Registry) -> None:
    decisions = decided(recorded)
    assert len(decisions) == 12  # the crowd is two, two were asked about another day
    assert {(d.use, str(d.verdict)) for d in decisions} >= {("u-41-fall", "conditional"), ("u-60-duet", "not_cleared")}
    assert all(json.loads(d.answer)["verdict"] == d.verdict for d in decisions)
    assert all(d.recorded_at == d.decided_at == NOW for d in decisions)


def test_a_recorded_verdict_replays_to_the_same_bytes(recorded: Registry) -> None:
    for decision in decided(recorded):
        said = replayed(recorded, decision, f"--as-of {decision.as_of}" if decision.as_of else "")
        assert said == decision.answer, decision.use
    assert recorded("check u-41-fall", now=LATER).status == 1  # what was learned since does count


def test_uses_that_are_proposed_together_know_of_each_other(recorded: Registry) -> None:
    """A notice that names no session serves the first one, whether the others are on file yet or only proposed."""
    for ran in (recorded("check --file open.yaml --json"), recorded("check u-scan-soon u-scan-sooner --json")):
        found = {json.loads(line)["use"]: _notice(line) for line in ran.out.splitlines()}
        assert found["u-scan-sooner"] == "met"
        assert found["u-scan-soon"] == "unknown"  # nobody recorded when he was engaged
    assert _notice(recorded("check u-scan-soon --json").out) == "unknown"


def _notice(line: str) -> str | None:
    states = {finding["rule"]: finding["state"] for finding in json.loads(line)["findings"]}
    return states.get("TVT23-NOTICE-1")


def test_what_is_recorded_later_in_the_same_second_was_not_known(
    registry: Registry, tmp_path: Path, compiled: Path
) -> None:
    environ = {"REGISTRY_BY": "T. Albright", "REGISTRY_CACHE": str(compiled)}
    (tmp_path / "news.yaml").write_text(NEWS, encoding="utf-8")
    registry("use add examples/uses/stunt.yaml")
    for fraction, command in ((200_000, "check u-41-fall --record"), (700_000, "import news.yaml")):
        with time_machine.travel(NOW.replace(hour=11, microsecond=fraction), tick=False):
            assert main(command.split(), environ=environ) == 0
    (decision,) = decided(registry)
    assert replayed(registry, decision) == decision.answer
    assert registry("check u-41-fall", now=LATER).status == 1


def test_decisions_go_with_the_registry(recorded: Registry, tmp_path: Path) -> None:
    exported = recorded("export").out
    (tmp_path / "all.yaml").write_text(exported, encoding="utf-8")
    assert recorded("import all.yaml", now=LATER).out == "Nothing new: all of it is on file.\n"
    assert recorded("--registry elsewhere init", now=LATER).status == 0
    assert recorded("--registry elsewhere import all.yaml", now=LATER).status == 0
    assert recorded("--registry elsewhere export", now=LATER).out == exported
    assert recorded("--registry elsewhere doctor").status == 0
