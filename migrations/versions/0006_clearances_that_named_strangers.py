"""What a recorded clearance answered on uses that name somebody who is not on file, to compare the next one with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = "LIKE '____-__-__T__:__:__.______Z'"


def upgrade() -> None:
    op.create_table(
        "clearances",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("thing", NUMBER, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("entry", name="pk_clearances"),
        sa.ForeignKeyConstraint(["entry"], ["ledger.seq"], name="fk_clearances_entry"),
        sa.ForeignKeyConstraint(["thing"], ["vault_identifiers.thing"], name="fk_clearances_thing"),
        sa.CheckConstraint(f"recorded_at {MOMENT}", name=op.f("ck_clearances_recorded_at_moment")),
        sa.Column("production", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["production"], ["vault_identifiers.thing"], name="fk_clearances_production"),
        sqlite_strict=True,
    )
    op.create_index("ix_clearances_thing_recorded_at", "clearances", ["thing", "recorded_at"])
    op.create_index("ix_clearances_production_recorded_at", "clearances", ["production", "recorded_at"])


def downgrade() -> None:
    op.drop_table("clearances")
