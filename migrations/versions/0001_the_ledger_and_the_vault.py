"""The ledger, which only grows, and the vault of what can be erased.

Five guards stand before the ledger: no row is changed, deleted or replaced, versions of a thing follow one another,
and so do sequence numbers, each entry naming the hash of the one before. SQLite's REPLACE removes a row without
asking the guard against deletion, so it has a guard of its own; on PostgreSQL that guard stops TRUNCATE. Never use
Alembic's batch mode on the ledger: it copies the table and drops all five without a word. For the same reason no CHECK
closes the list of kinds: SQLite cannot change a CHECK but by copying, and a new noun must not touch the ledger.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = "LIKE '____-__-__T__:__:__.______Z'"


def upgrade() -> None:
    _ledger()
    _vault()
    if op.get_bind().dialect.name == "sqlite":
        for name, (event, when, says) in SQLITE_GUARDS.items():
            refusal = f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON ledger {when} {refusal}")
    else:
        for name, (event, body) in POSTGRESQL_GUARDS.items():
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ {body} $guard$")
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    for table in ("vault_texts", "vault_identifiers", "ledger"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name in POSTGRESQL_GUARDS:
            op.execute(f"DROP FUNCTION {name}()")


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("thing", NUMBER, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_by", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger"),
        sa.UniqueConstraint("thing", "version", name="uq_ledger_thing_version"),
        sa.UniqueConstraint("hash", name="uq_ledger_hash"),
        sa.CheckConstraint("version >= 0", name=op.f("ck_ledger_version_count")),
        sa.CheckConstraint(f"recorded_at {MOMENT}", name=op.f("ck_ledger_recorded_at_moment")),
        *(
            sa.CheckConstraint(f"length({column}) = 32", name=op.f(f"ck_ledger_{column}_length"))
            for column in ("recorded_by", "previous", "hash")
        ),
        sqlite_strict=True,
    )


def _vault() -> None:
    op.create_table(
        "vault_identifiers",
        sa.Column("thing", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("id", TEXT),
        sa.PrimaryKeyConstraint("thing", name="pk_vault_identifiers"),
        sa.UniqueConstraint("id", "kind", name="uq_vault_identifiers_id_kind"),
        sqlite_strict=True,
    )
    op.create_table(
        "vault_texts",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("asserted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entry", name="pk_vault_texts"),
        sa.ForeignKeyConstraint(["entry"], ["ledger.seq"], name="fk_vault_texts_entry"),
        sa.CheckConstraint("length(salt) = 32", name=op.f("ck_vault_texts_salt_length")),
        sa.CheckConstraint("asserted IN (0, 1)", name=op.f("ck_vault_texts_asserted_flag")),
        sqlite_strict=True,
    )


SQLITE_GUARDS = {
    "ledger_no_update": ("UPDATE", "", "the ledger only grows: no entry is changed"),
    "ledger_no_delete": ("DELETE", "", "the ledger only grows: no entry is deleted"),
    "ledger_no_replace": (
        "INSERT",
        "WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq OR hash = NEW.hash"
        " OR (thing = NEW.thing AND version = NEW.version))",
        "the ledger only grows: no entry is replaced",
    ),
    "ledger_version_follows": (
        "INSERT",
        "WHEN NEW.version <> 1 + coalesce((SELECT max(version) FROM ledger WHERE thing = NEW.thing), 0)",
        "a version of a thing follows the one before",
    ),
    "ledger_sequence_follows": (
        "INSERT",
        "WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM ledger), 0)"
        " OR NEW.previous <> coalesce((SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1), zeroblob(32))",
        "an entry of the ledger follows the one before",
    ),
}

POSTGRESQL_GUARDS = {
    "ledger_no_update": (
        "UPDATE ON ledger FOR EACH ROW",
        "BEGIN RAISE EXCEPTION 'the ledger only grows: no entry is changed'; END",
    ),
    "ledger_no_delete": (
        "DELETE ON ledger FOR EACH ROW",
        "BEGIN RAISE EXCEPTION 'the ledger only grows: no entry is deleted'; END",
    ),
    "ledger_no_replace": (
        "TRUNCATE ON ledger FOR EACH STATEMENT",
        "BEGIN RAISE EXCEPTION 'the ledger only grows: no entry is replaced'; END",
    ),
    "ledger_version_follows": (
        "INSERT ON ledger FOR EACH ROW",
        """BEGIN
            IF NEW.version <> 1 + coalesce((SELECT max(version) FROM ledger WHERE thing = NEW.thing), 0) THEN
                RAISE EXCEPTION 'a version of a thing follows the one before';
            END IF;
            RETURN NEW;
        END""",
    ),
    "ledger_sequence_follows": (
        "INSERT ON ledger FOR EACH ROW",
        """BEGIN
            IF NEW.seq <> 1 + coalesce((SELECT max(seq) FROM ledger), 0) OR NEW.previous <>
                coalesce((SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1), decode(repeat('00', 32), 'hex')) THEN
                RAISE EXCEPTION 'an entry of the ledger follows the one before';
            END IF;
            RETURN NEW;
        END""",
    ),
}
