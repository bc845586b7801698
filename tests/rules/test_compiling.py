"""What is said of a condition that cannot be used, whole; and what is taken from one that can."""

from __future__ import annotations

import pytest

from registry.rules.compiling import LONGEST, ExpressionError, compile_expression
from registry.rules.dictionary import load_dictionary


def complaint(source: str, *expects: str) -> str:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source, load_dictionary(), expects=expects or ("bool",))
    return "\n".join(caught.value.lines())


@pytest.mark.parametrize(
    ("source", "said", "carets"),
    [
        ('use.akt == "x"', "use.akt is not a fact; did you mean use.act?", "^^^^^^^"),
        ("use.session && x.y", "x.y is not a fact", "               ^^^"),
        ("foo(1)", "foo is not a function; there are date, money, unsure,", None),
        ("year_after(use.on, 1) > use.on", "year_after is not a function; did you mean years_after?", "^^^^^^^^^^"),
        ('use.act == "dubb"', 'use.act is never "dubb"; did you mean dub?', "           ^^^^^^"),
        ('"dubb" == use.act', 'use.act is never "dubb"; did you mean dub?', "^^^^^^"),
        ('use.act in ["dub", "dubb"]', 'use.act is never "dubb"; did you mean dub?', "                   ^^^^^^"),
        ('"socal" in use.media', 'use.media is never "socal"; did you mean social?', "^^^^^^^"),
        (
            'use.media.exists(m, m == "socal")',
            'use.media is never "socal"; did you mean social?',
            "                         ^^^^^^^",
        ),
        (
            'replica.kind == "clay"',
            'replica.kind is never "clay"; it is one of employment_based, independently_created, background, synthetic',
            "                ^^^^^^",
        ),
        ("use.session == yes", "write true for yes", "               ^^^"),
        ("use.session and use.performed", "and is not an operator; write &&", "            ^^^"),
        ("not use.session", "not is not an operator; write !", "^^^"),
        ('use.act = "dub"', "= is not an operator; write ==", "        ^"),
        (
            "use.act == dub",
            'dub is not a fact; write a text in quotes, as "dub"',
            "           ^^^",
        ),
        (
            "engagement.daily_rate > 500",
            'an amount of money cannot be compared with a whole number; write an amount as money("500.00 USD")',
            "                      ^",
        ),
        (
            'use.on > "2026-07-01"',
            'a date cannot be compared with a text; write a date as date("2026-07-01")',
            "       ^",
        ),
        (
            "use.on > 739617",
            "a date cannot be compared with a whole number; write days_after(day, n) or days_between(first, last)",
            "       ^",
        ),
        (
            "use.on > use.at",
            "a date cannot be compared with a moment; compare a date with a date fact, such as use.on",
            "       ^",
        ),
        (
            "engagement.daily_rate * engagement.daily_rate",
            "* is not used between an amount of money and an amount of money",
            "                      ^",
        ),
        ("use.on - use.on > 3", "- is not used between a date and a date", "       ^"),
        (
            "use.session_hours <= 4",
            "a decimal number cannot be compared with a whole number; write the number with a decimal point, as 4.0",
            "                  ^",
        ),
        ("use.session && use.act", "&& takes yes/no conditions, and one of these is a text", "            ^"),
        ('date("2026-13-01") > use.on', "'2026-13-01' is not a date; write it as 2026-09-14", "     ^^^^^^^^^^^^"),
        ('money("5") > rate.session_scale', "'5' is not an amount; write it as \"1246.00 USD\"", "      ^^^"),
        (
            'timestamp("2026-01-01T00:00:00") > use.at',
            "'2026-01-01T00:00:00' is not a moment; write it as 2026-09-14T09:00:00-07:00",
            "          ^^^^^^^^^^^^^^^^^^^^^",
        ),
        (
            'use.at - use.at > duration("2 days")',
            '\'2 days\' is not a length of time; write it as "48h" or "30m"',
            "                           ^^^^^^^^",
        ),
        ('unsure("use.akt")', "use.akt is not a fact; did you mean use.act?", "       ^^^^^^^^^"),
        ("unsure(use.act)", "unsure takes one text in quotes, not a fact", "          ^"),
        (
            "has(use.act)",
            'has is not used: a missing fact is unknown, and unsure("…") tests for the answer unsure',
            "^^^",
        ),
        ("use.act == null", "a text cannot be compared with null", "        ^"),
        (
            "rate.session_scale == null",
            "null is not used; a fact with no value is unknown",
            "                      ^^^^",
        ),
        ('use.act in ["dub", 1]', "the entries of a list are of one type", "           ^"),
        ("(use.session", "a parenthesis is opened and not closed", "            ^"),
        ("use.session)", "a parenthesis is closed that was never opened", "           ^"),
        ('use.act == "dub', "a quotation mark is opened and not closed", "           ^"),
        ("use.session &&", "the condition ends too early; something is missing after its last sign", "              ^"),
        ("unsure.use.act", "unsure.use.act is not a fact", "^^^^^^^^^^^^^^"),
        ("  ", "is empty; write a condition or leave the key out", "^"),
        ('use.act.matches("(a+)+$")', "matches is not a function", None),
        ("10 / 2 == 5", "the sign / is not used in conditions", "   ^"),
    ],
)
def test_what_is_said(source: str, said: str, carets: str | None) -> None:
    lines = complaint(source).split("\n")
    assert lines[0].startswith(said) if carets is None else lines[0] == said
    assert lines[1].strip() == source.strip()
    if carets is not None:
        assert lines[2] == f"      {carets}"


def test_every_problem_of_a_condition_is_named_on_its_own_line_of_it() -> None:
    assert complaint('use.akt == "x"\n  && rate.session_scale > 3') == "\n".join(
        [
            "use.akt is not a fact; did you mean use.act?",
            '      use.akt == "x"',
            "      ^^^^^^^",
            'an amount of money cannot be compared with a whole number; write an amount as money("500.00 USD")',
            "        && rate.session_scale > 3",
            "                              ^",
        ]
    )


def test_a_condition_yields_what_its_key_wants() -> None:
    assert (
        complaint("use.days_estimated", "money").split("\n")[0]
        == "gives a whole number, where an amount of money is wanted"
    )
    assert complaint('{"a": true}').split("\n")[0] == "maps and fields are not used in conditions"


def test_facts_come_from_the_tree_those_of_unsure_too() -> None:
    source = 'false && use.session || unsure("tool.trains") && use.media.exists(m, m == "web")'
    expression = compile_expression(source, load_dictionary())
    assert expression.facts == ("tool.trains", "use.media", "use.session")
    assert expression.unsure == ("tool.trains",)
    assert expression.type == "bool"


def test_a_literal_inside_a_text_is_left_alone() -> None:
    expression = compile_expression("""use.permitted_clause == 'date("2026-01-01")'""", load_dictionary())
    assert expression.facts == ("use.permitted_clause",)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("(" * 40 + "true" + ")" * 40, "is nested too deep; split it into limbs or rules"),
        ("use.session" + " && use.session" * 400, f"is longer than {LONGEST:,} characters; split it"),
        (
            "use.media.exists(a, use.media.exists(b, use.media.exists(c, a == b && b == c)))",
            "looks through more than 2 lists inside one another",
        ),
        (
            '"""a" unsure("use.act") """ == use.permitted_clause',
            'write date("…"), money("…") and unsure("…") with plain quotes',
        ),
    ],
)
def test_hostile_conditions(source: str, said: str) -> None:
    assert complaint(source).split("\n")[0] == said
