"""The board: what the sheets together say about days, scenes and calls, after the later one has had its say.

Of each sheet the latest version counts. For a day the call sheet issued last speaks; before there is one, the shooting
schedule and the day-out-of-days issued last, each for the days from its first to its last. A scene that a call sheet
takes on another day than an older schedule has moved there. What a later sheet leaves out is told, never forgotten.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import field, replace

from registry.domain.schedule import Call, SceneDay, Schedule, SheetKind, ShootDay
from registry.domain.values import dataclass

_ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)
_PART = re.compile(r"[\s(]*PT\.?\s*\d*\)?$")
# Day codes (rules/PLATFORM.md B.4) of people who are on the set that day, and of those who are not.
WORKING = frozenset({"SW", "W", "WF", "SWF", "PW", "PWF", "WD", "SWD", "R", "SR", "W/N"})
RESTING = frozenset({"H", "I", "T", "OFF", "D", "HOLD", "IDLE", "TRAVEL", "DROP"})


def works(code: str | None) -> bool:
    """Whether a day code puts somebody on the set; a line without one does, and so may a code nobody knows."""
    return code is None or code.strip().upper() not in RESTING


def is_known(code: str | None) -> bool:
    written = (code or "").strip().upper()
    return not written or written in RESTING or written in WORKING or written.replace("/", "") in WORKING


def scene_key(scene: str) -> str:
    """A scene number as it compares: `41 pt. 2` is a part of `41`; `41A` is another scene."""
    return _PART.sub("", scene.strip().upper()).lstrip("0") or scene.strip().upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A scene on a day, as the sheet that speaks for it says."""

    scene: SceneDay
    episode: str | None
    sheet: Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A line that calls somebody, as the sheet that speaks for the day says."""

    call: Call
    episode: str | None
    sheet: Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything by day. `left_out` are the lines of older sheets that a later one of the same day does not have."""

    days: dict[dt.date, ShootDay] = field(default_factory=dict)
    placed: dict[dt.date, tuple[Placed, ...]] = field(default_factory=dict)
    calls: dict[dt.date, tuple[CallLine, ...]] = field(default_factory=dict)
    left_out: tuple[CallLine, ...] = ()
    _by_scene: dict[str, tuple[Placed, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, schedules: Iterable[Schedule]) -> Board:
        """The board of the sheets of one production."""
        sheets = sorted(current(schedules), key=_rank, reverse=True)  # the one issued last first
        call_sheets = [s for s in sheets if s.kind is SheetKind.CALL_SHEET]
        wide = _Wide([s for s in sheets if s.kind is not SheetKind.CALL_SHEET])
        speaking, silent = _speaking(call_sheets)
        placed = _placed(speaking, wide)
        by_scene: dict[str, list[Placed]] = defaultdict(list)
        for day in sorted(placed):
            for one in placed[day]:
                by_scene[scene_key(one.scene.scene)].append(one)
        calls = _calls(speaking, wide)
        return cls(
            days=_days(speaking, sheets),
            placed={day: tuple(found) for day, found in sorted(placed.items())},
            calls={day: tuple(found) for day, found in sorted(calls.items())},
            left_out=tuple(_left_out(speaking, silent)),
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

    def lists_calls(self, day: dt.date) -> bool:
        """Whether a sheet of that day has a cast block; else the numbers beside the scenes tell who is needed."""
        return any(line.sheet.kind is SheetKind.CALL_SHEET for line in self.calls.get(day, ()))

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


def _own_days(sheet: Schedule) -> set[dt.date]:
    """The days a sheet speaks for: of a call sheet its own, not those of its advance schedule."""
    lines = {*(s.on for s in sheet.scenes), *(c.on for c in sheet.calls)}
    own = {day.on for day in sheet.days}
    return own or lines if sheet.kind is SheetKind.CALL_SHEET else own | lines


def _speaking(call_sheets: list[Schedule]) -> tuple[dict[dt.date, list[Schedule]], list[tuple[Schedule, dt.date]]]:
    """The call sheets that speak for each day, and those that a later one of the same day and episode silences."""
    speaking: dict[dt.date, list[Schedule]] = defaultdict(list)
    silent: list[tuple[Schedule, dt.date]] = []
    for sheet in call_sheets:  # the one issued last first
        for day in sorted(_own_days(sheet)):
            later = [s for s in speaking[day] if s.episode == sheet.episode and _issued(s) > _issued(sheet)]
            if later:
                silent.append((sheet, day))
            else:
                speaking[day].append(sheet)
    return dict(speaking), silent


class _Wide:
    """Shooting schedules and days-out-of-days, and for which days each still speaks."""

    def __init__(self, sheets: list[Schedule]) -> None:
        self.sheets = sheets
        self._spans: dict[tuple[SheetKind, str | None], list[tuple[tuple[dt.date, dt.datetime], dt.date, dt.date]]]
        self._spans = defaultdict(list)
        self._moved: dict[tuple[SheetKind, str | None, str], tuple[dt.date, dt.datetime]] = {}
        self._known: dict[tuple[int, dt.date], bool] = {}
        for sheet in sheets:
            if days := _own_days(sheet):
                self._spans[sheet.kind, sheet.episode].append((_issued(sheet), min(days), max(days)))
            for scene in sheet.scenes:
                key = (sheet.kind, sheet.episode, scene_key(scene.scene))
                self._moved[key] = max(self._moved.get(key, _issued(sheet)), _issued(sheet))

    def governs(self, sheet: Schedule, day: dt.date) -> bool:
        """Whether no later sheet of its kind and episode has that day in its span."""
        key = (id(sheet), day)
        if key not in self._known:
            spans, issued = self._spans[sheet.kind, sheet.episode], _issued(sheet)
            self._known[key] = not any(first <= day <= last for when, first, last in spans if when > issued)
        return self._known[key]

    def has_last(self, sheet: Schedule, scene: str) -> bool:
        """Whether no later sheet of its kind and episode says when the scene is shot."""
        return self._moved[sheet.kind, sheet.episode, scene] == _issued(sheet)


def _placed(speaking: dict[dt.date, list[Schedule]], wide: _Wide) -> dict[dt.date, list[Placed]]:
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
    for sheet in wide.sheets:
        for one in _still(sheet, wide, taken):
            if not any(same_episode(s.episode, sheet.episode) for s in told.get(one.scene.on, ())):
                placed[one.scene.on].append(one)
    return {day: list(_once(found)) for day, found in placed.items()}


def _still(sheet: Schedule, wide: _Wide, taken: dict[str, list[Placed]]) -> Iterator[Placed]:
    """The scenes of a wide sheet that no later sheet has moved: no call sheet to a day this one does not have."""
    own = {(scene_key(scene.scene), scene.on) for scene in sheet.scenes}
    for scene in sheet.scenes:
        key = scene_key(scene.scene)
        pulled = any(
            same_episode(t.episode, sheet.episode)
            and _issued(t.sheet) >= _issued(sheet)
            and (key, t.scene.on) not in own
            for t in taken.get(key, ())
        )
        if not pulled and wide.has_last(sheet, key) and wide.governs(sheet, scene.on):
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


def _calls(speaking: dict[dt.date, list[Schedule]], wide: _Wide) -> dict[dt.date, list[CallLine]]:
    calls: dict[dt.date, list[CallLine]] = defaultdict(list)
    for day, sheets in speaking.items():
        for sheet in sheets:
            calls[day] += [CallLine(call=c, episode=sheet.episode, sheet=sheet) for c in sheet.calls if c.on == day]
    told = {day: [line.episode for line in lines] for day, lines in calls.items() if lines}
    for sheet in wide.sheets:
        for call in sheet.calls:
            silenced = any(same_episode(episode, sheet.episode) for episode in told.get(call.on, ()))
            if not silenced and wide.governs(sheet, call.on):
                calls[call.on].append(CallLine(call=call, episode=sheet.episode, sheet=sheet))
    return {day: lines for day, lines in calls.items() if lines}


def _days(speaking: dict[dt.date, list[Schedule]], sheets: list[Schedule]) -> dict[dt.date, ShootDay]:
    """Each day, each of its particulars from the sheet that speaks first: its call sheet, then the one issued last."""
    found: dict[dt.date, ShootDay] = {}
    first = [s for day in sorted(speaking) for s in speaking[day]]
    for sheet in (*first, *sheets):
        for day in sheet.days:
            if sheet.kind is SheetKind.CALL_SHEET and not any(s is sheet for s in speaking.get(day.on, ())):
                continue
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


def _left_out(speaking: dict[dt.date, list[Schedule]], silent: list[tuple[Schedule, dt.date]]) -> Iterator[CallLine]:
    """The lines of a silenced call sheet that no sheet of that day has."""
    for sheet, day in silent:
        now = {_line(call) for s in speaking[day] for call in s.calls if call.on == day}
        for call in sheet.calls:
            if call.on == day and _line(call) not in now:
                yield CallLine(call=call, episode=sheet.episode, sheet=sheet)


def _line(call: Call) -> tuple[str | None, str | None, str | None]:
    return call.number, call.name, call.character
