"""The board: what the sheets together say about days, scenes and calls, after the later one has had its say.

Of each sheet the latest version counts. Sheets of other ids are other sheets (another unit, another episode) and all
speak. For a day that has a call sheet, that speaks; else the shooting schedule and the day-out-of-days do. A scene that
a call sheet has on another day than an older schedule has moved there, and so has a shoot day whose number a later call
sheet gives to another date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from functools import lru_cache

from registry.domain.schedule import DAY_CODES, Call, SceneDay, Schedule, SheetKind, ShootDay
from registry.domain.values import dataclass

_ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)
_PART = re.compile(r"[\s(]*PT\.?\s*\d*\)?$")
# Day codes (rules/PLATFORM.md B.4) of people who are not on the set that day.
_RESTING = frozenset({"H", "I", "T", "OFF", "D"})


def works(code: str | None) -> bool:
    """Whether a day code puts somebody on the set; a line without one does, and so may a code nobody knows."""
    return code is None or code.strip().upper() not in _RESTING


def is_known(code: str | None) -> bool:
    written = (code or "").strip().upper()
    return not written or written in DAY_CODES or written.replace("/", "") in DAY_CODES


@lru_cache(maxsize=65_536)
def scene_key(scene: str) -> str:
    """A scene number as it compares: `41 pt. 2` is a part of `41`; `41A` is another scene."""
    return _PART.sub("", scene.strip().upper()).lstrip("0") or scene.strip().upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A scene on a day, as the sheet that speaks for it says."""

    scene: SceneDay
    episode: str | None
    sheet: Schedule = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A line that calls somebody, as the sheet that speaks for the day says."""

    call: Call
    episode: str | None
    sheet: Schedule = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything by day."""

    days: dict[dt.date, ShootDay] = field(default_factory=dict)
    placed: dict[dt.date, tuple[Placed, ...]] = field(default_factory=dict)
    calls: dict[dt.date, tuple[CallLine, ...]] = field(default_factory=dict)
    _by_scene: dict[str, tuple[Placed, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, schedules: Iterable[Schedule]) -> Board:
        """The board of the sheets of one production."""
        sheets = _unpushed(sorted(current(schedules), key=_rank, reverse=True))  # the one issued last first
        wide = [s for s in sheets if s.kind is not SheetKind.CALL_SHEET]
        speaking: dict[dt.date, list[Schedule]] = defaultdict(list)
        for sheet in sheets:
            if sheet.kind is SheetKind.CALL_SHEET:
                for day in sorted(_own_days(sheet)):
                    speaking[day].append(sheet)
        placed = _placed(speaking, wide)
        by_scene: dict[str, list[Placed]] = defaultdict(list)
        for day in sorted(placed):
            for one in placed[day]:
                by_scene[scene_key(one.scene.scene)].append(one)
        return cls(
            days=_days(speaking, sheets),
            placed={day: tuple(found) for day, found in sorted(placed.items())},
            calls={day: tuple(found) for day, found in sorted(_calls(speaking, wide).items())},
            _by_scene={key: tuple(found) for key, found in by_scene.items()},
        )

    def days_of(self, scenes: Iterable[str], episode: str | None) -> dict[dt.date, tuple[str, ...]]:
        """On which days these scenes are shot, and which of them on each."""
        found: dict[dt.date, list[str]] = defaultdict(list)
        for scene in scenes:
            for one in self._by_scene.get(scene_key(scene), ()):
                if same_episode(episode, one.episode):
                    found[one.scene.on].append(scene)
        return {day: tuple(dict.fromkeys(found[day])) for day in sorted(found)}

    def shoot_day(self, day: dt.date) -> ShootDay:
        """What the sheets say of the day itself."""
        return self.days.get(day) or ShootDay(on=day)

    def first_call(self, day: dt.date) -> dt.datetime | None:
        return min((c.call.called_at for c in self.calls.get(day, ()) if c.call.called_at), default=None)

    def tells_of(self, day: dt.date) -> bool:
        """Whether some sheet says who is needed that day."""
        return day in self.calls or any(one.scene.cast for one in self.placed.get(day, ()))

    @property
    def all_days(self) -> list[dt.date]:
        return sorted({*self.days, *self.placed, *self.calls})


def current(schedules: Iterable[Schedule]) -> list[Schedule]:
    """Of each sheet the version recorded last; of those recorded together the one issued last."""
    chosen: dict[str, Schedule] = {}
    for sheet in schedules:
        rival = chosen.get(sheet.id)
        if rival is None or _version(rival) < _version(sheet):
            chosen[sheet.id] = sheet
    return list(chosen.values())


def same_episode(one: str | None, other: str | None) -> bool:
    """Whether two may be the same; one that is not said may be any."""
    return one is None or other is None or one.strip().lstrip("0").upper() == other.strip().lstrip("0").upper()


def _version(sheet: Schedule) -> tuple[dt.datetime, dt.date, str]:
    return sheet.recorded_at or _ALWAYS, sheet.issued_on or dt.date.min, repr(sheet)


def _rank(sheet: Schedule) -> tuple[dt.date, dt.datetime, str, str]:
    return (*_issued(sheet), sheet.id, repr(sheet))


def _issued(sheet: Schedule) -> tuple[dt.date, dt.datetime]:
    """When it was issued; one that does not say so, when it was recorded."""
    recorded = sheet.recorded_at or _ALWAYS
    return sheet.issued_on or recorded.date(), recorded


def _unpushed(sheets: list[Schedule]) -> list[Schedule]:
    """Without the call sheets of shoot days that a later call sheet has on another date."""
    last: dict[tuple[str | None, str, str], Schedule] = {}
    kept = []
    for sheet in sheets:
        numbers = [day.number for day in sheet.days if day.number and sheet.kind is SheetKind.CALL_SHEET]
        rivals = [last.setdefault((sheet.episode, _unit(sheet), number), sheet) for number in numbers]
        if not any(_issued(rival) > _issued(sheet) and _own_days(rival) != _own_days(sheet) for rival in rivals):
            kept.append(sheet)
    return kept


def _unit(sheet: Schedule) -> str:
    """The unit a sheet is of, as its id says; the main unit has none."""
    return "unit-2" if sheet.id.endswith("-unit-2") else ""


def _speaks_over(sheet: Schedule, other: Schedule) -> bool:
    """Whether a call sheet takes the place of a schedule on its day."""
    return same_episode(sheet.episode, other.episode) and _unit(sheet) == _unit(other)


def _own_days(sheet: Schedule) -> set[dt.date]:
    """The days a call sheet speaks for: its own, not those of its advance schedule."""
    return {day.on for day in sheet.days} or {*(s.on for s in sheet.scenes), *(c.on for c in sheet.calls)}


def _placed(speaking: dict[dt.date, list[Schedule]], wide: list[Schedule]) -> dict[dt.date, list[Placed]]:
    """The scenes of each day: those of its call sheet, else those of the schedules that have not moved since."""
    placed: dict[dt.date, list[Placed]] = defaultdict(list)
    taken: dict[str, list[Placed]] = defaultdict(list)  # scenes that a call sheet has, wherever it has them
    told = {day: [s for s in sheets if s.scenes] for day, sheets in speaking.items()}
    advanced: list[Placed] = []
    for sheet in _each(speaking):
        for scene in sheet.scenes:
            one = Placed(scene=scene, episode=sheet.episode, sheet=sheet)
            if any(s is sheet for s in speaking.get(scene.on, ())):
                placed[scene.on].append(one)
                taken[scene_key(scene.scene)].append(one)
            else:
                advanced.append(one)
    for one in advanced:
        if not told.get(one.scene.on):
            placed[one.scene.on].append(one)
    for sheet in wide:
        for one in _still(sheet, taken):
            if not any(_speaks_over(s, sheet) for s in told.get(one.scene.on, ())):
                placed[one.scene.on].append(one)
    return {day: list(_once(found)) for day, found in placed.items()}


def _still(sheet: Schedule, taken: dict[str, list[Placed]]) -> Iterator[Placed]:
    """The scenes of a schedule that no later call sheet has moved to a day this one does not have."""
    own = {(scene_key(scene.scene), scene.on) for scene in sheet.scenes}
    for scene in sheet.scenes:
        key = scene_key(scene.scene)
        pulled = any(
            same_episode(t.episode, sheet.episode)
            and _issued(t.sheet) >= _issued(sheet)
            and (key, t.scene.on) not in own
            for t in taken.get(key, ())
        )
        if not pulled:
            yield Placed(scene=scene, episode=sheet.episode, sheet=sheet)


def _each(speaking: dict[dt.date, list[Schedule]]) -> list[Schedule]:
    """Every call sheet that speaks for some day, once."""
    return list({id(sheet): sheet for day in sorted(speaking) for sheet in speaking[day]}.values())


def _once(found: Iterable[Placed]) -> Iterator[Placed]:
    """Each scene of a day once for each episode, with the cast that any of the sheets gives it."""
    together: dict[tuple[str, str | None], Placed] = {}
    for one in found:
        key = (scene_key(one.scene.scene), one.episode)
        known = together.get(key)
        if known is None:
            together[key] = one
        elif one.scene.cast:
            cast = tuple(dict.fromkeys((*known.scene.cast, *one.scene.cast)))
            together[key] = replace(known, scene=replace(known.scene, cast=cast))
    return iter(together.values())


def _calls(speaking: dict[dt.date, list[Schedule]], wide: list[Schedule]) -> dict[dt.date, list[CallLine]]:
    """The calls of each day: those of its call sheets, else those of an advance schedule and of the wide sheets."""
    calls: dict[dt.date, list[CallLine]] = defaultdict(list)
    told: dict[dt.date, list[Schedule]] = defaultdict(list)
    rest: list[CallLine] = []
    for sheet in _each(speaking):
        own = {day for day, sheets in speaking.items() if any(s is sheet for s in sheets)}
        for call in sheet.calls:
            line = CallLine(call=call, episode=sheet.episode, sheet=sheet)
            if call.on not in own:
                rest.append(line)
                continue
            calls[call.on].append(line)
            if not any(s is sheet for s in told[call.on]):
                told[call.on].append(sheet)
    rest += [CallLine(call=call, episode=sheet.episode, sheet=sheet) for sheet in wide for call in sheet.calls]
    for line in rest:
        if not any(_speaks_over(sheet, line.sheet) for sheet in told.get(line.call.on, ())):
            calls[line.call.on].append(line)
    return calls


def _days(speaking: dict[dt.date, list[Schedule]], sheets: list[Schedule]) -> dict[dt.date, ShootDay]:
    """Each day, each of its particulars from the sheet that speaks first: its call sheet, then the one issued last."""
    found: dict[dt.date, ShootDay] = {}
    first = [s for day in sorted(speaking) for s in speaking[day]]
    for sheet in (*first, *sheets):
        for day in sheet.days:
            known = found.get(day.on)
            found[day.on] = day if known is None else _completed(known, day)
    return dict(sorted(found.items()))


def _completed(known: ShootDay, other: ShootDay) -> ShootDay:
    return ShootDay(
        on=known.on,
        number=known.number or other.number,
        of=known.of or other.of,
        place=known.place or other.place,
        crew_call=known.crew_call or other.crew_call,
        wrap=known.wrap or other.wrap,
    )
