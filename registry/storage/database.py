"""One database: how it is opened, read from and written to. SQLite in a file, or PostgreSQL 15 and later.

Every write transaction is alone from its first statement: a lock file and BEGIN IMMEDIATE on SQLite (its own busy
handler is unfair, and a deferred transaction that turns into a write fails under load), an advisory lock on PostgreSQL.
Every read sees one moment of the database, however many statements it takes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import ARRAY, ColumnElement, Connection, NullPool, bindparam, create_engine, event, func, select
from sqlalchemy import any_ as any_of
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from registry.errors import UsageError

HEAD = "0006"  # the last migration; the tests hold it to the folder
_PRAGMAS = (
    "busy_timeout = 30000",
    "synchronous = FULL",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",
)
_WRITES = "registry_writes"
_ADVISORY_LOCK = 20_261_122  # any number will do: all writers of one database must use the same


class Database:
    """The ways into one database. Connections are opened when needed and closed again."""

    def __init__(self, url: str, *, foreign_keys: bool = True) -> None:
        self._url = _parsed(url)
        self._engine = create_engine(_still(self._url) if self.is_still else self._url, poolclass=NullPool)
        if self.file is not None:
            _prepare(self._engine, (*_PRAGMAS, f"foreign_keys = {'ON' if foreign_keys else 'OFF'}"))
        event.listen(self._engine, "begin", _begin)

    @property
    def file(self) -> Path | None:
        """The file of an embedded database; None where the database is a server."""
        return Path(self._url.database or "") if self._url.get_backend_name() == "sqlite" else None

    @property
    def is_still(self) -> bool:
        """Whether nothing can be written beside the file, and nothing waits there to be read with it: SQLite then reads
        the file as one that does not change. Otherwise it would want to make files of its own first."""
        file = self.file
        if file is None or not file.is_file() or os.access(file.parent, os.W_OK):
            return False
        waiting = file.with_name(f"{file.name}-wal")
        return not (waiting.is_file() and waiting.stat().st_size)

    @property
    def place(self) -> str:
        """Where it is, for messages: the file, or the server without its password."""
        return str(self.file or self._url.render_as_string(hide_password=True))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database."""
        with self._engine.connect() as connection:
            if self.file is None:
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in the one transaction that writes; committed at the end, or nothing is written."""
        with self.turn_to_write() as connection, connection.begin():
            yield connection

    @contextmanager
    def turn_to_write(self) -> Iterator[Connection]:
        """A connection whose next transaction will be the only one that writes; it is not begun yet."""
        with self._turn(), self._engine.connect() as connection:
            if self.file is not None and (driver := connection.connection.driver_connection):
                driver.execute("PRAGMA journal_mode = WAL")  # stays with the file; not possible in a transaction
            yield connection.execution_options(**{_WRITES: True})

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self.file is None:
            yield
            return
        lock = self.file.with_name(self.file.name + ".lock")
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise UsageError(
                f"The registry in {self.file} cannot be written to: {error.strerror}.",
                f"Check who may write in {self.file.parent}.",
            ) from error
        try:
            _wait_for(handle)
            yield
        finally:
            os.close(handle)  # and with it the lock


def among(connection: Connection, column: ColumnElement[Any], values: Iterable[int | str]) -> ColumnElement[bool]:
    """Whether `column` is one of `values`: a single parameter, however many there are."""
    listed = list(values)
    if connection.dialect.name == "sqlite":
        each = func.json_each(json.dumps(listed)).table_valued("value")
        return column.in_(select(each.c.value))
    return column == any_of(bindparam(None, listed, type_=ARRAY(column.type)))


def revision_of(connection: Connection) -> str | None:
    """The migration the database stands at; None where it holds no registry."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return revision


def _still(url: URL) -> URL:
    """The address of a file that is read as one that does not change."""
    path = quote(str(Path(url.database or "").resolve()))
    return url.set(database=f"file:{path}", query={"immutable": "1", "mode": "ro", "uri": "true"})


def _parsed(written: str) -> URL:
    try:
        url = make_url(written)
    except ArgumentError:
        url = URL.create("unknown")
    if url.drivername == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    in_a_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    if in_a_file or url.drivername == "postgresql+psycopg":
        return url
    raise UsageError(
        f"{written} is not the address of a registry: a SQLite file or a PostgreSQL database.",
        "Write it as sqlite:///registry.db or postgresql://user@host/name.",
    )


def _prepare(engine: Any, pragmas: Iterable[str]) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # `_begin` begins transactions, not the driver
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")


def _wait_for(handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: BEGIN IMMEDIATE decides alone
        return
    fcntl.flock(handle, fcntl.LOCK_EX)
