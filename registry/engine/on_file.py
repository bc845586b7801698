"""What is on file: a world as known at a moment, indexed the way questions come (DOMAIN.md §8, "known at")."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Protocol, TypeVar

from registry.domain.consent import Consent
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production, Profile
from registry.domain.record import Record
from registry.domain.replica import Model, Replica, Tool
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import RecordKind
from registry.domain.world import World


class _Versioned(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def recorded_at(self) -> dt.datetime | None: ...


V = TypeVar("V", bound=_Versioned)
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
    """A world as known at one moment. Corrected records are gone; of everything versioned the latest counts."""

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
    _by_kind: dict[RecordKind, tuple[Record, ...]]
    _by_use: dict[str, tuple[Record, ...]] = field(default_factory=dict)

    @staticmethod
    def of(world: World, *, known_at: dt.datetime, proposed: Iterable[Use] = ()) -> OnFile:
        """Index what of `world` was known at `known_at`, and the uses that are `proposed` in place of those on file."""
        records = latest(world.records, known_at)
        standing = sorted(_standing(records), key=lambda r: r.id)
        consents = latest(world.consents, known_at)
        consents_of: dict[str, list[Consent]] = defaultdict(list)
        for consent in sorted(consents.values(), key=_by_signature):
            consents_of[consent.performer].append(consent)
        engagements: dict[tuple[str, str], list[Engagement]] = defaultdict(list)
        for engagement in sorted(latest(world.engagements, known_at).values(), key=lambda e: e.id):
            engagements[engagement.performer, engagement.production].append(engagement)
        by_kind: dict[RecordKind, list[Record]] = defaultdict(list)
        by_use: dict[str, list[Record]] = defaultdict(list)
        for record in standing:
            by_kind[record.kind].append(record)
            for named in {*record.use, *record.about}:
                by_use[named].append(record)
        return OnFile(
            known_at=known_at,
            performers=latest(world.performers, known_at),
            productions=latest(world.productions, known_at),
            replicas=latest(world.replicas, known_at),
            models=latest(world.models, known_at),
            tools=latest(world.tools, known_at),
            profiles=latest(world.profiles, known_at),
            uses={**latest(world.uses, known_at), **{u.id: u for u in proposed}},
            use_versions=_versions(world.uses, known_at),
            consents=consents,
            _engagements={k: tuple(v) for k, v in engagements.items()},
            _consents_of={k: tuple(v) for k, v in consents_of.items()},
            _by_kind={k: tuple(v) for k, v in by_kind.items()},
            _by_use={k: tuple(v) for k, v in by_use.items()},
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

    def records(self, kind: RecordKind) -> tuple[Record, ...]:
        """Records of one kind that no correction has voided, by id."""
        return self._by_kind.get(kind, ())

    def about(self, name: str | None, kind: RecordKind) -> tuple[Record, ...]:
        """Records of one kind that name a use (or, for notices, a replica), by id."""
        return tuple(r for r in self._by_use.get(name or "", ()) if r.kind is kind)


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
    found: dict[str, list[Use]] = defaultdict(list)
    for use in sorted((u for u in uses if _known(u, known_at)), key=lambda u: u.recorded_at or _ALWAYS):
        found[use.id].append(use)
    return {name: tuple(versions) for name, versions in found.items()}


def _by_signature(consent: Consent) -> tuple[dt.datetime, str]:
    return (consent.signed_at or dt.datetime.max.replace(tzinfo=dt.UTC), consent.id)
