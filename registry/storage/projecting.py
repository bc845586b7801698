"""Writing the typed tables from what ledger and vault say: as entries are added, or all of them anew."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, TableClause, delete, insert, select

from registry.domain.canonical import from_plain
from registry.domain.dates import parse_moment
from registry.domain.values import dataclass
from registry.storage import vault
from registry.storage.database import among
from registry.storage.kinds import Kind, Name
from registry.storage.nouns import BY_KIND, Noun, Recorded
from registry.storage.projection import Filed, Place, Row
from registry.storage.receipt import RefusedError
from registry.storage.tables import TABLES, ledger, uses, vault_identifiers, vault_texts
from registry.storage.written import in_utc

CHUNK = 1_000
PROJECTIONS = tuple(t for t in TABLES.values() if t not in {ledger, vault_identifiers, vault_texts})
Versions: TypeAlias = dict[int, list[tuple[str, Filed]]]  # of each use: when recorded, and what it was
_BOUND = {Kind.RECORD, Kind.DECISION}  # written last: they are tied to uses as these were on file


@dataclass(frozen=True, slots=True)
class Item:
    """A value on file: its ledger entry, the number of its thing, and the moment it was recorded."""

    entry: int
    noun: Noun
    thing: int
    value: Recorded
    recorded_at: str


def project(connection: Connection, items: Sequence[Item]) -> None:
    """Write the rows of `items`, whose identifiers have numbers and whose entries and texts are written."""
    for bound in (False, True):
        part = [item for item in items if (item.noun.kind in _BOUND) is bound]
        by_table: dict[TableClause, list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of(connection, part):
            by_table[row.table].append(row.columns)
        for table in PROJECTIONS:
            if by_table[table]:
                connection.execute(insert(table), by_table[table])


def rows_of(connection: Connection, items: Sequence[Item]) -> list[Row]:
    """The rows that `items` have in the typed tables."""
    numbers = vault.numbers_of(connection, {m.name for item in items for m in item.noun.mentions(item.value)})
    filed = _uses_on_file(connection, items, numbers)
    rows = []
    for item in items:
        place = Place(item.entry, item.thing, item.recorded_at, numbers, _known_to(item, filed, numbers))
        for row in item.noun.rows(item.value, place):
            _refuse_what_no_column_holds(item, row)
            rows.append(row)
    return rows


def rebuild(connection: Connection) -> None:
    """Empty the typed tables and write them anew from ledger and vault."""
    for table in reversed(PROJECTIONS):
        connection.execute(delete(table))
    first = 1
    while items := stored(connection, first):
        project(connection, items)
        first = items[-1].entry + 1


def stored(connection: Connection, first: int, most: int = CHUNK) -> list[Item]:
    """Up to `most` entries with their texts, from sequence number `first` on."""
    columns = (ledger.c.seq, ledger.c.kind, ledger.c.thing, vault_texts.c.recorded_at, vault_texts.c.content)
    query = (
        select(*columns)
        .join_from(ledger, vault_texts, vault_texts.c.entry == ledger.c.seq)
        .where(ledger.c.seq >= first)
        .order_by(ledger.c.seq)
        .limit(most)
    )
    return [_item(row) for row in connection.execute(query)]


def value_of(noun: Noun, content: bytes, recorded_at: str) -> Any:
    """The value an entry's text stands for."""
    return from_plain(noun.type, {**json.loads(content), "recorded_at": recorded_at})


def _item(row: Any) -> Item:
    noun = BY_KIND[Kind(row.kind)]
    value = value_of(noun, row.content, row.recorded_at)
    return Item(row.seq, noun, row.thing, value, in_utc(parse_moment(row.recorded_at)))


def _uses_on_file(connection: Connection, items: Iterable[Item], numbers: dict[Name, int]) -> Versions:
    """Of every use that records and decisions among `items` name, the versions on file, oldest entry first."""
    bound = [item for item in items if item.noun.kind in _BOUND]
    named = {m.name for item in bound for m in item.noun.mentions(item.value) if m.name.kind is Kind.USE}
    found: Versions = defaultdict(list)
    if named:
        query = select(uses.c.thing, uses.c.recorded_at, uses.c.entry, uses.c.digest).order_by(uses.c.entry)
        things = {numbers[name] for name in named}
        for row in connection.execute(query.where(among(connection, uses.c.thing, sorted(things)))):
            found[row.thing].append((row.recorded_at, Filed(row.entry, row.digest)))
    return found


def _known_to(item: Item, filed: Versions, numbers: dict[Name, int]) -> dict[int, Filed]:
    """Of each use that `item` names the version recorded last, among those written before it and not after its day."""
    known = {}
    for named in item.noun.mentions(item.value) if item.noun.kind in _BOUND else ():
        thing = numbers[named.name]
        earlier = [v for v in filed.get(thing, ()) if v[1].entry < item.entry and v[0] <= item.recorded_at]
        if earlier:
            known[thing] = max(earlier)[1]
    return known


def _refuse_what_no_column_holds(item: Item, row: Row) -> None:
    for column, value in row.columns.items():
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            problem = f"{item.noun.called(item.value)}: {column} {value} is too large."
            raise RefusedError((problem,), ("Write a smaller number.",))
