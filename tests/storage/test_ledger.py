"""The ledger: what it says, what it never says, and that whatever is changed behind its back is noticed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Connection, text

from registry.domain.content import content
from registry.domain.performer import Performer
from registry.domain.world import World
from registry.storage.ledger import GENESIS, GUARDS, commit_to
from registry.storage.projecting import PROJECTIONS
from registry.storage.store import Store
from registry.storage.tables import ledger, vault_identifiers, vault_texts
from tests.storage.raw import raw
from tests.storage.sample import NAME, NOW, sample

BY = "T. Albright"
# Names, identifiers, free text and numbers of members; each is planted somewhere in the sample.
PERSONAL = (
    NAME,
    "Quillfeather",
    "quillfeather",
    "ferry roof",
    "10482213",
    "harbor",
    "said so",
    "has the key",
    "marsh",
    BY,
)


@pytest.fixture
def filled(store: Store) -> Store:
    store.record(sample(), by=BY, now=NOW)
    return store


def _words(connection: Connection, table: Any) -> str:
    rows = connection.execute(table.select()).all()
    return "\n".join(
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for row in rows for value in row
    )


def test_the_ledger_and_the_typed_tables_say_nothing_personal(filled: Store, url: str) -> None:
    with raw(url).connect() as connection:
        told = {table.name: _words(connection, table) for table in (ledger, *PROJECTIONS)}
        kept = _words(connection, vault_texts) + _words(connection, vault_identifiers)
    for personal in PERSONAL:
        assert personal in kept
        assert [name for name, words in told.items() if personal in words] == []


def test_an_entry_is_numbers_and_commitments_in_canonical_form(filled: Store, url: str) -> None:
    with raw(url).connect() as connection:
        rows = connection.execute(ledger.select().order_by(ledger.c.seq)).all()
        texts = {row.entry: row for row in connection.execute(vault_texts.select())}
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0].previous == GENESIS
    for row in rows:
        said = json.loads(row.entry)
        assert row.entry == json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
        assert all(type(value) in {str, int} for value in said.values())
        assert said["schema"] == 1
        assert said["commitment"] == commit_to(texts[row.seq].salt, texts[row.seq].content).hex()
    assert len({row.salt for row in texts.values()}) == len(rows)


def test_the_text_of_an_entry_is_what_the_value_says(filled: Store, url: str) -> None:
    with raw(url).connect() as connection:
        kept = {bytes(c) for c in connection.execute(text("SELECT content FROM vault_texts")).scalars()}
    assert content(sample().performers[0]) in kept


def test_the_same_content_has_another_commitment_each_time(store: Store, url: str) -> None:
    for name in ("one", "two", "one"):
        store.record(World(performers=(Performer(id="p", legal_name=name),)), by=BY, now=NOW)
    with raw(url).connect() as connection:
        said = [json.loads(row.entry) for row in connection.execute(ledger.select())]
    assert len({entry["commitment"] for entry in said}) == 3
    assert [entry["version"] for entry in said] == [1, 2, 3]


def _tamper(url: str, *statements: str) -> None:
    with raw(url).begin() as connection:
        lift = "ALTER TABLE ledger DISABLE TRIGGER USER" if connection.dialect.name == "postgresql" else None
        triggers = (
            [] if lift else connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).all()
        )
        for statement in [lift] if lift else [f"DROP TRIGGER {guard}" for guard in GUARDS]:
            connection.execute(text(statement))
        if lift:
            connection.execute(text("SET session_replication_role = replica"))  # keys rest, as they do on SQLite here
        for statement in statements:
            connection.execute(text(statement))
        if lift:
            connection.execute(text("ALTER TABLE ledger ENABLE TRIGGER USER"))
        for (sql,) in triggers:
            connection.exec_driver_sql(sql)


CHANGES = [
    pytest.param(
        ["UPDATE ledger SET entry = (SELECT entry FROM ledger WHERE seq = 4) WHERE seq = 3"],
        ["entry 3: was changed: its hash is another", "entry 3: has another text than was recorded"],
        id="an entry changed",
    ),
    pytest.param(
        ["UPDATE ledger SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE seq = 3"],
        ["entry 3: was changed: its columns say something else than its bytes"],
        id="a column changed",
    ),
    pytest.param(
        ["DELETE FROM ledger WHERE seq = 3"],
        ["entry 3: is missing from the ledger", "entry 3: is missing from the ledger, its text is not"],
        id="an entry removed",
    ),
    pytest.param(
        ["DELETE FROM vault_texts WHERE entry = 3", "DELETE FROM ledger WHERE seq = 3"],
        ["entry 3: is missing from the ledger"],
        id="an entry removed with its text",
    ),
    pytest.param(
        ["DELETE FROM ledger WHERE seq = 37"],
        ["entry 37: is missing from the ledger, its text is not"],
        id="the last entry removed",
    ),
    pytest.param(
        [
            "UPDATE ledger SET seq = -3 WHERE seq = 3",
            "UPDATE ledger SET seq = 3 WHERE seq = 4",
            "UPDATE ledger SET seq = 4 WHERE seq = -3",
        ],
        [
            "entry 3: does not follow the entry before it",
            "entry 3: was changed: its columns say something else than its bytes",
            "entry 4: does not follow the entry before it",
            "entry 4: was changed: its columns say something else than its bytes",
            "entry 5: does not follow the entry before it",
            "entry 3: has another text than was recorded",
            "entry 4: has another text than was recorded",
        ],
        id="entries reordered",
    ),
    pytest.param(
        ["UPDATE vault_texts SET content = (SELECT content FROM vault_texts WHERE entry = 2) WHERE entry = 1"],
        ["entry 1: has another text than was recorded"],
        id="a text changed",
    ),
    pytest.param(
        ["UPDATE vault_texts SET recorded_by = 'somebody else' WHERE entry = 2"],
        ["entry 2: has another text than was recorded"],
        id="an author changed",
    ),
    pytest.param(
        ["UPDATE vault_texts SET recorded_at = '2020-01-01T00:00:00+00:00' WHERE entry = 2"],
        ["entry 2: has another text than was recorded"],
        id="a moment changed",
    ),
    pytest.param(
        ["UPDATE vault_identifiers SET id = 'somebody' WHERE id = 'marsh' AND kind = 'performer'"],
        ["entry 2: has another text than was recorded"],
        id="an identifier changed",
    ),
    pytest.param(["DELETE FROM vault_texts WHERE entry = 5"], ["entry 5: has lost its text"], id="a text lost"),
    pytest.param(
        ["UPDATE productions SET released_on = '2027-05-02' WHERE released_on IS NOT NULL"],
        ["entry 3: has other rows in productions than its text makes"],
        id="a typed column changed",
    ),
    pytest.param(
        ["DELETE FROM grants WHERE clause = '2.2'"],
        ["entry 11: has other rows in grants than its text makes"],
        id="a grant taken out",
    ),
    pytest.param(
        ["UPDATE record_subjects SET digest = NULL WHERE digest IS NOT NULL AND entry = 19"],
        ["entry 19: has other rows in record_subjects than its text makes"],
        id="a binding loosened",
    ),
]


@pytest.mark.parametrize("statements, noticed", CHANGES)
def test_what_is_changed_behind_its_back_is_noticed(
    filled: Store, url: str, statements: list[str], noticed: list[str]
) -> None:
    assert filled.damages() == ()
    _tamper(url, *statements)
    assert [str(damage) for damage in filled.damages()] == noticed


def test_a_receipt_names_the_head_of_the_ledger(store: Store) -> None:
    """Whoever owns the database can write a whole new ledger: only a head that was kept elsewhere tells."""
    receipt = store.record(sample(), by=BY, now=NOW)
    assert (store.head().seq, store.head().hash.hex()) == (receipt.seq, receipt.hash)
    assert receipt.seq == 37
