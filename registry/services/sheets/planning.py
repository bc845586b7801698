"""What a sheet would record, thing by thing, before anything is written; and writing exactly that."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from registry.domain.canonical import to_plain
from registry.domain.content import content, digest
from registry.domain.facts import FactDefinition
from registry.domain.imported import Brought, Changed, Import
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.schedule import Schedule, Sheet, SheetKind
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.errors import Fault, FileError, UnknownError, UsageError
from registry.files.registry_file import FORMAT, read_registry
from registry.files.sheets import Columns, read_sheet
from registry.services import importing
from registry.services.sheets import people, proposals
from registry.services.sheets.completing import completed
from registry.services.sheets.moved import moves, news
from registry.services.sheets.shoot_days import shoot_days
from registry.storage.store import Store

OUTCOME = "nothing recorded"
_NOUNS: Mapping[str, tuple[Brought, type[Any]]] = {
    "performers": (Brought.PERFORMER, Performer),
    "engagements": (Brought.ENGAGEMENT, Engagement),
    "uses": (Brought.USE, Use),
    "schedules": (Brought.SCHEDULE, Schedule),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing of the sheet: `state` is added, changed or unchanged; `told` says what is new about it."""

    noun: Brought
    id: str
    state: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that importing a sheet would record, and nothing else."""

    file: str
    sha256: str
    production: Production
    kind: SheetKind
    world: World
    steps: tuple[Step, ...]
    changes: tuple[Changed, ...]
    notes: tuple[str, ...]

    @property
    def new(self) -> bool:
        return bool(self.changes)


def plan(
    store: Store,
    data: bytes,
    file: str,
    *,
    production: str | None,
    dictionary: Mapping[str, FactDefinition],
    kind: SheetKind | None = None,
    episode: str | None = None,
    columns: Columns | None = None,
    sheet: str | None = None,
    beside: Iterable[Schedule] = (),
) -> Plan:
    """What a sheet would record for a production. `beside` are schedules planned before it and not recorded, as in a
    dry run of several sheets. Raises FileError with every fault, UsageError for a production that is not on file."""
    chosen = _production(store, production)
    newer = {schedule.id: schedule for schedule in beside}
    known = [schedule for schedule in store.schedules([chosen.id]) if schedule.id not in newer]
    read = read_sheet(
        data,
        file,
        production=chosen,
        dictionary=dictionary,
        kind=kind,
        episode=episode,
        columns=columns,
        sheet=sheet,
        shoot_days=shoot_days((*known, *newer.values()), episode),
    )
    settled = columns or Columns()
    world, notes = _world(store, read, chosen, settled, file, episode, (*known, *newer.values()))
    checked = _checked(store, world, file, dictionary)
    steps, changes = _steps(store, checked)
    return Plan(
        file=file.rpartition("/")[2],
        sha256=hashlib.sha256(data).hexdigest(),
        production=chosen,
        kind=read.kind,
        world=checked,
        steps=steps,
        changes=changes,
        notes=tuple(dict.fromkeys((*read.notes, *notes))),
    )


def record(store: Store, planned: Plan, *, by: str, now: dt.datetime) -> str | None:
    """Record what was planned, with the import itself, in one transaction; the id of the import, None where nothing
    was new."""
    if not planned.new:
        return None
    name = hashlib.sha256(f"{planned.sha256} {planned.production.id} {now.isoformat()}".encode()).hexdigest()[:6]
    imported = Import(
        id=f"i-{name}",
        production=planned.production.id,
        kind=planned.kind,
        file=planned.file,
        sha256=planned.sha256,
        by=by,
        changes=planned.changes,
    )
    store.record(replace(planned.world, imports=(imported,)), by=by, now=now)
    return imported.id


def _production(store: Store, wanted: str | None) -> Production:
    on_file = latest(store.values(Production), None)
    if wanted is None and len(on_file) == 1:
        return next(iter(on_file.values()))
    if wanted is None:
        names = ", ".join(sorted(on_file)[:8]) or "none is on file yet"
        raise UsageError("A sheet belongs to a production.", f"add --production ID, one of: {names}")
    if wanted not in on_file:
        raise UnknownError("production", wanted)
    return on_file[wanted]


def _world(
    store: Store,
    read: Sheet,
    production: Production,
    columns: Columns,
    file: str,
    episode: str | None,
    known: Iterable[Schedule],
) -> tuple[World, Sequence[str]]:
    if read.schedule is not None:
        whole, told = completed(read.schedule, known)
        return World(schedules=(whole,)), (told,) if told else ()
    if read.requests:
        return proposals.uses(store, read.requests, production, columns, file, episode)
    return people.merged(store, read, production, columns, file, episode)


def _checked(store: Store, world: World, file: str, dictionary: Mapping[str, FactDefinition]) -> World:
    """The same, through the gate that a registry file passes: its rules for texts, ids and what is named hold here."""
    sections = {shelf: [_plain(value) for value in getattr(world, shelf)] for shelf in _NOUNS}
    text = json.dumps({"format": FORMAT, **{shelf: values for shelf, values in sections.items() if values}})
    try:
        known, near = importing.on_file(store), importing.near_on_file(store)
        return read_registry(text, file, dictionary, known=known, near=near)
    except FileError as error:
        faults = dict.fromkeys(Fault(None, _named(sections, fault.path), fault.problem) for fault in error.faults)
        raise FileError(file, tuple(faults), OUTCOME) from None


def _plain(value: Any) -> dict[str, Any]:
    """A value as a file says it, to be recorded now and not when it was last."""
    said: dict[str, Any] = to_plain(value)
    said.pop("recorded_at", None)
    return said


def _named(sections: Mapping[str, list[Any]], path: str) -> str:
    """`uses[3].tool` as `u-41-fall tool`: the place in a text that nobody wrote says nothing."""
    shelf, _, rest = path.partition("[")
    index, _, key = rest.partition("]")
    if shelf in sections and index.isdigit() and int(index) < len(sections[shelf]):
        return f"{sections[shelf][int(index)].get('id', shelf)} {key.removeprefix('.')}"
    return path


def _steps(store: Store, world: World) -> tuple[tuple[Step, ...], tuple[Changed, ...]]:
    steps: list[Step] = []
    changes: list[Changed] = []
    for shelf, (noun, cls) in _NOUNS.items():
        values: Iterable[Any] = getattr(world, shelf)
        ids = [value.id for value in values]
        on_file = latest(store.values(cls, ids), None) if ids else {}
        for value in values:
            before = on_file.get(value.id)
            if before is not None and content(before) == content(value):
                steps.append(Step(noun=noun, id=value.id, state="unchanged", told=""))
                continue
            told = _told(before, value)
            steps.append(Step(noun=noun, id=value.id, state="changed" if before else "added", told=told))
            changes.append(
                Changed(noun=noun, id=value.id, after=digest(value), before=digest(before) if before else None)
            )
    return tuple(steps), tuple(changes)


def _told(before: Any, value: Any) -> str:
    if isinstance(value, Schedule):
        return moves(before, value)
    if before is not None:
        return news(before, value)
    match value:
        case Performer():
            return value.known_as
        case Engagement():
            parts = (value.role, value.category, ", ".join(number.number for number in value.cast_numbers))
            return " · ".join(part for part in parts if part)
        case _:
            who = ", ".join(value.performers) or "nobody"
            return f"{value.act.value.replace('_', ' ')} · {who}"
