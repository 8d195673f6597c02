"""Proposals, milestones, figures; who can be reached and who left; who acknowledged a reminder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.add_column("members", sa.Column("is_friend", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("memberships", sa.Column("departed_at", sa.BigInteger(), nullable=True))
    op.add_column("invites", sa.Column("replaces_id", ID, nullable=True))
    op.add_column("assignments", sa.Column("acknowledged_at", sa.BigInteger(), nullable=True))
    op.add_column("reports", sa.Column("actual", sa.Text(), nullable=True))
    op.add_column("reports", sa.Column("target", sa.Text(), nullable=True))
    _proposals()
    op.create_table(
        "milestones",
        sa.Column("id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_milestones"),
        *_references("milestones", assignment_id="assignments", member_id="members"),
    )
    op.create_index("ix_milestones_assignment_id", "milestones", ["assignment_id", "planned_on"])


def _proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("series_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("from_unit_id", ID, nullable=True),
        sa.Column("to_unit_id", ID, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        *_references(
            "proposals",
            series_id="series",
            case_id="cases",
            assignment_id="assignments",
            member_id="members",
            from_unit_id="units",
            to_unit_id="units",
            settled_by="members",
        ),
    )
    op.create_index(
        "uq_proposals_waiting",
        "proposals",
        ["assignment_id", "kind"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index(
        "ix_proposals_waiting", "proposals", ["series_id", "at"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    op.create_index("ix_proposals_case_id_kind", "proposals", ["case_id", "kind"])


def _references(table: str, **to: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
        for column, other in to.items()
    ]
