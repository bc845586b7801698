"""Schedules, and the imports of sheets that brought them, as rows. What a sheet says of people stays with the text."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.imported import Import
from registry.domain.schedule import Schedule
from registry.storage.kinds import Kind
from registry.storage.projection import Mention, Place, Rows, mention
from registry.storage.tables import imports, schedules, withdrawals
from registry.storage.written import day, word


def mentions(schedule: Schedule) -> Iterator[Mention]:
    """The production; a sheet names people as it likes, not by their ids."""
    return mention(Kind.PRODUCTION, schedule.production, on_file=True)


def rows(schedule: Schedule, place: Place) -> Rows:
    """One row, with the span of days it speaks of."""
    days = sorted({one.on for part in (schedule.days, schedule.scenes, schedule.calls) for one in part})
    yield place.row(
        schedules,
        production=place.number(Kind.PRODUCTION, schedule.production),
        kind=word(schedule.kind),
        issued_on=day(schedule.issued_on),
        first_day=day(days[0]) if days else None,
        last_day=day(days[-1]) if days else None,
    )


def import_mentions(imported: Import) -> Iterator[Mention]:
    """The production, and everything it added or changed."""
    yield from mention(Kind.PRODUCTION, imported.production, on_file=True)
    for change in imported.changes:
        yield from mention(Kind(change.noun), change.id, on_file=True)


def import_rows(imported: Import, place: Place) -> Rows:
    """One row, and one for each thing that counts no longer."""
    yield place.row(imports, production=place.number(Kind.PRODUCTION, imported.production), kind=word(imported.kind))
    for position, change in enumerate(imported.withdrawn):
        yield place.part(
            withdrawals, position, thing=place.number(Kind(change.noun), change.id), recorded_at=place.recorded_at
        )
