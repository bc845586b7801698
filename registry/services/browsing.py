"""Browsing: what is on file about a performer, a production, a consent or a tool, as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from registry.domain.consent import Consent
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.record import Record
from registry.domain.replica import Model, Replica, Tool
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import RecordKind
from registry.errors import UnknownError
from registry.storage.store import Store


class _Versioned(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def recorded_at(self) -> dt.datetime | None: ...


V = TypeVar("V", bound=_Versioned)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformerSheet:
    """A performer as last recorded, the versions before (oldest first), and what concerns them."""

    performer: Performer
    earlier: tuple[Performer, ...]
    engagements: tuple[Engagement, ...]
    replicas: tuple[Replica, ...]
    models: tuple[Model, ...]
    consents: tuple[Consent, ...]
    uses: tuple[Use, ...]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionSheet:
    """A production as last recorded, the versions before (oldest first), who is engaged on it, and what concerns it."""

    production: Production
    earlier: tuple[Production, ...]
    engagements: tuple[Engagement, ...]
    performers: tuple[Performer, ...]
    uses: tuple[Use, ...]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentSheet:
    """A consent, whose it is, and the records that amend, revoke or rule on it."""

    consent: Consent
    performer: Performer
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolSheet:
    """A tool as last recorded, and the versions before (oldest first)."""

    tool: Tool
    earlier: tuple[Tool, ...]


def list_performers(store: Store, *, known_at: dt.datetime | None = None) -> tuple[Performer, ...]:
    """Every performer as last recorded, by id."""
    return _last(store.values(Performer, known_at=known_at))


def list_productions(store: Store, *, known_at: dt.datetime | None = None) -> tuple[Production, ...]:
    """Every production as last recorded, by id."""
    return _last(store.values(Production, known_at=known_at))


def list_consents(
    store: Store, *, performer: str | None = None, known_at: dt.datetime | None = None
) -> tuple[Consent, ...]:
    """Every consent, or those of one performer, by id."""
    if performer is None:
        return store.values(Consent, known_at=known_at)
    return store.load(performers=[performer], known_at=known_at).consents


def list_tools(store: Store, *, known_at: dt.datetime | None = None) -> tuple[Tool, ...]:
    """Every tool as last recorded, by id."""
    return _last(store.values(Tool, known_at=known_at))


def list_uses(store: Store, *, known_at: dt.datetime | None = None) -> tuple[Use, ...]:
    """Every use on file as last filed, by id."""
    return _last(store.values(Use, known_at=known_at))


def show_performer(store: Store, performer: str, *, known_at: dt.datetime | None = None) -> PerformerSheet:
    """What concerns one performer. Raises UnknownError where nobody of that id is on file."""
    *earlier, last = _versions(store, Performer, performer, "performer", known_at)
    uses = _last(store.values(Use, known_at=known_at), lambda u: performer in u.performers)
    world = store.load(performers=[performer], uses=uses, known_at=known_at)
    return PerformerSheet(
        performer=last,
        earlier=tuple(earlier),
        engagements=_last(world.engagements, lambda e: e.performer == performer),
        replicas=_last(world.replicas, lambda r: r.performer == performer),
        models=_last(world.models, lambda m: performer in m.trained_on),
        consents=tuple(c for c in world.consents if c.performer == performer),
        uses=uses,
        records=_without_calls(world.records),
    )


def show_production(store: Store, production: str, *, known_at: dt.datetime | None = None) -> ProductionSheet:
    """What concerns one production. Raises UnknownError where none of that id is on file."""
    *earlier, last = _versions(store, Production, production, "production", known_at)
    engagements = _last(store.values(Engagement, known_at=known_at), lambda e: e.production == production)
    performers = store.values(Performer, {e.performer for e in engagements}, known_at=known_at)
    uses = _last(store.values(Use, known_at=known_at), lambda u: u.production == production)
    return ProductionSheet(
        production=last,
        earlier=tuple(earlier),
        engagements=engagements,
        performers=_last(performers),
        uses=uses,
        records=_without_calls(store.load(productions=[production], uses=uses, known_at=known_at).records),
    )


def show_consent(store: Store, consent: str, *, known_at: dt.datetime | None = None) -> ConsentSheet:
    """One consent. Raises UnknownError where none of that id is on file."""
    (found,) = _versions(store, Consent, consent, "consent", known_at)
    world = store.load(performers=[found.performer], known_at=known_at)
    theirs = {r.id for r in world.records if r.consent == consent or r.replaced_by == consent}
    return ConsentSheet(
        consent=found,
        performer=_last(world.performers, lambda p: p.id == found.performer)[0],
        records=tuple(r for r in world.records if r.id in theirs or r.corrects in theirs),
    )


def show_tool(store: Store, tool: str, *, known_at: dt.datetime | None = None) -> ToolSheet:
    """One tool. Raises UnknownError where none of that id is on file."""
    *earlier, last = _versions(store, Tool, tool, "tool", known_at)
    return ToolSheet(tool=last, earlier=tuple(earlier))


def show_use(store: Store, use: str, *, known_at: dt.datetime | None = None) -> Use:
    """One use as last filed. Raises UnknownError where none of that id is on file."""
    return _versions(store, Use, use, "use", known_at)[-1]


def listed(store: Store, cls: type[V], *, known_at: dt.datetime | None = None) -> tuple[V, ...]:
    """Everything of one class as last recorded, by id."""
    return _last(store.values(cls, known_at=known_at))


def one_of(store: Store, cls: type[V], wanted: str, noun: str) -> tuple[V, ...]:
    """The versions of one thing, oldest first. Raises UnknownError where there is none."""
    return _versions(store, cls, wanted, noun, None)


def _versions(store: Store, cls: type[V], wanted: str, noun: str, known_at: dt.datetime | None) -> tuple[V, ...]:
    """The versions of one thing, oldest first; at least one."""
    found = store.values(cls, [wanted], known_at=known_at)
    if found:
        return found
    raise UnknownError(noun, wanted)


def _last(values: Iterable[V], choose: Callable[[V], bool] = lambda _: True) -> tuple[V, ...]:
    """Of each thing the version recorded last, where it is chosen. `values` stand by id, oldest first."""
    last = {value.id: value for value in values}
    return tuple(value for value in last.values() if choose(value))


def _without_calls(records: Iterable[Record]) -> tuple[Record, ...]:
    """Without the strikes and suspensions that concern everybody."""
    called = (RecordKind.STRIKE, RecordKind.SUSPENSION)
    return tuple(r for r in records if r.kind not in called or r.performer is not None)
