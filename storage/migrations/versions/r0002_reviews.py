"""Reviews of minutes, and where a merged line goes on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("assignments", sa.Column("merged_into", sa.Text(), nullable=True))
    op.create_table(
        "reviews",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("ordinal", ID, nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
    )
    _index("uq_reviews_open", ["owner", "series", "meeting"], "state = 'open'", unique=True)
    _index("ix_reviews_confirmed", ["series", "ordinal"], "state = 'confirmed'")


def _index(name: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, "reviews", columns, unique=unique, sqlite_where=where, postgresql_where=where)
