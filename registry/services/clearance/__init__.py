"""Clearing a schedule: every planned use of every person, joined with what the sheets say, and what to do by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from registry.domain.clearance import Clearance, Planned
from registry.domain.consent import Consent
from registry.domain.performer import Performer
from registry.domain.production import Production
from registry.domain.replica import Replica
from registry.domain.schedule import Listed, Request, Schedule
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.errors import UnknownError, UsageError
from registry.rules.catalogue import Catalogue
from registry.services import checking
from registry.services.clearance.board import Board
from registry.services.clearance.concerns import Scene, concerns
from registry.services.clearance.judging import Bench, judged, rows
from registry.services.clearance.listed import Stranger, with_listed
from registry.services.clearance.planning import Dated, Filed, dated, filed
from registry.services.clearance.roll import Roll
from registry.services.clearance.todos import Words, todos
from registry.services.matching import Cast

if TYPE_CHECKING:
    from registry.storage.store import Store

__all__ = ["Asked", "Cleared", "Words", "clear", "clear_world"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: a production, the first and the last day (None: open), and what the files given hold beside what
    is on file. A use of a file goes before the one on file under its id."""

    production: str
    first: dt.date | None = None
    last: dt.date | None = None
    uses: tuple[Use, ...] = ()
    requests: tuple[Request, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    people: tuple[Listed, ...] = ()  # rows of cast lists and the like: who holds which number
    episode: str | None = None  # of the lists of people
    as_of: dt.date | dt.datetime | None = None
    known_at: dt.datetime | None = None

    def within(self, day: dt.date | None) -> bool:
        """Whether a day is asked for. A use without a day is, where every day is."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A clearance and what it was made of: every use of the production on each of its days (inside the span or not), as
    judged and as filed, and the world they were judged in."""

    clearance: Clearance
    plan: tuple[Dated, ...]
    world: World


def clear(
    store: Store,
    catalogue: Catalogue,
    asked: Asked,
    words: Words,
    *,
    now: dt.datetime,
    told: Callable[[str], None] = lambda _: None,
) -> Cleared:
    """Clear what is planned on file and in the files given. Raises UsageError where the production, or something a use
    names, is not on file. `told` is given a word about how far the work is."""
    found = store.planned(asked.production, known_at=asked.known_at)
    if not found.productions:
        raise _unknown(store, asked)
    found = _with_named(store, asked, found)
    plan = _Plan.of(found, asked, now)
    if plan.somebody_unknown:
        told("Looking for unmatched names among everybody on file")
        everybody = store.values(Performer, known_at=asked.known_at)
        plan = _Plan.of(replace(found, performers=everybody), asked, now)
    told(f"Reading what is on file about {len(plan.uses):,} planned uses")
    world = checking.load(store, plan.uses, known_at=asked.known_at)
    world = replace(world, consents=(*world.consents, *_signed_by(store, plan.called_without_a_use, asked)))
    told(f"Checking {len(plan.dated):,} planned uses")
    return plan.cleared(world, catalogue, words)


def _signed_by(store: Store, performers: list[str], asked: Asked) -> tuple[Consent, ...]:
    """The consents of people who are called and have no planned use: some may have been signed on the set."""
    return store.load(performers=performers, known_at=asked.known_at).consents if performers else ()


def _with_named(store: Store, asked: Asked, found: World) -> World:
    """What is on file of the production, with its schedules and with whatever the uses of the files name."""
    uses = [*asked.uses, *(request.use for request in asked.requests)]
    known = asked.known_at
    replicas = store.values(Replica, sorted({use.replica for use in uses if use.replica}), known_at=known)
    named = {performer for use in uses for performer in use.performers}
    named |= {replica.performer for replica in replicas if replica.performer}
    people = store.values(Performer, sorted(named - {p.id for p in found.performers}), known_at=known)
    return replace(
        found,
        schedules=store.schedules([asked.production], known_at=known),
        replicas=tuple(dict.fromkeys((*found.replicas, *replicas))),
        performers=(*found.performers, *people),
    )


def clear_world(world: World, catalogue: Catalogue, asked: Asked, words: Words, *, now: dt.datetime) -> Cleared:
    """The same, against a world in hand."""
    plan = _Plan.of(world, asked, now)
    return plan.cleared(world, catalogue, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Sheets, people and uses joined, before anything is judged."""

    asked: Asked
    now: dt.datetime
    production: Production
    cast: Cast
    board: Board
    roll: Roll
    filed: tuple[Filed, ...]
    dated: tuple[Dated, ...]
    strangers: tuple[Stranger, ...]

    @classmethod
    def of(cls, world: World, asked: Asked, now: dt.datetime) -> _Plan:
        known = asked.known_at
        production = latest(world.productions, known).get(asked.production)
        if production is None:
            raise UnknownError("production", asked.production)
        people, engaged = latest(world.performers, known).values(), latest(world.engagements, known).values()
        cast, strangers = with_listed(Cast(production.id, people, engaged), asked.people, asked.episode)
        board = Board.of(_schedules(world, asked, now))
        uses, requests = _planned(world, asked)
        joined = tuple(filed(uses, requests, cast, board))
        roll, zone = Roll(board, cast), production.timezone
        return cls(
            asked=asked,
            now=now,
            production=production,
            cast=cast,
            board=board,
            roll=roll,
            filed=joined,
            strangers=strangers,
            dated=tuple(one for use in joined for one in dated(use, board, zone, roll.call_of)),
        )

    @property
    def uses(self) -> list[Use]:
        """The uses, of the people who are on file."""
        return [replace(one.use, performers=one.performers) for one in self.filed]

    @property
    def somebody_unknown(self) -> bool:
        """Whether a use, a list or a sheet names somebody who is not of the production: others on file may be meant."""
        if any(missing.unknown for one in self.filed for missing in one.unmatched):
            return True
        if any(stranger.unknown for stranger in self.strangers):
            return True
        days = [day for day in self.board.all_days if self.asked.within(day)]
        return any(entry.is_unknown_name for day in days for entry in self.roll.on(day))

    @property
    def called_without_a_use(self) -> list[str]:
        """The ids of people who are called on the days asked for and of whom no use is planned."""
        planned = {performer for one in self.filed for performer in one.performers}
        days = [day for day in self.board.all_days if self.asked.within(day)]
        called = {entry.performer for day in days for entry in self.roll.on(day) if entry.at_work}
        return sorted(performer for performer in called - planned if performer is not None)

    def cleared(self, world: World, catalogue: Catalogue, words: Words) -> Cleared:
        asked, zone = self.asked, self.production.timezone
        bench = Bench(world=world, catalogue=catalogue, now=self.now, as_of=asked.as_of, known_at=asked.known_at)
        verdicts = judged(self.dated, asked.within, bench)
        planned = rows(self.dated, asked.within, verdicts, self.roll, lambda verdict: words.why(verdict, zone))
        clearance = self._clearance(world, planned, words)
        return Cleared(clearance=clearance, plan=self.dated, world=world)

    def _clearance(self, world: World, planned: tuple[Planned, ...], words: Words) -> Clearance:
        asked = self.asked
        days = tuple(day for day in self.board.all_days if asked.within(day))
        scene = Scene(
            production=self.production,
            zone=self.production.timezone,
            board=self.board,
            roll=self.roll,
            cast=self.cast,
            days=days,
            planned=planned,
            plan=self.dated,
            strangers=self.strangers,
            consents=tuple(latest(world.consents, asked.known_at).values()),
        )
        return Clearance(
            production=self.production.id,
            title=self.production.title,
            zone=self.production.timezone,
            first=asked.first,
            last=asked.last,
            made_at=self.now,
            as_of=asked.as_of,
            known_at=asked.known_at or self.now,
            days=tuple(self.board.shoot_day(day) for day in days),
            planned=planned,
            todos=todos(planned, words, zone=self.production.timezone, now=self.now),
            concerns=concerns(scene),
            called=tuple(self.roll.everybody(days, planned)),
        )


def _schedules(world: World, asked: Asked, now: dt.datetime) -> list[Schedule]:
    """Those on file, and those of the files given, which count as recorded now."""
    known = asked.known_at
    here = (replace(sheet, recorded_at=now) for sheet in asked.schedules if sheet.production == asked.production)
    theirs = [sheet for sheet in world.schedules if sheet.production == asked.production]
    seen = [s for s in theirs if known is None or s.recorded_at is None or s.recorded_at <= known]
    return [*seen, *here]


def _planned(world: World, asked: Asked) -> tuple[list[Use], list[Request]]:
    """The uses on file and of the files, by id. Raises UsageError where the files say one id in two ways."""
    replicas = latest(world.replicas, asked.known_at)
    given = {id_: use.settled(replicas) for id_, use in _alike(asked.uses).items()}
    requests = [replace(r, use=r.use.settled(replicas)) if _names_nobody(r) else r for r in asked.requests]
    requested = {request.use.id for request in requests}
    _same_uses(requests)
    both = sorted(requested & given.keys())
    if both:
        raise UsageError(f"Use {both[0]} is in two of the files.", "leave it out of one of them")
    on_file = {id_: use.settled(replicas) for id_, use in latest(world.uses, asked.known_at).items()}
    found = {id_: use for id_, use in {**on_file, **given}.items() if id_ not in requested}
    ours = [found[id_] for id_ in sorted(found) if found[id_].production == asked.production]
    return ours, sorted(requests, key=lambda r: (r.use.id, r.row, repr(r)))


def _same_uses(requests: Iterable[Request]) -> None:
    """Raise UsageError where two rows say one use in two ways; who it is of may differ."""
    first: dict[str, Request] = {}
    for request in requests:
        rival = first.setdefault(request.use.id, request)
        if replace(rival.use, performers=()) != replace(request.use, performers=()):
            problem = f"Use {request.use.id} is in rows {rival.row} and {request.row}, not in the same words."
            raise UsageError(problem, "give one of them another use_id")


def _names_nobody(request: Request) -> bool:
    return not (request.number or request.name or request.character)


def _alike(uses: Iterable[Use]) -> dict[str, Use]:
    found: dict[str, Use] = {}
    for use in uses:
        if found.setdefault(use.id, use) != use:
            raise UsageError(f"Use {use.id} is in the files twice, not in the same words.", "leave one of them out")
    return found


def _unknown(store: Store, asked: Asked) -> UsageError:
    production = asked.production
    if store.values(Production, {production}):
        return UsageError(f"{production} was not on file yet at that moment.", f"registry production show {production}")
    return UnknownError("production", production)
