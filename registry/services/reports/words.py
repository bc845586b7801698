"""How a report and a letter say acts, days, moments and scenes: in full, with the weekday and the zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from registry.domain.clearance import ConcernKind, ToDoKind
from registry.domain.clearance_report import UNMATCHED
from registry.domain.english import ACTS as ACTS
from registry.domain.english import count as count
from registry.domain.english import listing as listing
from registry.domain.english import ranged as ranged
from registry.domain.english import scenes as scenes
from registry.domain.english import sentence as sentence
from registry.domain.finding import Verdict, VerdictWord
from registry.domain.unseen import clean as clean

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

TO_DO: dict[ToDoKind, str] = {
    ToDoKind.NOTICE: "notice",
    ToDoKind.RIDER: "rider to sign",
    ToDoKind.APPROVAL: "approval to ask for",
    ToDoKind.RULING: "ruling to obtain",
    ToDoKind.QUESTION: "question to answer",
    ToDoKind.REASON: "reason to write down",
    ToDoKind.BARGAINING: "bargaining",
    ToDoKind.PAYMENT: "payment",
    ToDoKind.DUTY: "duty",
    ToDoKind.OTHER: "to do",
}
CONCERNS: dict[ConcernKind, str] = {
    ConcernKind.UNMATCHED: "not matched with anybody on file",
    ConcernKind.UNPLANNED: "called for a scene with a planned use, none of their own",
    ConcernKind.NOT_CALLED: "planned, and not called",
    ConcernKind.NOT_SCHEDULED: "planned, and not on the schedule",
    ConcernKind.SIGNED_ON_SET: "signed on the set",
    ConcernKind.NO_UNION_CLEARANCE: "engaged without union clearance",
    ConcernKind.UNKNOWN_CODE: "day code nobody knows",
}


def word(verdict: Verdict | None) -> str:
    """The verdict in capitals. Somebody who is not in the registry, or may be one of several, has none."""
    return headline(verdict.verdict) if verdict else UNMATCHED


def headline(verdict: VerdictWord) -> str:
    return verdict.value.replace("_", " ").upper()


def day(date: dt.date) -> str:
    """`Mon 30 Nov 2026`."""
    return f"{_DAYS[date.weekday()]} {plain_day(date)}"


def plain_day(date: dt.date) -> str:
    """`30 Nov 2026`."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def local(moment: dt.datetime, zone: str | None) -> dt.datetime:
    """The moment on the wall of the place of work; in its own offset where no zone is known."""
    return moment.astimezone(ZoneInfo(zone)) if zone else moment


def zone_name(moment: dt.datetime, zone: str | None) -> str:
    """`PST`, or `UTC−08:00` where the zone has no short name of its own."""
    name = local(moment, zone).tzname() or ""
    if name[:1] in "+-":
        name = f"UTC{local(moment, zone):%z}"
        name = f"{name[:-2]}:{name[-2:]}"
    return name.replace("-", "−")


def at(moment: dt.datetime, zone: str | None) -> str:
    """`Mon 30 Nov 2026, 14:00 PST`."""
    wall = local(moment, zone)
    return f"{day(wall.date())}, {wall:%H:%M} {zone_name(moment, zone)}"


def day_or_at(moment: dt.datetime, zone: str | None, *, judged: str = "") -> str:
    """Day and time, or the day alone where nobody has said a time: midnight is a day without one, and a moment that
    was found to judge by is not the time of the work."""
    wall = local(moment, zone)
    return day(wall.date()) if judged or wall.time() == dt.time() else at(moment, zone)


def clock(moment: dt.datetime, zone: str | None) -> str:
    """`14:00 PST`."""
    return f"{local(moment, zone):%H:%M} {zone_name(moment, zone)}"


def some(words: Sequence[str], most: int) -> str:
    """The first `most` of a list, and how many more there are."""
    if len(words) <= most:
        return listing(words)
    return f"{', '.join(words[:most])} and {len(words) - most:,} more"
