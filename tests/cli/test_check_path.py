"""Start-up is part of the product: what the way to `check` imports is counted, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Registry

# Modules beyond what typer, SQLAlchemy and CEL bring by themselves. Raise it knowingly.
MOST_MODULES = 166
_REPORT = """
import json, sys
import typer, sqlalchemy, cel_expr_python
before = len(sys.modules)
from registry.cli import main
status = main(sys.argv[1:])
names = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps([status, len(sys.modules) - before, names]), file=sys.stderr)
"""
_NEVER = {"weasyprint", "pyhanko", "alembic", "pydantic", "rich", "cryptography", "pikepdf", "jinja2", "fontTools"}


def _modules(home: Path, checkout: Path, compiled: Path, *typed: str) -> tuple[int, int, set[str]]:
    environ = {**os.environ, "REGISTRY_HOME": str(home), "REGISTRY_CACHE": str(compiled), "PYTHONPATH": str(checkout)}
    done = subprocess.run(
        [sys.executable, "-c", _REPORT, *typed], capture_output=True, text=True, env=environ, check=True, cwd=home
    )
    status, count, names = json.loads(done.stderr.splitlines()[-1])
    return status, count, set(names)


@pytest.mark.parametrize("typed", [("check", "--file", "examples/uses/duet.yaml"), ("check", "u-60-duet")])
def test_a_check_imports_little_and_no_document_library(
    registry: Registry, tmp_path: Path, compiled: Path, checkout: Path, typed: tuple[str, ...]
) -> None:
    registry("use add examples/uses/duet.yaml")
    registry("check u-60-duet")
    status, count, names = _modules(tmp_path, checkout, compiled, *typed)
    assert status == 1
    assert not names & _NEVER
    assert count <= MOST_MODULES


def test_asking_for_help_imports_no_command(tmp_path: Path, compiled: Path, checkout: Path) -> None:
    status, count, names = _modules(tmp_path, checkout, compiled, "--help")
    assert status == 0
    assert not names & {*_NEVER, "ruamel"}
    assert count <= 45
