"""A revision of some days of a shooting schedule, completed with the days it leaves out, as they are on file.

Only where the sheet itself says that it is a part: every day of it is numbered out of how many there are (`Day 12 of
42`), as every day on file is, out of as many. What is left out is kept whole or not at all: where the two contradict
each other about the order of the days, nobody guesses.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from registry.domain.schedule import SceneDay, Schedule, SheetKind, ShootDay
from registry.services.clearance.board import current, scene_key

_NUMBER = re.compile(r"0*(\d+)([A-Z]*)")


def completed(after: Schedule, on_file: Iterable[Schedule]) -> tuple[Schedule, str | None]:
    """The schedule with the days it leaves out, and a sentence on it; as it is, where it does not say that it is a
    part of the one on file."""
    before = next((sheet for sheet in current(on_file) if sheet.id == after.id), None)
    if before is None or after.kind is not SheetKind.SHOOTING_SCHEDULE:
        return after, None
    old, new = _numbered(before), _numbered(after)
    left = {number: day for number, day in old.items() if number not in new}
    if not old or not new or not left or {d.of for d in old.values()} != {d.of for d in new.values()}:
        return after, None
    days = sorted([*new.items(), *left.items()])
    dates = [day.on for _, day in days]
    if any(a >= b for a, b in pairwise(dates)):
        return after, (
            f"Only {_told(new.values())} {_is(new)} in it, and on these dates the other days on file cannot stay where "
            "they are: they count no longer. Import the whole schedule."
        )
    scenes = (*after.scenes, *_kept(before, after, {day.on for day in left.values()}))
    whole = replace(
        after,
        days=tuple(day for _, day in days),
        scenes=tuple(sorted(scenes, key=lambda scene: scene.on)),
    )
    stay = f"{_told(left.values(), of=False)} {'stay' if len(left) > 1 else 'stays'} as on file"
    return whole, f"Only {_told(new.values())} {_is(new)} in it; {stay}."


def _is(days: Collection[object]) -> str:
    return "is" if len(days) == 1 else "are"


def _numbered(sheet: Schedule) -> Mapping[tuple[int, str], ShootDay]:
    """The days by number, in order; nothing, unless each has a number of its own out of the same whole."""
    found: dict[tuple[int, str], ShootDay] = {}
    for day in sheet.days:
        match = _NUMBER.fullmatch((day.number or "").upper())
        if match is None or day.of is None:
            return {}
        found[int(match[1]), match[2]] = day
    whole = {day.of for day in sheet.days}
    return dict(sorted(found.items())) if len(found) == len(sheet.days) and len(whole) == 1 else {}


def _kept(before: Schedule, after: Schedule, left: set[dt.date]) -> list[SceneDay]:
    """The scenes of the days left out, but those that the revision has on a day on which they were not before."""
    dates = {day.number: day.on for day in after.days}
    pushed = {day.on: dates[day.number] for day in before.days if day.number in dates}
    were = {(scene_key(scene.scene), pushed.get(scene.on, scene.on)) for scene in before.scenes}
    moved = {key for scene in after.scenes if ((key := scene_key(scene.scene)), scene.on) not in were}
    return [scene for scene in before.scenes if scene.on in left and scene_key(scene.scene) not in moved]


def _told(days: Iterable[ShootDay], *, of: bool = True) -> str:
    """`days 12, 13 and 14 of 42`."""
    listed = list(days)
    numbers = [day.number or "" for day in listed]
    if len(numbers) > 4:
        said = f"{len(numbers)} days ({numbers[0]} to {numbers[-1]})"
    else:
        said = f"day{'s' if len(numbers) > 1 else ''} " + " and ".join(
            [", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers
        )
    return f"{said} of {listed[0].of}" if of else said
