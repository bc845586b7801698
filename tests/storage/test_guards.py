"""The five guards before the ledger: each refuses alone what it is there for; without it the attack goes through."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, insert, text, update
from sqlalchemy.exc import DBAPIError

from registry.storage.kinds import Kind
from registry.storage.ledger import GUARDS, Entry, append, head
from registry.storage.tables import ledger
from tests.storage.raw import raw

Attack = Callable[[Connection], None]
ENTRY = Entry(
    thing=7,
    kind=Kind.TOOL,
    version=1,
    commitment=bytes(32),
    known_from="2026-11-22T10:00:00.000000Z",
    asserted=False,
    recorded_at="2026-11-22T10:00:00.000000Z",
    recorded_by=bytes(32),
)
ROW = {
    "thing": 8,
    "kind": "tool",
    "version": 1,
    "recorded_at": ENTRY.recorded_at,
    "recorded_by": bytes(32),
    "entry": b"{}",
    "hash": bytes(31) + b"\1",
}


def _change(connection: Connection) -> None:
    connection.execute(update(ledger).values(kind="use"))


def _delete(connection: Connection) -> None:
    connection.execute(text("DELETE FROM ledger"))


def _replace(connection: Connection) -> None:
    """What SQLite does without asking the guard against deletion; TRUNCATE is what PostgreSQL does so."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("TRUNCATE ledger CASCADE"))
        return
    follows = {**ROW, "seq": 1, "previous": bytes(32), "thing": 9}
    connection.execute(insert(ledger).prefix_with("OR REPLACE"), follows)


def _skip_version(connection: Connection) -> None:
    connection.execute(insert(ledger), {**ROW, "seq": 2, "previous": head(connection).hash, "version": 2})


def _skip_number(connection: Connection) -> None:
    connection.execute(insert(ledger), {**ROW, "seq": 3, "previous": head(connection).hash})


def _follow_another(connection: Connection) -> None:
    connection.execute(insert(ledger), {**ROW, "seq": 2, "previous": bytes(32)})


ATTACKS = [
    pytest.param("ledger_no_update", _change, "no entry is changed", id="change"),
    pytest.param("ledger_no_delete", _delete, "no entry is deleted", id="delete"),
    pytest.param("ledger_no_replace", _replace, "no entry is replaced", id="replace"),
    pytest.param("ledger_version_follows", _skip_version, "a version of a thing follows", id="skip a version"),
    pytest.param("ledger_sequence_follows", _skip_number, "an entry of the ledger follows", id="skip a number"),
    pytest.param("ledger_sequence_follows", _follow_another, "an entry of the ledger follows", id="follow another"),
]


@pytest.fixture
def one_entry(url: str) -> str:
    with raw(url).begin() as connection:
        append(connection, [ENTRY])
    return url


def _drop(connection: Connection, guards: set[str]) -> None:
    on = " ON ledger" if connection.dialect.name == "postgresql" else ""
    for guard in sorted(guards):
        connection.execute(text(f"DROP TRIGGER {guard}{on}"))


@pytest.mark.parametrize("guard, attack, says", ATTACKS)
def test_each_guard_refuses_alone(one_entry: str, guard: str, attack: Attack, says: str) -> None:
    with raw(one_entry).begin() as connection:
        _drop(connection, set(GUARDS) - {guard})
    with pytest.raises(DBAPIError, match=says), raw(one_entry).begin() as connection:
        attack(connection)
    with raw(one_entry).connect() as connection:
        assert [row.thing for row in connection.execute(ledger.select())] == [7]


@pytest.mark.parametrize("guard, attack, says", ATTACKS)
def test_without_its_guard_the_attack_goes_through(one_entry: str, guard: str, attack: Attack, says: str) -> None:
    with raw(one_entry).begin() as connection:
        _drop(connection, {guard} if guard != "ledger_no_replace" else set(GUARDS))
    with raw(one_entry).begin() as connection:
        attack(connection)
    with raw(one_entry).connect() as connection:
        after = connection.execute(ledger.select()).all()
    assert [(row.thing, row.kind) for row in after] != [(ENTRY.thing, ENTRY.kind)]
