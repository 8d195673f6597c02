"""Recurring duties: their rule, and a row for each occurrence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("cases", sa.Column("recurrence", sa.Text()))
    op.add_column("reports", sa.Column("period", sa.Date()))
    op.add_column("assignments", sa.Column("of_line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    op.add_column("assignments", sa.Column("period", sa.Date()))
    op.add_column("assignments", sa.Column("recurs_on", sa.Date()))
    where = sa.column("of_line_id").is_not(None)
    op.create_index(
        "uq_assignments_occurrence",
        "assignments",
        ["of_line_id", "period"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
