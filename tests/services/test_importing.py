"""Importing and exporting: whole files, several at once, all or nothing; and everything comes back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from registry.domain.content import content
from registry.domain.performer import Performer
from registry.domain.world import World
from registry.errors import FileError, UsageError
from registry.files.registry_file import read_registry
from registry.services.exporting import export_registry
from registry.services.importing import FilesError, ImportReport, Source, import_files
from registry.services.recording import add_uses
from registry.storage.kinds import Kind
from registry.storage.receipt import RefusedError, Tally
from registry.storage.store import Store, create_store, open_store
from tests.files.worlds import worlds
from tests.storage.raw import bindings
from tests.storage.sample import NOW, TEXT, sample

BY = "T. Albright"
DAY = dt.timedelta(days=1)
PEOPLE = """
format: consent-registry/1
performers:
  - {id: okafor, legal_name: Adaeze Okafor, representatives: [{id: mother, capacity: guardian, name: N. Okafor}]}
productions:
  - {id: harbor, title: Harbor Light, franchise: harbor-films}
"""
CONSENTS = """
format: consent-registry/1
consents:
  - id: c-1
    performer: okafor
    grantor: {capacity: guardian, representative: mother}
    grants:
      - clause: "1"
        acts: [dub]
        elements: [voice]
        productions: [harbor-films]
        purposes: [final]
        description: A dub.
"""
REVOCATION = """
format: consent-registry/1
records:
  - {id: v-1, kind: revocation, consent: c-1, effective: 2026-11-01, grants: ["1"]}
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return create_store(f"sqlite:///{tmp_path}/registry.db")


def _import(store: Store, *texts: str, now: dt.datetime = NOW) -> ImportReport:
    sources = [Source(name=f"{n}.yaml", text=text) for n, text in enumerate(texts, 1)]
    return import_files(store, sources, by=BY, now=now)


def test_a_report_counts_what_was_new(store: Store) -> None:
    report = _import(store, PEOPLE)
    assert report.files == ("1.yaml",)
    assert report.tallies == (Tally(kind=Kind.PERFORMER, added=1), Tally(kind=Kind.PRODUCTION, added=1))
    assert report.changed


def test_importing_twice_changes_nothing(store: Store) -> None:
    _import(store, TEXT)
    before = store.head()
    again = _import(store, TEXT, now=NOW + DAY)
    assert not again.changed
    assert store.head() == before


