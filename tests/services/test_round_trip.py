"""Export, then import into an empty registry, reproduces every verdict (DOMAIN.md §9)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from registry.domain.finding import Verdict
from registry.files.case_file import Case, read_case
from registry.rules.catalogue import load_catalogue
from registry.services.checking import check_world, load
from registry.services.exporting import export_registry
from registry.services.importing import import_files
from registry.storage.store import Store, create_store

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
CASES = sorted((Path(__file__).parent.parent / "cases").rglob("*.yaml"))[::12]
CATALOGUE = load_catalogue()


def case_of(path: Path) -> Case:
    return read_case(path.read_text("utf-8"), path.name, CATALOGUE.dictionary)


def verdicts(store: Store, case: Case) -> tuple[Verdict, ...]:
    return check_world(load(store, case.uses), case.uses, CATALOGUE, now=NOW)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_registry_gives_the_verdicts_of_the_world_it_was_made_from(path: Path, tmp_path: Path) -> None:
    case = case_of(path)
    first = create_store(f"sqlite:///{tmp_path / 'first.db'}")
    first.record(replace(case.world, uses=()), by="T. Albright", now=NOW)
    in_hand = check_world(replace(case.world, uses=()), case.uses, CATALOGUE, now=NOW)
    assert verdicts(first, case) == in_hand
    exported = tmp_path / "world.yaml"
    exported.write_text(export_registry(first), "utf-8")
    second = create_store(f"sqlite:///{tmp_path / 'second.db'}")
    import_files(second, [exported], by="T. Albright", now=NOW)
    assert verdicts(second, case) == in_hand
