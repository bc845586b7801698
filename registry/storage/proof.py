"""A stretch of the ledger with the texts it is committed to: what shows that nothing has been changed since."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from sqlalchemy import select

from registry.domain.values import dataclass
from registry.domain.world import World
from registry.storage import vault
from registry.storage.kinds import Kind, Name
from registry.storage.nouns import NOUNS
from registry.storage.reading import Reader
from registry.storage.tables import decisions, ledger, vault_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry as it is kept and chained: `hash` is SHA-256(`previous` ‖ `entry`)."""

    seq: int
    previous: bytes
    entry: bytes
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """The text of one entry: HMAC-SHA256(`salt`, `content`) is the commitment in it."""

    seq: int
    salt: bytes
    content: bytes
    recorded_by: str
    recorded_at: str
    asserted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Every entry from the first that concerns some things to the last there is, and the texts of those that do."""

    links: tuple[Link, ...]
    texts: tuple[Committed, ...]


def proof(reader: Reader, world: World, uses: Iterable[str]) -> Proof:
    """The proof of everything in `world` and of the decisions on `uses`, in five statements."""
    connection = reader.connection
    named = chain.from_iterable(((noun.kind, value) for value in noun.values(world)) for noun in NOUNS)
    numbers = vault.numbers_of(connection, {Name(kind, value.id) for kind, value in named})
    on_uses = [n for name, n in vault.numbers_of(connection, {Name(Kind.USE, u) for u in uses}).items()]
    query = select(decisions.c.thing).where(reader.among(decisions.c.use, on_uses))
    decided = list(connection.execute(query).scalars()) if on_uses else []
    concern = reader.among(ledger.c.thing, [*numbers.values(), *decided])
    seqs = sorted(connection.execute(select(ledger.c.seq).where(concern)).scalars())
    if not seqs:
        return Proof(links=(), texts=())
    texts = select(vault_texts).where(reader.among(vault_texts.c.entry, seqs)).order_by(vault_texts.c.entry)
    kept = connection.execute(texts).all()
    rows = connection.execute(select(ledger).where(ledger.c.seq >= seqs[0]).order_by(ledger.c.seq)).all()
    return Proof(
        links=tuple(Link(seq=r.seq, previous=r.previous, entry=r.entry, hash=r.hash) for r in rows),
        texts=tuple(
            Committed(
                seq=r.entry,
                salt=r.salt,
                content=r.content,
                recorded_by=r.recorded_by,
                recorded_at=r.recorded_at,
                asserted=bool(r.asserted),
            )
            for r in kept
        ),
    )
