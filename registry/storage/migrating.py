"""Making a registry's database, or bringing it to head. The one module that imports Alembic, and only when called."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from registry import resources
from registry.errors import IntegrityError, UsageError
from registry.storage import projecting
from registry.storage.database import HEAD, Database, revision_of

if TYPE_CHECKING:
    from alembic.config import Config


def upgrade(url: str) -> None:
    """Make the tables, or migrate them to head, in one transaction. What is on file stays on file."""
    from alembic import command

    database = Database(url, foreign_keys=False)
    if database.file is not None and not database.file.parent.is_dir():
        raise UsageError(
            f"There is no folder {database.file.parent} to keep a registry in.", f"mkdir -p {database.file.parent}"
        )
    with database.turn_to_write() as connection:
        command.upgrade(configuration(connection), HEAD)


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for one open connection, whose transaction migrations/env.py begins."""
    from alembic.config import Config

    # Left to its default, Alembic writes to the stream that was standard output when it was first imported.
    config = Config(stdout=sys.stdout)
    config.set_main_option("script_location", str(resources.migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def settle(connection: Connection, before: str | None) -> None:
    """Finish a migration, inside its transaction: write the typed tables anew and see that every reference holds.

    Only at head do the tables fit the code; lower down they stay as the migration left them.
    """
    if revision_of(connection) == HEAD != before:
        projecting.rebuild(connection)
    if connection.dialect.name == "sqlite" and (
        loose := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    ):
        raise IntegrityError(f"After the migration {len(loose)} rows of {loose[0][0]} refer to nothing; undone.")
