"""Settings: what is written in registry.toml, what the environment says, and what is asked for go in that order."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.errors import FileError
from registry.settings import Settings


def test_an_unconfigured_folder_holds_an_embedded_database(tmp_path: Path) -> None:
    settings = Settings.load({}, tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'registry.db'}"
    assert settings.database_file == tmp_path / "registry.db"
    assert settings.packs == ()
    assert settings.keys == tmp_path / "keys"
    assert settings.company is None
    assert settings.by is None


def test_the_option_goes_before_the_environment_and_that_before_the_current_folder(tmp_path: Path) -> None:
    environ = {"REGISTRY_HOME": "from-environment"}
    assert Settings.load(environ, tmp_path).home == tmp_path / "from-environment"
    assert Settings.load(environ, tmp_path, Path("asked")).home == tmp_path / "asked"
    assert Settings.load({}, tmp_path).home == tmp_path


def test_the_file_is_read_and_its_paths_are_relative_to_the_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "registry.toml").write_text(
        'database = "data/r.db"\npacks = ["../house-packs"]\ncompany = "Harbor Light Productions LLC"\nby = "t"\n',
        encoding="utf-8",
    )
    settings = Settings.load({"REGISTRY_BY": "casting"}, tmp_path, Path("home"))
    assert settings.database_file == home / "data" / "r.db"
    assert settings.packs == (tmp_path / "house-packs",)
    assert settings.company == "Harbor Light Productions LLC"
    assert settings.by == "casting"


def test_a_server_keeps_its_address(tmp_path: Path) -> None:
    settings = Settings.load({"REGISTRY_DATABASE": "postgresql+psycopg://db/registry"}, tmp_path)
    assert settings.database_url == "postgresql+psycopg://db/registry"
    assert settings.database_file is None


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('databse = "r.db"', "databse  unknown key; did you mean database?"),
        ("packs = 'p'", 'packs  is not a list of folders; write packs = ["../house-packs"]'),
        ("company = 3", 'company  is not text; write company = "…"'),
        ('by = ""', 'by  is not text; write by = "…"'),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, written: str, line: str) -> None:
    (tmp_path / "registry.toml").write_text(written, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        Settings.load({}, tmp_path)
    assert caught.value.lines()[1].strip() == line


def test_all_mistakes_are_named_at_once_and_broken_toml_too(tmp_path: Path) -> None:
    file = tmp_path / "registry.toml"
    file.write_text("compny = 'x'\nkeys = 1\n", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        Settings.load({}, tmp_path)
    assert len(caught.value.faults) == 2
    file.write_text("company = ", encoding="utf-8")
    with pytest.raises(FileError, match="1 fault"):
        Settings.load({}, tmp_path)
