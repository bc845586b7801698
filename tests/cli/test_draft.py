"""`registry draft`: what is on file is filled in, what is not is named and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.documents.kinds import NOTICES, DocumentKind
from tests.cli.conftest import Registry

DRAFTED = [k for k in DocumentKind if k not in NOTICES and k is not DocumentKind.AMENDMENT]


@pytest.mark.parametrize("kind", DRAFTED)
def test_only_what_was_named_as_missing_is_missing(registry: Registry, tmp_path: Path, kind: DocumentKind) -> None:
    """With a description for every clause, and a grantor where none is on file, the draft is read and rendered."""
    ran = registry(f"draft {kind} --performer okafor --production harbor")
    assert ran.status == 0
    assert "description" not in ran.out
    assert "grants[0].description" in ran.err
    text = ran.out.replace("        acts:", "        description: Mara falls from the roof, scene 41.\n        acts:")
    if "grantor:" not in text:
        assert " grantor " in ran.err
        text = text.replace("    grants:", "    grantor: {capacity: self}\n    grants:")
    (tmp_path / "draft.yaml").write_text(text, encoding="utf-8")
    rendered = registry(f"render draft.yaml --kind {kind}")
    assert (rendered.status, rendered.out) == (0, f"{kind}-okafor.pdf\n")


def test_a_draft_in_full(registry: Registry) -> None:
    ran = registry("draft background --performer okafor --production harbor --id c-okafor-9")
    assert ran.out.splitlines() == [
        "format: consent-registry/1",
        "",
        "consents:",
        "  - id: c-okafor-9",
        "    performer: okafor",
        "    grantor: {capacity: self}",
        "    grants:",
        '      - clause: "1.1"',
        "        acts: [create_replica]",
        "        elements: [likeness, movement]",
        "        productions: [harbor]",
        "        purposes: [final]",
        '      - clause: "2.1"',
        "        acts: [use_replica]",
        "        elements: [likeness, movement]",
        "        productions: [harbor]",
        "        purposes: [final]",
        "        territories: [world]",
        "        languages: [en]",
    ]
    assert "--fill voucher" in ran.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("revocation --performer okafor --production harbor", "it has no draft of its own"),
        ("amendment --performer okafor --production harbor", "--fill replaces=CONSENT"),
        ("estates --performer okafor --production harbor", "did you mean estate?"),
        ("estate --performer nobody --production harbor", "There is no performer nobody on file."),
        ("estate --performer okafor --production nothing", "There is no production nothing on file."),
    ],
)
def test_what_cannot_be_drafted(registry: Registry, typed: str, said: str) -> None:
    ran = registry(f"draft {typed}")
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
