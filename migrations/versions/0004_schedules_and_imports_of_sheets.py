"""Schedules as the sheets of a production tell them, the imports that brought them, and what was taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
DAY = "LIKE '____-__-__'"
MOMENT = "LIKE '____-__-__T__:__:__.______Z'"
KINDS = (
    "'shooting-schedule', 'day-out-of-days', 'call-sheet', 'cast-list', 'deal-memos', 'casting-selects', "
    "'background-vouchers', 'cue-sheet', 'shot-list', 'use-requests'"
)


def upgrade() -> None:
    days = ("issued_on", "first_day", "last_day")
    _of_production("schedules", *(column for day in days for column in _day("schedules", day)))
    _of_production("imports")
    op.create_table(
        "withdrawals",
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_withdrawals_position_count")),
        sa.Column("thing", NUMBER, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.CheckConstraint(f"recorded_at {MOMENT}", name=op.f("ck_withdrawals_recorded_at_moment")),
        sa.PrimaryKeyConstraint("entry", "position", name="pk_withdrawals"),
        sa.ForeignKeyConstraint(["entry"], ["imports.entry"], name="fk_withdrawals_entry"),
        sa.ForeignKeyConstraint(["thing"], ["vault_identifiers.thing"], name="fk_withdrawals_thing"),
        sqlite_strict=True,
    )
    op.create_index("ix_withdrawals_thing_recorded_at", "withdrawals", ["thing", "recorded_at"])


def downgrade() -> None:
    for table in ("withdrawals", "imports", "schedules"):
        op.drop_table(table)


def _of_production(table: str, *further: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("thing", NUMBER, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("entry", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["entry"], ["ledger.seq"], name=f"fk_{table}_entry"),
        sa.ForeignKeyConstraint(["thing"], ["vault_identifiers.thing"], name=f"fk_{table}_thing"),
        sa.CheckConstraint(f"recorded_at {MOMENT}", name=op.f(f"ck_{table}_recorded_at_moment")),
        sa.Column("production", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["production"], ["vault_identifiers.thing"], name=f"fk_{table}_production"),
        sa.Column("kind", TEXT, nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f(f"ck_{table}_kind_word")),
        *further,
        sqlite_strict=True,
    )
    op.create_index(f"ix_{table}_thing_recorded_at", table, ["thing", "recorded_at"])
    op.create_index(f"ix_{table}_production_recorded_at", table, ["production", "recorded_at"])


def _day(table: str, name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column(name, TEXT),
        sa.CheckConstraint(f"{name} {DAY}", name=op.f(f"ck_{table}_{name}_day")),
    )
