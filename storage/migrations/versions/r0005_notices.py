"""Notices take the place of rungs: what is to be told, and which outbox rows carry it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RUNGS_TO_NOTICES = """
INSERT INTO notices (
    subject, kind, for_on, rung, audience, series_id, assignment_id, urgency,
    due_at, ready_at, ride_until, expires_at, state, at
)
SELECT
    'line:' || r.assignment_id, 'deadline', r.due_on, r.rung, 'responsible', a.series_id, r.assignment_id, 1,
    r.due_at, r.due_at, r.due_at, r.due_at, CASE WHEN r.sent THEN 'sent' ELSE 'missed' END, r.at
FROM rungs AS r JOIN assignments AS a ON a.id = r.assignment_id
"""


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("for_on", sa.Date(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("series_id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=True),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
        sa.Column("ride_until", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_notices_series_id"),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name="fk_notices_assignment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint(
            "subject", "kind", "for_on", "rung", "audience", name="uq_notices_subject_kind_for_on_rung_audience"
        ),
    )
    where = sa.text("state = 'waiting'")
    op.create_index("ix_notices_waiting", "notices", ["ready_at", "id"], sqlite_where=where, postgresql_where=where)
    op.create_index("ix_notices_expiring", "notices", ["expires_at"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "carriers",
        sa.Column("outbox_id", ID, nullable=False),
        sa.Column("notice_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_carriers_outbox_id"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_carriers_notice_id"),
        sa.PrimaryKeyConstraint("outbox_id", "notice_id", name="pk_carriers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_carriers_notice_id", "carriers", ["notice_id"])
    op.add_column("outbox", sa.Column("doubtful", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(RUNGS_TO_NOTICES)
    op.drop_table("rungs")
