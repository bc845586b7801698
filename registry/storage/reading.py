"""Values read back. The typed tables say which entries to read; the values come from their texts, as written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, SelectBase, TableClause, and_, exists, or_, select, true

from registry.domain.world import World
from registry.storage import vault
from registry.storage.database import among
from registry.storage.kinds import Kind, Name
from registry.storage.nouns import ALL, DECISIONS, Noun
from registry.storage.projecting import value_of
from registry.storage.tables import vault_texts, withdrawals
from registry.storage.written import in_utc

Found: TypeAlias = Sequence[Row[Any]]


class Reader:
    """Reads what was known at one moment (None: everything on file) through one connection."""

    def __init__(self, connection: Connection, known_at: dt.datetime | None = None, *, withdrawn: bool = False) -> None:
        """`withdrawn` reads what an import brought that was undone, too: for a copy of everything."""
        self.connection = connection
        self._withdrawn = withdrawn
        self._known_at = in_utc(known_at) if known_at is not None else None

    def find(self, noun: Noun, *any_of: ColumnElement[bool], beside: Sequence[ColumnElement[Any]] = ()) -> Found:
        """The entries of `noun` that meet one of the conditions (none given: all), with their texts; `beside` are
        columns to read as well."""
        own, texts = noun.table.c, vault_texts.c
        said = (texts.content, texts.recorded_at.label("written_at"))
        query = select(own.entry, own.thing, own.recorded_at, *said, *beside).join_from(
            noun.table, vault_texts, texts.entry == own.entry
        )
        if any_of:
            query = query.where(or_(*any_of))
        if noun.versions and not self._withdrawn:
            query = query.where(self.counts(noun.table))
        return self.connection.execute(query.where(self.was_known(noun.table)).order_by(own.entry)).all()

    def of_productions(self, noun: Noun, ids: Iterable[str]) -> Found:
        """The entries of a noun that belongs to a production, of these productions."""
        numbers = vault.numbers_of(self.connection, (Name(Kind.PRODUCTION, i) for i in ids))
        return self.find(noun, self.among(noun.table.c.production, numbers.values())) if numbers else ()

    def counts(self, table: TableClause) -> ColumnElement[bool]:
        """Whether no import that brought a row was undone since, as far as was known."""
        gone = withdrawals.c
        undone = and_(gone.thing == table.c.thing, gone.recorded_at >= table.c.recorded_at, self.was_known(withdrawals))
        return ~exists().where(undone)

    def named(self, noun: Noun, ids: Iterable[str]) -> Found:
        """The entries of the things of these identifiers."""
        numbers = vault.numbers_of(self.connection, (Name(noun.kind, i) for i in ids))
        return self.find(noun, self.among(noun.table.c.thing, numbers.values())) if numbers else ()

    def decided(self, uses: Iterable[str]) -> Found:
        """The entries of the decisions on these uses."""
        numbers = vault.numbers_of(self.connection, (Name(Kind.USE, use) for use in uses))
        return self.find(DECISIONS, self.among(DECISIONS.table.c.use, numbers.values())) if numbers else ()

    def was_known(self, table: TableClause) -> ColumnElement[bool]:
        """Whether a row had been recorded by then."""
        return table.c.recorded_at <= self._known_at if self._known_at is not None else true()

    def among(self, column: ColumnElement[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
        return among(self.connection, column, sorted(numbers))


def any_version(noun: Noun, entries: SelectBase) -> ColumnElement[bool]:
    """All versions of the things that have one version among `entries`."""
    table = noun.table
    return table.c.thing.in_(select(table.c.thing).where(table.c.entry.in_(entries)))


def values(noun: Noun, found: Iterable[Row[Any]]) -> tuple[Any, ...]:
    """The values of `found`, by id, moment and what they say. Of versions recorded at the same moment the one written
    last counts."""
    in_order = sorted(found, key=lambda row: row.entry)
    # A draft that was signed is the consent that it became, from that moment on.
    last = {(row.thing, None if noun.completes else row.recorded_at): row for row in in_order}
    read = [((row.recorded_at, row.content), value_of(noun, row.content, row.written_at)) for row in last.values()]
    return tuple(value for _, value in sorted(read, key=lambda pair: (getattr(pair[1], "id", ""), pair[0])))


def world(reader: Reader) -> World:
    """Everything."""
    return World(**{noun.shelf: values(noun, reader.find(noun)) for noun in ALL})
