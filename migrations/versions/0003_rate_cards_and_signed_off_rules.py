"""Figures of rate cards and sign-offs of rules: what a registry adds to the packs, in the ledger like all else."""

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


def upgrade() -> None:
    _rates()
    _signoffs()


def downgrade() -> None:
    for table in ("signoffs", "rates"):
        op.drop_table(table)


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
