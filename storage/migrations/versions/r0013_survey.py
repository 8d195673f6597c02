"""What surveys read: indexes of what waits for release and of what a meeting opened, and the index of words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.search import Search  # the same words as those that are kept in step from here on

revision = "0013"
down_revision = "0012"

FTS = ("CREATE VIRTUAL TABLE case_search USING fts5(grams, detail='full', tokenize='unicode61')",)
GIN = (
    "CREATE TABLE case_search (case_id bigint PRIMARY KEY, words text NOT NULL, grams text[] NOT NULL)",
    "CREATE INDEX ix_case_search_grams ON case_search USING gin (grams)",
)


def upgrade() -> None:
    where = sa.text("state = 'release_requested'")
    op.create_index("ix_assignments_requested", "assignments", ["case_id"], sqlite_where=where, postgresql_where=where)
    op.create_index("ix_cases_meeting_id", "cases", ["meeting_id"])
    for statement in FTS if op.get_bind().dialect.name == "sqlite" else GIN:
        op.execute(statement)
    Search(op.get_bind()).fill()
