"""The answers that are tried: as many as the conditions can tell apart, and no more."""

from __future__ import annotations

import pytest

from registry.engine.answers import answers
from registry.rules.dictionary import load_dictionary
from registry.rules.pack import Expression

OTHER = "\N{REPLACEMENT CHARACTER}"
UNLIKE = f"{OTHER} use.permitted_clause"  # a word that no other fact is answered with


def condition(source: str, *facts: str) -> Expression:
    return Expression(source, "bool", tuple(sorted(facts)))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('use.permitted_clause != "none" && use.act in ["dub", "use_replica"]', ("none", OTHER)),
        ('use.permitted_clause in ["timing", "pitch"]', ("pitch", "timing", OTHER)),
        ('use.act == "dub" && use.permitted_clause == use.alteration', ("dub", OTHER, UNLIKE)),
        ('"none" == use.permitted_clause', ("none", OTHER)),
        ('unsure("use.permitted_clause") || use.permitted_clause == "none"', ("none", OTHER)),
    ],
)
def test_a_word_is_tried_where_it_is_compared(source: str, expected: tuple[str, ...]) -> None:
    """Words that other facts are compared with are tried only where facts are compared with each other."""
    fact = load_dictionary()["use.permitted_clause"]
    assert answers(fact, [condition(source, "use.permitted_clause")]) == expected


def test_of_a_closed_list_one_word_stands_for_all_that_nothing_names() -> None:
    fact = load_dictionary()["use.alteration"]
    source = 'use.alteration in ["noise", "pitch"] && use.purpose == "final"'
    found = answers(fact, [condition(source, "use.alteration")])
    assert set(found[:-1]) == {"noise", "pitch"}
    assert found[-1] in set(fact.values) - {"noise", "pitch"}


def test_words_of_other_facts_are_tried_where_facts_are_compared() -> None:
    fact = load_dictionary()["use.permitted_clause"]
    source = "use.permitted_clause == production.id"
    assert answers(fact, [condition(source, "use.permitted_clause")], words=("harbor",)) == ("harbor", OTHER, UNLIKE)
