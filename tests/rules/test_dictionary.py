"""The fact dictionary as it ships, and what is said of a line that is not a fact."""

from __future__ import annotations

from enum import StrEnum

import pytest

from registry.domain import words
from registry.domain.facts import FactDefinition, Owner
from registry.errors import FileError
from registry.rules.dictionary import FACTS, PLACES, load_dictionary, read_dictionary
from registry.source import read


def test_a_fact_has_type_owner_question_and_closed_list() -> None:
    assert load_dictionary()["replica.kind"] == FactDefinition(
        name="replica.kind",
        type="string",
        owner=Owner.COMPUTED,
        ask="Which kind: employment_based, independently_created, background, synthetic?",
        values=("employment_based", "independently_created", "background", "synthetic"),
    )


def test_a_judgement_names_who_decides_and_its_protective_answer() -> None:
    fact = load_dictionary()["use.as_scripted"]
    assert (fact.owner, fact.who, fact.protective) == (Owner.RULING, "business_affairs", False)
    assert load_dictionary()["use.recognizable"].protective is True


@pytest.mark.parametrize(
    ("fact", "vocabulary"),
    [
        ("use.act", words.Act),
        ("use.purpose", words.Purpose),
        ("use.elements", words.Element),
        ("use.content", words.Content),
        ("production.kind", words.ProductionKind),
        ("production.agreement", words.Agreement),
        ("replica.kind", words.ReplicaKind),
        ("replica.made_from", words.MadeFrom),
        ("use.biometric_kinds", words.BiometricKind),
        ("consent.instrument", words.Instrument),
        ("consent.grantor", words.GrantorCapacity),
        ("consent.basis", words.Basis),
    ],
)
def test_closed_lists_are_the_words_staff_type(fact: str, vocabulary: type[StrEnum]) -> None:
    assert load_dictionary()[fact].values == tuple(vocabulary)


def test_every_line_reads_the_same_with_a_full_yaml_reader() -> None:
    entries = read(FACTS.read_text("utf-8"), "facts.yaml").value
    assert isinstance(entries, dict)
    assert list(entries) == list(load_dictionary())
    for name, node in entries.items():
        fact = load_dictionary()[name]
        assert isinstance(node.value, dict)
        assert node.value["type"].value == fact.type
        assert node.value["ask"].value == fact.ask
        values = node.value["values"].value if "values" in node.value else []
        assert isinstance(values, list)
        assert tuple(v.raw for v in values) == fact.values


def test_places_are_facts() -> None:
    assert set(load_dictionary()) >= PLACES


def test_every_faulty_line_is_named() -> None:
    text = "\n".join(
        [
            "use.act: {type: string, owner: asserted, ask: 'What?'}",
            "use.akt: {type: strong, owner: asserted, ask: 'What?'}",
            "use.day: {type: date, owner: ruling, ask: 'When?'}",
            "use.act: {type: string, owner: asserted, ask: 'What?'}",
            "use.who: yes",
        ]
    )
    with pytest.raises(FileError) as caught:
        read_dictionary(text, "facts.yaml")
    assert caught.value.lines() == [
        "facts.yaml: 4 faults, not used.",
        " line 2  use.akt  type strong is not one of bool, int, double, string, date, timestamp, money, list<string>",
        " line 3  use.day  a ruling names `who` decides and its protective answer; other facts name neither",
        " line 4  use.act  stands here twice",
        " line 5  use.who  is not a fact; the form stands at the top of the file",
    ]
