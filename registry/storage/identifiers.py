"""Identifiers on file, found without reading what they stand for: by their beginning, or by being nearly so.

The index of the vault's identifiers answers both, so that a million consents cost what a hundred do. Nothing is indexed
beside it: what is erased there is gone from here.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from registry.source.spelling import LONGEST, nearest
from registry.storage.database import among
from registry.storage.kinds import Kind
from registry.storage.nouns import BY_KIND
from registry.storage.reading import Reader
from registry.storage.tables import vault_identifiers

FEW = 2_000  # identifiers of one kind that are compared one by one; with more, only those that can be near
_LAST = "\U0010ffff"  # after every character that can follow
_LETTERS = string.ascii_lowercase + string.digits + "-_."
_ids = vault_identifiers.c


def is_on_file(reader: Reader, kinds: Sequence[Kind], id_: str) -> bool:
    """Whether something of one of the kinds is on file under exactly this identifier."""
    return any(_read(reader, kind, _ids.id == id_, most=1) for kind in kinds)


def beginning(reader: Reader, kinds: Sequence[Kind], start: str, most: int) -> tuple[str, ...]:
    """The first `most` identifiers on file that begin with `start`, in their order."""
    within = (_ids.id >= start) & (_ids.id < start + _LAST)
    return tuple(sorted({id_ for kind in kinds for id_ in _read(reader, kind, within, most=most)})[:most])


def near(reader: Reader, kinds: Sequence[Kind], typed: str) -> str | None:
    """The identifier on file somebody who typed this most likely meant: among few of a kind any that is near; among
    many one that is a letter away, or begins with the same half."""
    if not typed or len(typed) > LONGEST:
        return None
    return nearest(typed, [id_ for kind in kinds for id_ in _candidates(reader, kind, typed)])


def _candidates(reader: Reader, kind: Kind, typed: str) -> Iterable[str]:
    every = _read(reader, kind, _ids.kind == kind.value, most=FEW + 1)
    if len(every) <= FEW:
        return every
    half = typed[: max(2, len(typed) // 2)]
    one_edit = among(reader.connection, _ids.id, sorted(set(_edited(typed))))
    return {*_read(reader, kind, one_edit, most=FEW), *beginning(reader, [kind], half, FEW)}


def _edited(word: str) -> Iterator[str]:
    """Everything a letter put in, left out, changed, or swapped with its neighbour makes of `word`."""
    for n in range(len(word) + 1):
        head, tail = word[:n], word[n:]
        yield from (head + letter + tail for letter in _LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _read(reader: Reader, kind: Kind, condition: ColumnElement[bool], *, most: int) -> list[str]:
    return list(reader.connection.execute(_query(reader, kind, condition).limit(most)).scalars())


def _query(reader: Reader, kind: Kind, condition: ColumnElement[bool]) -> Select[Any]:
    """Identifiers of a kind that meet the condition and stand for something on file. What a record merely mentions has
    an identifier and is not on file."""
    table = BY_KIND[kind].table
    there = select(table.c.thing).where(table.c.thing == _ids.thing, reader.was_known(table))
    if BY_KIND[kind].versions:
        there = there.where(reader.counts(table))
    return select(_ids.id).where(_ids.kind == kind.value, condition, there.exists()).order_by(_ids.id)
