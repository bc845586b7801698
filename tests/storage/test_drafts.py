"""A consent on file as a draft becomes the signed one under its own id; nothing else ever replaces a consent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from registry.domain.consent import Consent
from registry.domain.words import Instrument
from registry.domain.world import World
from registry.storage.receipt import RefusedError
from registry.storage.store import Store
from tests.documents import story
from tests.storage.sample import NOW

BY = "T. Albright"
LATER = NOW + dt.timedelta(days=1)
SIGNED = replace(
    story.DRAFT,
    signed_at=story.SIGNED,
    instrument=Instrument.SEPARATE_WRITING,
    separately_signed=True,
    grants=story.DRAFT.grants[:2],
    declined=("2.3",),
)


@pytest.fixture
def drafted(store: Store) -> Store:
    store.record(World(performers=(story.OKAFOR,), consents=(story.DRAFT,)), by=BY, now=NOW)
    return store


def on_file(store: Store, known_at: dt.datetime | None = None) -> tuple[Consent, ...]:
    """The consents as a check finds them, which have to be those of everything."""
    found = store.load(performers=["okafor"], known_at=known_at).consents
    assert found == store.world(known_at).consents == store.values(Consent, {story.DRAFT.id}, known_at=known_at)
    return found


def test_the_signed_consent_takes_the_place_of_its_draft(drafted: Store) -> None:
    receipt = drafted.record(World(consents=(SIGNED,)), by=BY, now=LATER)
    assert [(t.added, t.versions, t.unchanged) for t in receipt.tallies if t.kind == "consent"] == [(0, 1, 0)]
    assert on_file(drafted) == (SIGNED,)
    assert on_file(drafted, known_at=NOW) == (story.DRAFT,)
    assert drafted.damages() == ()


def test_it_is_taken_in_once(drafted: Store) -> None:
    drafted.record(World(consents=(SIGNED,)), by=BY, now=LATER)
    again = drafted.record(World(consents=(SIGNED,)), by=BY, now=LATER)
    assert [(t.added, t.versions, t.unchanged) for t in again.tallies if t.kind == "consent"] == [(0, 0, 1)]
    with pytest.raises(RefusedError, match="nothing was"):
        drafted.record(World(consents=(replace(SIGNED, signed_at=LATER),)), by=BY, now=LATER)
    with pytest.raises(RefusedError, match="nothing was"):
        drafted.record(World(consents=(story.DRAFT,)), by=BY, now=LATER)


@pytest.mark.parametrize(
    "other",
    [
        replace(SIGNED, lifetime_only=True),
        replace(SIGNED, declined=()),
        replace(SIGNED, grants=(replace(story.CREATE, description="Something else."), story.USE)),
        replace(story.DRAFT, lifetime_only=True),
    ],
    ids=["other terms", "a clause unanswered", "another clause", "not signed"],
)
def test_nothing_else_takes_its_place(drafted: Store, other: Consent) -> None:
    with pytest.raises(RefusedError, match="nothing was"):
        drafted.record(World(consents=(other,)), by=BY, now=LATER)
    assert on_file(drafted) == (story.DRAFT,)
