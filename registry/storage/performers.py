"""Performers with their union standings and those who act for them, as rows."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.dates import DateSpan
from registry.domain.performer import Performer, Representative
from registry.storage.kinds import Kind
from registry.storage.projection import Mention, Place, Row, Rows, mention
from registry.storage.tables import performers, representatives, standings
from registry.storage.written import day


def mentions(performer: Performer) -> Iterator[Mention]:
    """The identifiers of the representatives."""
    return mention(Kind.REPRESENTATIVE, *(r.id for r in performer.representatives))


def rows(performer: Performer, place: Place) -> Rows:
    """One row for the performer, one for each standing, one for each representative."""
    yield place.row(
        performers, **_span("born", performer.born), **_span("died", performer.died), domicile=performer.domicile
    )
    for position, s in enumerate(performer.standings):
        span = {"from_day": day(s.from_), "to_day": day(s.to)}
        yield place.part(standings, position, union_name=s.union, status=s.status, **span)
    for position, representative in enumerate(performer.representatives):
        yield _representative(representative, position, place)


def _representative(one: Representative, position: int, place: Place) -> Row:
    return place.part(
        representatives,
        position,
        representative=place.number(Kind.REPRESENTATIVE, one.id),
        capacity=one.capacity.value,
        from_day=day(one.from_),
        to_day=day(one.to),
        share=f"{one.share.numerator}/{one.share.denominator}" if one.share is not None else None,
        authority=int(one.authority is not None),
    )


def _span(name: str, span: DateSpan | None) -> dict[str, str | None]:
    return {f"{name}_first": day(span.first) if span else None, f"{name}_last": day(span.last) if span else None}
