"""The floors and wings of the house (docs/adr/0001) hold: import-linter reads every import, direct or not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_module_imports_from_lower_floors_only(checkout: Path) -> None:
    result = lint(checkout)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("storage/sideways.py", "import registry.engine"),
        ("documents/law.py", "import registry.rules"),
        ("domain/upwards.py", "import registry.services"),
        ("engine/rows.py", "import sqlalchemy"),
        ("rules/page.py", "import weasyprint"),
        ("engine/conditions.py", "import cel_expr_python"),
        ("helpers.py", "import os"),
    ],
)
def test_a_door_that_must_not_be_there_is_noticed(checkout: Path, tmp_path: Path, module: str, forbidden: str) -> None:
    """The contracts are read from pyproject.toml and tried on a small house with one wrong door."""
    (tmp_path / "pyproject.toml").write_text(
        (checkout / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    house = tmp_path / "registry"
    for room in ("cli", "kiosk", "services", "engine", "storage", "documents", "files", "rules", "domain", "source"):
        (house / room).mkdir(parents=True)
        (house / room / "__init__.py").touch()
    for name in ("__init__", "errors", "settings", "resources"):
        (house / f"{name}.py").touch()
    (house / "rules" / "cel.py").write_text("import cel_expr_python\n", encoding="utf-8")
    assert lint(tmp_path).returncode == 0
    (house / module).write_text(f"{forbidden}\n", encoding="utf-8")
    result = lint(tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert module.split("/")[-1].removesuffix(".py") in result.stdout
