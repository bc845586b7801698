"""Conditions at run time: three values, two clocks, amounts and dates, and one defect of the library."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from registry.domain.facts import FactValue
from registry.domain.money import Money
from registry.rules.cel import MISSING, Failure, bindings, evaluate
from registry.rules.compiling import compile_expression
from registry.rules.dictionary import load_dictionary

ALL = ("bool", "int", "double", "string", "date", "timestamp", "duration", "money", "list<string>")
PACIFIC = dt.timezone(dt.timedelta(hours=-7))
FACTS: dict[str, FactValue] = {
    "use.act": "use_replica",
    "use.at": dt.datetime(2026, 10, 2, 9, tzinfo=PACIFIC),
    "use.on": dt.date(2026, 10, 2),
    "use.session": True,
    "use.session_hours": 4,
    "use.days_estimated": 3,
    "use.media": ("social", "web"),
    "engagement.daily_rate": Money(150_000, "USD"),
    "rate.session_scale": Money(50_000, "EUR"),
}


def run(source: str, facts: dict[str, FactValue] = FACTS, unsure: frozenset[str] = frozenset()) -> object:
    return evaluate(compile_expression(source, load_dictionary(), expects=ALL), bindings(facts, unsure))


KNOWN = {"t": "use.session", "f": "use.performed", "m": "use.generative"}
ANSWERS = {"t": True, "f": False, "m": MISSING}


@pytest.mark.parametrize(
    ("left", "sign", "right", "answer"),
    [
        ("t", "&&", "t", "t"), ("t", "&&", "f", "f"), ("t", "&&", "m", "m"),
        ("f", "&&", "t", "f"), ("f", "&&", "f", "f"), ("f", "&&", "m", "f"),
        ("m", "&&", "t", "m"), ("m", "&&", "f", "f"), ("m", "&&", "m", "m"),
        ("t", "||", "t", "t"), ("t", "||", "f", "t"), ("t", "||", "m", "t"),
        ("f", "||", "t", "t"), ("f", "||", "f", "f"), ("f", "||", "m", "m"),
        ("m", "||", "t", "t"), ("m", "||", "f", "m"), ("m", "||", "m", "m"),
    ],
)  # fmt: skip
def test_false_and_true_absorb_what_is_missing(left: str, sign: str, right: str, answer: str) -> None:
    facts: dict[str, FactValue] = {"use.session": True, "use.performed": False}
    assert run(f"{KNOWN[left]} {sign} {KNOWN[right]}", facts) is ANSWERS[answer]


@pytest.mark.parametrize(("of", "answer"), [("t", False), ("f", True), ("m", MISSING)])
def test_not_unknown_is_unknown(of: str, answer: object) -> None:
    assert run(f"!{KNOWN[of]}", {"use.session": True, "use.performed": False}) is answer


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('use.at - duration("48h")', dt.datetime(2026, 9, 30, 9, tzinfo=PACIFIC)),
        ("years_after(use.on, 1)", dt.date(2027, 10, 2)),
        ('years_after(date("2024-02-29"), 1)', dt.date(2025, 3, 1)),
        ('months_after(date("2026-01-31"), 1)', dt.date(2026, 3, 1)),
        ("days_after(use.on, -2)", dt.date(2026, 9, 30)),
        ('days_between(use.on, date("2026-10-05"))', 3),
        ('max(use.on, date("2026-12-01"))', dt.date(2026, 12, 1)),
        ('min(use.at, timestamp("2026-01-01T00:00:00Z"))', dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        ('use.days_estimated * max(engagement.daily_rate, money("2000.00 USD"))', Money(600_000, "USD")),
        ("share(engagement.daily_rate, 1, 2)", Money(75_000, "USD")),
        ("share(5, 1, 2)", 3),
        ("share(4, 1, 3)", 1),
        ("share(-5, 1, 2)", -2),
        ('engagement.daily_rate - money("0.01 USD")', Money(149_999, "USD")),
        ('engagement.daily_rate - money("-0.01 USD")', Money(150_001, "USD")),
        ("use.session_hours <= 4.0", True),
        ('use.media.exists(m, m in ["social", "any"])', True),
        ('use.media.all(m, m == "social")', False),
        ("size(use.media)", 2),
        ("use.media", ("social", "web")),
        ('use.act == "dub" ? 1 : 2', 2),
        ('use.place.startsWith("US-")', MISSING),
    ],
)
def test_values_come_back_as_what_they_are(source: str, value: object) -> None:
    assert run(source) == value


def test_an_amount_in_another_currency_is_unknown() -> None:
    assert run('rate.session_scale > money("1.00 USD")') is MISSING
    assert run('engagement.daily_rate > money("1.00 EUR")') is MISSING
    expression = compile_expression('rate.session_scale > money("1.00 EUR")', load_dictionary(), currency="EUR")
    assert evaluate(expression, bindings(FACTS, currency="EUR")) is True


def test_unsure_is_an_answer_and_absent_is_none() -> None:
    assert run('unsure("use.generative")', unsure=frozenset({"use.generative"})) is True
    assert run('unsure("use.session")') is False
    assert run('unsure("use.generative")') is MISSING
    assert run("use.generative", unsure=frozenset({"use.generative"})) is MISSING


def test_a_test_for_unsure_loaded_after_the_facts_were_bound_is_answered() -> None:
    bound = bindings({"tool.stores": True}, frozenset({"tool.reuses"}))
    for source, answer in (('unsure("tool.stores")', False), ('unsure("tool.reuses")', True)):
        assert evaluate(compile_expression(source, load_dictionary()), bound) is answer


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("share(3, 1, 0) == 3", "integer division or modulo by zero"),
        ("use.days_estimated * 9223372036854775807 > 3", "integer overflow"),
        ("years_after(use.on, 9000) > use.on", "year 11026 is out of range"),
    ],
)
def test_a_fault_of_the_rule_is_told_apart_from_a_missing_fact(source: str, message: str) -> None:
    assert run(source) == Failure(message)
    assert run(f"{source} && use.generative") is MISSING
    assert run(f"{source} || use.session") is True


def test_a_fact_of_the_wrong_type_fails_the_rule() -> None:
    assert isinstance(run("use.days_estimated > 3", {"use.days_estimated": "four"}), Failure)
    assert isinstance(run("use.session && true", {"use.session": "yes"}), Failure)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"use\.at: 2026-10-02T09:00:00 has no zone"):
        bindings({"use.at": dt.datetime.fromisoformat("2026-10-02T09:00:00")})


def test_forty_eight_hours_are_elapsed_hours_across_a_change_of_clocks() -> None:
    at = dt.datetime(2026, 11, 2, 9, tzinfo=dt.timezone(dt.timedelta(hours=-8)))
    assert run('use.at - duration("48h")', {"use.at": at}) == dt.datetime(2026, 10, 31, 10, tzinfo=PACIFIC)


FRESH = """
import datetime as dt, sys
from registry.domain.facts import FactValue
from registry.rules.cel import Program, bindings, evaluate
from registry.rules.pack import Expression

