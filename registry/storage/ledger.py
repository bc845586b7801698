"""The append-only ledger: what was recorded, in which order, when and by whom, without a word about anybody.

An entry holds the registry's own number for a thing and HMAC-SHA256(salt, content); content and salt lie in the vault,
where they can be erased while the chain still holds. Each entry's hash is SHA-256(previous hash ‖ entry).
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from registry.domain.canonical import canonical_bytes
from registry.domain.dates import parse_moment
from registry.domain.values import dataclass
from registry.storage.kinds import Kind
from registry.storage.tables import ledger

SCHEMA = 1
GENESIS = bytes(32)
GUARDS = (
    "ledger_no_delete",
    "ledger_no_replace",
    "ledger_no_update",
    "ledger_sequence_follows",
    "ledger_version_follows",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry before it is chained. `known_from` is the moment known-at asks for; `asserted` says that somebody
    typed it; `recorded_at` is the ledger's own clock. `commitment` and `recorded_by` are HMACs under one salt."""

    thing: int
    kind: Kind
    version: int
    commitment: bytes
    known_from: str
    asserted: bool
    recorded_at: str
    recorded_by: bytes

    def canonical(self, seq: int) -> bytes:
        """The exact bytes that are kept and chained."""
        return canonical_bytes(
            {
                "asserted": int(self.asserted),
                "commitment": self.commitment.hex(),
                "kind": self.kind,
                "known_from": self.known_from,
                "recorded_at": self.recorded_at,
                "recorded_by": self.recorded_by.hex(),
                "schema": SCHEMA,
                "seq": seq,
                "thing": self.thing,
                "version": self.version,
            }
        )


@dataclass(frozen=True, slots=True)
class Head:
    """Where the ledger stands: the last sequence number and its hash."""

    seq: int = 0
    hash: bytes = GENESIS


def commit_to(salt: bytes, content: bytes) -> bytes:
    """What an entry says instead of `content`: it gives nothing away, and only this content and salt fit it."""
    return hmac.new(salt, content, sha256).digest()


def commit_to_author(salt: bytes, by: str) -> bytes:
    """The commitment to whoever recorded an entry; never equal to one to a content, which is a JSON object."""
    return commit_to(salt, f"by {by}".encode())


def head(connection: Connection) -> Head:
    """The last entry."""
    last = select(ledger.c.seq, ledger.c.hash).order_by(ledger.c.seq.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return Head(row.seq, row.hash) if row else Head()


def last_recorded_at(connection: Connection) -> dt.datetime | None:
    """When the last entry was written, by the clock of the machine that wrote it."""
    last = select(ledger.c.recorded_at).order_by(ledger.c.seq.desc()).limit(1)
    written: str | None = connection.execute(last).scalar()
    return parse_moment(written) if written else None


def append(connection: Connection, entries: Sequence[Entry]) -> Head:
    """Chain `entries` to the ledger, in this order, from the next sequence number on. Returns the new head."""
    at = head(connection)
    rows = []
    for entry in entries:
        written = entry.canonical(at.seq + 1)
        chained = Head(at.seq + 1, sha256(at.hash + written).digest())
        rows.append(
            {
                "seq": chained.seq,
                "thing": entry.thing,
                "kind": entry.kind.value,
                "version": entry.version,
                "recorded_at": entry.recorded_at,
                "recorded_by": entry.recorded_by,
                "entry": written,
                "previous": at.hash,
                "hash": chained.hash,
            }
        )
        at = chained
    if rows:
        connection.execute(insert(ledger), rows)
    return at
