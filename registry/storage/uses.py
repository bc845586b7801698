"""Uses as they were filed, as rows. Scope, facts and description stay with the text."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.content import digest
from registry.domain.use import Use
from registry.storage.kinds import Kind
from registry.storage.projection import Mention, Place, Rows, mention
from registry.storage.tables import use_performers, uses
from registry.storage.written import day, moment, word


def mentions(use: Use) -> Iterator[Mention]:
    """Everything it names. It may leave performer and production to its replica."""
    yield from mention(Kind.PERFORMER, *use.performers, on_file=True)
    yield from mention(Kind.PRODUCTION, use.production or None, on_file=True)
    yield from mention(Kind.ENGAGEMENT, use.engagement, on_file=True)
    yield from mention(Kind.TOOL, use.tool, on_file=True)
    yield from mention(Kind.PROFILE, use.profile, on_file=True)
    yield from mention(Kind.REPLICA, use.replica, on_file=True)
    yield from mention(Kind.MODEL, use.model, on_file=True)


def rows(use: Use, place: Place) -> Rows:
    """One row for the use, one for each performer."""
    yield place.row(
        uses,
        act=use.act.value,
        production=place.number(Kind.PRODUCTION, use.production or None),
        engagement=place.number(Kind.ENGAGEMENT, use.engagement),
        replica=place.number(Kind.REPLICA, use.replica),
        tool=place.number(Kind.TOOL, use.tool),
        model=place.number(Kind.MODEL, use.model),
        profile=place.number(Kind.PROFILE, use.profile),
        purpose=word(use.purpose),
        used_at=moment(use.at),
        released_on=day(use.released_on),
        until_day=day(use.until),
        digest=digest(use),
    )
    for position, performer in enumerate(use.performers):
        yield place.part(use_performers, position, performer=place.number(Kind.PERFORMER, performer))
