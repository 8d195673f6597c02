"""What was said for a change stands beside its entry in the audit, and can be blanked: nothing else in it can."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

SQLITE_GUARD = (
    "CREATE TRIGGER audit_words BEFORE UPDATE OF words ON audit WHEN NEW.words IS NOT ''"
    " BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
)
POSTGRESQL_GUARD = (
    "CREATE TRIGGER audit_words BEFORE UPDATE OF words ON audit FOR EACH ROW WHEN (NEW.words IS DISTINCT FROM '')"
    " EXECUTE FUNCTION audit_refuses()"
)


def upgrade() -> None:
    op.add_column("audit", sa.Column("words", sa.Text()))
    where = sa.text("words IS NOT NULL AND words != ''")
    op.create_index("ix_audit_words", "audit", ["source"], sqlite_where=where, postgresql_where=where)
    op.execute(SQLITE_GUARD if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARD)
