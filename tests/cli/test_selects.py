"""`registry production selects`: who has a no on file, who has something open, and who nobody knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from registry.cli.output import columns
from tests.cli.conftest import Registry

LIST = "production selects harbor examples/recipes/selects.csv"


@pytest.fixture
def office(registry: Registry) -> Registry:
    assert registry("import examples/recipes/office.yaml").status == 0
    return registry


def told(office: Registry, command: str = LIST) -> dict[str, dict[str, str]]:
    return {(one := json.loads(line))["written"]: one for line in office(f"{command} --json").out.splitlines()}


def test_a_no_on_file_stops_and_nobody_is_dropped(office: Registry) -> None:
    found = office(LIST)
    assert found.status == 1
    assert found.out.startswith("Nothing on file stands against 0 of 7 selects for harbor.\n")
    stands = {written: one["stands"] for written, one in told(office).items()}
    assert stands == {
        "Ada OKAFOR": "stop",
        "Leo Marsh": "stop",
        "Iris Hale": "look",
        "Mina Bell": "look",
        "Ottilie Vance": "look",
        "Ruth Calloway": "stop",
        "Jonas Pell": "who?",
    }
    assert all(columns(line) <= 80 for line in found.out.splitlines())


def test_a_refusal_for_another_picture_is_looked_at_and_one_that_has_ended_is_not(office: Registry) -> None:
    Path("one.csv").write_text("Name\nLeo Marsh\n", encoding="utf-8")
    assert told(office, "production selects harbor one.csv")["Leo Marsh"]["stands"] == "stop"
    before = told(office, "production selects harbor-2 one.csv")["Leo Marsh"]
    assert "refused" not in before["findings"]  # it ended before harbor-2 begins
    elsewhere = "record refusal --from performer --performer marsh --act dub --production orchard"
    assert office(elsewhere).status == 0
    assert "refused to dub" in told(office, "production selects harbor-2 one.csv")["Leo Marsh"]["findings"]
    assert told(office, "production selects harbor-2 one.csv")["Leo Marsh"]["stands"] == "look"


def test_a_rider_that_waits_for_its_signature_is_told(office: Registry) -> None:
    assert office("import examples/recipes/draft-3.yaml").status == 0
    assert "rider rider-marsh is not signed" in told(office)["Leo Marsh"]["findings"]


def test_a_union_number_tells_before_the_name(office: Registry) -> None:
    Path("numbers.csv").write_text("Name,SAG ID\nA. N. Other,10482213\n", encoding="utf-8")
    assert told(office, "production selects harbor numbers.csv")["A. N. Other"]["performer"] == "okafor"


def test_a_last_name_alone_is_nobody(office: Registry) -> None:
    Path("last.csv").write_text("Name\nVance\n", encoding="utf-8")
    (one,) = told(office, "production selects harbor last.csv").values()
    assert (one["performer"], one["stands"]) == ("", "who?")
    assert "vance" in one["findings"]


def test_nothing_against_somebody_is_no_consent(registry: Registry) -> None:
    Path("free.csv").write_text("Name\nOttilie Vance\n", encoding="utf-8")
    found = registry("production selects orchard free.csv")
    assert found.status == 0
    assert "That is no consent: it says that nobody has written down a no." in found.out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("production selects harbor nothing.csv", "nothing.csv"),
        ("production selects harbour examples/recipes/selects.csv", "There is no production harbour"),
        ("production selects harbor examples/recipes/selects.csv --as lists", "--as: lists is not a word known here"),
    ],
)
def test_what_cannot_be_acted_on_is_said(registry: Registry, typed: str, said: str) -> None:
    found = registry(typed)
    assert found.status == 2
    assert said in found.err
