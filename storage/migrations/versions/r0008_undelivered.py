"""Find what was given up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    where = sa.text("state = 'failed'")
    op.create_index("ix_outbox_failed", "outbox", ["settled_at", "id"], sqlite_where=where, postgresql_where=where)
