"""Browsing: lists of what was last recorded, and sheets of what concerns one thing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from registry.domain.world import World
from registry.errors import UsageError
from registry.services import browsing
from registry.storage.store import Store, create_store
from tests.storage.sample import NOW, sample

BY = "T. Albright"
DAY = dt.timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = create_store(f"sqlite:///{tmp_path}/registry.db")
    found.record(sample(), by=BY, now=NOW)
    return found


def _ids(values: object) -> list[str]:
    return [value.id for value in values]  # type: ignore[attr-defined]


def test_lists_stand_by_id(store: Store) -> None:
    assert _ids(browsing.list_performers(store)) == ["marsh", "quillfeather"]
    assert _ids(browsing.list_productions(store)) == ["harbor", "orchard"]
    assert _ids(browsing.list_consents(store)) == ["c-1", "c-2", "c-3"]
    assert _ids(browsing.list_consents(store, performer="marsh")) == ["c-3"]
    assert _ids(browsing.list_tools(store)) == ["pipeline"]
    assert _ids(browsing.list_uses(store)) == ["u-fall", "u-other"]


def test_a_list_shows_what_was_last_recorded_by_then(store: Store) -> None:
    marsh = next(p for p in sample().performers if p.id == "marsh")
    store.record(World(performers=(replace(marsh, legal_name="Leonard Marsh"),)), by=BY, now=NOW + DAY)
    assert browsing.list_performers(store)[0].legal_name == "Leonard Marsh"
    assert browsing.list_performers(store, known_at=NOW)[0].legal_name == "Leo Marsh"
    sheet = browsing.show_performer(store, "marsh")
    assert (sheet.performer.legal_name, _ids(sheet.earlier)) == ("Leonard Marsh", ["marsh"])


def test_a_performer_s_sheet(store: Store) -> None:
    sheet = browsing.show_performer(store, "quillfeather")
    assert _ids(sheet.engagements) == ["quillfeather-harbor"]
    assert _ids(sheet.replicas) == ["quillfeather-scan"]
    assert _ids(sheet.models) == ["quillfeather-voice"]
    assert _ids(sheet.consents) == ["c-1", "c-2"]
    assert _ids(sheet.uses) == ["u-fall"]
    # not s-1, a strike, which concerns everybody, nor n-3, a notice to somebody else
    assert _ids(sheet.records) == ["a-1", "d-1", "k-1", "m-1", "n-1", "n-2", "p-1", "r-1", "r-2", "x-1", "x-2"]


def test_a_production_s_sheet(store: Store) -> None:
    sheet = browsing.show_production(store, "harbor")
    assert _ids(sheet.engagements) == ["quillfeather-harbor"]
    assert _ids(sheet.performers) == ["quillfeather"]
    assert _ids(sheet.uses) == ["u-fall"]
    assert {"a-1", "n-1", "n-2", "r-1", "x-1"} <= set(_ids(sheet.records))
    assert not {"n-3", "k-2", "s-1"} & set(_ids(sheet.records))


def test_a_consent_s_sheet(store: Store) -> None:
    sheet = browsing.show_consent(store, "c-1")
    assert sheet.performer.id == "quillfeather"
    assert _ids(sheet.records) == ["m-1", "r-2"]
    assert _ids(browsing.show_consent(store, "c-2").records) == ["m-1"]  # it replaces a clause of the other


def test_a_tool_and_a_use(store: Store) -> None:
    assert browsing.show_tool(store, "pipeline").tool.trains is True
    assert browsing.show_use(store, "u-fall").seconds == 6


@pytest.mark.parametrize(
    "ask, wanted, lines",
    [
        (browsing.show_performer, "zz", ["There is no performer zz on file.", "registry performer list"]),
        (browsing.show_production, "zzz", ["There is no production zzz on file.", "registry production list"]),
        (browsing.show_consent, "c-4", ["There is no consent c-4 on file.", "registry consent list"]),
        (browsing.show_tool, "pipelin", ["There is no tool pipelin on file.", "registry tool list"]),
        (browsing.show_use, "x", ["There is no use x on file.", "registry use list"]),
    ],
)
def test_what_is_not_on_file_is_told(store: Store, ask, wanted: str, lines: list[str]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UsageError) as refused:
        ask(store, wanted)
    assert refused.value.lines() == lines


def test_what_was_not_recorded_yet_is_not_on_file(store: Store) -> None:
    with pytest.raises(UsageError, match="There is no performer marsh on file"):
        browsing.show_performer(store, "marsh", known_at=NOW - DAY)
