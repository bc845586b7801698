"""The program in docs/documents.md checks a rider with the standard library and openssl alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from registry.documents.closing import stamp_again
from registry.documents.keys import KeyName, credential
from registry.services.signing import Keys
from tests.documents import story
from tests.documents.attacks import ATTACKS


@pytest.fixture(scope="module")
def checker(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = (checkout / "docs" / "documents.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert "registry" not in re.sub(r"<registry:digest>", "", program)
    path = tmp_path_factory.mktemp("checker") / "check_rider.py"
    path.write_text(program, encoding="utf-8")
    return path


def run(checker: Path, document: Path, keys: Keys) -> tuple[int, list[str]]:
    roots = [keys.folder / "root.pem", keys.folder / "time.pem"]
    done = subprocess.run(
        [sys.executable, "-I", checker, document, *roots], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.splitlines()


def test_a_complete_rider_holds(checker: Path, states: dict[str, Path], keys: Keys) -> None:
    status, lines = run(checker, states["complete"], keys)
    assert status == 0, lines
    firsts = ["terms", "pages", "signature", "signature", "signature", "time", "last"]
    assert [line.split()[0] for line in lines] == firsts
    words = subprocess.run(["pdftotext", states["complete"], "-"], capture_output=True, text=True, check=True).stdout
    assert lines[0].split()[1] in words.replace("\n", "")
    assert not any("NOT" in line for line in lines)


def test_a_rider_that_was_stamped_again_holds(
    checker: Path, states: dict[str, Path], keys: Keys, tmp_path: Path
) -> None:
    path = tmp_path / "stamped.pdf"
    clock = credential(keys.folder, KeyName.TIME, keys.passphrase)
    path.write_bytes(stamp_again(states["complete"].read_bytes(), clock, now=story.COUNTERSIGNED, field="closing_2"))
    status, lines = run(checker, path, keys)
    assert status == 0, lines
    assert [line.split()[0] for line in lines][-3:] == ["time", "time", "last"]


def test_a_changed_byte_does_not_hold(checker: Path, states: dict[str, Path], keys: Keys, tmp_path: Path) -> None:
    data = bytearray(states["complete"].read_bytes())
    data[len(data) // 3] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(bytes(data))
    assert run(checker, changed, keys)[0] == 4
    changed.write_bytes(states["complete"].read_bytes() + b"\n")
    status, lines = run(checker, changed, keys)
    assert (status, lines[-1]) == (4, "last byte  is NOT covered")


def test_somebody_else_s_root_does_not_hold(checker: Path, states: dict[str, Path], other_keys: Keys) -> None:
    status, lines = run(checker, states["complete"], other_keys)
    assert status == 4
    assert sum("DOES NOT HOLD" in line for line in lines) == 4


@pytest.mark.parametrize(("state", "signatures"), [("sealed", 1), ("performer", 2), ("signed", 3)])
def test_a_document_that_somebody_has_still_to_sign(
    checker: Path, states: dict[str, Path], keys: Keys, state: str, signatures: int
) -> None:
    status, lines = run(checker, states[state], keys)
    assert status == 0, lines
    assert sum(line.startswith("signature") and line.endswith("holds") for line in lines) == signatures


@pytest.mark.parametrize("name", ["saved_body_list_and_trailer", "a_range_that_leaves_a_gap", "other_terms_attached"])
def test_an_attack_does_not_hold(checker: Path, states: dict[str, Path], keys: Keys, tmp_path: Path, name: str) -> None:
    attacked = tmp_path / "attacked.pdf"
    attacked.write_bytes(ATTACKS[name](states["complete"].read_bytes()))
    assert run(checker, attacked, keys)[0] != 0


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"\0" * 999])
def test_what_is_no_document_is_no_traceback(checker: Path, keys: Keys, tmp_path: Path, data: bytes) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(data)
    assert run(checker, other, keys) == (1, [])
