"""The files of documents, revision by revision; and a consent that was on file as a draft before it was signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = "LIKE '____-__-__T__:__:__.______Z'"
STEPS = "'issued', 'signed', 'closed', 'stamped', 'wet_ink', 'stated', 'kept'"
ONCE = "CONSTRAINT uq_consents_thing UNIQUE (thing)"


def upgrade() -> None:
    _revisions()
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(lambda ddl: ddl.replace(f", \n\t{ONCE}", ""))
    else:
        op.drop_constraint("uq_consents_thing", "consents")
    op.create_index("ix_consents_thing_recorded_at", "consents", ["thing", "recorded_at"])


def downgrade() -> None:
    """Of a draft that was signed only the signed consent keeps its rows."""
    drafts = "SELECT c.entry FROM consents c JOIN consents s ON s.thing = c.thing AND s.entry > c.entry"
    for table in ("grants", "exclusions", "consents"):
        op.execute(f"DELETE FROM {table} WHERE entry IN ({drafts})")
    op.drop_index("ix_consents_thing_recorded_at", "consents")
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(lambda ddl: f"{ddl[: ddl.rindex(chr(10) + ')')]}, \n\t{ONCE}{ddl[ddl.rindex(chr(10) + ')') :]}")
    else:
        op.create_unique_constraint("uq_consents_thing", "consents", ["thing"])
    op.drop_table("revisions")


def _rebuild(changed: object) -> None:
    """SQLite drops no constraint: the table is made anew beside the old one, filled, and takes its name."""
    connection = op.get_bind()
    ddl = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'consents'").scalar_one()
    indexes = "SELECT sql FROM sqlite_master WHERE tbl_name = 'consents' AND type = 'index' AND sql IS NOT NULL"
    kept = list(connection.exec_driver_sql(indexes).scalars())
    assert callable(changed)
    made = changed(ddl)
    assert made != ddl
    op.execute(
        made.replace("CREATE TABLE consents", "CREATE TABLE consents_next", 1).replace(
            'CREATE TABLE "consents"', "CREATE TABLE consents_next", 1
        )
    )
    op.execute("INSERT INTO consents_next SELECT * FROM consents")
    op.execute("DROP TABLE consents")
    op.execute("ALTER TABLE consents_next RENAME TO consents")
    for index in kept:
        op.execute(index)


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("thing", NUMBER, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("sha256", "document")),
        sa.Column("consent", NUMBER, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        *(sa.Column(name, TEXT) for name in ("prefix", "evidence")),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("signed", "required")),
        sa.PrimaryKeyConstraint("entry", name="pk_revisions"),
        sa.ForeignKeyConstraint(["entry"], ["ledger.seq"], name="fk_revisions_entry"),
        sa.ForeignKeyConstraint(["thing"], ["vault_identifiers.thing"], name="fk_revisions_thing"),
        sa.ForeignKeyConstraint(["consent"], ["vault_identifiers.thing"], name="fk_revisions_consent"),
        sa.CheckConstraint(f"recorded_at {MOMENT}", name=op.f("ck_revisions_recorded_at_moment")),
        *(
            sa.CheckConstraint(f"length({name}) = 64", name=op.f(f"ck_revisions_{name}_digest"))
            for name in ("sha256", "document", "prefix", "evidence")
        ),
        *(
            sa.CheckConstraint(f"{name} >= 0", name=op.f(f"ck_revisions_{name}_count"))
            for name in ("size", "signed", "required")
        ),
        sa.CheckConstraint(f"step IN ({STEPS})", name=op.f("ck_revisions_step_word")),
        sa.UniqueConstraint("thing", name="uq_revisions_thing"),
        sqlite_strict=True,
    )
    op.create_index("ix_revisions_document", "revisions", ["document"])
    op.create_index("ix_revisions_consent", "revisions", ["consent"])
