"""Finer steps among the newest cases: PostgreSQL's index of words is written anew, SQLite's has no steps."""

from __future__ import annotations

from alembic import op

from storage.search import Search

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("TRUNCATE case_search")
    Search(op.get_bind()).fill()
