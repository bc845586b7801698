"""`check` as casting uses it: the five ordinary uses, a refusal, one line for each of several, JSON, an interview."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from registry.cli.output import columns
from registry.files.uses_file import read_uses
from registry.rules.dictionary import load_dictionary
from tests.cli.conftest import NOW, Registry

ORDINARY = ["scan", "stunt", "adr-pitch", "crowd", "mood-board"]


@pytest.mark.parametrize("name", [*ORDINARY, "duet"])
def test_an_example_use_reads_like_a_note(registry: Registry, snapshot: SnapshotAssertion, name: str) -> None:
    ran = registry(f"check --file examples/uses/{name}.yaml")
    assert str(ran) == snapshot
    assert all(columns(line) <= 80 for line in ran.out.splitlines())
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_use_may_go_ahead_on_a_dozen_typed_values(registry: Registry, checkout: Path, name: str) -> None:
    assert registry(f"check --file examples/uses/{name}.yaml").status == 0
    text = (checkout / "examples" / "uses" / f"{name}.yaml").read_text(encoding="utf-8")
    (use,) = read_uses(text, name, load_dictionary())
    stated = [f for f in use.__slots__ if f not in ("facts", "id", "description") and getattr(use, f) is not None]
    assert len(stated) + len(use.facts) <= 12


@pytest.mark.parametrize("name", ["stunt", "crowd"])
def test_unknown_never_passes(registry: Registry, checkout: Path, tmp_path: Path, name: str) -> None:
    """A use that leaves out whether anything sensitive is shown is asked, not cleared."""
    text = (checkout / "examples" / "uses" / f"{name}.yaml").read_text(encoding="utf-8")
    (tmp_path / "open.yaml").write_text(text.replace("    content: []\n", ""), encoding="utf-8")
    ran = registry("check --file open.yaml --explain")
    assert ran.status == 3
    assert "Does it show nudity, simulated sex or other sensitive content?" in ran.out


def test_several_uses_make_one_line_each_and_the_worst_status(registry: Registry, snapshot: SnapshotAssertion) -> None:
    assert registry("use add " + " ".join(f"examples/uses/{n}.yaml" for n in (*ORDINARY, "duet"))).status == 0
    ran = registry("check u-70-scan u-41-fall u-23-pitch u-7-crowd u-quay-board u-60-duet")
    assert str(ran) == snapshot
    assert ran.status == 1


def test_json_is_one_object_a_line_with_stable_keys(registry: Registry) -> None:
    ran = registry("check --file examples/uses/crowd.yaml --file examples/uses/duet.yaml --json")
    assert (ran.status, ran.err) == (1, "")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert [(v["use"], v["performer"], v["verdict"]) for v in found] == [
        ("u-7-crowd", "sousa", "conditional"), ("u-7-crowd", "tran", "conditional"),
        ("u-60-duet", "okafor", "not_cleared"),
    ]  # fmt: skip
    for verdict in found:
        assert list(verdict) == [
            "format", "use", "performer", "production", "as_of", "known_at", "verdict", "gates", "findings",
            "coverage", "questions", "packs", "warnings", "authors",
        ]  # fmt: skip
        assert verdict["format"] == "consent-verdict/1"
        assert list(verdict["gates"]) == ["consent", "agreement", "law", "platform"]
    duet = found[-1]
    assert duet["known_at"] == "2026-11-22T10:00:00Z"
    missing = next(f for f in duet["findings"] if f["rule"] == "TVT23-EBDR-USE-1")
    assert missing["requirement"] == {"kind": "consent"}
    assert missing["facts"]["replica.kind"] == "employment_based"
    assert missing["asserted_by"]["replica.kind"] == "registry"
    assert missing["met_by"] is None
    assert duet["coverage"]["residual"][0]["scenes"] == ["60"]


def test_json_is_the_same_every_time(registry: Registry) -> None:
    command = "check --file examples/uses/duet.yaml --json"
    assert registry(command) == registry(command)


def test_a_use_from_options_comes_out_as_the_same_use_from_a_file(registry: Registry) -> None:
    typed = (
        "check --id u-60-duet --performer okafor --production harbor --act use_replica --replica okafor-scan-1"
        " --purpose final --scene 60 --at 2027-04-12T09:00:00-07:00 --content none --seconds 8"
        " --tool northgate-pipeline --profile vfx-shot --fact use.days_estimated=2 --json"
    )
    assert registry(typed) == registry("check --file examples/uses/duet.yaml --json")


def test_uses_come_from_the_standing_input_too(registry: Registry, checkout: Path) -> None:
    text = (checkout / "examples" / "uses" / "duet.yaml").read_text(encoding="utf-8")
    assert registry("check --file -", typed=text).status == 1


def test_a_table_on_the_standing_input_is_read_as_one(registry: Registry) -> None:
    text = (
        "id,performer,act,replica,purpose,scenes,at,content,tool,profile\n"
        "c-1,okafor,use_replica,okafor-scan-1,final,60;61,2026-12-07T09:00:00-08:00,none,northgate-pipeline,vfx-shot\n"
    )
    ran = registry("check --file -", typed=text)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("NOT CLEARED   c-1   Ada Okafor · use of replica · Harbor Light, sc. 60–61\n")


def test_checking_writes_nothing_unless_asked(registry: Registry) -> None:
    before = registry("export").out
    registry("check --file examples/uses/duet.yaml")
    assert registry("export").out == before
    kept = registry("check --file examples/uses/duet.yaml --record")
    assert kept.err.startswith("Recorded by T. Albright; ledger at entry ")
    assert "u-60-duet" in registry("use list").out


def test_an_interview_asks_until_it_is_decided(registry: Registry, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    (tmp_path / "age.yaml").write_text(
        "format: consent-uses/1\nuses:\n"
        "  - {id: u-9-age, performer: vance, production: orchard, act: alter_performance, elements: [likeness],\n"
        "     purpose: final, scenes: ['9'], at: 2026-12-01T10:00:00-08:00, content: []}\n",
        encoding="utf-8",
    )
    ran = registry("check --file age.yaml --ask", typed="perhaps\npitch\nn\n")
    assert ran.status == 0
    assert ran.out.startswith("CLEARED   u-9-age")
    assert ran.err == snapshot


def test_an_interview_with_nobody_there_changes_nothing(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "age.yaml").write_text(
        "format: consent-uses/1\nuses:\n"
        "  - {id: u-9-age, performer: vance, production: orchard, act: alter_performance, elements: [likeness],\n"
        "     purpose: final, scenes: ['9'], at: 2026-12-01T10:00:00-08:00, content: []}\n",
        encoding="utf-8",
    )
    ran = registry("check --file age.yaml --ask")
    assert ran.status == 3
    assert ran.out == registry("check --file age.yaml").out


def test_explaining_names_every_finding_and_its_sources(registry: Registry) -> None:
    shown = registry("check --file examples/uses/duet.yaml --explain")
    as_json = json.loads(registry("check --file examples/uses/duet.yaml --json").out)
    for finding in as_json["findings"]:
        assert finding["rule"] in shown.out
    assert "(declared, T. Albright, 2026-09-01)" in " ".join(shown.out.split())
    assert all(columns(line) <= 80 for line in shown.out.splitlines())


def test_known_at_forgets_what_was_recorded_later(registry: Registry) -> None:
    registry("use add examples/uses/stunt.yaml", now=NOW)
    later = "check u-41-fall --json"
    before = registry(later).out
    letter = "record revocation c-okafor-1 --effective 2026-11-01 --received 2026-11-01T08:00:00-07:00"
    assert registry(letter, now=NOW.replace(hour=12)).status == 0
    after = registry(later, now=NOW.replace(hour=13))
    assert json.loads(after.out)["verdict"] != json.loads(before)["verdict"]
    then = registry("check u-41-fall --json --known-at 2026-11-22T10:30:00Z", now=NOW.replace(hour=13))
    assert json.loads(then.out)["verdict"] == json.loads(before)["verdict"]