program = Program(bytes.fromhex(sys.argv[1]), ("use.at",))
moment = dt.datetime(2026, 10, 2, tzinfo=dt.timezone.utc)
expression = Expression("use.at", "timestamp", ("use.at",), program=program)
print(evaluate(expression, bindings({"use.at": moment})) == moment)
"""
DEFECT = """
import datetime as dt, sys
from cel_expr_python import cel

environment = cel.NewEnv(variables={"use.at": cel.Type.TIMESTAMP})
program = environment.deserialize(bytes.fromhex(sys.argv[1]))
moment = {"use.at": dt.datetime(2026, 10, 2, tzinfo=dt.timezone.utc)}
print(program.eval(environment.Activation(moment)).value())
environment.compile("1")
print(program.eval(environment.Activation(moment)).value())
"""


def fresh(code: str) -> list[str]:
    program = compile_expression("use.at", load_dictionary(), expects=("timestamp",)).program
    done = subprocess.run(
        [sys.executable, "-c", code, program.serialized.hex()], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_a_fresh_process_that_never_compiles_converts_moments() -> None:
    assert fresh(FRESH) == ["True"]


def test_the_library_cannot_do_so_by_itself() -> None:
    """When this fails the library is mended, and `_runtime` need not compile anything."""
    assert fresh(DEFECT) == [
        "INVALID_ARGUMENT: Non-CEL value type for 'use.at': datetime.datetime.",
        "2026-10-02 00:00:00+00:00",
    ]
