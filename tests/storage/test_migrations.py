"""Migrations: up, down and up with rows in, whole or not at all, and the same tables as the code believes in."""

from __future__ import annotations

from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect, text

from registry.domain.replica import Tool
from registry.domain.world import World
from registry.storage import migrating, projecting
from registry.storage.database import HEAD, Database
from registry.storage.ledger import GUARDS
from registry.storage.migrating import configuration, upgrade
from registry.storage.store import open_store
from registry.storage.tables import metadata
from tests.storage.raw import bindings, raw
from tests.storage.sample import NOW, sample


def _alembic(url: str, verb: str, *arguments: str) -> None:
    with Database(url, foreign_keys=False).turn_to_write() as connection:
        getattr(command, verb)(configuration(connection), *arguments)


def _shape(engine: Engine) -> dict[str, Any]:
    """Every table with its columns, keys, indexes and CHECKs, as the database itself tells."""
    inspector = inspect(engine)
    found = {}
    for table in set(inspector.get_table_names()) - {"alembic_version"}:
        columns = [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)]
        keys = [(k["name"], k["constrained_columns"], k["referred_table"]) for k in inspector.get_foreign_keys(table)]
        found[table] = {
            "strict": _strict(engine, table),
            "columns": sorted(columns),
            "key": inspector.get_pk_constraint(table),
            "foreign keys": sorted(keys),
            "indexes": sorted((i["name"], i["column_names"]) for i in inspector.get_indexes(table)),
            "unique": sorted((u["name"], u["column_names"]) for u in inspector.get_unique_constraints(table)),
            "checks": sorted((c["name"], c["sqltext"]) for c in inspector.get_check_constraints(table)),
        }
    return found


def _strict(engine: Engine, table: str) -> bool:
    """Whether SQLite keeps a column to its type; PostgreSQL always does."""
    if engine.dialect.name == "postgresql":
        return True
    with engine.connect() as connection:
        return bool(connection.execute(text(f"SELECT strict FROM pragma_table_list WHERE name = '{table}'")).scalar())


def test_the_last_migration_is_the_one_the_code_expects(url: str) -> None:
    with Database(url).reading() as connection:
        assert ScriptDirectory.from_config(configuration(connection)).get_heads() == [HEAD]


def test_the_tables_at_head_are_the_tables_of_the_code(empty_url: str) -> None:
    engine = raw(empty_url)
    upgrade(empty_url)
    migrated = _shape(engine)
    _alembic(empty_url, "downgrade", "base")
    metadata().create_all(engine)
    assert _shape(engine) == migrated
    assert set(migrated) == set(metadata().tables)
    assert all(table["strict"] for table in migrated.values())


def test_alembic_finds_nothing_to_change(url: str) -> None:
    _alembic(url, "check")


def test_alembic_sees_a_check_that_is_missing(url: str) -> None:
    with raw(url).begin() as connection:
        _without_check(connection)
    with pytest.raises(CommandError, match="ck_use_performers_position_count"):
        _alembic(url, "check")


def _without_check(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE use_performers DROP CONSTRAINT ck_use_performers_position_count"))
        return
    made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'use_performers'")).scalar_one()
    check = "CONSTRAINT ck_use_performers_position_count CHECK (position >= 0), "
    flat = " ".join(made.split())
    assert check in flat
    connection.execute(text("DROP TABLE use_performers"))
    connection.execute(text(flat.replace(check, "")))
    connection.execute(text("CREATE INDEX ix_use_performers_performer ON use_performers (performer)"))


def test_the_guards_stand_at_head(url: str) -> None:
    store = open_store(url)
    assert store.damages() == ()
    on = "" if url.startswith("sqlite") else " ON ledger"
    with raw(url).begin() as connection:
        for guard in GUARDS:
            connection.execute(text(f"DROP TRIGGER {guard}{on}"))
    assert [str(damage) for damage in store.damages()] == [
        f"the guard {guard} does not stand before the ledger" for guard in GUARDS
    ]


def test_no_foreign_key_cascades(url: str) -> None:
    inspector = inspect(raw(url))
    for table in inspector.get_table_names():
        for key in inspector.get_foreign_keys(table):
            assert not key["options"], (table, key)


def test_up_down_up_with_rows_in(empty_url: str) -> None:
    upgrade(empty_url)
    open_store(empty_url).record(sample(), by="T. Albright", now=NOW)
    before, bound = open_store(empty_url).world(), bindings(empty_url)
    _alembic(empty_url, "downgrade", "0001")
    assert "consents" not in inspect(raw(empty_url)).get_table_names()

    upgrade(empty_url)
    store = open_store(empty_url)
    assert store.world() == before
    assert store.damages() == ()
    assert bindings(empty_url) == bound != []

    _alembic(empty_url, "downgrade", "base")
    assert inspect(raw(empty_url)).get_table_names() == ["alembic_version"]
    upgrade(empty_url)
    assert open_store(empty_url).head().seq == 0


def test_what_older_tables_have_no_room_for_waits_in_the_ledger(url: str) -> None:
    store = open_store(url)
    store.record(sample(), by="T. Albright", now=NOW)
    before = store.world()
    assert before.rates
    _alembic(url, "downgrade", "0002")
    upgrade(url)
    assert store.world() == before
    assert store.damages() == ()


def test_migrating_again_changes_nothing(url: str) -> None:
    store = open_store(url)
    store.record(sample(), by="T. Albright", now=NOW)
    before = store.head()
    upgrade(url)
    assert store.head() == before


def test_a_migration_that_fails_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: Connection) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(projecting, "rebuild", fail)
    with pytest.raises(RuntimeError, match="the power went"):
        migrating.upgrade(empty_url)
    assert inspect(raw(empty_url)).get_table_names() == []


def test_text_sorts_by_its_bytes(url: str) -> None:
    store = open_store(url)
    names = ["b", "B", "_", "a-1", "a.1", "á"]
    store.record(World(tools=tuple(Tool(id=name) for name in names)), by="T. Albright", now=NOW)
    with raw(url).connect() as connection:
        rows = connection.execute(text("SELECT id FROM vault_identifiers ORDER BY id")).scalars().all()
    assert rows == sorted(names)
