"""What is owed is open until its record closes it, and then it is closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.money import Money
from registry.domain.owed import OwedKind
from registry.domain.record import Record
from registry.domain.words import Purpose, RecordKind
from registry.services.owing import account, kind_of, plain
from tests.engine.instruments import NOW
from tests.services.owing import done, owed, paid, register_of, use

USD = "USD"
amounts = st.lists(st.integers(1, 200_000), max_size=5)


@given(amounts)
def test_what_is_left_is_what_is_owed_less_all_that_was_paid(minor: list[int]) -> None:
    records = [paid(f"p-{n}", Money(m, USD)) for n, m in enumerate(minor)]
    found = [i for i in owed([use("u-1", days=2)], *records).items if i.rule == "PAY-1"]
    left = 300_000 - sum(minor)
    assert [i.left for i in found] == ([Money(left, USD)] if left > 0 else [])
    assert all(i.command == f'registry record payment u-1 PAY-1 "{i.left}"' for i in found)


@given(
    st.lists(st.tuples(st.integers(1, 90_000), st.sets(st.sampled_from(["u-1", "u-2", "u-3"]), min_size=1)), max_size=4)
)
def test_a_payment_for_several_uses_is_counted_once(payments: list[tuple[int, set[str]]]) -> None:
    """All that is owed for three uses, less what was paid, is left; more only where one of them was paid too much."""
    records = [paid(f"p-{n}", Money(m, USD), *sorted(uses)) for n, (m, uses) in enumerate(payments)]
    found = [i for i in owed([use(f"u-{n}", days=n) for n in (1, 2, 3)], *records).items if i.rule == "PAY-1"]
    left = sum(i.left.minor for i in found if i.left)
    assert left >= 900_000 - sum(m for m, _ in payments)
    assert sorted(u for i in found for u in i.uses) == sorted({u for i in found for u in i.uses})
    for item in found:
        assert item.amount
        assert item.paid
        assert item.left == Money(item.amount.minor - item.paid.minor, USD)
    if len({frozenset(uses) for _, uses in payments}) == 1 and payments[0][1] == {"u-1", "u-2", "u-3"}:
        assert left == max(0, 900_000 - sum(m for m, _ in payments))


def test_everybody_in_a_crowd_is_paid_for() -> None:
    (item,) = [i for i in owed([use("u-1", "okafor", "bell")], paid("p", Money(150_000, USD))).items if i.left]
    assert (item.amount, item.paid, item.left) == (Money(170_000, USD), Money(150_000, USD), Money(20_000, USD))
    assert item.performers == ("bell", "okafor")


def test_a_duty_is_closed_for_everybody_in_its_use_and_says_so() -> None:
    """A record of a duty names no performer: also in the account of one of them it counts the others."""
    crowd = use("u-1", "okafor", "bell")
    (item,) = [i for i in owed([crowd]).items if i.rule == "LABEL-1"]
    assert (item.performers, item.closes_for) == (("bell", "okafor"), 2)
    assert [i.closes_for for i in owed([use("u-1")]).items if i.rule == "LABEL-1"] == [1]
    hers = account(register_of([crowd]), within=dt.timedelta(days=365), performer="bell")
    assert [(i.performers, i.closes_for) for i in hers.items if i.rule == "LABEL-1"] == [(("bell",), 2)]
    assert "LABEL-1" not in {i.rule for i in owed([crowd], done("d", "u-1")).items}


def test_another_currency_counts_for_nothing_and_is_told() -> None:
    (item,) = [i for i in owed([use("u-1")], paid("p", Money(150_000, "EUR"))).items if i.left]
    assert (item.left, item.elsewhere) == (Money(150_000, USD), (Money(150_000, "EUR"),))


def test_an_amount_nobody_knows_names_what_is_missing() -> None:
    (item,) = [i for i in owed([use("u-1", days=None)]).items if i.rule == "PAY-1"]
    assert (item.amount, item.left, item.unknown) == (None, None, ("use.days_estimated",))
    assert item.command == 'registry record payment u-1 PAY-1 "AMOUNT"'
    assert not [i for i in owed([use("u-1", days=None)], paid("p", Money(1, USD))).items if i.rule == "PAY-1"]


@given(st.sets(st.sampled_from(["u-1", "u-2", "u-3"])))
def test_a_duty_is_closed_by_its_record_and_by_no_other(closed: set[str]) -> None:
    uses = [use(f"u-{n}", "okafor", "bell") for n in (1, 2, 3)]
    records = [done(f"d-{name}", name) for name in sorted(closed)]
    left = [i for i in owed(uses, *records).items if i.rule == "LABEL-1"]
    assert sorted(i.uses[0] for i in left) == sorted({"u-1", "u-2", "u-3"} - closed)
    assert all(i.performers == ("bell", "okafor") for i in left)


def test_a_corrected_record_closes_nothing() -> None:
    void = Record(id="x", kind=RecordKind.CORRECTION, corrects="d", because="wrong use", given_at=NOW)
    assert [i.rule for i in owed([use("u-1")], done("d", "u-1"), paid("p", Money(150_000, USD)), void).items] == [
        "LABEL-1"
    ]


def test_overdue_comes_first_and_by_the_day_where_the_work_is_done() -> None:
    late = dt.datetime(2027, 5, 2, 6, 30, tzinfo=dt.UTC)  # half past eleven on 1 May in Los Angeles
    found = owed([use("u-1")], now=late)
    assert [i.overdue for i in found.items] == [False, False]
    after = owed([use("u-1")], now=late + dt.timedelta(hours=1))
    assert [(i.rule, i.overdue) for i in after.items] == [("LABEL-1", True), ("PAY-1", False)]


def test_what_falls_due_later_is_counted() -> None:
    found = owed([use("u-1")], within=30)
    assert [i.rule for i in found.items] == ["PAY-1"]
    assert found.later == 1


def test_a_planned_use_that_is_refused_owes_nothing_and_is_named() -> None:
    ahead = use("u-2", at=NOW + dt.timedelta(days=3))
    assert [i.uses for i in owed([ahead]).items if i.rule == "PAY-1"] == [("u-2",)]
    refused = replace(ahead, purpose=Purpose.MERCHANDISE)
    assert (owed([refused]).items, owed([refused]).waiting) == ((), ("u-2",))
    made = Record(id="k", kind=RecordKind.USE_MADE, use=("u-2",), made_at=NOW)
    assert [i.rule for i in owed([refused], made).items] == ["LABEL-1", "PAY-1"]


def test_a_use_of_no_production_on_file_is_named() -> None:
    assert owed([replace(use("u-1"), production="nowhere")]).unjudged == ("u-1",)


def test_the_account_has_the_same_keys_always() -> None:
    said = plain(owed([use("u-1")]))
    assert list(said) == ["format", "from", "to", "known_at", "items", "later", "waiting", "unjudged"]
    assert plain(owed([use("u-1")])) == said


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("send the performer a usage report", OwedKind.REPORT),
        ("disclose clearly that the content is artificially generated or manipulated", OwedKind.LABEL),
        ("limit access to those who need it and guard against unauthorized use", OwedKind.SECURITY),
        ("pension and health contributions on this pay", OwedKind.PAYMENT),
        ("count the session as work time of that day", OwedKind.DUTY),
    ],
)
def test_a_duty_is_told_from_another_by_its_words(label: str, kind: OwedKind) -> None:
    assert kind_of(label) is kind
