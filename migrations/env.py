"""What Alembic runs to migrate the database whose connection it was handed (registry/storage/migrating.py).

The transaction is begun here, before Alembic looks at the connection: left to itself it commits each step by its own
transaction, and a migration that fails half-way leaves half its tables. Foreign keys rest meanwhile, and are checked as
a whole before the commit.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from registry.storage.database import revision_of
from registry.storage.migrating import settle
from registry.storage.tables import metadata


def migrate(connection: Connection) -> None:
    with connection.begin():
        before = revision_of(connection)
        context.configure(
            connection=connection,
            target_metadata=metadata(),
            autogenerate_plugins=["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"],
        )
        context.run_migrations()
        settle(connection, before)


migrate(context.config.attributes["connection"])
