"""The board: what the sheets together say about days, scenes and calls, after the later one has had its say.

Of each sheet the latest version counts. Sheets of other ids are other sheets (another unit, another episode) and all
speak. For a day that has a call sheet, that speaks; else the shooting schedule and the day-out-of-days do. A scene that
a call sheet has on another day than an older schedule has moved there, and so has a shoot day whose number a later call
sheet gives to another date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import lru_cache

from registry.domain.schedule import DAY_CODES, Call, SceneDay, Schedule, SheetKind, ShootDay
from registry.domain.values import dataclass

_ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)
LONGEST_DAY = dt.timedelta(hours=16)  # from call to wrap, where no sheet says when the day ends
_RUN = re.compile(r"^(\d+)\s*[-–—]\s*(\d+)$")
_LONGEST_RUN = 20  # scenes of one strip; more is the number of an episode and a scene
_WITH_EPISODE = re.compile(r"^(?P<episode>\w{1,12})\s*[-–/]\s*(?P<scene>\w[\w\s.\-–]*)$")
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


def run_of(scene: str) -> tuple[str, ...]:
    """The scenes of a strip that is headed by the first and the last of them: `33-34`. None of any other number."""
    found = _RUN.match(scene_key(scene))
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    return tuple(str(number) for number in range(first, last + 1)) if first < last < first + _LONGEST_RUN else ()


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
            _by_scene={**_in_runs(by_scene), **{key: tuple(found) for key, found in by_scene.items()}},
        )

    def where(self, scene: str, episode: str | None) -> tuple[Placed, ...]:
        """Where a scene of an episode stands; of a sheet that writes the episode before the number, `103-12`, there."""
        found = tuple(one for one in self.strips_of(scene) if same_episode(episode, one.episode))
        if found or episode is None:
            return found
        slugs = (scene_key(f"{episode.strip()}{mark}{scene.strip()}") for mark in "-/.")
        return tuple(one for slug in slugs for one in self._by_scene.get(slug, ()))

    def strips_of(self, scene: str) -> tuple[Placed, ...]:
        """Where a scene stands: its own strip, else the one that runs over it, else the strips that a run is of."""
        if found := self._by_scene.get(scene_key(scene)):
            return found
        if within := _WITH_EPISODE.match(scene.strip()):  # `103-27`, where 103 is an episode
            here = self._by_scene.get(scene_key(within["scene"]), ())
            if found := tuple(p for p in here if p.episode and same_episode(p.episode, within["episode"])):
                return found
        return tuple(one for part in run_of(scene) for one in self._by_scene.get(part, ()))

    def days_of(self, scenes: Iterable[str], episode: str | None) -> dict[dt.date, tuple[str, ...]]:
        """On which days these scenes are shot, and which of them on each."""
        found: dict[dt.date, list[str]] = defaultdict(list)
        for scene in scenes:
            for one in self.where(scene, episode):
                found[one.scene.on].append(scene)
        return {day: tuple(dict.fromkeys(found[day])) for day in sorted(found)}

    def shoot_day(self, day: dt.date) -> ShootDay:
        """What the sheets say of the day itself."""
        return self.days.get(day) or ShootDay(on=day)

    def first_call(self, day: dt.date) -> dt.datetime | None:
        return min((c.call.called_at for c in self.calls.get(day, ()) if c.call.called_at), default=None)

    def shoots(self, day: dt.date, moment: dt.datetime) -> bool:
        """Whether a moment lies between the first call and the wrap of a shoot day, at night after midnight too."""
        shoot = self.shoot_day(day)
        begins = min((call for call in (shoot.crew_call, self.first_call(day)) if call is not None), default=None)
        if begins is None:
            return False
        ends = [c.call.released_at for c in self.calls.get(day, ()) if c.call.released_at]
        return begins <= moment <= (shoot.wrap or max(ends, default=begins + LONGEST_DAY))

    def tells_of(self, day: dt.date) -> bool:
        """Whether some sheet says who is needed that day."""
        return day in self.calls or any(one.scene.cast for one in self.placed.get(day, ()))

    @property
    def all_days(self) -> list[dt.date]:
        return sorted({*self.days, *self.placed, *self.calls})


def _in_runs(by_scene: Mapping[str, list[Placed]]) -> dict[str, tuple[Placed, ...]]:
    """The scenes that have no strip of their own and stand in a run. Where two runs begin alike (`101-102`, `101-103`)
    they are episodes and their scenes, and no runs."""
    runs = {key: run_of(key) for key in by_scene}
    begins = Counter(run[0] for run in runs.values() if run)
    found: dict[str, list[Placed]] = defaultdict(list)
    for key, run in runs.items():
        for number in run:
            if begins[run[0]] == 1 and number not in by_scene:
                found[number] += by_scene[key]
    return {number: tuple(placed) for number, placed in found.items()}


def current(schedules: Iterable[Schedule]) -> list[Schedule]:
    """Of each sheet the version recorded last; of those recorded together the one issued last."""
    chosen: dict[str, Schedule] = {}
    for sheet in schedules:
        rival = chosen.get(sheet.id)
        if rival is None or _version(rival) < _version(sheet):
            chosen[sheet.id] = sheet
    return list(chosen.values())


def _own(sheet: Schedule, scene: SceneDay) -> Placed:
    """A scene with the episode it is of: of a sheet of several (`103/104`), the one that stands before its number."""
    if not sheet.episode or "/" not in sheet.episode:
        return Placed(scene=scene, episode=sheet.episode, sheet=sheet)
    within = _WITH_EPISODE.match(scene.scene.strip())
    own = next((one for one in _listed(sheet.episode) if within and same_episode(one, within["episode"])), None)
    bare = replace(scene, scene=within["scene"]) if within and own else scene
    return Placed(scene=bare, episode=own, sheet=sheet)


def _line(sheet: Schedule, call: Call) -> CallLine:
    """A line that calls somebody; a sheet of several episodes does not say for which of them."""
    episode = sheet.episode if sheet.episode and "/" not in sheet.episode else None
    return CallLine(call=call, episode=episode, sheet=sheet)


def _listed(episodes: str) -> list[str]:
    return [one.strip() for one in episodes.split("/")]


def same_episode(one: str | None, other: str | None) -> bool:
    """Whether two may be the same; one that is not said may be any, and `103/104` is either."""
    if one is None or other is None:
        return True
    return bool({e.lstrip("0").upper() for e in _listed(one)} & {e.lstrip("0").upper() for e in _listed(other)})


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


def _speaks_over(sheet: Schedule, other: Schedule, episode: str | None) -> bool:
    """Whether a call sheet takes the place of a schedule on its day, for what that has of an episode."""
    return same_episode(sheet.episode, episode) and _unit(sheet) == _unit(other)


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
            one = _own(sheet, scene)
            if any(s is sheet for s in speaking.get(scene.on, ())):
                placed[scene.on].append(one)
                taken[scene_key(one.scene.scene)].append(one)
            else:
                advanced.append(one)
    for one in advanced:
        if not told.get(one.scene.on):
            placed[one.scene.on].append(one)
    for sheet in wide:
        for one in _still(sheet, taken):
            if not any(_speaks_over(s, sheet, one.episode) for s in told.get(one.scene.on, ())):
                placed[one.scene.on].append(one)
    return {day: list(_once(found)) for day, found in placed.items()}


def _still(sheet: Schedule, taken: dict[str, list[Placed]]) -> Iterator[Placed]:
    """The scenes of a schedule that no later call sheet has moved to a day this one does not have."""
    here = [_own(sheet, scene) for scene in sheet.scenes]
    own = {(one.episode, scene_key(one.scene.scene), one.scene.on) for one in here}
    for one in here:
        key = scene_key(one.scene.scene)
        pulled = any(
            same_episode(t.episode, one.episode)
            and _issued(t.sheet) >= _issued(sheet)
            and (one.episode, key, t.scene.on) not in own
            for t in taken.get(key, ())
        )
        if not pulled:
            yield one


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
            line = _line(sheet, call)
            if call.on not in own:
                rest.append(line)
                continue
            calls[call.on].append(line)
            if not any(s is sheet for s in told[call.on]):
                told[call.on].append(sheet)
    rest += [_line(sheet, call) for sheet in wide for call in sheet.calls]
    for line in rest:
        if not any(_speaks_over(sheet, line.sheet, line.sheet.episode) for sheet in told.get(line.call.on, ())):
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
