"""The columns of the reports are those that the page of formats names, for a spreadsheet and for a program."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Registry

TYPED = {
    "performer history": "performer history okafor",
    "performer show --withheld": "performer show okafor --withheld",
    "performer authority": "performer authority okafor",
    "consent signers": "consent signers c-okafor-1",
    "replica list": "replica list",
    "model list": "model list",
    "model check": "model check --for harbor",
    "plan": "plan --production harbor --act dub",
    "cover": "cover --file examples/recipes/assets.csv",
    "production approvals": "production approvals harbor --file examples/uses/duet.yaml",
    "production carry-over": "production carry-over harbor harbor-2",
    "production breakdown": "production breakdown harbor --file examples/uses/duet.yaml",
    "production selects": "production selects harbor examples/recipes/selects.csv",
}


def documented(checkout: Path) -> dict[str, list[str]]:
    page = (checkout / "docs" / "formats.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|$", page.partition("## What the reports print")[2], re.MULTILINE)
    return {name: cells.split(", ") for names, cells in rows for name in re.findall(r"`([^`]+)`", names)}


@pytest.mark.parametrize("name", TYPED)
def test_a_report_has_the_columns_of_the_page(name: str, registry: Registry, checkout: Path) -> None:
    assert registry("import examples/recipes/office.yaml").status == 0
    wanted = documented(checkout)[name]
    table = list(csv.reader(io.StringIO(registry(f"{TYPED[name]} --csv").out)))
    assert table[0] == wanted
    assert {len(row) for row in table} == {len(wanted)}
    first = json.loads(registry(f"{TYPED[name]} --json").out.splitlines()[0])
    assert list(first) == [column.replace(" ", "_") for column in wanted]


def test_every_report_of_the_page_is_tried(checkout: Path) -> None:
    assert set(documented(checkout)) == set(TYPED)


def test_no_cell_of_a_table_is_a_formula(registry: Registry) -> None:
    world = (
        "format: consent-registry/1\nrecords:\n"
        "  - {id: n-bad, kind: refusal, from: performer, performer: bell, act: dub,\n"
        '     given_at: 2026-11-01T10:00:00-08:00, because: "=HYPERLINK(1)"}\n'
    )
    assert registry("import -", typed=world).status == 0
    (row,) = csv.DictReader(io.StringIO(registry("performer show bell --withheld --csv").out))
    assert row["words"] == "'=HYPERLINK(1)"
