"""Figures of rate cards and sign-offs of rules: what a registry adds to the packs, in the ledger like all else.

Both are new kinds of entry, and the kinds are a CHECK of the ledger. SQLite cannot change a CHECK: the table is copied
as it stands, with its five guards made again word by word. A registry that holds such entries cannot go back.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
DAY = "LIKE '____-__-__'"
MOMENT = "LIKE '____-__-__T__:__:__.______Z'"
LAST = {"ledger": "'decision'", "vault_identifiers": "'representative'"}
NEW = ", 'rate', 'signoff'"


def upgrade() -> None:
    for table, last in LAST.items():
        _change_check(table, f"{last})", f"{last}{NEW})")
    _rates()
    _signoffs()


def downgrade() -> None:
    for table in ("signoffs", "rates"):
        op.drop_table(table)
    for table, last in LAST.items():
        _change_check(table, f"{last}{NEW})", f"{last})")


def _change_check(table: str, before: str, after: str) -> None:
    """Put `after` in the place of `before` in the CHECK on the kinds."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _copy(connection, table, before, after)
        return
    name = f"ck_{table}_kind_word"
    words = ", ".join(f"'{word}'" for word in _kinds(table, after))
    op.drop_constraint(op.f(name), table, type_="check")
    op.create_check_constraint(op.f(name), table, f"kind IN ({words})")


def _copy(connection: sa.Connection, table: str, before: str, after: str) -> None:
    described = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL")
    parts = connection.execute(described, {"table": table}).all()
    (made,) = [sql for kind, sql in parts if kind == "table"]
    if made.count(before) != 1:
        raise RuntimeError(f"the table {table} is not as migration 0001 left it")
    head, rest = made.split("(", 1)
    op.execute(sa.text(f"{head.replace(table, f'{table}_copy')}({rest.replace(before, after)}".replace(":", r"\:")))
    op.execute(f"INSERT INTO {table}_copy SELECT * FROM {table}")
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {table}_copy RENAME TO {table}")
    for kind, sql in parts:
        if kind != "table":
            connection.exec_driver_sql(sql)


def _kinds(table: str, after: str) -> list[str]:
    kinds = ["performer", "production", "engagement", "replica", "model", "tool", "profile", "consent", "record", "use"]
    kinds += ["decision"] if table == "ledger" else ["decision", "franchise", "representative"]
    return [*kinds, "rate", "signoff"] if "'rate'" in after else kinds


def _rates() -> None:
    op.create_table(
        "rates",
        *_entry("rates"),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("pack", TEXT),
        sa.Column("from_day", TEXT),
        sa.CheckConstraint(f"from_day {DAY}", name=op.f("ck_rates_from_day_day")),
        sa.Column("grade", TEXT, nullable=False),
        sa.CheckConstraint("grade IN ('A', 'B', 'C', 'K', 'H')", name=op.f("ck_rates_grade_word")),
        sqlite_strict=True,
    )
    op.create_index("ix_rates_thing_recorded_at", "rates", ["thing", "recorded_at"])


def _signoffs() -> None:
    op.create_table(
        "signoffs",
        *_entry("signoffs"),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("on_day", TEXT),
        sa.CheckConstraint(f"on_day {DAY}", name=op.f("ck_signoffs_on_day_day")),
        sqlite_strict=True,
    )
    op.create_index("ix_signoffs_thing_recorded_at", "signoffs", ["thing", "recorded_at"])


def _entry(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("thing", NUMBER, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("entry", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["entry"], ["ledger.seq"], name=f"fk_{table}_entry"),
        sa.ForeignKeyConstraint(["thing"], ["vault_identifiers.thing"], name=f"fk_{table}_thing"),
        sa.CheckConstraint(f"recorded_at {MOMENT}", name=op.f(f"ck_{table}_recorded_at_moment")),
    )
