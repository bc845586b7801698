"""Conditions in words: what a lawyer reads beside the condition that decides."""

from __future__ import annotations

import pytest

from registry.rules.catalogue import clauses, load_catalogue
from registry.rules.compiling import compile_expression
from registry.rules.dictionary import load_dictionary
from registry.rules.pack import Rule
from registry.rules.words import in_words, value_in_words

DICTIONARY = load_dictionary()
ELEMENTS = "Voice, likeness, movement: which of the performer is used?"


@pytest.mark.parametrize(
    "source, said",
    [
        ("use.generative", ["Is generative AI used (rather than conventional VFX)? yes"]),
        ("!use.generative", ["Is generative AI used (rather than conventional VFX)? no"]),
        ('use.act == "dub"', ["What is to be done? dub"]),
        ('use.act != "dub"', ["What is to be done? not dub"]),
        ('use.act in ["dub", "use_replica"]', ["What is to be done? dub or use replica"]),
        ('!(use.act in ["dub", "use_replica"])', ["What is to be done? none of dub or use replica"]),
        ('"voice" in use.elements', [f"{ELEMENTS} voice among them"]),
        ("use.seconds < 2", ["How many seconds? less than 2"]),
        ("2 > use.seconds", ["How many seconds? less than 2"]),
        ("!(use.seconds < 2)", ["How many seconds? not less than 2"]),
        ('use.on >= date("2026-01-01")', ["On which day is the work done? on or after 1 January 2026"]),
        ('use.fee_offered > money("0.00 USD")', ["What fee is offered for the use? more than 0.00 USD"]),
        ("replica.made_for != production.id", ["For which production was it made? other than production.id"]),
        ('touches(use.territories, "US-NY")', ["Where will it be shown? reaching into New York, United States"]),
        (
            'use.elements.exists(e, e == "voice")',
            [f"{ELEMENTS} among them voice"],
        ),
        (
            'use.elements.all(e, e == "voice")',
            [f"{ELEMENTS} nothing but voice"],
        ),
        ('unsure("use.generative")', ["Is generative AI used (rather than conventional VFX)? unsure"]),
        (
            'use.generative || unsure("use.generative")',
            ["one of these at least:", "  Is generative AI used (rather than conventional VFX)? yes or unsure"],
        ),
        (
            '!(use.generative && use.act == "dub")',
            [
                "one of these at least:",
                "  Is generative AI used (rather than conventional VFX)? no",
                "  What is to be done? not dub",
            ],
        ),
        (
            "use.generative && (use.session || use.in_lieu) && use.real_time",
            [
                "all of these:",
                "  Is generative AI used (rather than conventional VFX)? yes",
                "  one of these at least:",
                "    Does the performer have to come in (scan, capture, recording) for this? yes",
                "    Does it replace work the performer would otherwise have done in person? yes",
                "  Will the replica be generated in real time (a chatbot, a live character)? yes",
            ],
        ),
    ],
)
def test_a_condition_in_words(source: str, said: list[str]) -> None:
    expression = compile_expression(source, DICTIONARY)
    assert [f"{'  ' * line.depth}{line.text}" for line in in_words(expression, DICTIONARY)] == said


def test_a_deadline_in_words() -> None:
    deadline = compile_expression('use.at - duration("48h")', DICTIONARY, expects=("timestamp",))
    assert value_in_words(deadline, DICTIONARY) == "use.at − 48 hours"


def test_every_condition_that_ships_can_be_said() -> None:
    """No line shows the inside of CEL: an operator by its own name, the result of a loop."""
    for pack in load_catalogue().packs:
        for clause in clauses(pack):
            read = clause.expressions if isinstance(clause, Rule) else (clause.void_if,)
            for expression in (each for each in read if each.type == "bool"):
                for line in in_words(expression, DICTIONARY, pack.currency):
                    assert "@" not in line.text, (clause.id, line.text)
                    assert "_(" not in line.text, (clause.id, line.text)
                    assert not line.text.endswith(" holds"), (clause.id, line.text)
