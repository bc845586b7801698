"""What is planned: every use × the person meant × the day it falls on, before anything is judged."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias
from zoneinfo import ZoneInfo

from registry.domain.dates import civil_date
from registry.domain.naming import named
from registry.domain.schedule import Request
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.services.clearance.board import Board, CallLine
from registry.services.matching import Ambiguous, Cast, Line, Matched, Unknown

_LIST = re.compile(r"[;,/&+\n]+")  # between the numbers of several people; names hold commas of their own
_NAMES = re.compile(r"[;\n]+")
_NUMBERS = re.compile(r"(\d+)")
_CROWD = re.compile(r"^(\d+)\s*(?:[x×]\s*)?[^\W\d_]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A use as it was filed, and the people it is of: ids on file, and whoever could not be matched."""

    use: Use
    performers: tuple[str, ...]
    unmatched: tuple[Unmatched, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """Somebody a use names who is not on file (`unknown`), or may be one of several."""

    who: str
    why: str
    number: str | None = None
    character: str | None = None
    candidates: tuple[str, ...] = ()
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A filed use on one of its days: `use` carries the moment it is judged by, and only people who are on file.
    `turn` counts the days of one use from 0."""

    filed: Filed
    use: Use
    on: dt.date | None
    turn: int
    scheduled: bool = False
    judged: str = ""


def crowd(who: str) -> str | None:
    """Of how many people a line speaks that names nobody: `24 background`, `24 x SA pedestrians`; None of a name."""
    found = _CROWD.match(who.strip())
    return found[1] if found else None


def natural(text: str | None) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts scene 9 before 10 and 41 before 41A."""
    parts = (part for part in _NUMBERS.split(text or "") if part)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def filed(uses: Iterable[Use], requests: Iterable[Request], cast: Cast, board: Board) -> Iterator[Filed]:
    """Uses that name people by id, and requests that name them as a sheet does. Rows that ask for one use of several
    people are one use."""
    for use in uses:
        known = tuple(p for p in use.performers if p in cast.performers)
        missing = tuple(_missing(p, cast) for p in use.performers if p not in cast.performers)
        yield Filed(use=use, performers=known, unmatched=missing)
    rows: dict[str, list[Request]] = {}
    for request in requests:
        rows.setdefault(request.use.id, []).append(request)
    for asked in rows.values():
        yield _requested(asked, cast, board)


def _requested(asked: Sequence[Request], cast: Cast, board: Board) -> Filed:
    performers: list[str] = []
    unmatched: list[Unmatched] = []
    for request in sorted(asked, key=lambda r: (r.row, repr(r))):
        if not (request.use.performers or request.number or request.name or request.character):
            continue
        day = _day_of(request, board)
        if len(request.use.performers) > 1:
            performers += [p for p in request.use.performers if p in cast.performers]
            unmatched += [_missing(p, cast) for p in request.use.performers if p not in cast.performers]
            continue
        for one in _people(request):
            found = cast.who(_line(one, day))
            if isinstance(found, Matched):
                performers.append(found.performer)
            else:
                unmatched.append(_unmatched(one, found))
    use = replace(asked[0].use, performers=tuple(dict.fromkeys(performers)))
    return Filed(use=use, performers=use.performers, unmatched=tuple(dict.fromkeys(unmatched)))


def _people(request: Request) -> list[Request]:
    """The people of a row: usually one; several where the number or the name lists them. Numbers and names that do not
    pair are left as they are written, and so mean nobody."""
    numbers = [part for part in _LIST.split(request.number or "") if part.strip()]
    names = [part for part in _NAMES.split(request.name or "") if part.strip()]
    if len(numbers) < 2 and len(names) < 2:
        return [request]
    alone = replace(request, character=None)
    if numbers and names and len(numbers) != len(names):
        return [request]
    pairs = zip(numbers or [None] * len(names), names or [None] * len(numbers), strict=True)
    return [replace(alone, number=number, name=name) for number, name in pairs]


def _line(request: Request, day: dt.date | None) -> Line:
    name = request.name or next(iter(request.use.performers), None)
    return Line(number=request.number, name=name, character=request.character, episode=request.use.episode, on=day)


def _day_of(request: Request, board: Board) -> dt.date | None:
    """The day a request speaks of, for looking its cast number up: its own, else the first of its scenes."""
    if request.use.at is not None:
        return request.use.at.date()
    return next(iter(board.days_of(request.use.scenes or (), request.use.episode)), None)


def _missing(performer: str, cast: Cast) -> Unmatched:
    near = cast.nearest(performer)
    return Unmatched(who=performer, why=f"{performer} is nobody on file", candidates=near)  # an id: no name to look for


def _unmatched(request: Request, found: Ambiguous | Unknown) -> Unmatched:
    who = request.name or next(iter(request.use.performers), None) or request.character or f"number {request.number}"
    if not request.number and (many := crowd(who)):
        why = f"a crowd of {many} without names: nobody can say who has consented"
        return Unmatched(who=who.strip(), why=why, number=request.number, character=request.character)
    unknown = isinstance(found, Unknown)
    return Unmatched(
        who=who.strip(),
        why=found.why,
        number=request.number,
        character=request.character,
        candidates=found.nearest if isinstance(found, Unknown) else found.candidates,
        unknown=unknown and bool(request.name or request.use.performers),
    )


CallOf: TypeAlias = Callable[[str, dt.date], dt.datetime | None]  # when somebody is called on a day


def dated(filed: Filed, board: Board, zone: str | None, call_of: CallOf) -> Iterator[Dated]:
    """A use on each of its days: that of its own moment where it says one, else those on which its scenes are shot."""
    use = replace(filed.use, performers=filed.performers)
    if use.at is not None:
        local = use.at.astimezone(ZoneInfo(zone)) if zone else use.at
        judged = "from the start of the day" if local.time() == dt.time() else ""
        yield Dated(filed=filed, use=use, on=shoot_day_of(use.at, board, zone), turn=0, judged=judged)
        return
    days = board.days_of(use.scenes or (), use.episode)
    if not days:
        yield Dated(filed=filed, use=use, on=None, turn=0, judged="without a day, as of now")
    for turn, day in enumerate(days):
        theirs = [call for performer in filed.performers if (call := call_of(performer, day))]
        at, judged = moment_of(day, board, zone, min(theirs, default=None))
        yield Dated(filed=filed, use=replace(use, at=at), on=day, turn=turn, scheduled=True, judged=judged)


def shoot_day_of(moment: dt.datetime, board: Board, zone: str | None) -> dt.date:
    """The shoot day of a moment: after midnight still the day before, while its night shoot goes on and no call of the
    new day has come. A moment at midnight itself is a day without a time."""
    day = civil_date(moment, zone)
    local = moment.astimezone(ZoneInfo(zone)) if zone else moment
    before = day - dt.timedelta(days=1)
    at_night = local.time() != dt.time() and board.shoots(before, moment) and not board.shoots(day, moment)
    return before if at_night else day


def moment_of(
    day: dt.date, board: Board, zone: str | None, theirs: dt.datetime | None = None
) -> tuple[dt.datetime, str]:
    """The moment at which the work of a day is judged, and how it was found: the crew call, or the call of its people
    (`theirs`) where they are called before the crew; else the first call, else the beginning of the day. That makes a
    deadline earlier and never later than what is known."""
    shoot = board.days.get(day)
    where = ZoneInfo(zone) if zone else dt.UTC
    if shoot is not None and shoot.crew_call is not None:
        if theirs is not None and theirs < shoot.crew_call:
            return theirs.astimezone(where), "at the performer's call"
        return shoot.crew_call.astimezone(where), "at the crew call"
    first = board.first_call(day)
    if first is not None:
        return first.astimezone(where), "at the first call"
    start = dt.datetime.combine(day, dt.time(), where)
    return start, "from the start of the day" if zone else "from the start of the day in UTC: no time zone on file"


def who_is_shown(performer: str, calls: Iterable[CallLine], cast: Cast) -> str:
    """The name a sheet shows somebody by where that is one of their other names, kept for secrecy; else their own."""
    person = cast.performers.get(performer)
    if person is None:
        return performer
    own = [named(name) for name in (person.legal_name, person.professional_name) if name]
    for line in calls:
        shown = named(line.call.name or "")
        if any(shown == named(other) for other in person.other_names) and not any(n.alike(shown) for n in own):
            return line.call.name or ""
    return person.known_as


def by_turn(found: Iterable[Dated]) -> Mapping[int, list[Dated]]:
    """The uses by turn: all on their first day, then those that have a second, and so on."""
    turns: dict[int, list[Dated]] = {}
    for one in found:
        turns.setdefault(one.turn, []).append(one)
    return turns
