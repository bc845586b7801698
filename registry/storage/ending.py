"""Whom days concern: the performers of whom something ends, and those whose replicas have to be destroyed some day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, SelectBase, and_, or_, select, union

from registry.storage import tables as t
from registry.storage.kinds import Kind
from registry.storage.reading import Reader
from registry.storage.written import day


def with_endings(reader: Reader, first: dt.date, last: dt.date) -> tuple[str, ...]:
    """The performers of whom a consent, a clause of one or an authority has its last day from `first` to `last`."""

    def ends(column: ColumnElement[str | None]) -> ColumnElement[bool]:
        return column.between(day(first), day(last))

    clauses = select(t.grants.c.entry).where(ends(t.grants.c.until_day))
    acting = select(t.representatives.c.entry).where(ends(t.representatives.c.to_day))
    consents = select(t.consents.c.performer).where(
        or_(ends(t.consents.c.until_day), t.consents.c.entry.in_(clauses)), reader.was_known(t.consents)
    )
    people = select(t.performers.c.thing).where(t.performers.c.entry.in_(acting), reader.was_known(t.performers))
    return _names(reader, union(consents, people))


def with_custody(reader: Reader) -> tuple[str, ...]:
    """The performers of replicas that were made, or that end, and of which no version says they are destroyed."""
    replicas = t.replicas.c
    destroyed = select(replicas.thing).where(replicas.destroyed_on.is_not(None), reader.was_known(t.replicas))
    clock = or_(
        replicas.destroy_by.is_not(None), replicas.purpose_ended_on.is_not(None), replicas.last_contact_on.is_not(None)
    )
    theirs = select(replicas.performer).where(
        and_(clock, replicas.thing.not_in(destroyed), replicas.performer.is_not(None)), reader.was_known(t.replicas)
    )
    return _names(reader, theirs)


def _names(reader: Reader, numbers: SelectBase) -> tuple[str, ...]:
    names = t.vault_identifiers.c
    query = select(names.id).where(names.kind == Kind.PERFORMER.value, names.thing.in_(numbers), names.id.is_not(None))
    return tuple(sorted(reader.connection.execute(query).scalars()))
