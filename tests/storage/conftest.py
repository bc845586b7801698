"""Databases to test on: SQLite always, PostgreSQL where there is one. Each test has one of its own, at head."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from registry.storage.migrating import upgrade
from registry.storage.store import Store, open_store
from tests.storage.raw import raw
from tests.storage.servers import DATABASES, server

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def sqlite_at_head(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that others are copied from: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("head") / "registry.db"
    upgrade(f"sqlite:///{file}")
    with raw(f"sqlite:///{file}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    with server() as address:
        yield address


@pytest.fixture(scope="session")
def postgresql_at_head(postgresql_server: str) -> Iterator[str]:
    """A database that others are copied from."""
    with database(postgresql_server) as address:
        upgrade(address)
        yield str(make_url(address).database)


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'registry.db'}"
    else:
        with database(request.getfixturevalue("postgresql_server")) as address:
            yield address


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a registry with nothing on file."""
    if request.param == "sqlite":
        file = tmp_path / "registry.db"
        shutil.copy(request.getfixturevalue("sqlite_at_head"), file)
        yield f"sqlite:///{file}"
        return
    template = request.getfixturevalue("postgresql_at_head")
    with database(request.getfixturevalue("postgresql_server"), template) as address:
        yield address


@pytest.fixture
def store(url: str) -> Store:
    return open_store(url)


@contextmanager
def database(address: str, template: str = "template0") -> Iterator[str]:
    """The address of a new database on a server, a copy of `template`; dropped afterwards."""
    name = f"registry_test_{os.getpid()}_{next(_numbers)}"
    with raw(address).execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        yield make_url(address).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
