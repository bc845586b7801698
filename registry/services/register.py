"""The register: every use on file that concerns a production, a performer or a few uses, each with its verdict.

What is owed, what an event stops, and every pack of evidence are read from it. It is made in about twenty statements,
however many uses there are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum

from registry.domain.dates import civil_date
from registry.domain.finding import Verdict
from registry.domain.performer import Performer
from registry.domain.production import Production
from registry.domain.record import Record
from registry.domain.replica import Replica
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Agreement, RecordKind
from registry.domain.world import World
from registry.engine.on_file import OnFile, latest
from registry.errors import UnknownError, UsageError
from registry.rules.catalogue import Catalogue
from registry.services import checking
from registry.source import nearest
from registry.storage.store import Store

_END = dt.datetime.max.replace(tzinfo=dt.UTC)


class Progress(StrEnum):
    """How far a use has come, as far as the file tells."""

    MADE = "made"  # a record says so
    PASSED = "passed"  # its last day has passed, and no record says whether it was made
    RUNNING = "running"  # it has begun and goes on
    PLANNED = "planned"  # its day lies ahead
    UNDATED = "undated"  # nobody has said when


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The reading of the clock a register is made by. `as_of` and `known_at` are None where nobody asked for them."""

    now: dt.datetime
    as_of: dt.date | dt.datetime | None = None
    known_at: dt.datetime | None = None

    @property
    def moment(self) -> dt.datetime:
        """What counts as now: the as-of moment where one was asked for, else the known-at one, else the clock's."""
        if isinstance(self.as_of, dt.datetime):
            return self.as_of
        seen = self.known_at or self.now
        if self.as_of is None:
            return seen
        return dt.datetime.combine(self.as_of, dt.time(23, 59, 59), seen.tzinfo)

    def today(self, zone: str | None) -> dt.date:
        """The civil day where the work is done; in the clock's own offset where that is not known."""
        if self.as_of is not None and not isinstance(self.as_of, dt.datetime):
            return self.as_of
        return civil_date(self.moment, zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One use of one performer. `day` and `last_day` are civil days where the work is done; `made` are the records
    that say it was made, earliest first."""

    use: Use
    performer: str | None
    production: Production
    verdict: Verdict
    day: dt.date | None
    last_day: dt.date | None
    made: tuple[Record, ...]
    progress: Progress

    @property
    def key(self) -> tuple[str, str]:
        return (self.use.id, self.performer or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The uses in scope with their verdicts, by day, use and performer, and everything on file that they rest on.

    `unjudged` are uses that name no production on file, and so cannot be checked.
    """

    clocks: Clocks
    catalogue: Catalogue
    world: World
    on_file: OnFile
    entries: tuple[Registered, ...]
    unjudged: tuple[Use, ...]

    def name(self, performer: str | None) -> str:
        """The name a coordinator looks for; the id of somebody not on file; a dash where nobody is in it."""
        found = self.on_file.performers.get(performer or "")
        return found.known_as if found else performer or "–"

    def uses(self) -> tuple[Use, ...]:
        """The uses that were judged, once each."""
        return tuple({e.use.id: e.use for e in self.entries}.values())

    def again(self, world: World, uses: Sequence[Use]) -> dict[tuple[str, str], Verdict]:
        """Verdicts on some of the uses in another world, by use and performer."""
        if world is self.world and tuple(uses) == self.uses():
            return {e.key: e.verdict for e in self.entries}
        verdicts = _judged(world, tuple(uses), self.catalogue, self.clocks)
        return {(v.use, v.performer or ""): v for v in verdicts}


def register(
    store: Store,
    catalogue: Catalogue,
    clocks: Clocks,
    *,
    production: str | None = None,
    performer: str | None = None,
    agreement: Agreement | None = None,
    uses: Iterable[str] = (),
    beside: Iterable[str] = (),
    missing_is_empty: bool = False,
) -> Register:
    """The register of one production, one performer, the productions under an agreement, some uses, or all there is;
    and what is on file of the performers `beside`. Raises UsageError for a name that is not on file, unless uses not
    filed by then are to be none."""
    planned = store.planned(production, known_at=clocks.known_at) if production else None
    filed = _filed(store, clocks.known_at, planned)
    _named(store, clocks, production, performer)
    under = _under(store, clocks, agreement) if agreement else None
    wanted = tuple(uses)
    if not missing_is_empty:
        _refuse_unfiled(filed, wanted)
    chosen = _chosen(filed, production, performer, frozenset(wanted) if wanted else None, under)
    engaged = (
        [e.performer for e in planned.engagements if e.production == production] if planned and not performer else []
    )
    world = store.load(
        performers=sorted(
            {*beside, *engaged, *(p for u in chosen for p in u.performers), *([performer] if performer else [])}
        ),
        productions=sorted({*(u.production for u in chosen if u.production), *([production] if production else [])}),
        uses=chosen,
        known_at=clocks.known_at,
    )
    return registered(world, chosen, catalogue, clocks)


def registered(world: World, uses: Iterable[Use], catalogue: Catalogue, clocks: Clocks) -> Register:
    """The register of `uses` in a world that is at hand."""
    on_file = OnFile.of(world, known_at=clocks.known_at or _END)
    settled = checking.settled(world, uses)
    known = {u.id: u for u in settled if u.production in on_file.productions}
    verdicts = _judged(world, tuple(known.values()), catalogue, clocks)
    entries = [_entry(known[v.use], v, on_file, clocks) for v in verdicts]
    return Register(
        clocks=clocks,
        catalogue=catalogue,
        world=world,
        on_file=on_file,
        entries=tuple(sorted(entries, key=lambda e: (e.day or dt.date.max, *e.key))),
        unjudged=tuple(u for u in settled if u.id not in known),
    )


def _judged(world: World, uses: tuple[Use, ...], catalogue: Catalogue, clocks: Clocks) -> tuple[Verdict, ...]:
    return checking.check_world(world, uses, catalogue, now=clocks.now, as_of=clocks.as_of, known_at=clocks.known_at)


def _entry(use: Use, verdict: Verdict, on_file: OnFile, clocks: Clocks) -> Registered:
    production = on_file.productions[use.production]
    zone = production.timezone
    day = civil_date(use.at, zone) if use.at else None
    last = max(use.until, day) if use.until and day else day
    made = _made(use, on_file, clocks)
    return Registered(
        use=use,
        performer=verdict.performer,
        production=production,
        verdict=verdict,
        day=day,
        last_day=last,
        made=made,
        progress=_progress(day, last, made, clocks.today(zone)),
    )


def _made(use: Use, on_file: OnFile, clocks: Clocks) -> tuple[Record, ...]:
    found = [r for r in on_file.about(use.id, RecordKind.USE_MADE) if r.made_at and r.made_at <= clocks.moment]
    return tuple(sorted(found, key=lambda r: (r.made_at or _END, r.id)))


def _progress(day: dt.date | None, last: dt.date | None, made: tuple[Record, ...], today: dt.date) -> Progress:
    """A use that goes on is running until its last day, made or not."""
    if day is not None and last is not None and day < last and day <= today <= last:
        return Progress.RUNNING
    if made:
        return Progress.MADE
    if day is None or last is None:
        return Progress.UNDATED
    return Progress.PASSED if last < today else Progress.PLANNED


def _filed(store: Store, known_at: dt.datetime | None, planned: World | None) -> tuple[Use, ...]:
    """Every use as last filed, or those of a production, with what their replicas say of performer and production."""
    uses = latest(planned.uses if planned else store.values(Use, known_at=known_at), None)
    named = sorted({u.replica for u in uses.values() if u.replica})
    if planned:
        replicas = latest(planned.replicas, None)
    else:
        replicas = latest(store.values(Replica, named, known_at=known_at) if named else (), None)
    return tuple(uses[i].settled(replicas) for i in sorted(uses))


def _chosen(
    filed: tuple[Use, ...],
    production: str | None,
    performer: str | None,
    wanted: frozenset[str] | None,
    under: frozenset[str] | None,
) -> tuple[Use, ...]:
    """The uses in scope. A name in `wanted` is that of a use, or of a shot that several uses share."""
    return tuple(
        u
        for u in filed
        if (production is None or u.production == production)
        and (performer is None or performer in u.performers)
        and (under is None or u.production in under)
        and (wanted is None or u.id in wanted or u.shot in wanted)
    )


def _refuse_unfiled(filed: tuple[Use, ...], wanted: tuple[str, ...]) -> None:
    """Raises UsageError for a name that is neither a use nor a shot on file."""
    known = {name for use in filed for name in (use.id, use.shot) if name}
    for name in wanted:
        if name not in known:
            meant = nearest(name, sorted(known))
            hint = f"; did you mean {meant}?" if meant else "."
            remedy = f"registry use show {meant}" if meant else "registry use list"
            raise UsageError(f"There is no use and no shot {name} on file{hint}", remedy)


def _under(store: Store, clocks: Clocks, agreement: Agreement) -> frozenset[str]:
    """The productions made under an agreement."""
    found = latest(store.values(Production, known_at=clocks.known_at), None)
    return frozenset(p.id for p in found.values() if p.agreement is agreement)


def _named(store: Store, clocks: Clocks, production: str | None, performer: str | None) -> None:
    """Raises UsageError where the production or the performer asked for is not on file."""
    asked: list[tuple[str, str | None, type[Production | Performer]]] = [
        ("production", production, Production),
        ("performer", performer, Performer),
    ]
    for noun, name, cls in asked:
        if name is None or store.values(cls, [name], known_at=clocks.known_at):
            continue
        raise UnknownError(noun, name)
