"""The wheel is whole: built from this checkout and put into an environment that cannot see the checkout, it works."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the hatchling at hand: no index is asked."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, checkout, cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`registry` of an environment that has the libraries of this one, the wheel, and no way to the checkout.

    A path file names our site-packages; path files found there, such as that of the editable install, are not read.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    libraries = home / "lib" / version / "site-packages" / "libraries.pth"
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-index", "--no-deps", wheel, cwd=home)
    libraries.write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    where = run(python, "-c", "import registry; print(registry.__file__)", cwd=home)
    assert where.startswith(str(home)), where
    return home / "bin" / "registry"


def run(*command: str | Path, cwd: Path) -> str:
    """What the command prints; a failure shows both streams."""
    environ = {name: os.environ[name] for name in ("PATH", "HOME", "NO_COLOR", "COLUMNS") if name in os.environ}
    result = subprocess.run([*map(str, command)], cwd=cwd, env=environ, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{command}: {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result.stdout


def kept(folder: Path) -> set[str]:
    """The files below `folder` that belong to the program, relative to it."""
    return {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_the_wheel_holds_the_package_its_data_and_the_folders_beside_it(wheel: Path, checkout: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("registry/")}
    expected = {
        f"registry/{into}{name}"
        for into, folder in {"": "registry", "migrations/": "migrations", "templates/": "templates"}.items()
        for name in kept(checkout / folder)
    }
    assert held == expected
    for ending in (".yaml", ".json", ".html", ".css", ".ttf", ".mako"):
        assert any(name.endswith(ending) for name in held), f"no {ending} file in the wheel"


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"registry", "consent_registry"}


def test_the_wheel_asks_for_the_libraries_the_project_file_names(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    asked = [line for line in archive.read(name).decode().splitlines() if line.startswith("Requires-Dist:")]
    assert any("sqlalchemy<2.2,>=2.1.9" in line for line in asked)
    assert any("cel-expr-python==0.1.3" in line for line in asked)


def test_the_installed_program_shows_its_commands(program: Path, tmp_path: Path) -> None:
    shown = run(program, "--help", cwd=tmp_path)
    for command in ("init", "import", "check", "cure", "render", "sign", "verify"):
        assert f"  {command}" in shown


def test_the_installed_program_migrates_a_database_checks_a_use_and_draws_a_page(
    program: Path, checkout: Path, tmp_path: Path
) -> None:
    """Migrations, packs and templates are found inside the package; of the checkout only the examples are named."""
    home = tmp_path / "harbor"
    home.mkdir()
    run(program, "init", "--by", "T. Albright", "--company", "Harbor Light Productions LLC", cwd=home)
    run(program, "import", checkout / "examples" / "world.yaml", cwd=home)
    run(program, "use", "add", checkout / "examples" / "uses" / "duet.yaml", cwd=home)
    run(program, "cure", "u-60-duet", "--rider", cwd=home)
    assert (home / "rider-u-60-duet.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert "CONDITIONAL" in run(program, "check", "--file", checkout / "examples" / "uses" / "stunt.yaml", cwd=home)
