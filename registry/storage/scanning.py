"""Texts read through for words. There is no index of what people are called or what was written about them: an index
would be a second place that an erasure has to reach. Reading is linear; docs/command-line.md says how long it takes.

The database leaves out what cannot have the words; what is written with accents, in other alphabets or with apostrophes
is handed over and read as names are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select

from registry.domain.naming import plainly
from registry.errors import UsageError
from registry.storage.kinds import Kind
from registry.storage.nouns import BY_KIND, Noun
from registry.storage.reading import Reader, values
from registry.storage.tables import vault_texts

_AT_ONCE = 2_000  # rows in memory
MOST = 5_000  # things of a kind that an answer may come to
_LOWER = bytes(range(256)).lower()
_APOSTROPHES = "'`"


def containing(reader: Reader, kinds: Sequence[Kind], words: Sequence[str]) -> Iterator[tuple[Kind, Any]]:
    """The values of these kinds, as last recorded, whose text has every one of the words, which are plainly written.
    Letters of other alphabets and accents compare as names do. Raises UsageError where they are too many to be read."""
    if not words:
        return
    for kind in kinds:
        noun = BY_KIND[kind]
        hits = sorted(set(_hits(reader, noun, words)))
        if len(hits) > MOST:
            problem = f"{len(hits):,} {kind.value}s have {' and '.join(words)} in them."
            raise UsageError(problem, "add a word that tells them apart, or --kind WORD for another kind")
        found = reader.find(noun, reader.among(noun.table.c.thing, hits)) if hits else ()
        last = {row.thing: row for row in found}
        yield from ((kind, value) for value in values(noun, last.values()))


def _hits(reader: Reader, noun: Noun, words: Sequence[str]) -> Iterator[int]:
    """The numbers of the things some version of which has the words somewhere in it."""
    own = noun.table.c
    query = select(own.thing, vault_texts.c.content).join_from(
        noun.table, vault_texts, vault_texts.c.entry == own.entry
    )
    query = query.where(_may_have(reader, words))
    rows = reader.connection.execute(query.execution_options(yield_per=_AT_ONCE))
    has = _has(words)
    return (row.thing for row in rows if has(row.content))


def _may_have(reader: Reader, words: Sequence[str]) -> ColumnElement[bool]:
    """Whether a text has the words as they are typed, or is written so that only reading tells. A word is letters,
    digits and marks, so that nothing of it means something else in a pattern."""
    content = vault_texts.c.content
    sqlite = reader.connection.dialect.name == "sqlite"
    text = cast(content, Text) if sqlite else func.convert_from(content, "UTF8")
    # SQLite compares ASCII without regard to case by itself, and faster than it makes a small-letter copy
    read = text if sqlite else func.lower(text)
    return or_(
        and_(*(read.like(f"%{word}%") for word in words)),
        *(text.like(f"%{mark}%") for mark in _APOSTROPHES),
        func.length(content) != func.length(text),  # bytes and characters: not ASCII
    )


def _has(words: Sequence[str]) -> Callable[[bytes], bool]:
    """Whether a text has the words. ASCII is compared as bytes: few texts are anything else."""
    sought = [word.encode() for word in words]

    def has(content: bytes) -> bool:
        if content.isascii():
            lowered = content.translate(_LOWER, _APOSTROPHES.encode())
            return all(word in lowered for word in sought)
        plain = plainly(content.decode())
        return all(word in plain for word in words)

    return has
