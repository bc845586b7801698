"""The database behind the store's back, as somebody with its password sees it."""

from __future__ import annotations

from sqlalchemy import Engine, NullPool, create_engine


def raw(url: str) -> Engine:
    """An engine that keeps no connection open. On SQLite foreign keys rest."""
    return create_engine(url, poolclass=NullPool)
