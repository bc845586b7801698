"""What changed from one edition to the next, and which rules the cases try."""

from __future__ import annotations

import datetime as dt

import pytest

from registry.rules.catalogue import Catalogue, load_catalogue
from registry.services.comparing import compare
from registry.services.covering import coverage, spans
from registry.services.trials import ABSENT, Trial

OLD, NEW = "sag-aftra-tv-theatrical-2023", "sag-aftra-tv-theatrical-2026"
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_the_edition_of_2026_replaces_three_clauses_and_removes_none(catalogue: Catalogue) -> None:
    found = compare(catalogue, OLD, NEW)
    replaced = {change.instead_of: change.clause for change in found.changes if change.kind == "replaced"}
    assert replaced == {
        "TVT23-DEF-EBDR": "TVT26-NOSCAN-1",
        "TVT23-STRIKE-1": "TVT26-STRIKE-1",
        "TVT23-XFER-1": "TVT26-XFER-1",
    }
    assert [change.clause for change in found.changes if change.kind in ("removed", "changed")] == []
    figure = next(change for change in found.changes if change.kind == "figure")
    assert (figure.clause, figure.days) == ("rate.day_performer_minimum", "from 1 Jul 2026 to 30 Jun 2027")


def test_backwards_the_new_clauses_are_removed(catalogue: Catalogue) -> None:
    found = compare(catalogue, NEW, OLD)
    removed = {change.clause for change in found.changes if change.kind == "removed"}
    assert {"TVT26-ALT-1", "TVT26-NOSCAN-1"} <= removed
    added = {change.clause for change in found.changes if change.kind == "added"}
    assert added == {"TVT23-DEF-EBDR", "TVT23-STRIKE-1", "TVT23-XFER-1"}  # what they replaced speaks again


def test_a_pack_is_like_itself(catalogue: Catalogue) -> None:
    assert all(compare(catalogue, pack.id, pack.id).alike for pack in catalogue.packs)


def test_a_carried_rule_speaks_in_one_span_over_both_editions(catalogue: Catalogue) -> None:
    (span,) = spans(catalogue, "TVT23-NOTICE-1")
    assert (span.from_, span.until) == (dt.date(2023, 11, 9), dt.date(2030, 6, 30))


def _missing(catalogue: Catalogue, *trials: tuple[str, dt.date | None]) -> tuple[str, ...]:
    rule = "US-WA-MHMDA"
    tried = [Trial(rule=rule, case=f"c-{n}", state=state, day=day) for n, (state, day) in enumerate(trials)]
    return next(found for found in coverage(catalogue, tried, pack="us-wa") if found.rule == rule).missing


def test_what_no_case_tries_is_missing(catalogue: Catalogue) -> None:
    rule = catalogue.rule("US-WA-MHMDA")
    assert rule is not None
    first = rule.in_force.from_
    assert first is not None
    assert _missing(catalogue) == (
        "no case in which it speaks",
        "no case on 30 Mar 2024 and 31 Mar 2024, where it begins",
    )
    assert _missing(catalogue, ("unmet", first)) == (
        "no case that meets it, and none it is silent in",
        "no case on 30 Mar 2024, where it begins",
    )
    assert _missing(catalogue, ("unmet", first), ("unmet", first - DAY), ("met", None)) == (
        "the same expected on 30 Mar 2024 and 31 Mar 2024, where it begins",
    )
    assert _missing(catalogue, ("met", first), (ABSENT, first - DAY)) == ("no case that breaks it",)
    assert _missing(catalogue, ("unmet", first), (ABSENT, first - DAY)) == ()
