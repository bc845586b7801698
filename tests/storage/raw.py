"""The database behind the store's back, as somebody with its password sees it."""

from __future__ import annotations

from sqlalchemy import Engine, NullPool, create_engine, text

_BINDINGS = """
SELECT record.id, use_.id, record_subjects.digest FROM record_subjects
JOIN records ON records.entry = record_subjects.entry
JOIN vault_identifiers AS record ON record.thing = records.thing
JOIN vault_identifiers AS use_ ON use_.thing = record_subjects.thing
WHERE record_subjects.digest IS NOT NULL
"""


def raw(url: str) -> Engine:
    """An engine that keeps no connection open. On SQLite foreign keys rest."""
    return create_engine(url, poolclass=NullPool)


def bindings(url: str) -> list[tuple[str, str, str]]:
    """Which records are bound to which uses: record, use, and the digest of the use as it was on file then."""
    with raw(url).connect() as connection:
        return sorted((row[0], row[1], row[2]) for row in connection.execute(text(_BINDINGS)))
