"""A registry as large as a studio group's: the feature film, and the papers of everybody else beside it.

What is written is sound: every entry is chained in the ledger, committed to its text and has its rows, by the same code
that records a file. Only the questions a recording asks first (is it on file? is what it names?) are left out, since
nothing here is on file twice. A registry is kept in `.cache/bench/` and used again; delete the folder to make it anew.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from sqlalchemy import Connection

from bench.feature import Feature, consents_of, somebody
from registry.domain.content import content
from registry.storage import nouns, vault, writing
from registry.storage.database import Database
from registry.storage.kinds import Name
from registry.storage.store import Store, create_store

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "bench"
CHUNK = 20_000  # entries in one transaction
SHAPE = 1  # of what is written here; another number has the registries made anew
_CACHE = 400_000  # kB of pages kept in memory while writing


def registry(feature: Feature, consents: int, recorded: dt.datetime) -> Store:
    """A registry with the picture and `consents` consents in all, as it was left there or made now."""
    pairs = sum(len(use.performers) or 1 for use in feature.uses)
    path = FOLDER / f"{SHAPE}-{consents}-{pairs}.db"
    url = f"sqlite:///{path}"
    if not path.with_suffix(".done").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob(f"{path.name}*"):
            old.unlink()
        _fill(url, feature, consents, recorded)
        path.with_suffix(".done").touch()
    return create_store(url)  # one that was left there may be from before the last migration


def _fill(url: str, feature: Feature, consents: int, recorded: dt.datetime) -> None:
    store = create_store(url)
    left = consents - len(feature.world.consents)
    values, made = _others(left), 0
    while chunk := list(islice(values, CHUNK)):
        with Database(url).writing() as connection:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE}")
            _write(connection, chunk, writing.Clerk("bench", recorded))
        made += sum(noun is nouns.CONSENTS for noun, _ in chunk)
        print(f"\r{made:,} of {left:,} consents of others written", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    store.record(feature.world, by="bench", now=recorded)


def _others(consents: int) -> Iterator[tuple[nouns.Noun, nouns.Identified]]:
    """People who are not in the picture, each before the consents they gave, until there are so many of these."""
    random, number = Random(consents), 0
    while consents > 0:
        part = somebody(f"other-{number:07d}", number, random)
        papers = list(islice(consents_of(part, random), consents))
        yield nouns.PERFORMERS, part.performer
        yield from ((nouns.CONSENTS, paper) for paper in papers)
        consents, number = consents - len(papers), number + 1


def _write(connection: Connection, chunk: list[tuple[nouns.Noun, nouns.Identified]], clerk: writing.Clerk) -> None:
    names = {Name(noun.kind, value.id) for noun, value in chunk}
    names |= {m.name for noun, value in chunk for m in noun.mentions(value)}
    numbers = vault.numbers_of(connection, names)  # a person may stand in the chunk before
    numbers |= vault.give_numbers(connection, names - numbers.keys())
    news = [
        writing.New(noun, numbers[Name(noun.kind, value.id)], 1, value, content(value), clerk.now, False)
        for noun, value in chunk
    ]
    writing.enter(connection, news, clerk)
