"""Cases of several kinds and priorities, with days of reminding of their own; contracts with their stage."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("cases", sa.Column("kind", sa.Text(), nullable=False, server_default="case"))
    op.add_column("cases", sa.Column("priority", sa.Text(), nullable=False, server_default="normal"))
    op.add_column("cases", sa.Column("remind_before", sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("stage", sa.Text(), nullable=True))
