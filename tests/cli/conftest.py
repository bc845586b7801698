"""A registry in a temporary folder, and the program run in it as somebody would type it."""

from __future__ import annotations

import datetime as dt
import io
import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from registry.cli import main

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
PASSPHRASE = "a passphrase for the tests"
NEED_KEYS = ("keys", "sign", "issue", "document")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind: exit status, stdout, stderr."""

    status: int
    out: str
    err: str

    def __str__(self) -> str:
        return f"{self.out}--- stderr\n{self.err}--- status {self.status}\n"


Registry = Callable[..., Ran]


@pytest.fixture(scope="session")
def example_home(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """A registry with the example world in it, made once; tests work on copies."""
    home = tmp_path_factory.mktemp("example")
    environ = {"REGISTRY_HOME": str(home), "REGISTRY_BY": "T. Albright"}
    assert main(["init", "--company", "Harbor Light Productions LLC"], now=NOW, environ=environ) == 0
    world = str(checkout / "examples" / "world.yaml")
    assert main(["import", world], now=NOW, environ=environ) == 0
    return home


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the compiled rules are kept; one folder for all tests, as compiling takes a second."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture
def empty(
    tmp_path: Path, compiled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Registry:
    """The program in an empty folder: `empty("check u-1")`."""
    return _program(tmp_path, compiled, monkeypatch, capsys)


@pytest.fixture
def registry(
    tmp_path: Path,
    compiled: Path,
    example_home: Path,
    checkout: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Registry:
    """The program in a folder with the example world on file and `examples/` beside it."""
    shutil.copytree(example_home, tmp_path, dirs_exist_ok=True)
    shutil.copytree(checkout / "examples", tmp_path / "examples")
    return _program(tmp_path, compiled, monkeypatch, capsys)


def _program(
    home: Path, compiled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Registry:
    monkeypatch.chdir(home)
    environ = {"REGISTRY_BY": "T. Albright", "REGISTRY_CACHE": str(compiled)}
    # Beside the compiled rules, so that no test finds it in its folder.
    opens = compiled / "passphrase"
    opens.touch(mode=0o600)
    opens.write_text(f"{PASSPHRASE}\n", encoding="utf-8")

    def run(command: str, *, typed: str = "", now: dt.datetime = NOW, locked: bool = False, **more: str) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capsys.readouterr()
        words = shlex.split(command)
        if words and words[0] in NEED_KEYS and "--help" not in words and not locked:
            words += ["--passphrase-file", str(opens)]
        status = main(words, now=now, environ=environ | more)
        out, err = capsys.readouterr()
        return Ran(status, out.replace(str(home), "HOME"), err.replace(str(home), "HOME"))

    return run