def test_a_file_is_read_from_its_place(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "world.yaml"
    file.write_text(PEOPLE, encoding="utf-8")
    assert import_files(store, [file], by=BY, now=NOW).receipt.added == 2


def test_a_file_that_is_not_there_or_no_text(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as missing:
        import_files(store, [tmp_path / "none.yaml"], by=BY, now=NOW)
    assert missing.value.problem == f"{tmp_path}/none.yaml cannot be read: No such file or directory."
    (tmp_path / "bad.yaml").write_bytes(b"format: \xff")
    with pytest.raises(UsageError) as bad:
        import_files(store, [tmp_path / "bad.yaml"], by=BY, now=NOW)
    assert bad.value.problem == f"{tmp_path}/bad.yaml is not text in UTF-8: byte 8 is none."


def test_a_later_file_may_name_what_is_on_file(store: Store) -> None:
    _import(store, PEOPLE)
    _import(store, CONSENTS)
    assert _import(store, REVOCATION).receipt.added == 1


def test_files_given_together_may_name_each_other_in_any_order(store: Store) -> None:
    assert _import(store, REVOCATION, CONSENTS, PEOPLE).receipt.added == 4


LOST = [
    (CONSENTS, "representative: mother", "representative: aunt", "okafor has no such representative"),
    (CONSENTS, "performer: okafor", "performer: okfor", "no such performer"),
    (CONSENTS, "[harbor-films]", "[harbour]", "no production, franchise or title of that name"),
    (REVOCATION, "consent: c-1", "consent: c-2", "no such consent"),
    (REVOCATION, '["1"]', '["2"]', "c-1 has no such clause"),
]


@pytest.mark.parametrize("text, right, wrong, problem", LOST)
def test_what_is_named_and_nowhere_on_file_is_told(
    store: Store, text: str, right: str, wrong: str, problem: str
) -> None:
    _import(store, PEOPLE, CONSENTS)
    before = store.head()
    with pytest.raises(FileError) as refused:
        _import(store, text.replace("id: c-1", "id: c-9").replace(right, wrong))
    assert problem in "\n".join(refused.value.lines())
    assert store.head() == before


def test_a_fault_in_the_second_file_leaves_nothing_of_the_first(store: Store) -> None:
    with pytest.raises(FileError) as refused:
        _import(store, PEOPLE, CONSENTS.replace("acts:", "act:"))
    assert refused.value.file == "2.yaml"
    assert store.world() == World()


def test_the_faults_of_all_files_are_told(store: Store) -> None:
    worse = CONSENTS.replace("acts:", "act:").replace("[harbor-films]", "[nowhere]")
    with pytest.raises(FilesError) as refused:
        _import(store, PEOPLE.replace("title:", "titel:"), worse, REVOCATION)
    lines = refused.value.lines()
    assert lines[0] == "1.yaml: 1 fault, nothing imported."
    assert any("titel" in line and "did you mean title?" in line for line in lines)
    assert any("did you mean acts?" in line for line in lines)
    assert any("no production, franchise or title of that name" in line for line in lines)
    assert not any("3.yaml" in line for line in lines)
    assert store.head().seq == 0


def test_what_contradicts_the_registry_leaves_nothing(store: Store) -> None:
    _import(store, PEOPLE, CONSENTS)
    more = PEOPLE.replace("okafor", "marsh").replace("harbor", "orchard")
    with pytest.raises(RefusedError, match="nothing was"):
        _import(store, more, CONSENTS.replace("A dub.", "Two dubs."))
    assert [p.id for p in store.values(Performer)] == ["okafor"]


def test_an_export_makes_an_empty_registry_the_same(store: Store, tmp_path: Path) -> None:
    _import(store, TEXT)
    renamed = TEXT.replace("Leo Marsh", "Leonard Marsh")
    _import(store, renamed, now=NOW + DAY)
    exported = export_registry(store)

    other = create_store(f"sqlite:///{tmp_path}/other.db")
    _import(other, exported, now=NOW + 9 * DAY)
    assert export_registry(other) == exported
    assert other.world() == store.world()
    assert bindings(f"sqlite:///{tmp_path}/other.db") == bindings(f"sqlite:///{tmp_path}/registry.db") != []
    assert other.world(NOW) == store.world(NOW) != store.world()
    assert not _import(store, exported, now=NOW + 9 * DAY).changed


def test_what_is_exported_is_what_was_imported(store: Store) -> None:
    _import(store, TEXT)
    said = read_registry(export_registry(store), "export.yaml")
    for shelf in World.__dataclass_fields__:
        values = {v.id: content(v) for v in getattr(said, shelf)}
        assert values == {v.id: content(v) for v in getattr(sample(), shelf)}


@pytest.fixture(scope="module")
def at_head(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry that others are copied from."""
    file = tmp_path_factory.mktemp("head") / "registry.db"
    create_store(f"sqlite:///{file}")
    return file


@settings(max_examples=12)
@given(world=worlds())
def test_any_world_survives_the_way_into_a_registry_and_back(at_head: Path, world: World) -> None:
    with TemporaryDirectory() as folder:
        one, other = (open_store(f"sqlite:///{copy(at_head, f'{folder}/{name}.db')}") for name in ("one", "other"))
        one.record(world, by=BY, now=NOW)
        assert one.damages() == ()
        exported = export_registry(one)
        import_files(other, [Source(name="export.yaml", text=exported)], by=BY, now=NOW + DAY)
        assert export_registry(other) == exported
        assert not import_files(one, [Source(name="export.yaml", text=exported)], by=BY, now=NOW + DAY).changed


def test_records_and_uses_are_added_one_at_a_time(store: Store) -> None:
    _import(store, TEXT)
    record = next(r for r in sample().records if r.id == "a-1")
    further = World(records=(replace(record, id="a-2"), record))
    receipt = store.record(further, by=BY, now=NOW + DAY)
    assert (receipt.added, receipt.unchanged) == (1, 1)
    use = next(u for u in sample().uses if u.id == "u-fall")
    assert add_uses(store, [replace(use, seconds=9)], by=BY, now=NOW + DAY).versions == 1
