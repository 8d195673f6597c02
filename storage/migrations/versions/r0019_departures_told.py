"""That a coordinator was told who left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("memberships", sa.Column("departure_told_at", sa.BigInteger()))
