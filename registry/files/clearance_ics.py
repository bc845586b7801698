"""The deadlines of a clearance as a calendar (RFC 5545): what has to happen by when, with an alarm before it.

Moments are written in UTC, which every calendar shows in the zone of whoever looks; the text says them in the zone of
the place of work. What has a day and no hour is an event of the whole day. A deadline keeps its UID when it moves or is
worded otherwise, so that importing the next calendar moves it instead of adding another.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from registry.domain.canonical import canonical_bytes
from registry.domain.clearance_report import ClearanceReport, Doing

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_DAY = dt.timedelta(days=1)
_DAY_BEFORE, _TWO_HOURS = -_DAY, dt.timedelta(hours=-2)
_NINE_THE_DAY_BEFORE = dt.timedelta(hours=-15)  # of an event of the whole day, which begins at midnight


def clearance_ics(report: ClearanceReport) -> bytes:
    """The calendar file. What has no deadline is not in it."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Consent Registry//Clearance//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{report.title}: clearance deadlines")
    if report.zone:
        calendar.add("x-wr-timezone", report.zone)
    seen: Counter[str] = Counter()
    for doing, follows in _dated(report):
        key = _key(report, doing, follows=follows)
        seen[key] += 1
        _add(calendar, report, doing, uid=key if seen[key] == 1 else f"{seen[key]}-{key}", follows=follows)
    return bytes(calendar.to_ical())


def _dated(report: ClearanceReport) -> list[tuple[Doing, bool]]:
    found = [(doing, False) for doing in report.before] + [(doing, True) for doing in report.after]
    return [(doing, follows) for doing, follows in found if doing.moment or doing.on]


def _key(report: ClearanceReport, doing: Doing, *, follows: bool) -> str:
    """What makes a deadline the same one in the next calendar: the production, the kind, whom it is about and goes to,
    and the first use; of what follows, the rule as well. Not its day, its words or the rules that ask for it."""
    rules = list(doing.rules) if follows else []
    known = [report.production, doing.kind, doing.performer, doing.to, rules, *sorted(doing.uses)[:1]]
    return f"{hashlib.sha256(canonical_bytes(known)).hexdigest()[:32]}@consent-registry"


def _add(calendar: Calendar, report: ClearanceReport, doing: Doing, *, uid: str, follows: bool) -> None:
    from icalendar import Event

    made_at = report.made_at.astimezone(dt.UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made_at)
    event.add("last-modified", made_at)
    event.add("sequence", int(made_at.timestamp()) // 60)  # a later calendar always replaces an earlier one
    late = "LATE · " if doing.late else ""
    event.add("summary", f"{late}{report.title}: {doing.text}")
    event.add("description", _described(report, doing))
    event.add("categories", [doing.kind, "afterwards" if follows else "before the work"])
    event.add("transp", "TRANSPARENT")
    _when(event, doing, follows=follows)
    calendar.add_component(event)


def _when(event: Event, doing: Doing, *, follows: bool) -> None:
    if doing.moment is not None:
        event.add("dtstart", doing.moment.astimezone(dt.UTC))
        _alarms(event, doing, (_DAY_BEFORE, _TWO_HOURS))
    elif doing.on is not None:
        last = doing.on if follows else doing.on - _DAY  # what comes before the work of a day is done the day before
        event.add("dtstart", last)
        event.add("dtend", last + _DAY)
        _alarms(event, doing, (_NINE_THE_DAY_BEFORE,))


def _alarms(event: Event, doing: Doing, before: tuple[dt.timedelta, ...]) -> None:
    from icalendar import Alarm

    for trigger in before:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", doing.text)
        alarm.add("trigger", trigger)
        event.add_component(alarm)


def _described(report: ClearanceReport, doing: Doing) -> str:
    when = doing.when[:1].upper() + doing.when[1:]
    lines = [
        f"{when}{f' ({report.zone})' if doing.moment and report.zone else ''}",
        f"For: {', '.join(doing.people)}" if doing.people else "",
        f"To: {doing.to}" if doing.to else "",
        f"Amount: {doing.amount}" if doing.amount else "",
        f"Uses: {', '.join(doing.uses)}" if doing.uses else "",
        f"Rules: {', '.join(doing.rules)}" if doing.rules else "",
        f"Then: {doing.command}" if doing.command else "",
        f"From the clearance with SHA-256 {report.digest}",
    ]
    return "\n".join(line for line in lines if line)
