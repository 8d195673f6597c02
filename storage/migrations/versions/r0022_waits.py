"""What cases wait for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "waits",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("first_id", ID, nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("within", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("woken_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_waits"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_waits_case_id"),
        sa.ForeignKeyConstraint(["first_id"], ["cases.id"], name="fk_waits_first_id"),
    )
    live = sa.column("ended_at").is_(None)
    op.create_index("uq_waits_live", "waits", ["case_id"], unique=True, sqlite_where=live, postgresql_where=live)
    op.create_index("ix_waits_first", "waits", ["first_id"], sqlite_where=live, postgresql_where=live)
