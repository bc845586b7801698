"""Imports traced and taken back: what each brought, and the records that restore what was before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from registry.domain.content import digest
from registry.domain.decision import Decision
from registry.domain.imported import Brought, Changed, Import
from registry.domain.performer import Performer
from registry.domain.production import Engagement
from registry.domain.schedule import Schedule
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.errors import RegistryError, UsageError
from registry.source import nearest
from registry.storage.store import Store

_SHELVES: Mapping[Brought, tuple[str, type[Any]]] = {
    Brought.PERFORMER: ("performers", Performer),
    Brought.ENGAGEMENT: ("engagements", Engagement),
    Brought.USE: ("uses", Use),
    Brought.SCHEDULE: ("schedules", Schedule),
}


class BuiltUponError(RegistryError):
    """An import that cannot be undone, as later records rest on what it brought; all of them at once."""

    status = 1

    def __init__(self, imported: Import, reasons: Iterable[str]) -> None:
        self.reasons = tuple(dict.fromkeys(reasons))
        super().__init__(f"Import {imported.id} cannot be undone: later records build on it. Nothing was changed.")

    def lines(self) -> list[str]:
        return [str(self), *(f" {reason}" for reason in self.reasons)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What undoing did: what counts no longer, and what is as it was before."""

    imported: Import
    withdrawn: tuple[Changed, ...]
    restored: tuple[Changed, ...]


def imports(store: Store) -> tuple[Import, ...]:
    """Every import as it stands now, each with the moment it was made, oldest first."""
    versions: dict[str, list[Import]] = defaultdict(list)
    for one in store.values(Import):
        versions[one.id].append(one)
    found = [replace(them[-1], recorded_at=them[0].recorded_at) for them in versions.values()]
    return tuple(sorted(found, key=lambda one: (one.recorded_at or dt.datetime.min.replace(tzinfo=dt.UTC), one.id)))


def find(store: Store, name: str) -> Import:
    """The import of an id or the beginning of one. Raises UsageError."""
    found = {one.id: one for one in imports(store)}
    if name in found:
        return found[name]
    begun = [id_ for id_ in found if len(name) > 2 and id_.startswith(name)]
    if len(begun) == 1:
        return found[begun[0]]
    if begun:
        raise UsageError(f"Several imports begin with {name}: {', '.join(begun)}.", "write one of them in full")
    meant = nearest(name, sorted(found))
    hint = f"; did you mean {meant}?" if meant else "."
    raise UsageError(f"There is no import {name}{hint}", "registry import --list")


def undo(store: Store, imported: Import, *, because: str, by: str, now: dt.datetime) -> Undone:
    """Take an import back: what it changed is recorded again as it was, what it added counts no longer. Raises
    BuiltUponError where later records rest on it."""
    if imported.undone_because:
        raise UsageError(
            f"Import {imported.id} was undone already, by {imported.undone_by}: {imported.undone_because}.",
            f"registry import --show {imported.id}",
        )
    reasons: list[str] = []
    restored: dict[str, list[Any]] = defaultdict(list)
    for noun, (shelf, cls) in _SHELVES.items():
        changes = [change for change in imported.changes if change.noun == noun]
        if changes:
            restored[shelf] = _before(store, cls, changes, reasons)
    undone = replace(imported, undone_because=because, undone_by=by, recorded_at=None)
    reasons += _resting_on(store, undone.withdrawn)
    if reasons:
        raise BuiltUponError(imported, reasons)
    shelves = {shelf: tuple(values) for shelf, values in restored.items()}
    store.record(World(**shelves, imports=(undone,)), by=by, now=now)
    again = tuple(change for change in imported.changes if change.before is not None)
    return Undone(imported=undone, withdrawn=undone.withdrawn, restored=again)


def _before(store: Store, cls: type[Any], changes: list[Changed], reasons: list[str]) -> list[Any]:
    """What the changed things said before; a thing that was changed again since is a reason not to."""
    versions: dict[str, list[Any]] = defaultdict(list)
    for value in store.values(cls, [change.id for change in changes]):
        versions[value.id].append(value)
    found = []
    for change in changes:
        held = versions[change.id]
        if not held or digest(held[-1]) != change.after:
            reasons.append(f"{change.noun} {change.id} was changed again; undo that first, or correct it by an import.")
            continue
        if change.before is None:
            continue
        earlier = next((value for value in reversed(held[:-1]) if digest(value) == change.before), None)
        if earlier is None:
            reasons.append(f"what {change.noun} {change.id} said before is not on file any more.")
            continue
        found.append(replace(earlier, recorded_at=None))
    return found


def _resting_on(store: Store, withdrawn: Iterable[Changed]) -> list[str]:
    """Everything on file that names a thing which would count no longer."""
    gone: dict[Brought, set[str]] = defaultdict(set)
    for change in withdrawn:
        gone[change.noun].add(change.id)
    people, uses, engagements = gone[Brought.PERFORMER], gone[Brought.USE], gone[Brought.ENGAGEMENT]
    if not (people or uses or engagements):
        return []
    engaged = {e.performer for e in store.values(Engagement, sorted(engagements))} if engagements else set()
    world = store.load(performers=sorted(people | engaged), uses=sorted(uses))
    found = [f"consent {c.id} is of {c.performer}." for c in world.consents if c.performer in people]
    found += [f"replica {r.id} is of {r.performer}." for r in world.replicas if r.performer in people]
    found += [f"model {m.id} was trained on {p}." for m in world.models for p in m.trained_on if p in people]
    for engagement in latest(world.engagements, None).values():
        if engagement.performer in people and engagement.id not in engagements:
            found.append(f"engagement {engagement.id} is of {engagement.performer}.")
    for use in latest((*world.uses, *_planned(store, people, engagements)), None).values():
        named = [p for p in use.performers if p in people] + [e for e in (use.engagement,) if e in engagements]
        if named and use.id not in uses:
            found.append(f"use {use.id} names {', '.join(named)}.")
    for record in world.records:
        named = [
            *(n for n in (*record.use, *record.about) if n in uses),
            *(p for p in (record.performer,) if p in people),
        ]
        if named:
            found.append(f"record {record.id}, {record.kind.value.replace('_', ' ')}, names {', '.join(named)}.")
    if uses:
        found += [f"a verdict on {d.use} was kept." for d in store.values(Decision) if d.use in uses]
    return found


def _planned(store: Store, people: set[str], engagements: set[str]) -> Iterable[Use]:
    """The uses on file, where one could name somebody who would count no longer."""
    return store.values(Use) if people or engagements else ()
