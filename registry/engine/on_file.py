"""What is on file: a world as known at a moment, indexed the way questions come (DOMAIN.md §8, "known at")."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from registry.domain.consent import Consent
from registry.domain.facts import Fact
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production, Profile
from registry.domain.record import Record
from registry.domain.replica import Model, Replica, Tool
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import RecordKind
from registry.domain.world import World

if TYPE_CHECKING:
    from registry.engine.tally import Tally


class _Versioned(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def recorded_at(self) -> dt.datetime | None: ...


V = TypeVar("V", bound=_Versioned)
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Named: TypeAlias = dict[tuple[RecordKind, str], tuple[Record, ...]]
_ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)


def _known(value: _Versioned, known_at: dt.datetime | None) -> bool:
    return known_at is None or value.recorded_at is None or value.recorded_at <= known_at


def latest(values: Iterable[V], known_at: dt.datetime | None) -> dict[str, V]:
    """Of each id the version recorded last, among those known at `known_at` (None: all)."""
    chosen: dict[str, V] = {}
    for value in values:
        if not _known(value, known_at):
            continue
        rival = chosen.get(value.id)
        if rival is None or (rival.recorded_at or _ALWAYS, repr(rival)) < (value.recorded_at or _ALWAYS, repr(value)):
            chosen[value.id] = value
    return chosen


@dataclass(frozen=True, slots=True)
class OnFile:
    """A world as known at one moment. Corrected records are gone; of everything versioned the latest counts. What was
    worked out of it alone is kept here, as it holds as long: `papers`, what has been read in consents, `tallies`,
    what was made under grants, `sessions`, the moments of a performer's uses, and `pieces`, facts that uses share."""

    known_at: dt.datetime
    performers: dict[str, Performer]
    productions: dict[str, Production]
    replicas: dict[str, Replica]
    models: dict[str, Model]
    tools: dict[str, Tool]
    profiles: dict[str, Profile]
    uses: dict[str, Use]
    use_versions: dict[str, tuple[Use, ...]]
    consents: dict[str, Consent]
    _engagements: dict[tuple[str, str], tuple[Engagement, ...]]
    _consents_of: dict[str, tuple[Consent, ...]]
    _uses_of: dict[str, tuple[Use, ...]]
    _by_kind: dict[RecordKind, tuple[Record, ...]]
    _about: Named
    _of_consent: Named
    _of_performer: Named
    _of_replica: Named
    papers: dict[Hashable, Any] = field(default_factory=dict)
    tallies: dict[Hashable, Tally] = field(default_factory=dict)
    sessions: dict[Hashable, tuple[list[dt.datetime], list[str]]] = field(default_factory=dict)
    pieces: dict[Hashable, Mapping[str, Fact]] = field(default_factory=dict)

    @staticmethod
    def of(world: World, *, known_at: dt.datetime, proposed: Iterable[Use] = ()) -> OnFile:
        """Index what of `world` was known at `known_at`, and the uses that are `proposed` in place of those on file."""
        records = latest(world.records, known_at)
        standing = sorted(_standing(records), key=lambda r: r.id)
        consents = latest(world.consents, known_at)
        uses = {**latest(world.uses, known_at), **{u.id: u for u in proposed}}
        engaged = sorted(latest(world.engagements, known_at).values(), key=lambda e: e.id)
        return OnFile(
            known_at=known_at,
            performers=latest(world.performers, known_at),
            productions=latest(world.productions, known_at),
            replicas=latest(world.replicas, known_at),
            models=latest(world.models, known_at),
            tools=latest(world.tools, known_at),
            profiles=latest(world.profiles, known_at),
            uses=uses,
            use_versions=_versions(world.uses, known_at),
            consents=consents,
            _engagements=_grouped(((e.performer, e.production), e) for e in engaged),
            _consents_of=_grouped((c.performer, c) for c in sorted(consents.values(), key=_by_signature)),
            _uses_of=_grouped((p, u) for u in uses.values() for p in u.performers),
            _by_kind=_grouped((r.kind, r) for r in standing),
            _about=_grouped(((r.kind, name), r) for r in standing for name in {*r.use, *r.about}),
            _of_consent=_grouped(((r.kind, r.consent), r) for r in standing if r.consent),
            _of_performer=_grouped(((r.kind, r.performer), r) for r in standing if r.performer),
            _of_replica=_grouped(((r.kind, r.replica), r) for r in standing if r.replica),
        )

    def use_at(self, use: str, moment: dt.datetime | None) -> Use | None:
        """The use as it was on file at `moment`; None where it was not on file yet."""
        earlier = [u for u in self.use_versions.get(use, ()) if u.recorded_at and moment and u.recorded_at <= moment]
        return earlier[-1] if earlier else None

    def engagements(self, performer: str, production: str) -> tuple[Engagement, ...]:
        """The performer's engagements on the production, by id."""
        return self._engagements.get((performer, production), ())

    def consents_of(self, performer: str | None) -> tuple[Consent, ...]:
        """The performer's consents, earliest signed first, then by id."""
        return self._consents_of.get(performer, ()) if performer else ()

    def uses_of(self, performer: str) -> tuple[Use, ...]:
        """The uses that name the performer, those on file first."""
        return self._uses_of.get(performer, ())

    def records(self, kind: RecordKind) -> tuple[Record, ...]:
        """Records of one kind that no correction has voided, by id. All there are: for kinds that concern everybody."""
        return self._by_kind.get(kind, ())

    def about(self, name: str | None, kind: RecordKind) -> tuple[Record, ...]:
        """Records of one kind that name a use (or, for notices, a replica), by id."""
        return self._about.get((kind, name or ""), ())

    def of_consent(self, consent: str, kind: RecordKind) -> tuple[Record, ...]:
        """Records of one kind about a consent, by id."""
        return self._of_consent.get((kind, consent), ())

    def of_performer(self, performer: str | None, kind: RecordKind) -> tuple[Record, ...]:
        """Records of one kind that name a performer, by id."""
        return self._of_performer.get((kind, performer or ""), ())

    def of_replica(self, replica: str | None, kind: RecordKind) -> tuple[Record, ...]:
        """Records of one kind about a replica, by id."""
        return self._of_replica.get((kind, replica or ""), ())


def _grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    """The second of each pair under the first, in their order."""
    found: dict[K, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _standing(records: Mapping[str, Record]) -> list[Record]:
    """The records that no correction has voided. A correction that is itself corrected voids nothing; where corrections
    go round in a circle, all of them stand voided."""
    correcting: dict[str, list[str]] = defaultdict(list)
    for record in records.values():
        if record.kind is RecordKind.CORRECTION and record.corrects:
            correcting[record.corrects].append(record.id)

    def stands(name: str, seen: frozenset[str] = frozenset()) -> bool:
        return name not in seen and not any(stands(c, seen | {name}) for c in correcting[name])

    return [r for r in records.values() if stands(r.id)]


def _versions(uses: Iterable[Use], known_at: dt.datetime | None) -> dict[str, tuple[Use, ...]]:
    """Every version of each use that was known, oldest first."""
    known = sorted((u for u in uses if _known(u, known_at)), key=lambda u: u.recorded_at or _ALWAYS)
    return _grouped((use.id, use) for use in known)


def _by_signature(consent: Consent) -> tuple[dt.datetime, str]:
    return (consent.signed_at or dt.datetime.max.replace(tzinfo=dt.UTC), consent.id)
