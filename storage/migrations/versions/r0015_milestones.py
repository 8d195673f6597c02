"""The milestones to come, by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    where = sa.column("withdrawn_at").is_(None)
    op.create_index("ix_milestones_planned", "milestones", ["planned_on"], sqlite_where=where, postgresql_where=where)
