"""Texts read through for words: the database leaves out what cannot have them, and nothing that has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest

from registry.domain.performer import Performer
from registry.domain.world import World
from registry.storage import scanning
from registry.storage.kinds import Kind
from registry.storage.store import Store

NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
NAMES = {
    "ada": "Ada OKAFOR",
    "bell": "Morgan Bell",
    "brien": "Sinéad O'Brien",
    "brian": "Conor O'Brien",
    "grave": "Conor O`Brien-Grave",
    "tran": "Trần Mai",
    "li": "李小龍",
    "zoe": "Zoë Okafor",
}


@pytest.fixture
def people(store: Store) -> Store:
    world = World(performers=tuple(Performer(id=id_, legal_name=name) for id_, name in NAMES.items()))
    store.record(world, by="T. Albright", now=NOW)
    return store


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["okafor"], {"ada", "zoe"}),
        (["okafor", "ada"], {"ada"}),
        (["obrien"], {"brien", "brian", "grave"}),
        (["obrien", "conor"], {"brian", "grave"}),
        (["tran"], {"tran"}),
        (["trần"], set()),  # words come plainly written
        (["zoe"], {"zoe"}),
        (["李小龍"], {"li"}),
        (["nobody"], set()),
    ],
)
def test_words_are_found_however_they_are_written(people: Store, words: Sequence[str], found: set[str]) -> None:
    assert {value.id for _, value in people.containing([Kind.PERFORMER], words)} == found


def test_what_cannot_have_the_words_is_left_out_by_the_database(people: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []
    has = scanning._has

    def counted(words: Sequence[str]) -> Callable[[bytes], bool]:
        test = has(words)

        def one(content: bytes) -> bool:
            read.append(content)
            return test(content)

        return one

    monkeypatch.setattr(scanning, "_has", counted)
    assert people.containing([Kind.PERFORMER], ["bell"])
    assert len(read) == 7  # all but Ada Okafor, who is written in ASCII and without an apostrophe
