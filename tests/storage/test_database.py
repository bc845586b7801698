"""How a registry is opened: its settings, what it refuses, and how little it imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from registry.errors import UsageError
from registry.storage.database import Database
from registry.storage.store import create_store, open_store
from tests.storage.raw import raw

WATCHED = """
import sys
import registry.storage.store
from registry.storage.store import open_store
open_store(sys.argv[1]).load(performers=["p"], productions=["q"], uses=["u"])
unwanted = ("sqlalchemy.orm", "alembic", "registry.rules", "registry.files")
print(*sorted(module for module in sys.modules if module.startswith(unwanted)))
"""


@pytest.fixture
def sqlite_url(sqlite_at_head: Path, tmp_path: Path) -> str:
    file = tmp_path / "registry.db"
    file.write_bytes(sqlite_at_head.read_bytes())
    return f"sqlite:///{file}"


def _refusal(url: str) -> list[str]:
    with pytest.raises(UsageError) as refused:
        open_store(url)
    return refused.value.lines()


@pytest.mark.parametrize(
    "pragma, value",
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("busy_timeout", 30_000),
    ],
)
def test_every_connection_is_set_for_keeping(sqlite_url: str, pragma: str, value: object) -> None:
    database = Database(sqlite_url)
    with database.reading() as reading:
        assert reading.execute(text(f"PRAGMA {pragma}")).scalar() == value
    with database.writing() as writing:
        assert writing.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_write_is_alone_from_its_first_statement(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.writing(), raw(sqlite_url).connect() as other:
        other.exec_driver_sql("PRAGMA busy_timeout = 0")
        with pytest.raises(Exception, match="locked"):
            other.exec_driver_sql("BEGIN IMMEDIATE")


def test_there_is_no_registry_yet(tmp_path: Path) -> None:
    assert _refusal(f"sqlite:///{tmp_path}/none.db") == [
        f"There is no registry in {tmp_path}/none.db.",
        "registry init",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_holds_no_registry(empty_url: str) -> None:
    with raw(empty_url).begin() as connection:
        connection.execute(text("CREATE TABLE guests (name TEXT)"))
    problem, remedy = _refusal(empty_url)
    assert problem.startswith("There is no registry in ")
    assert problem.endswith(" yet.")
    assert remedy == "registry init"


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "registry.db"
    file.write_text("Dear diary," * 100)
    assert _refusal(f"sqlite:///{file}") == [
        f"{file} cannot be read as a registry: file is not a database.",
        "registry init",
    ]
    assert file.read_text().startswith("Dear diary,")


@pytest.mark.parametrize(
    "revision, problem, remedy",
    [
        ("0001", "is at migration 0001, this program at 0006.", "registry init"),
        ("0999", "is at migration 0999; this program knows none after 0006.", "pip install --upgrade consent-registry"),
    ],
)
def test_a_registry_that_is_not_at_head(url: str, revision: str, problem: str, remedy: str) -> None:
    with raw(url).begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    told = _refusal(url)
    assert told[0].endswith(problem)
    assert told[1] == remedy


@pytest.mark.parametrize(
    "address", ["registry.db", "mysql://host/name", "sqlite://", "sqlite:///:memory:", "nonsense://x"]
)
def test_an_address_that_is_none(address: str) -> None:
    assert _refusal(address) == [
        f"{address} is not the address of a registry: a SQLite file or a PostgreSQL database.",
        "Write it as sqlite:///registry.db or postgresql://user@host/name.",
    ]


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    problem, _ = _refusal(f"postgresql://staff:secret@/registry?host={tmp_path}")
    assert "staff" in problem
    assert "secret" not in problem


def test_a_registry_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        create_store(f"sqlite:///{tmp_path}/nowhere/registry.db")
    assert refused.value.lines() == [
        f"There is no folder {tmp_path}/nowhere to keep a registry in.",
        f"mkdir -p {tmp_path}/nowhere",
    ]


def test_reading_leaves_alembic_and_the_orm_alone(url: str, checkout: Path) -> None:
    command = [sys.executable, "-c", WATCHED, url]
    ran = subprocess.run(command, cwd=checkout, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == ""
