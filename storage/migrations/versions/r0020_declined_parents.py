"""What a coordinator said a unit is no part of: minutes that suggest it are not asked about again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "declined_parents",
        sa.Column("part", sa.Text(), nullable=False, primary_key=True),
        sa.Column("whole", sa.Text(), nullable=False, primary_key=True),
    )
