"""Which unit a report on a line of every unit (各局處) is from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("reports", sa.Column("unit_id", ID, sa.ForeignKey("units.id")), inline_references=True)
