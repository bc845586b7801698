"""The vault: the numbers that stand for people's identifiers, and the text of every entry with its salt.

Nothing here is in the ledger, and all of it can be erased: the ledger's commitments then still chain, and fit nothing.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from registry.storage.database import among
from registry.storage.kinds import Kind, Name
from registry.storage.tables import ledger, vault_identifiers, vault_texts


class Text(NamedTuple):
    """The text of one entry. `recorded_at` is the moment as it was written, offset included; `asserted` says that
    somebody typed it."""

    salt: bytes
    content: bytes
    recorded_by: str
    recorded_at: str
    asserted: bool


class Version(NamedTuple):
    """What one version of a thing says, and when that was recorded."""

    number: int
    recorded_at: dt.datetime
    content: bytes


def numbers_of(connection: Connection, names: Iterable[Name]) -> dict[Name, int]:
    """The numbers of those `names` that have one, in one statement."""
    wanted = set(names)
    if not wanted:
        return {}
    columns = vault_identifiers.c
    ids = among(connection, columns.id, sorted({name.id for name in wanted}))
    rows = connection.execute(select(columns.kind, columns.id, columns.thing).where(ids))
    found = {Name(Kind(row.kind), row.id): row.thing for row in rows}
    return {name: number for name, number in found.items() if name in wanted}


def give_numbers(connection: Connection, names: Iterable[Name]) -> dict[Name, int]:
    """A new random number for each of `names`."""
    given = {name: new_number() for name in sorted(set(names))}
    if given:
        rows = [{"thing": thing, "kind": name.kind.value, "id": name.id} for name, thing in given.items()]
        connection.execute(insert(vault_identifiers), rows)
    return given


def new_number() -> int:
    """A random 63-bit number: it says nothing about what it stands for."""
    return secrets.randbits(63) or new_number()


def new_salt() -> bytes:
    """The secret without which a commitment cannot be tried against guesses."""
    return secrets.token_bytes(32)


def keep(connection: Connection, texts: Mapping[int, Text]) -> None:
    """Keep the text of each entry, by sequence number."""
    rows = [{"entry": entry, **text._asdict(), "asserted": int(text.asserted)} for entry, text in texts.items()]
    if rows:
        connection.execute(insert(vault_texts), rows)


def versions(connection: Connection, things: Iterable[int]) -> dict[int, list[Version]]:
    """Every version on file of each thing, in the order they were written."""
    texts = vault_texts.c
    query = (
        select(ledger.c.thing, ledger.c.version, texts.recorded_at, texts.content)
        .join_from(ledger, vault_texts, texts.entry == ledger.c.seq)
        .where(among(connection, ledger.c.thing, things))
        .order_by(ledger.c.seq)
    )
    found: dict[int, list[Version]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.thing].append(Version(row.version, dt.datetime.fromisoformat(row.recorded_at), row.content))
    return found
