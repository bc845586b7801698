"""A verdict for every planned use of every person, with all the uses planned beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from registry.domain.clearance import Planned
from registry.domain.finding import Verdict
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.rules.catalogue import Catalogue
from registry.services.checking import check_world
from registry.services.clearance.planning import Dated, by_turn, natural
from registry.services.clearance.roll import Roll


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What uses are judged by."""

    world: World
    catalogue: Catalogue
    now: dt.datetime
    as_of: dt.date | dt.datetime | None = None
    known_at: dt.datetime | None = None


def judged(
    plan: Sequence[Dated], within: Callable[[dt.date | None], bool], bench: Bench
) -> dict[tuple[str, str | None, int], Verdict]:
    """The verdicts by use, performer and turn, of those uses whose day is asked for. All others are proposed beside
    them, each on its own day, so that a shorter span never changes a verdict."""
    turns = by_turn(plan)
    found: dict[tuple[str, str | None, int], Verdict] = {}
    for turn, here in sorted(turns.items()):
        wanted = [one for one in here if within(one.on) and (one.use.performers or not one.filed.unmatched)]
        if not wanted:
            continue
        now = {one.use.id for one in here}
        beside = [one.use for one in (*here, *(o for o in turns[0] if o.use.id not in now))]
        verdicts = check_world(
            bench.world,
            [one.use for one in wanted],
            bench.catalogue,
            now=bench.now,
            as_of=bench.as_of,
            known_at=bench.known_at,
            beside=beside,
        )
        found |= {(verdict.use, verdict.performer, turn): verdict for verdict in verdicts}
    return found


def rows(
    plan: Sequence[Dated],
    within: Callable[[dt.date | None], bool],
    verdicts: dict[tuple[str, str | None, int], Verdict],
    roll: Roll,
    why: Callable[[Verdict], str],
) -> tuple[Planned, ...]:
    """The planned uses of the span: one for each use, person and day, by day, scene, cast number, use and person."""
    found = [row for one in plan if within(one.on) for row in _rows(one, verdicts, roll, why)]
    return tuple(sorted(found, key=order))


def order(row: Planned) -> tuple[object, ...]:
    scene = natural(row.use.scenes[0]) if row.use.scenes else ()
    return (
        row.on or dt.date.max,
        not scene,
        scene,
        not row.number,
        natural(row.number),
        row.use.id,
        row.performer or "",
        row.who,
    )


def _rows(
    one: Dated, verdicts: dict[tuple[str, str | None, int], Verdict], roll: Roll, why: Callable[[Verdict], str]
) -> Iterator[Planned]:
    people: tuple[str | None, ...] = one.use.performers or (() if one.filed.unmatched else (None,))
    for performer in people:
        verdict = verdicts[one.use.id, performer, one.turn]
        number, character = roll.billed(performer, one.use.episode, one.on)
        yield Planned(
            use=one.use,
            performer=performer,
            who=roll.shown(performer, one.on) if performer else "–",
            number=number,
            character=character,
            on=one.on,
            called=roll.called(performer, one.on) if performer else None,
            verdict=verdict,
            why=why(verdict),
            scheduled=one.scheduled,
            judged=one.judged,
        )
    for missing in one.filed.unmatched:
        yield Planned(
            use=one.use,
            performer=None,
            who=missing.who,
            number=missing.number,
            character=missing.character,
            on=one.on,
            called=None,
            verdict=None,
            why=missing.why,
            scheduled=one.scheduled,
            judged=one.judged,
            candidates=missing.candidates,
        )
