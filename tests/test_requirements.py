"""The locked set: everything pinned with hashes, nothing from an address, and what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FILES = ("requirements.txt", "requirements-dev.txt")


def entries(file: Path) -> dict[str, str]:
    """Each pinned release by name; its lines, hashes and comments, joined."""
    text = file.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {canonicalize_name(line.partition("==")[0]): line for line in lines}


def version(entry: str) -> str:
    return entry.partition("==")[2].split()[0]


@pytest.mark.parametrize("name", FILES)
def test_every_release_is_pinned_with_the_hashes_of_its_files(checkout: Path, name: str) -> None:
    pinned = entries(checkout / name)
    assert len(pinned) > 40
    for entry in pinned.values():
        assert re.match(r"[a-z0-9.-]+==[0-9][^ ]* +--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


@pytest.mark.parametrize("name", FILES)
def test_no_address_and_no_option_stands_in_the_file(checkout: Path, name: str) -> None:
    for line in (checkout / name).read_text(encoding="utf-8").splitlines():
        assert "://" not in line
        assert not line.startswith("-")


def test_the_project_file_is_satisfied(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {FILES[0]: project["dependencies"], FILES[1]: project["optional-dependencies"]["dev"]}
    for name, requirements in wanted.items():
        pinned = entries(checkout / name)
        for requirement in map(Requirement, requirements):
            entry = pinned.get(canonicalize_name(requirement.name))
            assert entry is not None, f"{requirement.name} is not in {name}: make lock"
            assert version(entry) in requirement.specifier, f"{name} has {entry[:40]}: make lock"


def test_the_tests_run_on_the_very_libraries_of_the_program(checkout: Path) -> None:
    program, tests = (entries(checkout / name) for name in FILES)
    assert program.items() <= tests.items()
