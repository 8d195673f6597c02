"""What deliveries cost: group sizes, one digest a chat and day, the month's quota; what rides on a reply."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("groups", sa.Column("member_count", sa.Integer()))
    op.add_column("groups", sa.Column("counted_at", sa.BigInteger()))
    op.add_column("outbox", sa.Column("riding_case_ids", sa.Text()))
    op.add_column("sent_messages", sa.Column("is_last", sa.Boolean(), nullable=False, server_default=sa.false()))
    where = sa.text("state = 'waiting'")
    op.create_index("ix_notices_of_series", "notices", ["series_id"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "digests",
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("outbox_id", ID, nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_digests_outbox_id"),
        sa.PrimaryKeyConstraint("chat_id", "on_day", name="pk_digests"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_digests_at", "digests", ["at"])
    quota = op.create_table(
        "quota",
        sa.Column("id", ID, nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("coming", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quota"),
    )
    op.bulk_insert(quota, [{"id": 1, "used": 0, "coming": "{}"}])
