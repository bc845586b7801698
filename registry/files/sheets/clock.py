"""Times of a call sheet as moments in the zone of the production, past midnight and across a change of clocks too."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from registry.domain.values import dataclass
from registry.files.sheets.grid import Value

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?\s?m?\.?(?=$|[^\w])", re.IGNORECASE
)
_BARE = re.compile(r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s*(?:h|hrs)?", re.IGNORECASE)
# What stands where a time would, and is none.
NO_TIME = frozenset(
    {"-", "--", "—", "–", "n/a", "na", "tbd", "tba", "o/c", "oc", "on call", "w/n", "wn", "will notify", "hold", "off",
     "per", "x", "rts", "sb", "s/b", "standby", "o/s", "?", "none", "travel", "h", "w", "self", "sd", "self drive"}
)  # fmt: skip
_EARLY = dt.timedelta(hours=6)  # nobody is called so long before the crew: the hour lies after midnight


class TimeError(ValueError):
    """A time that cannot be told; the message says what to write."""


def time_of(value: Value) -> dt.time | None:
    """The time in a cell; None for a word that says there is none. Raises TimeError for what is neither."""
    if isinstance(value, dt.datetime):
        return value.time()
    if isinstance(value, dt.time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return dt.time(minutes // 60 % 24, minutes % 60)
    if isinstance(value, dt.date):
        raise TimeError("a day where a time belongs; write it as 06:42")
    if isinstance(value, bool):
        raise TimeError("not a time; write it as 06:42")
    if isinstance(value, int | float):
        return _number(value)
    return _text(value)


def _number(value: float) -> dt.time:
    if 0 <= value < 1 and value:
        minutes = round(value * 24 * 60)
        return dt.time(minutes // 60 % 24, minutes % 60)
    if float(value).is_integer() and 0 <= value <= 2359 and value % 100 < 60 and value >= 30:
        return dt.time(int(value) // 100, int(value) % 100)
    raise TimeError("not a time; write it as 06:42")


def _text(value: str) -> dt.time | None:
    text = " ".join(value.split()).casefold().strip(" *")
    if not text or text in NO_TIME:
        return None
    if text in ("noon", "12 noon", "12:00 noon"):
        return dt.time(12)
    if text in ("midnight", "12 midnight"):
        return dt.time(0)
    bare = _BARE.match(text)
    found = bare or _TIME.search(text)
    if found is None:
        if any(letter.isdigit() for letter in text):
            raise TimeError("not a time; write it as 06:42 or 6:42 AM")
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = None if bare else found["half"]
    if not bare and found["minute"] is None and half is None:
        raise TimeError("not a time; write it as 06:42 or 6:42 AM")
    if hour > (12 if half else 29) or minute > 59 or (half and hour == 0):
        raise TimeError("no such time; write it as 06:42 or 6:42 AM")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.time(hour % 24, minute)


def says_next_day(value: Value) -> bool:
    """Whether a cell says itself that its time lies after midnight: `1:30A (+1)`, `25:30`, `next day`."""
    if isinstance(value, dt.timedelta):
        return value >= dt.timedelta(days=1)
    return isinstance(value, str) and bool(
        re.search(r"\+\s*1\b|next day|following day|(?<!\d)2[4-9]:\d\d", value, re.IGNORECASE)
    )


def says_day_before(value: Value) -> bool:
    """Whether a cell says itself that its time lies in the evening before: `11:30P (-1)`, `23:30 prev. night`."""
    return isinstance(value, str) and bool(
        re.search(r"[-−–]\s*1\s*\)|\bprev(?:ious)?\b|\b(?:day|night|evening) before\b", value, re.IGNORECASE)
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """The times of one shoot day. `crew` is when its crew is called, where the sheet says so."""

    on: dt.date
    zone: ZoneInfo
    crew: dt.time | None = None

    def moments(
        self, times: Sequence[tuple[str, Value, dt.time, bool]], say: Callable[[str], None]
    ) -> list[dt.datetime]:
        """The moments of one person's times, in the order in which a day passes: cell, what it holds, the time, and
        whether it ends the day. What lies after midnight belongs to the shoot day and falls on the next civil one."""
        found: list[dt.datetime] = []
        latest: dt.datetime | None = dt.datetime.combine(self.on, self.crew) if self.crew else None
        crew = latest
        for cell, value, time, last in times:
            wall = dt.datetime.combine(self.on, time)
            after = says_next_day(value)
            if says_day_before(value):
                wall -= dt.timedelta(days=1)
                say(f"{cell}: {time:%H:%M} is read as {wall:%a} {wall.day} {wall:%b}, the evening before.")
            elif not after and latest is not None and not (found and found[-1].date() < self.on):
                after = latest - wall > _EARLY or (last and wall < max(found_wall(found), default=wall))
            if after:
                wall += dt.timedelta(days=1)
            latest = max(latest or wall, wall)
            if after and (crew is None or wall.date() != crew.date()):
                say(f"{cell}: {time:%H:%M} is read as {wall:%a} {wall.day} {wall:%b}, after midnight of the shoot day.")
            found.append(self._real(wall, cell, last=last, say=say))
        return found

    def _real(self, wall: dt.datetime, cell: str, *, last: bool, say: Callable[[str], None]) -> dt.datetime:
        """A time on the wall as a moment: of an hour that comes twice the first for a call and the second for a wrap;
        an hour that is left out is the one the clocks show then."""
        first, second = (wall.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return _fixed(first)
        there = first.astimezone(dt.UTC).astimezone(self.zone)
        if there.replace(tzinfo=None) != wall:
            say(f"{cell}: {wall:%H:%M} does not exist on {wall.day} {wall:%b}: the clocks go forward; "
                f"read as {there:%H:%M} {there.tzname()}.")  # fmt: skip
            return _fixed(there)
        chosen = second if last else first
        say(f"{cell}: {wall:%H:%M} comes twice on {wall.day} {wall:%b}: the clocks go back; "
            f"read as the {'second' if last else 'first'}, {chosen.tzname()}.")  # fmt: skip
        return _fixed(chosen)


def found_wall(found: Sequence[dt.datetime]) -> list[dt.datetime]:
    """The moments as the wall showed them."""
    return [moment.replace(tzinfo=None) for moment in found]


def _fixed(moment: dt.datetime) -> dt.datetime:
    """The moment with its offset written down, as everything on file has it."""
    offset = moment.utcoffset() or dt.timedelta()
    return moment.replace(tzinfo=dt.timezone(offset), fold=0)
