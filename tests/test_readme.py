"""The documents at the top of the checkout say what is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from registry import __version__
from registry.cli.front import COMMANDS

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def read(checkout: Path, name: str) -> str:
    return (checkout / name).read_text(encoding="utf-8")


def code(text: str) -> str:
    """What stands in blocks and between backticks, line by line."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", rest)])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_command_shown_is_one(checkout: Path, name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", read(checkout, "Makefile"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z]+)", code(read(checkout, name)), re.MULTILINE)) <= targets


def test_the_two_commands_are_the_first_that_are_shown(checkout: Path) -> None:
    shown = re.findall(r"make ([a-z]+)", code(read(checkout, "README.md")))
    assert shown[:2] == ["demo", "test"]
    assert "make test" in read(checkout, ".ci/run")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_of_the_program_that_is_shown_is_one(checkout: Path, name: str) -> None:
    shown = set(re.findall(r"^(?:\$ )?(?:\.venv/bin/)?registry ([a-z]+)", code(read(checkout, name)), re.MULTILINE))
    assert shown <= set(COMMANDS)


def test_the_first_steps_go_from_an_empty_folder_to_a_verified_rider(checkout: Path) -> None:
    shown = re.findall(r"^(?:\$ )?registry ([a-z]+)", code(read(checkout, "README.md")), re.MULTILINE)
    told = iter(shown)
    assert all(step in told for step in ("init", "import", "check", "cure", "render", "sign", "verify")), shown


def test_the_first_steps_do_what_they_say(checkout: Path, tmp_path: Path) -> None:
    """Typed line by line in a folder beside the examples, and after them the schedule that is cleared in the same
    folder. A comment says where the exit status is not 0."""
    blocks = re.findall(r"^```\n(.*?)^```", read(checkout, "README.md"), re.DOTALL | re.MULTILINE)
    told = [block for block in blocks if block.startswith(("mkdir ", "registry template "))]
    assert len(told) == 2
    steps = "".join(told).splitlines()
    assert steps[0] == "mkdir harbor && cd harbor"
    assert steps[1].startswith("(umask 077 && echo ")
    (tmp_path / "examples").symlink_to(checkout / "examples")
    (tmp_path / "harbor").mkdir()
    environ = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    typed = [line for line in steps[2:] if line]
    assert len(typed) > 24
    for line in typed:
        said = re.search(r"# exit status (\d)", line)
        result = subprocess.run(
            ["/bin/sh", "-c", f"{steps[1]}\n{line}"],
            cwd=tmp_path / "harbor",
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == int(said[1] if said else 0), f"{line}\n{result.stdout}\n{result.stderr}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_and_folder_named_is_there(checkout: Path, name: str) -> None:
    text = read(checkout, name)
    linked = {target.partition("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target}
    roots = "registry|tests|templates|migrations|examples|docs|scripts|\\.ci"
    named = set(re.findall(rf"(?<![\w./-])((?:{roots})/[\w./-]*)(?![\w<])", code(text)))
    assert linked | named or name == "CHANGELOG.md"
    missing = sorted(path for path in linked | named if not (checkout / path).exists())
    assert missing == []


def test_every_folder_of_the_checkout_is_introduced(checkout: Path) -> None:
    readme = read(checkout, "README.md")
    folders = [
        f"{above}{entry.name}/"
        for above in ("", "registry/")
        for entry in sorted((checkout / above).iterdir())
        if entry.is_dir() and not entry.name.startswith((".", "__")) and entry.name not in {"demo", "build", "dist"}
    ]
    assert "registry/engine/" in folders
    assert [folder for folder in folders if f"{folder}`" not in readme and f"{folder} " not in readme] == []


def test_every_decision_is_listed_and_has_its_three_parts(checkout: Path) -> None:
    folder = checkout / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = sorted(folder.glob("0*.md"))
    assert len(pages) >= 6
    for page in pages:
        headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "What we lose"], page.name
        assert f"({page.name})" in index


def test_one_version_everywhere(checkout: Path) -> None:
    project = tomllib.loads(read(checkout, "pyproject.toml"))["project"]
    newest = re.search(r"^## (\d+\.\d+\.\d+)", read(checkout, "CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert project["version"] == __version__ == newest[1]
