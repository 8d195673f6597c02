"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORT_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# Of an entry of the audit only `undone` may change, and none may go.
SQLITE_GUARDS = (
    "CREATE TRIGGER audit_keeps BEFORE UPDATE OF id, at, action, subject, subject_id, member_id, source, before, after"
    " ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
    "CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
)
POSTGRESQL_GUARDS = (
    "CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER audit_keeps BEFORE UPDATE OF id, at, action, subject, subject_id, member_id, source, before, after"
    " ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuses()",
    "CREATE TRIGGER audit_stays BEFORE DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()",
)


def upgrade() -> None:
    _meetings_and_units()
    _people_and_groups()
    _cases()
    _messages()
    _audit()
    _guard_audit()


def _meetings_and_units() -> None:
    op.create_table(
        "series",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("next_meeting_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
        sa.UniqueConstraint("name", name="uq_series_name"),
    )
    op.create_table(
        "meetings",
        sa.Column("id", ID, nullable=False),
        sa.Column("series_id", ID, nullable=False),
        sa.Column("ordinal", ID, nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_meetings_series_id"),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
        sa.UniqueConstraint("series_id", "ordinal", "held_on", name="uq_meetings_series_id_ordinal_held_on"),
    )
    op.create_table(
        "units",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name="fk_units_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("name", name="uq_units_name"),
    )
    op.create_table(
        "unit_aliases",
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_unit_aliases_unit_id"),
        sa.PrimaryKeyConstraint("alias", name="pk_unit_aliases"),
    )


def _people_and_groups() -> None:
    op.create_table(
        "members",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("user_id", name="uq_members_user_id"),
    )
    op.create_table(
        "memberships",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("series_id", ID, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_memberships_member_id"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_memberships_series_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_memberships_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
    )
    op.create_index("ix_memberships_series_id_role", "memberships", ["series_id", "role"])
    op.create_index(
        "uq_memberships_of_series",
        "memberships",
        ["member_id", "series_id", "role"],
        unique=True,
        **_where(sa.text("unit_id IS NULL")),
    )
    op.create_index(
        "uq_memberships_of_unit",
        "memberships",
        ["member_id", "series_id", "role", "unit_id"],
        unique=True,
        **_where(sa.text("unit_id IS NOT NULL")),
    )
    op.create_table(
        "invites",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("series_id", ID, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit_id", ID, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_invites_series_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_invites_unit_id"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_invites"),
    )
    op.create_table(
        "failed_codes",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failed_codes"),
    )
    op.create_index("ix_failed_codes_user_id_at", "failed_codes", ["user_id", "at"])
    op.create_table(
        "groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("line_id", name="uq_groups_line_id"),
    )
    op.create_table(
        "group_series",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("series_id", ID, nullable=False),
        sa.Column("bound_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_group_series_group_id"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_group_series_series_id"),
        sa.PrimaryKeyConstraint("group_id", "series_id", name="pk_group_series"),
    )
    op.create_index("ix_group_series_series_id", "group_series", ["series_id"])
    op.create_table(
        "talk",
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("following", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_talk"),
        sqlite_with_rowid=False,
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", ID, nullable=False),
        sa.Column("series_id", ID, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("sort_key", SORT_KEY, nullable=False),
        sa.Column("meeting_id", ID, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("deadline_text", sa.Text(), nullable=False),
        sa.Column("deadline_rule", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("is_pending", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_cases_meeting_id"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_cases_series_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("series_id", "number", name="uq_cases_series_id_number"),
    )
    op.create_index(
        "ix_cases_open", "cases", ["series_id", "due_on", "sort_key"], **_where(sa.column("is_open").is_(sa.true()))
    )
    op.create_index(
        "ix_cases_pending",
        "cases",
        ["series_id", "due_on", "sort_key"],
        **_where(sa.column("is_pending").is_(sa.true())),
    )
    op.create_table(
        "assignments",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=True),
        sa.Column("series_id", ID, nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sort_key", SORT_KEY, nullable=False),
        sa.Column("next_look_at", sa.BigInteger(), nullable=True),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_assignments_case_id"),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_assignments_series_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_assignments_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
        sa.UniqueConstraint("case_id", "unit_id", name="uq_assignments_case_id_unit_id"),
    )
    op.create_index(
        "ix_assignments_next_look",
        "assignments",
        ["next_look_at", "id"],
        **_where(sa.text("state != 'released' AND next_look_at IS NOT NULL")),
    )
    op.create_index(
        "ix_assignments_of_unit",
        "assignments",
        ["unit_id", "series_id", "due_on", "sort_key"],
        **_where(sa.text("state != 'released'")),
    )
    op.create_table(
        "reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name="fk_reports_assignment_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_reports_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("ix_reports_assignment_id_at", "reports", ["assignment_id", "at", "id"])
    op.create_index("ix_reports_message_id", "reports", ["message_id"], **_where(sa.text("message_id IS NOT NULL")))
    op.create_table(
        "rungs",
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name="fk_rungs_assignment_id"),
        sa.PrimaryKeyConstraint("assignment_id", "due_on", "rung", name="pk_rungs"),
        sqlite_with_rowid=False,
    )


def _messages() -> None:
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name="pk_inbox"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("case_ids", sa.Text(), nullable=False),
        sa.Column("reply_token", sa.Text(), nullable=True),
        sa.Column("retry_key", sa.Text(), nullable=False),
        sa.Column("unique_key", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=True),
        sa.Column("give_up_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("unique_key", name="uq_outbox_unique_key"),
    )
    op.create_index("ix_outbox_ready", "outbox", ["route", "ready_at", "id"], **_where(sa.text("ready_at IS NOT NULL")))
    op.create_table(
        "sent_messages",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("outbox_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_sent_messages_outbox_id"),
        sa.PrimaryKeyConstraint("message_id", name="pk_sent_messages"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_heartbeat"),
        sqlite_with_rowid=False,
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_audit_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index(
        "ix_audit_of_member", "audit", ["member_id", "at", "id"], **_where(sa.column("undone").is_(sa.false()))
    )
    op.create_index("ix_audit_subject_subject_id", "audit", ["subject", "subject_id", "id"])


def _guard_audit() -> None:
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS
    for statement in guards:
        op.execute(statement)


def _where(condition: sa.ColumnElement[bool] | sa.TextClause) -> dict[str, Any]:
    return {"sqlite_where": condition, "postgresql_where": condition}
