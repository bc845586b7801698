"""Recording values: which of them are new, and their ledger entries, texts and rows in the caller's transaction."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from registry.domain.content import content
from registry.domain.decision import Decision
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.storage import ledger, vault
from registry.storage.database import among
from registry.storage.differences import differences
from registry.storage.kinds import Kind, Name
from registry.storage.nouns import DECISIONS, RECORDED, Identified, Noun, Recorded
from registry.storage.projecting import Item, project, value_of
from registry.storage.reading import Reader
from registry.storage.receipt import Receipt, RefusedError, Tally
from registry.storage.tables import ledger as ledger_table
from registry.storage.tables import withdrawals
from registry.storage.vault import Text, Version
from registry.storage.written import in_utc


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who records, and the one reading of the clock. Raises ValueError for a clock without a zone."""

    by: str
    now: dt.datetime

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError(f"{self.now.isoformat()} has no zone: nobody could tell when it was recorded")


class Given(NamedTuple):
    """A value to be recorded if it is not on file yet, and what it says."""

    noun: Noun
    value: Identified
    content: bytes

    @property
    def name(self) -> Name:
        return Name(self.noun.kind, self.value.id)


@dataclass(frozen=True, slots=True)
class New:
    """A value that is recorded, as a version of its thing. `recorded_at` is what somebody typed, or the clock."""

    noun: Noun
    thing: int
    number: int
    value: Recorded
    content: bytes
    recorded_at: dt.datetime
    asserted: bool


def record(connection: Connection, world: World, clerk: Clerk) -> Receipt:
    """Record whatever of `world` is not on file yet. Raises RefusedError with everything that cannot be."""
    given = [
        Given(noun, value, content(value))
        for noun in RECORDED
        for value in sorted(noun.values(world), key=_when_recorded)
    ]
    _refuse_twins(given)
    _refuse_dangling(connection, [*((g.noun, g.value) for g in given), *((DECISIONS, d) for d in world.decisions)])
    numbers = _numbers(connection, given)
    history = vault.versions(connection, sorted({numbers[g.name] for g in given}))
    withdrawn = _withdrawn(connection)
    news: list[New] = []
    problems: list[str] = []
    unchanged: Counter[Kind] = Counter()
    for one in given:
        thing = numbers[one.name]
        found = _new(one, thing, history[thing], clerk.now, withdrawn.get(thing, ""))
        if isinstance(found, New):
            news.append(found)
            history[thing].append(Version(found.number, found.recorded_at, found.content))
        elif found:
            problems.append(found)
        else:
            unchanged[one.noun.kind] += 1
    if problems:
        raise RefusedError(tuple(problems), ("Give it another identifier, or record a correction.",))
    decided = _decided(connection, world.decisions, clerk)
    news += decided
    unchanged[Kind.DECISION] = len(world.decisions) - len(decided)
    head = enter(connection, news, clerk)
    return Receipt(tallies=_tallies(news, unchanged), seq=head.seq, hash=head.hash.hex())


def enter(connection: Connection, news: Sequence[New], clerk: Clerk) -> ledger.Head:
    """Write ledger entries, texts and rows of `news`, in this order."""
    first = ledger.head(connection).seq + 1
    texts = {entry: _text(new, clerk.by) for entry, new in enumerate(news, first)}
    head = ledger.append(connection, [_entry(new, texts[entry], clerk) for entry, new in enumerate(news, first)])
    vault.keep(connection, texts)
    items = [
        Item(entry, new.noun, new.thing, new.value, in_utc(new.recorded_at)) for entry, new in enumerate(news, first)
    ]
    project(connection, items)
    return head


def _withdrawn(connection: Connection) -> dict[int, str]:
    """When each thing that an undone import had brought was taken back last."""
    gone = withdrawals.c
    return {
        row.thing: row.at
        for row in connection.execute(select(gone.thing, func.max(gone.recorded_at).label("at")).group_by(gone.thing))
    }


def _new(
    given: Given, thing: int, history: Sequence[Version], now: dt.datetime, withdrawn: str = ""
) -> New | str | None:
    """The new version that a value is; None where it says what is on file; what is wrong where it cannot be recorded.

    A typed `recorded_at` speaks of that moment: the value is compared with what was known then. What was taken back
    since it was recorded, `withdrawn`, is on file no longer.
    """
    noun, value, said = given
    at = value.recorded_at or now
    known = [version for version in history if version.recorded_at <= at] if noun.versions else history
    current = max(known, key=lambda v: (v.recorded_at, v.number), default=None)
    if current is not None and current.content == said and in_utc(current.recorded_at) > withdrawn:
        return None
    if current is not None and not noun.versions and not _completes(noun, value, current):
        return f"{noun.called(value)} is on file with other values: {differences(current.content, said)}."
    if current is not None and value.recorded_at is not None and current.recorded_at == at:
        told = differences(current.content, said)
        return f"{noun.called(value)} as recorded at {at.isoformat()} is on file with other values: {told}."
    return New(noun, thing, len(history) + 1, value, said, at, value.recorded_at is not None)


