"""Laws of what was meant by a typed identifier, for a list in memory and for identifiers on file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.domain.replica import Tool
from registry.domain.world import World
from registry.services.meaning import identified
from registry.source.meant import meant
from registry.source.spelling import distance
from registry.storage import identifiers
from registry.storage.kinds import Kind
from registry.storage.store import Store, create_store

WORDS = st.text("ab-1é", min_size=1, max_size=5)


@given(WORDS, st.sets(WORDS, max_size=8))
def test_exact_wins_a_beginning_has_to_be_the_only_one_and_nothing_else_is_ever_meant(
    typed: str, known: set[str]
) -> None:
    found = meant(typed, known)
    begins = {id_ for id_ in known if id_.startswith(typed)}
    if typed in known:
        assert found.id == typed
        assert not found.candidates
    elif len(begins) == 1:
        assert {found.id} == begins
        assert found.shortened
    else:
        assert found.id is None
        assert set(found.candidates) == begins


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, tuple[str, ...]]:
    """A store with some tools, their identifiers close to each other."""
    ids = ("a", "ab", "ab-1", "ab-11", "b-é", "b-éa", "bb", "1")
    folder: Path = tmp_path_factory.mktemp("meant")
    store = create_store(f"sqlite:///{folder / 'registry.db'}")
    now = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    store.record(World(tools=tuple(Tool(id=id_) for id_ in ids)), by="T. Albright", now=now)
    return store, ids


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=WORDS)
def test_the_index_means_what_a_list_would(filed: tuple[Store, tuple[str, ...]], typed: str) -> None:
    store, ids = filed
    assert identified(store, [Kind.TOOL], typed).id == meant(typed, ids).id
    assert identified(store, [Kind.PERFORMER], typed).id is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_among_many_one_letter_wrong_is_still_found(filed: tuple[Store, tuple[str, ...]], data: st.DataObject) -> None:
    store, ids = filed
    typed = data.draw(st.text("ab1c-", min_size=2, max_size=6))
    within = [id_ for id_ in ids if id_.isascii() and distance(typed, id_, 1) <= 1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(identifiers, "FEW", 3)
        near = store.near([Kind.TOOL], typed)
    assert near in ids or near is None
    assert near is not None or not within
