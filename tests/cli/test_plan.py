"""`registry plan`: the rules of the idea's own days, what they ask, and what hangs on what nobody said."""

from __future__ import annotations

import json

import pytest

from registry.cli.output import columns
from tests.cli.conftest import Registry

IDEA = "plan --agreement sag-aftra-tv-theatrical --platform netflix --place US-CA --territory world"


def bites(registry: Registry, command: str) -> dict[str, dict[str, str]]:
    ran = registry(f"{command} --json")
    assert ran.status == 0, ran.err
    return {(found := json.loads(line))["rule"]: found for line in ran.out.splitlines()}


def test_an_idea_needs_no_registry(empty: Registry) -> None:
    found = empty(f"{IDEA} --photography-starts 2027-03-01 --act create_replica --replica employment_based")
    assert found.status == 0
    assert "Making a replica   NOT CLEARED as things stand" in found.out
    assert " Asks       notice to the performer by the work − 48 hours" in found.out
    assert all(columns(line) <= 80 for line in found.out.splitlines())


def test_the_start_of_photography_chooses_the_edition(empty: Registry) -> None:
    command = "plan --agreement sag-aftra-tv-theatrical --gate agreement --act create_replica"
    old = bites(empty, f"{command} --photography-starts 2026-06-30")
    new = bites(empty, f"{command} --photography-starts 2026-07-01")
    assert {b["pack"] for b in old.values()} == {"sag-aftra-tv-theatrical-2023"}
    assert {b["pack"] for b in new.values()} == {"sag-aftra-tv-theatrical-2026"}
    assert "TVT26-SEC-1" not in old
    assert new["TVT26-SEC-1"]["from"] == "2026-07-01"
    assert new["TVT23-NOTICE-1"]["citation"] == "MOA XX.A.2.a"


def test_an_answer_makes_certain_what_hung_on_it(empty: Registry) -> None:
    command = f"{IDEA} --photography-starts 2027-03-01 --act create_replica --replica employment_based"
    assert bites(empty, command)["NFX-000"]["bites"] == "may ask"
    assert bites(empty, f"{command} --fact use.generative=yes")["NFX-000"]["bites"] == "asks"
    assert "NFX-000" not in bites(empty, f"{command} --fact use.generative=no")


def test_what_nobody_said_is_said(empty: Registry) -> None:
    found = empty("plan --photography-starts 2027-03-01 --act use_replica")
    assert "Not said, and further packs hang on it" in found.out
    assert "production.agreement" in found.out
    assert "use.territories" in found.out


def test_without_an_agreement_its_rules_are_silent(empty: Registry) -> None:
    found = bites(empty, "plan --agreement none --platform none --photography-starts 2027-03-01 --gate agreement")
    assert found == {}


def test_a_picture_on_file_is_planned_with_what_it_declared(registry: Registry) -> None:
    found = bites(registry, "plan --production harbor --act dub")
    assert found["NFX-000"]["bites"] == "asks"  # use.generative was declared


def test_every_rule_with_its_clause_days_and_questions(empty: Registry) -> None:
    found = empty(
        "plan --agreement sag-aftra-tv-theatrical --photography-starts 2026-09-14 --gate agreement"
        " --act create_replica --rules"
    )
    assert "MOA XX.A.2.a · sag-aftra-tv-theatrical-2026, from 1 Jul 2026 to" in found.out
    assert "hangs on: Does the performer have to come in" in found.out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("plan", "Nobody says when photography starts"),
        ("plan --agreement sag-aftra-tv", "--agreement: sag-aftra-tv is not a word known here"),
        ("plan --photography-starts soon", "--photography-starts: soon cannot be read."),
        ("plan --production harbor --platform none", "A picture is on file or typed, not both."),
        ("plan --production harbour", "There is no production harbour on file; did you mean harbor?"),
        ("plan --photography-starts 2027-03-01 --place Californa", "--place: Californa is not known here."),
        ("plan --photography-starts 2027-03-01 --gate unions", "--gate: unions is not a word known here"),
    ],
)
def test_what_cannot_be_acted_on_is_said(registry: Registry, typed: str, said: str) -> None:
    found = registry(typed)
    assert found.status == 2
    assert said in found.err
