"""The open contracts by their end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    where = sa.and_(sa.column("is_open").is_(sa.true()), sa.column("kind") == sa.literal_column("'contract'"))
    op.create_index(
        "ix_cases_contracts",
        "cases",
        ["series_id", "due_on", "sort_key"],
        sqlite_where=where,
        postgresql_where=where,
    )
