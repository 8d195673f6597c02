"""The hours in which a message may leave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("closes_at", sa.BigInteger(), nullable=True))
    op.add_column("outbox", sa.Column("reopens_at", sa.BigInteger(), nullable=True))
