"""`registry render` as it is typed: kinds, languages, what has to be stated, and what is refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from registry.documents.text import page_text
from tests.cli.conftest import Registry


def text_of(path: Path) -> str:
    with pikepdf.open(BytesIO(path.read_bytes())) as pdf:
        return page_text(pdf).body


def test_a_notice_of_revocation_in_the_signers_language(registry: Registry, tmp_path: Path) -> None:
    ran = registry(
        "render c-okafor-1 --kind revocation --fill effective=2026-12-10 --fill clauses=2.2 --language es --paper a4"
    )
    assert (ran.status, ran.out) == (0, "revocation-c-okafor-1.pdf\n")
    assert ran.err == "registry sign revocation-c-okafor-1.pdf --seal    is the next step\n"
    text = text_of(tmp_path / "revocation-c-okafor-1.pdf")
    assert "Notificaciónderevocación" in text
    assert "10dediciembrede2026" in text


def test_what_to_compare_with_the_official_rider_is_said(registry: Registry, tmp_path: Path) -> None:
    assert registry("cure u-60-duet --rider --file examples/uses/duet.yaml").status == 0
    ran = registry("render rider-u-60-duet.yaml --signatory 'T. Albright'")
    assert ran.status == 0
    assert "Compare with the union's official rider before it is issued: T4 Pay." in ran.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("c-okafor-1", "Consent c-okafor-1 is signed already"),
        ("c-okafor-1 --kind revocation", "add --fill effective=2026-12-01"),
        ("c-okafor-1 --kind revocation --fill effective=2026-12-01 --fill clauses=9", "has no clause 9"),
        ("c-okafor-1 --kind revokation", "did you mean revocation?"),
        ("c-okafor-1 --kind revocation --fill effective=soon", "--fill effective: soon cannot be read."),
        ("c-okafor-1 --fill vouch=3", "did you mean voucher?"),
        ("c-okafor-1 --fill voucher", "--fill: voucher names no value."),
        ("c-okafor-1 --kind revocation --language de --fill effective=2026-12-01", "there are no words in de"),
    ],
)
def test_what_cannot_be_rendered_is_said(registry: Registry, typed: str, said: str, tmp_path: Path) -> None:
    ran = registry(f"render {typed}")
    assert ran.status == 2
    assert said in ran.err
    assert not list(tmp_path.glob("*.pdf"))
