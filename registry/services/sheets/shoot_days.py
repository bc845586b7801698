"""On which date each numbered shoot day falls, as the sheets of a production say: for a sheet with numbers alone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from registry.domain.schedule import Schedule, SheetKind
from registry.services.clearance.board import current, same_episode

_SECOND_UNIT = "-unit-2"


def shoot_days(schedules: Iterable[Schedule], episode: str | None) -> Mapping[str, tuple[dt.date, ...]]:
    """The dates of each shoot day of the main unit, by its number without leading noughts. Of one episode the sheet
    issued last speaks; where several episodes number days of their own, all their dates are there."""
    found: dict[str, dict[str | None, dt.date]] = defaultdict(dict)
    for sheet in sorted(current(schedules), key=lambda s: (s.issued_on or dt.date.min, s.kind is SheetKind.CALL_SHEET)):
        if sheet.id.endswith(_SECOND_UNIT) or not same_episode(sheet.episode, episode):
            continue
        for day in sheet.days:
            if day.number:
                found[plain_number(day.number)][sheet.episode] = day.on
    return {number: tuple(sorted(set(dates.values()))) for number, dates in found.items()}


def plain_number(number: str) -> str:
    """A shoot day's number as it compares: `007` is 7, `14a` is 14A."""
    return number.strip().lstrip("0").upper() or number