def _completes(noun: Noun, value: Identified, draft: Version) -> bool:
    """Whether a value is what the draft on file became when it was signed."""
    if noun.completes is None:
        return False
    return noun.completes(value, value_of(noun, draft.content, draft.recorded_at.isoformat()))


def _decided(connection: Connection, decisions: Sequence[Decision], clerk: Clerk) -> list[New]:
    """Those of `decisions` that are not on file. They have no identifiers: one is told from another by all it says."""
    values = {content(decision): decision for decision in decisions}
    if not values:
        return []
    on_file = {row.content for row in Reader(connection).decided({decision.use for decision in decisions})}
    return [
        New(DECISIONS, vault.new_number(), 1, one, said, one.recorded_at or clerk.now, one.recorded_at is not None)
        for said, one in values.items()
        if said not in on_file
    ]


def _entry(new: New, text: Text, clerk: Clerk) -> ledger.Entry:
    return ledger.Entry(
        thing=new.thing,
        kind=new.noun.kind,
        version=new.number,
        commitment=ledger.commit_to(text.salt, new.content),
        known_from=in_utc(new.recorded_at),
        asserted=new.asserted,
        recorded_at=in_utc(clerk.now),
        recorded_by=ledger.commit_to_author(text.salt, clerk.by),
    )


def _text(new: New, by: str) -> Text:
    return Text(vault.new_salt(), new.content, by, new.recorded_at.isoformat(), new.asserted)


def _numbers(connection: Connection, given: Iterable[Given]) -> Mapping[Name, int]:
    """The number of every identifier that the values bear or mention; those without one are given one."""
    names = {g.name for g in given} | {m.name for g in given for m in g.noun.mentions(g.value)}
    found = vault.numbers_of(connection, names)
    return found | vault.give_numbers(connection, names - found.keys())


def _refuse_twins(given: Iterable[Given]) -> None:
    """Raise RefusedError where one thing is given twice, for the same moment, with other values."""
    said: dict[tuple[Name, dt.datetime | None], bytes] = {}
    problems = []
    for one in given:
        first = said.setdefault((one.name, one.value.recorded_at if one.noun.versions else None), one.content)
        if first != one.content:
            told = differences(first, one.content, where=("first", "then"))
            problems.append(f"{one.noun.called(one.value)} is given twice: {told}.")
    if problems:
        raise RefusedError(tuple(problems), ("Leave one of them out, or give each its recorded_at.",))


def _refuse_dangling(connection: Connection, listed: Sequence[tuple[Noun, Recorded]]) -> None:
    """Raise RefusedError where a value names a thing that is neither on file nor among the values."""
    here = {Name(noun.kind, identifier) for noun, value in listed if (identifier := getattr(value, "id", None))}
    needed = {m.name for noun, value in listed for m in noun.mentions(value) if m.on_file} - here
    numbers = vault.numbers_of(connection, needed)
    query = select(ledger_table.c.thing).where(among(connection, ledger_table.c.thing, sorted(numbers.values())))
    on_file = set(connection.execute(query).scalars()) if numbers else set()
    missing = {name for name in needed if numbers.get(name) not in on_file}
    problems = [
        f"{noun.called(value)} names {m.name.kind} {m.name.id}, which is not on file."
        for noun, value in listed
        for m in noun.mentions(value)
        if m.name in missing
    ]
    if problems:
        raise RefusedError(tuple(dict.fromkeys(problems)), ("Import what is named first, or correct its name.",))


def _tallies(news: Iterable[New], unchanged: Counter[Kind]) -> tuple[Tally, ...]:
    added = Counter(new.noun.kind for new in news if new.number == 1)
    versions = Counter(new.noun.kind for new in news if new.number > 1)
    kinds = [kind for kind in Kind if added[kind] or versions[kind] or unchanged[kind]]
    return tuple(
        Tally(kind=kind, added=added[kind], versions=versions[kind], unchanged=unchanged[kind]) for kind in kinds
    )


def _when_recorded(value: Identified) -> tuple[bool, dt.datetime]:
    """Typed moments in their order, what bears none last."""
    at = value.recorded_at
    return (at is None, at or dt.datetime.min.replace(tzinfo=dt.UTC))
