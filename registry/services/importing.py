"""Importing: registry files read whole, validated whole, and recorded in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from registry.domain.consent import Consent
from registry.domain.facts import FactDefinition
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production, Profile
from registry.domain.rate import CardRate
from registry.domain.record import Record
from registry.domain.replica import Model, Replica, Tool
from registry.domain.signoff import SignOff
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.errors import FileError, RegistryError, UsageError
from registry.files.registry_file import KnownIds, NearId, known_in, nothing_near, read_registry
from registry.storage.kinds import Kind
from registry.storage.receipt import Receipt, Tally
from registry.storage.store import Store

MOST_LOOKED = 50  # identifiers of one import for which something near is looked for
_CLASSES: Mapping[str, type] = {
    "performers": Performer,
    "productions": Production,
    "engagements": Engagement,
    "replicas": Replica,
    "models": Model,
    "tools": Tool,
    "profiles": Profile,
    "consents": Consent,
    "records": Record,
    "uses": Use,
    "rates": CardRate,
    "signoffs": SignOff,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A registry file: its name, for messages, and its text."""

    name: str
    text: str


class FilesError(RegistryError):
    """The faults of several files at once; nothing of any of them was imported."""

    def __init__(self, errors: Sequence[FileError]) -> None:
        super().__init__(f"{len(errors)} files have faults; nothing imported.")
        self.errors = tuple(errors)

    def lines(self) -> list[str]:
        return [line for error in self.errors for line in error.lines()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import brought: per kind, how much was added, became a further version, or was on file already."""

    files: tuple[str, ...]
    receipt: Receipt

    @property
    def tallies(self) -> tuple[Tally, ...]:
        return self.receipt.tallies

    @property
    def changed(self) -> bool:
        """Whether anything was written at all."""
        return bool(self.receipt.added or self.receipt.versions)


def import_files(store: Store, files: Sequence[Path | Source], *, by: str, now: dt.datetime) -> ImportReport:
    """Record what the files hold. Raises FileError or FilesError with every fault, RefusedError where a consent or
    record is on file with other values; then nothing of any file is recorded."""
    from registry.rules.dictionary import load_dictionary

    sources = [file if isinstance(file, Source) else _opened(file) for file in files]
    world = read_together(sources, load_dictionary(), known=on_file(store), near=near_on_file(store))
    receipt = store.record(world, by=by, now=now)
    return ImportReport(files=tuple(source.name for source in sources), receipt=receipt)


def read_together(
    sources: Sequence[Source],
    dictionary: Mapping[str, FactDefinition],
    *,
    known: KnownIds,
    near: NearId = nothing_near,
) -> World:
    """All files as one world; each may name what another one brings, in whatever order they are given."""
    if len(sources) == 1:
        return _read(sources, dictionary, known, near)
    worlds: list[World] = []
    faulty: list[Source] = []
    for source in sources:
        try:
            worlds.append(_read([source], dictionary, _anything))
        except FileError:
            faulty.append(source)
    return _read(faulty or sources, dictionary, either(known, known_in(_joined(worlds))), near)


def on_file(store: Store) -> KnownIds:
    """Which identifiers are on file, asked a kind at a time."""

    def known(kind: str, ids: frozenset[str]) -> Collection[str]:
        return known_in(_holding(store, kind, ids))(kind, ids)

    return known


def near_on_file(store: Store) -> NearId:
    """The identifier on file that is nearly one that is not; each is looked for once, and no more than MOST_LOOKED."""
    found: dict[tuple[str, str], str | None] = {}

    def near(kind: str, id_: str) -> str | None:
        if kind not in _CLASSES:
            return None
        key = (kind, id_)
        if key not in found and len(found) < MOST_LOOKED:
            found[key] = store.near([Kind(kind.removesuffix("s"))], id_)
        return found.get(key)

    return near


def either(one: KnownIds, other: KnownIds) -> KnownIds:
    """What either of them knows."""
    return lambda kind, ids: {*one(kind, ids), *other(kind, ids)}


def _holding(store: Store, kind: str, ids: frozenset[str]) -> World:
    """As much of the registry as says which of `ids` are on file; `performer/representative` lies with a performer."""
    match kind:
        case "works":
            return World(productions=store.values(Production))
        case "representatives":
            return World(performers=store.values(Performer, {i.partition("/")[0] for i in ids}))
        case "clauses":
            return World(consents=store.values(Consent, {i.partition("/")[0] for i in ids}))
    return World(**{kind: store.values(_CLASSES[kind], ids)})


def _anything(kind: str, ids: frozenset[str]) -> Collection[str]:
    return ids


def _read(
    sources: Sequence[Source], dictionary: Mapping[str, FactDefinition], known: KnownIds, near: NearId = nothing_near
) -> World:
    worlds: list[World] = []
    errors: list[FileError] = []
    for source in sources:
        try:
            worlds.append(read_registry(source.text, source.name, dictionary, known=known, near=near))
        except FileError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else FilesError(errors)
    return _joined(worlds)


def _joined(worlds: Sequence[World]) -> World:
    shelves = (field.name for field in fields(World))
    return World(**{shelf: tuple(value for world in worlds for value in getattr(world, shelf)) for shelf in shelves})


def _opened(path: Path) -> Source:
    try:
        return Source(name=str(path), text=path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not text in UTF-8: byte {error.start} is none.", "Save it as UTF-8.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Check the name of the file.") from error
