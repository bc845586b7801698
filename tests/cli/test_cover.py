"""`registry cover`: which cells are covered, on the screen folded and for machines each."""

from __future__ import annotations

import csv
import io
import json

import pytest

from registry.cli.output import columns
from tests.cli.conftest import Registry

ASSETS = "--file examples/recipes/assets.csv"


@pytest.fixture
def office(registry: Registry) -> Registry:
    assert registry("import examples/recipes/office.yaml").status == 0
    return registry


def test_the_grid_of_a_campaign(office: Registry) -> None:
    found = office(f"cover cut-tag {ASSETS}")
    assert found.status == 1
    assert found.out == (
        "cut-tag   Mina Bell · use of replica · Harbor Light\n"
        "Consents cover 18 of 40 cells, 22 none.\n"
        "\n"
        " where              languages   consents  verdict      by\n"
        " US, GB, FR, DE +2  en, fr, de  covered   CONDITIONAL  c-bell-2 §1\n"
        " US, GB, FR, DE +2  ja          none      NOT CLEARED  –\n"
        " JP, BR, MX, CN     all         none      NOT CLEARED  –\n"
    )
    assert found.err == f"registry cure cut-tag {ASSETS} --rider    asks for what is not covered\n"


def test_a_machine_gets_every_cell(office: Registry) -> None:
    rows = list(csv.DictReader(io.StringIO(office(f"cover cut-tag {ASSETS} --csv").out)))
    assert len(rows) == 40
    assert {r["territory"] for r in rows if r["cover"] == "covered"} == {"US", "GB", "FR", "DE", "IT", "ES"}
    japanese = json.loads(office(f"cover cut-tag {ASSETS} --territory JP --language ja --json").out)
    assert (japanese["cover"], japanese["verdict"]) == ("none", "not_cleared")
    assert "territories JP" in japanese["not_covered"]


def test_a_group_is_a_cell_or_a_cell_for_each_country(office: Registry) -> None:
    whole = json.loads(office(f"cover cut-tag {ASSETS} --territory 154 --language en --json").out)
    assert (whole["cover"], whole["by"]) == ("part", "c-bell-2 §1")
    each = office(f"cover cut-tag {ASSETS} --territory 154 --language en --by-country --json").out.splitlines()
    covers = {json.loads(line)["territory"]: json.loads(line)["cover"] for line in each}
    assert (covers["SE"], covers["NO"]) == ("covered", "none")


def test_works_and_acts_can_be_typed(office: Registry) -> None:
    found = office(
        "cover --performer okafor --production harbor,harbor-2 --act use_replica --purpose final --scene 41"
        " --replica okafor-scan-1 --seconds 4 --tool northgate-pipeline --profile vfx-shot --content none"
        " --at 2027-11-05T12:00:00-08:00 --territory US,CN --language en"
    )
    assert found.status == 1
    assert "Consents cover 2 of 2 cells." in found.out
    assert "Consents cover 0 of 2 cells, 2 none." in found.out
    assert all(columns(line) <= 80 for line in found.out.splitlines())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("cover", "A grid needs --production and --act"),
        (f"cover {ASSETS} --territory NOR", "--territory: NOR is not known here; did you mean NO?"),
        (f"cover {ASSETS} --language Englisch", "--language: Englisch is not known here; did you mean en?"),
        (f"cover {ASSETS} --act dub", "Uses come from a file, from the registry or from options."),
        ("cover --production nowhere --act dub", "no production nowhere on file"),
        ("cover --performer nobody --production harbor --act dub --language en", "no performer nobody on file"),
        ("cover --production harbor --act dubb", "did you mean dub?"),
    ],
)
def test_what_cannot_be_acted_on_is_said(registry: Registry, typed: str, said: str) -> None:
    found = registry(typed)
    assert found.status == 2
    assert said in found.err
