"""`registry performer history`, `show --withheld` and `authority`, `registry consent signers`."""

from __future__ import annotations

import csv
import io
import json

import pytest

from registry.cli.output import columns
from tests.cli.conftest import Registry


@pytest.fixture
def office(registry: Registry) -> Registry:
    assert registry("import examples/recipes/office.yaml").status == 0
    return registry


def test_nothing_on_file_is_no_yes(registry: Registry) -> None:
    found = registry("performer show vance --withheld")
    assert found.status == 0
    assert found.out == (
        "Ottilie Vance   vance\nNothing on file says that Ottilie Vance refused anything. That is not a yes:\nask.\n"
    )


def test_every_no_is_dated_and_says_where_it_stands(office: Registry) -> None:
    found = office("performer show okafor --withheld --json")
    entries = [json.loads(line) for line in found.out.splitlines()]
    assert [(e["on"], e["said"], e["where"]) for e in entries] == [
        ("2026-08-14", "refused", "n-no-training"),
        ("2026-09-10", "excluded", "c-okafor-1"),
        ("2026-09-10", "declined", "c-okafor-1 §2.3"),
    ]
    assert entries[0]["what"] == "train_model"
    assert entries[0]["by"] == "R. Lindqvist"


def test_a_refusal_that_was_a_mistake_is_gone(office: Registry) -> None:
    assert office("record correction n-no-training --because 'meant somebody else'").status == 0
    assert "n-no-training" not in office("performer show okafor --withheld").out


def test_what_was_known_by_then_leaves_out_what_came_later(office: Registry) -> None:
    assert "n-no-pitch" in office("performer history marsh").out
    earlier = office("performer history marsh --known-at 2026-11-22T09:59:00+00:00")
    assert (earlier.status, "n-no-pitch" in earlier.out + earlier.err) == (2, False)


def test_the_history_is_a_table_for_a_spreadsheet_too(office: Registry) -> None:
    rows = list(csv.DictReader(io.StringIO(office("performer history marsh --csv").out)))
    assert [row["said"] for row in rows] == ["agreed", "agreed", "declined", "refused", "model trained"]
    assert rows[0]["where"] == "c-marsh-1 §1.1"


def test_a_revocation_is_a_no_from_its_day(office: Registry) -> None:
    assert office("record revocation c-marsh-1 --effective 2026-12-24 --because 'no more'").status == 0
    found = office("performer show marsh --withheld")
    assert "24 Dec 2026  revoked: train model and use replica, on harbor" in found.out


def test_an_estate_without_all_its_proofs_is_not_complete(office: Registry) -> None:
    found = office("performer authority calloway")
    assert found.status == 3
    assert found.out.startswith("NOT COMPLETE   calloway   Ruth Calloway, on 22 Nov 2026\nOne thing to obtain first.\n")
    assert " Enough    More than half: June Calloway and Calloway Trust." in found.out
    assert "California, United States    70 years   to 4 Mar 2089  US-CA-CIV-33441-COMM" in found.out
    assert all(columns(line) <= 80 for line in found.out.splitlines())


def test_on_a_day_in_her_life_she_signs_herself(office: Registry) -> None:
    found = office("performer authority calloway --on 2019-03-03")
    assert (found.status, "After death" in found.out) == (0, False)
    assert " signs  performer  Ruth Calloway  in person" in found.out


def test_a_child_with_a_company_has_a_guardian_sign_and_both_companies(office: Registry) -> None:
    found = office("performer authority hale --production harbor --json")
    assert found.status == 0
    assert [json.loads(line)["role"] for line in found.out.splitlines()] == ["guardian", "loan-out", "company"]


def test_the_signers_of_a_rider_in_a_file_and_of_a_consent_on_file(office: Registry) -> None:
    assert office("consent signers examples/recipes/draft-3.yaml").out.startswith("CAN BE SIGNED   rider-marsh   ")
    found = office("consent signers c-okafor-1 --csv")
    assert [line.split(",")[:2] for line in found.out.splitlines()[1:]] == [
        ["performer", "Adaeze Okafor"],
        ["company", "Harbor Light Productions LLC"],
    ]


def test_names_that_are_not_on_file_are_said(registry: Registry) -> None:
    assert registry("performer authority okafor --production nowhere").status == 2
    assert registry("performer history okafro").status == 2
