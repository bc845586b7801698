"""Whether everything on file is still what was recorded: guards, chain, texts and typed tables."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, select

from registry.domain.dates import parse_moment
from registry.domain.values import dataclass
from registry.storage.kinds import Kind
from registry.storage.ledger import GENESIS, GUARDS, commit_to, commit_to_author
from registry.storage.nouns import BY_KIND
from registry.storage.projecting import PROJECTIONS, Item, rows_of, stored, value_of
from registry.storage.tables import ledger, vault_identifiers, vault_texts
from registry.storage.written import in_utc

_GUARDS_ON_FILE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger'::regclass AND tgenabled <> 'D'",
}


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not what it was; `entry` is the ledger entry concerned."""

    entry: int | None
    what: str

    def __str__(self) -> str:
        return f"entry {self.entry}: {self.what}" if self.entry is not None else self.what


def damages(connection: Connection) -> tuple[Damage, ...]:
    """Everything that is not what it was. The typed tables are looked at where all they rest on is sound."""
    found = [*_guards(connection), *_chain(connection), *_texts(connection)]
    return tuple(found or _projections(connection))


def _guards(connection: Connection) -> Iterator[Damage]:
    standing = set(connection.exec_driver_sql(_GUARDS_ON_FILE[connection.dialect.name]).scalars())
    for guard in GUARDS:
        if guard not in standing:
            yield Damage(None, f"the guard {guard} does not stand before the ledger")


def _chain(connection: Connection) -> Iterator[Damage]:
    """Entries that are missing, out of place or changed."""
    expected, previous = 1, GENESIS
    for row in connection.execute(select(ledger).order_by(ledger.c.seq)):
        if row.seq != expected:
            yield Damage(expected, "is missing from the ledger")
        elif row.previous != previous:
            yield Damage(row.seq, "does not follow the entry before it")
        if sha256(row.previous + row.entry).digest() != row.hash:
            yield Damage(row.seq, "was changed: its hash is another")
        elif not _columns_agree(row):
            yield Damage(row.seq, "was changed: its columns say something else than its bytes")
        expected, previous = row.seq + 1, row.hash


def _columns_agree(row: Row[Any]) -> bool:
    said = json.loads(row.entry)
    columns = (row.seq, row.thing, row.kind, row.version, row.recorded_at, row.recorded_by.hex())
    return columns == tuple(said[k] for k in ("seq", "thing", "kind", "version", "recorded_at", "recorded_by"))


def _texts(connection: Connection) -> Iterator[Damage]:
    """Texts that are lost, left over, or not the ones that the ledger is committed to."""
    texts = vault_texts.c
    left_over = select(texts.entry).where(texts.entry.not_in(select(ledger.c.seq))).order_by(texts.entry)
    for entry in connection.execute(left_over).scalars():
        yield Damage(entry, "is missing from the ledger, its text is not")
    query = (
        select(ledger.c.seq, ledger.c.kind, ledger.c.entry.label("written"), vault_texts, vault_identifiers.c.id)
        .join_from(ledger, vault_texts, texts.entry == ledger.c.seq, isouter=True)
        .join(vault_identifiers, vault_identifiers.c.thing == ledger.c.thing, isouter=True)
        .order_by(ledger.c.seq)
    )
    for row in connection.execute(query):
        if row.salt is None:
            yield Damage(row.seq, "has lost its text")
        elif not _fits(row):
            yield Damage(row.seq, "has another text than was recorded")


def _fits(row: Row[Any]) -> bool:
    """Whether a text is the one that its entry is committed to, under the identifier it bears."""
    said = json.loads(row.written)
    author = commit_to_author(row.salt, row.recorded_by).hex()
    when = (in_utc(parse_moment(row.recorded_at)), row.asserted)
    return (
        hmac.compare_digest(commit_to(row.salt, row.content).hex(), said["commitment"])
        and hmac.compare_digest(author, said["recorded_by"])
        and when == (said["known_from"], said["asserted"])
        and (row.kind == Kind.DECISION or _named(row) == row.id)
    )


def _named(row: Row[Any]) -> str:
    """The identifier a text bears; a figure and a sign-off are named by what they are about."""
    written: dict[str, Any] = json.loads(row.content)
    if "id" in written:
        return str(written["id"])
    return str(value_of(BY_KIND[Kind(row.kind)], row.content, row.recorded_at).id)


def _projections(connection: Connection) -> Iterator[Damage]:
    """Rows of the typed tables that are not what ledger and vault make of them, a thousand entries at a time."""
    first = 1
    while items := stored(connection, first):
        yield from _rows(connection, items)
        first = items[-1].entry + 1


def _rows(connection: Connection, items: list[Item]) -> Iterator[Damage]:
    due = {table: set[tuple[Any, ...]]() for table in PROJECTIONS}
    for row in rows_of(connection, items):
        due[row.table].add(tuple(row.columns[column.name] for column in row.table.columns))
    for table in PROJECTIONS:
        these = table.c.entry.between(items[0].entry, items[-1].entry)
        kept = {tuple(row) for row in connection.execute(select(table).where(these))}
        for entry in sorted({row[0] for row in due[table] ^ kept}):
            yield Damage(entry, f"has other rows in {table.name} than its text makes")
