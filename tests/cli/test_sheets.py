"""Looking things up: what is on file, pinned whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from registry.cli.output import columns
from tests.cli.conftest import Registry


@pytest.mark.parametrize(
    "typed",
    [
        "performer list",
        "performer show okafor",
        "performer show vance",
        "production list",
        "production show harbor",
        "consent list",
        "consent list --performer okafor",
        "consent show c-okafor-1",
        "tool list",
        "tool show northgate-pipeline",
        "use list",
        "use show u-41-fall",
    ],
)
def test_what_is_on_file_reads_in_eighty_columns(registry: Registry, snapshot: SnapshotAssertion, typed: str) -> None:
    registry("use add examples/uses/stunt.yaml")
    ran = registry(typed)
    assert (ran.status, ran.err) == (0, "")
    assert all(columns(line) <= 80 for line in ran.out.splitlines())
    assert ran.out == snapshot


@pytest.mark.parametrize("noun", ["performer", "production", "consent", "tool", "use"])
def test_an_empty_registry_says_so(empty: Registry, noun: str) -> None:
    empty("init")
    ran = empty(f"{noun} list")
    assert ran.status == 0
    assert len(ran.out.splitlines()) == 1
    assert ran.out.startswith(("No", "Nobody"))


def test_a_rule_that_somebody_checked_says_who(registry: Registry) -> None:
    assert "not checked by a person" in registry("rules show TVT26-ALT-1").out
    assert registry("rules verify TVT26-ALT-1 --by 'S. Renner'").status == 0
    assert "checked by S. Renner, 22 Nov 2026" in registry("rules show TVT26-ALT-1").out


def test_a_pack_file_with_a_fault_is_told_with_its_line(registry: Registry, checkout: Path, tmp_path: Path) -> None:
    house = checkout / "registry" / "rules" / "packs" / "house.yaml"
    text = house.read_text(encoding="utf-8").replace("use.intimate ||", "use.intimat ||")
    (tmp_path / "studio.yaml").write_text(text, encoding="utf-8")
    ran = registry("rules check studio.yaml")
    assert ran.status == 2
    assert "use.intimat" in ran.out
    assert "did you mean use.intimate?" in ran.out
    assert registry(f"rules check {house}").status == 0


def test_cases_say_what_differs(registry: Registry, tmp_path: Path) -> None:
    case = (
        "format: consent-case/1\ncase: silence\nabout: Nobody is cleared by silence.\n"
        "registry:\n"
        "  performers: [{id: hale, legal_name: Marit Hale, born: 1985-11-30, domicile: US-NV}]\n"
        "  productions: [{id: quarry, title: The Quarry, kind: theatrical, agreement: none, signatory: no,\n"
        "                 platform: none, places: [US-NV], released_in: [US-NV], timezone: America/Los_Angeles}]\n"
        "uses:\n"
        "  - {id: u-1, performer: hale, production: quarry, act: use_replica, elements: [voice], purpose: final,\n"
        "     at: 2026-09-07T10:00:00-07:00, content: []}\n"
        "expect: [{use: u-1, verdict: VERDICT}]\n"
    )
    file = tmp_path / "silence.yaml"
    file.write_text(case.replace("VERDICT", "not_cleared"), encoding="utf-8")
    assert str(registry("cases silence.yaml")) == "1 case, all as expected.\n--- stderr\n--- status 0\n"
    file.write_text(case.replace("VERDICT", "cleared"), encoding="utf-8")
    ran = registry("cases silence.yaml")
    assert ran.status == 2
    assert ran.out == ("silence  u-1  verdict  expected cleared, found not_cleared\n1 case, 1 not as expected.\n")


def test_doctor_finds_nothing_wrong_and_then_a_missing_registry(registry: Registry) -> None:
    ran = registry("doctor")
    assert ran.status == 0
    assert "every byte as recorded" in ran.out
    gone = registry("--registry nowhere doctor")
    assert gone.status == 2
    assert "registry init" in gone.out
