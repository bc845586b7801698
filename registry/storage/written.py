"""Values as columns hold them: the same on both databases, and in an order that text can be compared in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from registry.domain.canonical import canonical_bytes

_FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)
_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)


def in_utc(moment: dt.datetime) -> str:
    """`2026-09-10T09:15:00-07:00` as `2026-09-10T16:15:00.000000Z`."""
    try:
        utc = moment.astimezone(dt.UTC)
    except OverflowError:  # an offset that leads out of the calendar
        utc = _FIRST if moment.year == dt.MINYEAR else _LAST
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(value: dt.datetime | None) -> str | None:
    return in_utc(value) if value is not None else None


def day(value: dt.date | None) -> str | None:
    return value.isoformat() if value is not None else None


def flag(value: bool | None) -> int | None:
    return int(value) if value is not None else None


def word(value: StrEnum | None) -> str | None:
    return value.value if value is not None else None


def listing(values: Iterable[str] | None) -> str | None:
    """`["US","CA"]`, in the order given; None is an axis left open."""
    return canonical_bytes(list(values)).decode() if values is not None else None
