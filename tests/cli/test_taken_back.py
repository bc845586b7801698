"""What was granted is changed or taken back by documents: drafted, read, issued, signed, closed, taken in; and checks
of uses change with them as of the day from which they hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Registry

CONSENT = """format: consent-registry/1
replicas:
  - {id: marsh-scan-1, performer: marsh, kind: employment_based, elements: [likeness], made_from: scan,
     made_for: harbor, made_on: 2026-10-01, holder: Northgate Capture, biometric_kinds: [none]}
consents:
  - id: c-marsh-9
    performer: marsh
    grantor: {capacity: self}
    counsel: {name: R. Lindqvist, negotiated_replica_terms: yes}
    cba_addresses_replicas: yes
    basis: contract
    lifetime_only: no
    revocable: {by_terms: yes}
    until: 2030-12-31
    grants:
      - clause: "1"
        acts: [use_replica]
        elements: [likeness]
        productions: [harbor]
        purposes: [final]
        description: Tom Quill is seen on the quay from afar, scene 7; about 4 seconds; no dialogue.
        scenes: ["7"]
        media: any
        territories: [world]
        languages: any
"""
USE = """format: consent-uses/1
uses:
  - id: u-7
    act: use_replica
    production: harbor
    performer: marsh
    replica: marsh-scan-1
    purpose: final
    scenes: ["7"]
    at: 2026-12-20T10:00:00-08:00
    content: []
    profile: vfx-shot
    tool: northgate-pipeline
  - id: u-8
    act: use_replica
    production: harbor
    performer: marsh
    replica: marsh-scan-1
    purpose: final
    scenes: ["8"]
    at: 2026-12-05T10:00:00-08:00
    content: []
    profile: vfx-shot
    tool: northgate-pipeline
"""


def signed(registry: Registry, file: str, *, company: bool = True) -> None:
    """Signed by everybody, closed and taken in."""
    initials = "--initials LM" if company else ""
    assert registry(f"sign {file} --field performer --name 'Leo Marsh' {initials}").status == 0
    if company:
        assert registry(f"sign {file} --field company --name 'T. Albright'").status == 0
    assert registry(f"sign {file} --close").status == 0
    assert registry(f"verify {file}").status == 0
    assert registry(f"import {file}").status == 0


def rests_on(registry: Registry, use: str) -> list[str]:
    """The consents that a check of a use rests on."""
    told = json.loads(registry(f"check {use} --json").out)
    verdict = told["verdicts"][0] if "verdicts" in told else told
    return [one["consent"] for one in verdict["coverage"]["consents"]]


@pytest.fixture
def granted(registry: Registry) -> Registry:
    Path("consent.yaml").write_text(CONSENT, encoding="utf-8")
    Path("uses.yaml").write_text(USE, encoding="utf-8")
    Path("draft.yaml").write_text("format: consent-registry/1\n" + CONSENT[CONSENT.index("consents:") :], "utf-8")
    Path("replica.yaml").write_text(CONSENT[: CONSENT.index("consents:")], encoding="utf-8")
    for command in (
        "keys init",
        "import replica.yaml",
        "use add uses.yaml",
        "issue draft.yaml --signatory 'T. Albright'",
    ):
        ran = registry(command)
        assert ran.status == 0, ran
    assert rests_on(registry, "u-7") == []
    signed(registry, "c-marsh-9.pdf")
    return registry


def test_an_amendment_names_the_digest_it_replaces_and_takes_its_place(granted: Registry) -> None:
    assert rests_on(granted, "u-7") == ["c-marsh-9"]
    assert rests_on(granted, "u-8") == []
    text = Path("draft.yaml").read_text(encoding="utf-8").replace("c-marsh-9", "c-marsh-10")
    text = text.replace("scene 7;", "scenes 7 and 8;").replace('scenes: ["7"]', 'scenes: ["7", "8"]')
    Path("amend.yaml").write_text(text, encoding="utf-8")
    assert granted("lint amend.yaml --fill replaces=c-marsh-9").status == 0
    assert granted("issue amend.yaml --fill replaces=c-marsh-9 --signatory 'T. Albright'").status == 0
    assert rests_on(granted, "u-8") == []
    signed(granted, "c-marsh-10.pdf")
    assert rests_on(granted, "u-8") == ["c-marsh-10"]
    assert rests_on(granted, "u-7") == ["c-marsh-10"]
    assert "REPLACED" in granted("verify c-marsh-9.pdf").out


def test_a_revocation_stops_what_is_made_from_its_day_on(granted: Registry) -> None:
    assert granted("lint c-marsh-9 --kind revocation").status == 0
    taken = "issue c-marsh-9 --kind revocation --fill effective=2026-12-10 --fill record=rev-1"
    assert granted(taken).status == 0
    assert rests_on(granted, "u-7") == ["c-marsh-9"]
    before = Path("uses.yaml").read_text(encoding="utf-8").replace("2026-12-20", "2026-12-09").replace("u-7", "u-6")
    Path("before.yaml").write_text(before[: before.index("  - id: u-8")], encoding="utf-8")
    assert granted("use add before.yaml").status == 0
    signed(granted, "rev-1.pdf", company=False)
    assert rests_on(granted, "u-6") == ["c-marsh-9"]
    gate = json.loads(granted("check u-7 --json").out)
    verdict = gate["verdicts"][0] if "verdicts" in gate else gate
    assert verdict["gates"]["consent"] in ("unmet", "refer")
