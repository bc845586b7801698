"""`registry consent compare`: files, papers on file and PDFs, drafts and signed ones, laid over one another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from registry.cli.output import columns
from tests.cli.conftest import Registry

PDF = "rider-u-60-duet.pdf"


@pytest.fixture
def rider(registry: Registry) -> Registry:
    assert registry("keys init").status == 0
    assert registry("cure u-60-duet --file examples/uses/duet.yaml --rider").status == 0
    return registry


def test_a_draft_in_a_pdf_is_what_its_file_says(rider: Registry) -> None:
    found = rider(f"consent compare rider-u-60-duet.yaml {PDF}")
    assert (found.status, found.out.splitlines()[0]) == (0, "SAME SCOPE   rider-u-60-duet → rider-u-60-duet")


def test_a_clause_declined_on_paper_is_lost(rider: Registry) -> None:
    assert rider(f"sign {PDF} --seal").status == 0
    signed = rider(f"sign {PDF} --field performer --name 'Adaeze Okafor' --initials AO --decline 1")
    assert signed.status == 0, signed.err
    found = rider(f"consent compare rider-u-60-duet.yaml {PDF}")
    assert found.out.startswith("NARROWER   rider-u-60-duet → rider-u-60-duet\nOne clause is gone;")
    assert " §1     is gone" in found.out
    assert "declined: not said → 1" in found.out


def test_a_changed_byte_is_not_compared(rider: Registry) -> None:
    assert rider(f"sign {PDF} --seal").status == 0
    data = bytearray(Path(PDF).read_bytes())
    data[len(data) // 2] ^= 1
    Path(PDF).write_bytes(data)
    found = rider(f"consent compare rider-u-60-duet.yaml {PDF}")
    assert found.status == 4
    assert f"{PDF} is not compared." in found.err


def test_another_performer_s_paper_is_said_to_be_one(registry: Registry) -> None:
    found = registry("consent compare c-okafor-1 c-bell-1")
    assert "performer: okafor → bell" in found.out
    assert all(columns(line) <= 80 for line in found.out.splitlines())


def test_the_exact_scope_is_in_the_json(registry: Registry) -> None:
    found = json.loads(
        registry("consent compare examples/recipes/draft-2.yaml examples/recipes/draft-3.yaml --json").out
    )
    assert found["format"] == "consent-redline/1"
    assert found["way"] == "wider_and_narrower"
    assert {"scenes": ["24"]}.items() <= found["lost"][0].items()
    (axis,) = found["clauses"][1]["axes"]
    assert axis["gained"] == ["other works called harbor-films"]


def test_a_paper_that_is_not_there_is_named(registry: Registry) -> None:
    missing = registry("consent compare c-okafor-1 c-nobody")
    assert missing.status == 2
    assert "There is no consent c-nobody on file" in missing.err
    assert registry("consent compare c-okafor-1 nothing.pdf").status == 2
    assert registry("consent compare c-okafor-1 examples/world.yaml").status == 2
    Path("letter.pdf").write_bytes(b"%PDF-1.7 and no more of it")
    assert "letter.pdf is no rider of ours." in registry("consent compare c-okafor-1 letter.pdf").err
