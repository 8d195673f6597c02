"""Ids of messages taken back before they came; what is being pasted is kept by message from now on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "unsent",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_unsent"),
        sqlite_with_rowid=False,
    )
    op.execute("UPDATE reviews SET state = 'dropped', data = '' WHERE state = 'pasting'")
