"""The roll: who is on the set on which day, as the sheets say, each line with the person it means or all it may."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from registry.domain.clearance import Called, Planned
from registry.domain.naming import numbered
from registry.domain.schedule import Call
from registry.domain.values import dataclass
from registry.services.clearance.board import Board, CallLine, Placed, same_episode, works
from registry.services.clearance.planning import crowd, natural, who_is_shown
from registry.services.matching import Cast, Line, Match, Matched, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody on a day: the line that says so, and whom it means."""

    on: dt.date
    line: CallLine
    match: Match
    scenes: tuple[str, ...] = ()

    @property
    def performer(self) -> str | None:
        return self.match.performer if isinstance(self.match, Matched) else None

    @property
    def at_work(self) -> bool:
        """Whether they are on the set: a scene of the day needs them, whatever an older day-out-of-days says."""
        return bool(self.scenes) or works(self.line.call.code)

    @property
    def is_unknown_name(self) -> bool:
        """Whether the line has the name of somebody whom nobody of the production is."""
        name = self.line.call.name
        return isinstance(self.match, Unknown) and bool(name) and crowd(name or "") is None


class Roll:
    """Everybody the sheets call, by day."""

    def __init__(self, board: Board, cast: Cast) -> None:
        self._board, self._cast = board, cast
        self._entries: dict[dt.date, tuple[Entry, ...]] = {}
        self._of: dict[tuple[dt.date, str], tuple[Entry, ...]] = {}
        for day in board.all_days:
            entries = tuple(self._read(day))
            self._entries[day] = entries
            theirs: dict[str, list[Entry]] = defaultdict(list)
            for entry in entries:
                if entry.performer is not None:
                    theirs[entry.performer].append(entry)
            self._of |= {(day, performer): tuple(found) for performer, found in theirs.items()}

    def on(self, day: dt.date) -> tuple[Entry, ...]:
        """Everybody a sheet has a line for that day, at work or not."""
        return self._entries.get(day, ())

    def of(self, performer: str, day: dt.date) -> tuple[Entry, ...]:
        return self._of.get((day, performer), ())

    def called(self, performer: str, day: dt.date | None) -> bool | None:
        """Whether the sheets call somebody that day; None where none speaks of that day."""
        if day is None or not self._board.tells_of(day):
            return None
        return any(entry.at_work for entry in self.of(performer, day))

    def call_of(self, performer: str, day: dt.date) -> dt.datetime | None:
        """The earliest time a sheet calls somebody that day; None where none says one."""
        calls = (e.line.call.called_at for e in self.of(performer, day) if e.at_work)
        return min((call for call in calls if call is not None), default=None)

    def shown(self, performer: str, day: dt.date | None) -> str:
        """The name to show: the alias the sheet of the day uses, where it uses one."""
        return who_is_shown(performer, (e.line for e in self.of(performer, day)) if day else (), self._cast)

    def billed(self, performer: str | None, episode: str | None, day: dt.date | None) -> tuple[str | None, str | None]:
        """Cast number and character of somebody that day, as the sheets say, else as on file."""
        if performer is None:
            return None, None
        entries = self.of(performer, day) if day else ()
        number = next((e.line.call.number for e in entries if e.line.call.number), None)
        character = next((e.line.call.character for e in entries if e.line.call.character), None)
        engagement = self._cast.engagement_of(performer, day)
        return (
            number or self._cast.number_of(performer, episode, day),
            character or (engagement.role if engagement else None),
        )

    def everybody(self, days: Iterable[dt.date], planned: Iterable[Planned]) -> Iterator[Called]:
        """Everybody at work on these days, with their planned uses that day."""
        uses: dict[tuple[dt.date | None, str], list[str]] = defaultdict(list)
        for row in planned:
            uses[row.on, row.performer or row.who].append(row.use.id)
        for day in days:
            for entry in sorted(self.on(day), key=_order):
                call = entry.line.call
                if not entry.at_work:
                    continue
                who = self.shown(entry.performer, day) if entry.performer else name_on(call)
                yield Called(
                    on=day,
                    number=call.number,
                    who=who,
                    performer=entry.performer,
                    character=call.character or self.billed(entry.performer, entry.line.episode, day)[1],
                    code=call.code,
                    called_at=call.called_at,
                    released_at=call.released_at,
                    scenes=entry.scenes,
                    uses=tuple(dict.fromkeys(uses.get((day, entry.performer or who), ()))),
                )

    def _read(self, day: dt.date) -> Iterator[Entry]:
        """The lines of a day, then the numbers beside its scenes that no line has."""
        needed: dict[tuple[str | None, str], list[str]] = defaultdict(list)
        sheets: dict[tuple[str | None, str], tuple[Placed, str]] = {}
        for placed in self._board.placed.get(day, ()):
            for number in placed.scene.cast:
                key = (placed.episode, _number(number))
                needed[key].append(placed.scene.scene)
                sheets.setdefault(key, (placed, number))
        seen: set[tuple[str | None, str]] = set()
        for line in dict.fromkeys(self._board.calls.get(day, ())):
            number = _number(line.call.number or "")
            keys = [key for key in needed if key[1] == number and same_episode(key[0], line.episode)] if number else []
            seen |= set(keys)
            scenes = tuple(dict.fromkeys(scene for key in keys for scene in needed[key]))
            yield Entry(on=day, line=line, match=self._who(line), scenes=scenes)
        for key, scenes_of in needed.items():
            if key not in seen:
                placed, number = sheets[key]
                line = CallLine(call=Call(on=day, number=number), episode=placed.episode, sheet=placed.sheet)
                yield Entry(on=day, line=line, match=self._who(line), scenes=tuple(dict.fromkeys(scenes_of)))

    def _who(self, line: CallLine) -> Match:
        call = line.call
        return self._cast.who(
            Line(number=call.number, name=call.name, character=call.character, episode=line.episode, on=call.on)
        )


def name_on(call: Call) -> str:
    """Somebody as a line names them."""
    return call.name or call.character or (f"number {call.number}" if call.number else "a line without a name")


def _number(text: str) -> str:
    return numbered(text) if text.strip() else ""


def _order(entry: Entry) -> tuple[object, ...]:
    call = entry.line.call
    return not call.number, natural(call.number), call.name or "", call.character or "", repr(call)
