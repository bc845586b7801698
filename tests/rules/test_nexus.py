"""Conditions about places and business days: what touches what, and when a period of business days ends."""

from __future__ import annotations

import datetime as dt

import pytest

from registry.rules.cel import MISSING, bindings, evaluate
from registry.rules.compiling import ExpressionError, compile_expression
from registry.rules.dictionary import load_dictionary
from registry.rules.nexus import touches
from registry.rules.workdays import business_days_after, holidays


@pytest.mark.parametrize(
    ("places", "territory", "expected"),
    [
        ("US-CA", "US-CA", True),
        ("US", "US-CA", True),
        ("world", "US-CA", True),
        (["US-NV", "US-CA"], "US-CA", True),
        ("US-CA", "US", True),
        ("DE-BE", "EU", True),
        ("GB", "EU", False),
        (["US-NV", "MX"], "US-CA", False),
        ([], "US-CA", False),
        ("nowhere", "US-CA", False),
    ],
)
def test_a_place_touches_what_holds_it_and_what_it_holds(
    places: str | list[str], territory: str, expected: bool
) -> None:
    assert touches(places, territory) is expected


def test_in_a_condition_an_unknown_place_is_open_and_a_known_one_decides() -> None:
    expression = compile_expression(
        'touches(use.territories, "US-NY") || touches(performer.domicile, "US-NY")', load_dictionary()
    )
    assert evaluate(expression, bindings({"use.territories": ("US-NV",)})) is MISSING
    assert evaluate(expression, bindings({"use.territories": ("US",)})) is True
    assert evaluate(expression, bindings({"use.territories": ("US-NV",), "performer.domicile": "US-NV"})) is False


def test_a_territory_of_the_law_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(ExpressionError, match='"UK" is not a territory; did you mean GB'):
        compile_expression('touches(use.territories, "UK")', load_dictionary())


@pytest.mark.parametrize(
    "condition",
    ['production.governing_law == "UK"', '"UK" in use.places', 'use.territories.exists(place, place == "UK")'],
)
def test_a_place_is_compared_with_a_territory_that_there_is(condition: str) -> None:
    with pytest.raises(ExpressionError, match='"UK" is not a territory; did you mean GB'):
        compile_expression(condition, load_dictionary())
    compile_expression(condition.replace("UK", "GB"), load_dictionary())


@pytest.mark.parametrize(
    ("signed", "state", "last"),
    [
        ("2026-11-18", "US-CA", "2026-11-23"),  # Thursday, Friday, Monday
        ("2026-11-24", "US-CA", "2026-12-01"),  # Thanksgiving and the day after do not count
        ("2026-11-24", "US-NY", "2026-11-30"),  # in New York only Thanksgiving does not
        ("2026-10-30", "US-NY", "2026-11-05"),  # nor election day, the third of November
        ("2027-07-02", "US-CA", "2027-07-08"),  # the fourth of July is a Sunday, kept on Monday
    ],
)
def test_three_business_days_skip_weekends_and_the_holidays_of_the_state(signed: str, state: str, last: str) -> None:
    assert business_days_after(dt.date.fromisoformat(signed), 3, state) == dt.date.fromisoformat(last)


def test_holidays_of_an_unlisted_state_are_the_federal_ones() -> None:
    assert dt.date(2026, 5, 25) in holidays(2026, "US-NV")
    assert len(holidays(2026, "US-NV")) == 11
