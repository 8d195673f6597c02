"""The tables. Instants are microseconds, days are DATE, open-ended data is JSON text (docs/storage.md)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, UniqueConstraint

from storage.types import Id, Instant, SafeText, SortKey

NO_DEADLINE = date.max  # what `due_on` holds for a case without a date: sorts last on both databases

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True)


def _to(table: str, name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Id, ForeignKey(f"{table}.id"), nullable=nullable)


def _text(name: str, *, primary_key: bool = False) -> Column[str]:
    return Column(name, SafeText, nullable=False, primary_key=primary_key)


def _partial(name: str, *columns: Column[object], where: sa.ColumnElement[bool], unique: bool = False) -> Index:
    return Index(name, *columns, sqlite_where=where, postgresql_where=where, unique=unique)


series = Table(
    "series",
    metadata,
    _id(),
    Column("name", SafeText, nullable=False, unique=True),
    _text("scheme"),
    _text("release"),
    Column("next_meeting_on", Date),
)

meetings = Table(
    "meetings",
    metadata,
    _id(),
    _to("series", "series_id"),
    Column("ordinal", Id),
    Column("held_on", Date),
    _text("digest"),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("series_id", "ordinal", "held_on"),
)

units = Table(
    "units",
    metadata,
    _id(),
    Column("name", SafeText, nullable=False, unique=True),
    _to("units", "parent_id", nullable=True),
)

unit_aliases = Table("unit_aliases", metadata, _text("alias", primary_key=True), _to("units", "unit_id"))

# By the names that minutes write: the part need not be in the directory.
declined_parents = Table(
    "declined_parents", metadata, _text("part", primary_key=True), _text("whole", primary_key=True)
)

# `is_friend`: a 1:1 push reaches them.
members = Table(
    "members",
    metadata,
    _id(),
    Column("user_id", SafeText, nullable=False, unique=True),
    _text("name"),
    Column("is_friend", Boolean, nullable=False, server_default=sa.false()),
)

# `departed_at`: the person left a group that sees the series; the role stays. `departure_told_at`: a coordinator knows.
memberships = Table(
    "memberships",
    metadata,
    _id(),
    _to("members", "member_id"),
    _to("series", "series_id"),
    _text("role"),
    _to("units", "unit_id", nullable=True),
    Column("departed_at", Instant),
    Column("departure_told_at", Instant),
)
_held = memberships.c
_partial(
    "uq_memberships_of_series", _held.member_id, _held.series_id, _held.role, where=_held.unit_id.is_(None), unique=True
)
_partial(
    "uq_memberships_of_unit",
    _held.member_id,
    _held.series_id,
    _held.role,
    _held.unit_id,
    where=_held.unit_id.is_not(None),
    unique=True,
)
Index("ix_memberships_series_id_role", _held.series_id, _held.role)

# `replaces_id`: the member whose role ends when the code is used (交接).
invites = Table(
    "invites",
    metadata,
    _text("code_hash", primary_key=True),
    _to("series", "series_id"),
    _text("role"),
    _to("units", "unit_id", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("replaces_id", Id),
)

failed_codes = Table("failed_codes", metadata, _id(), _text("user_id"), Column("at", Instant, nullable=False))
Index("ix_failed_codes_user_id_at", failed_codes.c.user_id, failed_codes.c.at)

groups = Table(
    "groups",
    metadata,
    _id(),
    Column("line_id", SafeText, nullable=False, unique=True),
    _text("kind"),
    Column("joined_at", Instant, nullable=False),
    Column("left_at", Instant),
    Column("member_count", Integer),
    Column("counted_at", Instant),
)

group_series = Table(
    "group_series",
    metadata,
    Column("group_id", Id, ForeignKey("groups.id"), primary_key=True),
    Column("series_id", Id, ForeignKey("series.id"), primary_key=True),
    Column("bound_at", Instant, nullable=False),
)
Index("ix_group_series_series_id", group_series.c.series_id)

# `due_on`, `is_open` and `is_pending` repeat what the deadline, the lines and the wait say, so that lists read one
# index. Pending: it is not asleep, and nobody asked to release one of its lines.
cases = Table(
    "cases",
    metadata,
    _id(),
    _to("series", "series_id"),
    _text("number"),
    Column("sort_key", SortKey, nullable=False),
    _to("meetings", "meeting_id", nullable=True),
    _text("title"),
    _text("sentence"),
    _text("section"),
    Column("deadline_on", Date),
    _text("deadline_text"),
    _text("deadline_rule"),
    Column("due_on", Date, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("is_pending", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", SafeText, nullable=False, server_default="case"),
    Column("priority", SafeText, nullable=False, server_default="normal"),
    Column("remind_before", SafeText),
    Column("stage", SafeText),
    Column("recurrence", SafeText),
    UniqueConstraint("series_id", "number"),
)
_case = cases.c
IS_OPEN = _case.is_open.is_(sa.true())
IS_PENDING = _case.is_pending.is_(sa.true())
_partial("ix_cases_open", _case.series_id, _case.due_on, _case.sort_key, where=IS_OPEN)
Index("ix_cases_meeting_id", _case.meeting_id)
IS_CONTRACT = sa.and_(IS_OPEN, _case.kind == sa.literal_column("'contract'"))
_partial("ix_cases_contracts", _case.series_id, _case.due_on, _case.sort_key, where=IS_CONTRACT)
_partial("ix_cases_pending", _case.series_id, _case.due_on, _case.sort_key, where=IS_PENDING)

# `series_id`, `due_on` and `sort_key` repeat the case's, so that a unit's list and the due looks read one index.
# An occurrence of a recurring duty is a row beside its line's, known by `of_line_id` and its first day, `period`. It
# climbs its ladder as a line does. Its `unit_id` is NULL (its line's is meant), so no list of a unit meets it. A duty's
# line has in `recurs_on` when the next occurrence is due; its own `due_on` is the first open one's, or else that.
assignments = Table(
    "assignments",
    metadata,
    _id(),
    _to("cases", "case_id"),
    _to("units", "unit_id", nullable=True),
    _to("series", "series_id"),
    _text("duty"),
    _text("state"),
    Column("closing", SafeText),
    Column("merged_into", SafeText),
    Column("due_on", Date, nullable=False),
    Column("sort_key", SortKey, nullable=False),
    Column("next_look_at", Instant),
    Column("looked_at", Instant),
    Column("version", Integer, nullable=False),
    Column("acknowledged_at", Instant),
    Column("of_line_id", Id),
    Column("period", Date),
    Column("recurs_on", Date),
    UniqueConstraint("case_id", "unit_id"),
)
_line = assignments.c
IS_LINE, IS_OCCURRENCE = _line.of_line_id.is_(None), _line.of_line_id.is_not(None)
IS_DUTY = _line.recurs_on.is_not(None)
_partial("uq_assignments_occurrence", _line.of_line_id, _line.period, where=IS_OCCURRENCE, unique=True)
OPEN_LINE = _line.state != sa.literal_column("'released'")
LOOKED_AFTER = sa.and_(OPEN_LINE, _line.next_look_at.is_not(None))
_partial("ix_assignments_of_unit", _line.unit_id, _line.series_id, _line.due_on, _line.sort_key, where=OPEN_LINE)
REQUESTED = _line.state == sa.literal_column("'release_requested'")
_partial("ix_assignments_requested", _line.case_id, where=REQUESTED)
_partial("ix_assignments_next_look", _line.next_look_at, _line.id, where=LOOKED_AFTER)

# `period` is that of the occurrence that a report closed.
# `actual` and `target` are figures that were read in the text, as they were said: 75 萬份, 113.5 萬份.
reports = Table(
    "reports",
    metadata,
    _id(),
    _to("assignments", "assignment_id"),
    _to("members", "member_id"),
    _text("text"),
    Column("at", Instant, nullable=False),
    Column("message_id", SafeText),
    Column("withdrawn_at", Instant),
    Column("actual", SafeText),
    Column("target", SafeText),
    _to("units", "unit_id", nullable=True),
    Column("period", Date),
)
Index("ix_reports_assignment_id_at", reports.c.assignment_id, reports.c.at, reports.c.id)
_partial("ix_reports_message_id", reports.c.message_id, where=reports.c.message_id.is_not(None))

# A line has one waiting proposal of a kind at most.
proposals = Table(
    "proposals",
    metadata,
    _id(),
    _text("kind"),
    _to("series", "series_id"),
    _to("cases", "case_id"),
    _to("assignments", "assignment_id"),
    _to("members", "member_id", nullable=True),
    _text("reason"),
    Column("from_on", Date),
    Column("to_on", Date),
    _to("units", "from_unit_id", nullable=True),
    _to("units", "to_unit_id", nullable=True),
    Column("at", Instant, nullable=False),
    _text("state"),
    _to("members", "settled_by", nullable=True),
    Column("settled_at", Instant),
    _text("note"),
    Column("version", Integer, nullable=False),
)
_proposed = proposals.c
IS_PROPOSED = _proposed.state == sa.literal_column("'waiting'")
_partial("uq_proposals_waiting", _proposed.assignment_id, _proposed.kind, where=IS_PROPOSED, unique=True)
_partial("ix_proposals_waiting", _proposed.series_id, _proposed.at, where=IS_PROPOSED)
Index("ix_proposals_case_id_kind", _proposed.case_id, _proposed.kind)

# What a unit plans (開標, 簽約), entered by it. No deadline.
milestones = Table(
    "milestones",
    metadata,
    _id(),
    _to("assignments", "assignment_id"),
    _to("members", "member_id", nullable=True),
    Column("planned_on", Date, nullable=False),
    _text("text"),
    Column("at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)
Index("ix_milestones_assignment_id", milestones.c.assignment_id, milestones.c.planned_on)
IS_PLANNED = milestones.c.withdrawn_at.is_(None)
_partial("ix_milestones_planned", milestones.c.planned_on, where=IS_PLANNED)

# What a case waits for (俟…後): another case (`first_id`) or an event in words. Live until ended, asleep until woken.
waits = Table(
    "waits",
    metadata,
    _id(),
    _to("cases", "case_id"),
    _to("cases", "first_id", nullable=True),
    _text("event"),
    _text("within"),
    Column("at", Instant, nullable=False),
    Column("woken_at", Instant),
    Column("ended_at", Instant),
)
IS_LIVE = waits.c.ended_at.is_(None)
IS_ASLEEP = sa.and_(IS_LIVE, waits.c.woken_at.is_(None))
SLEEPS = sa.exists().where(waits.c.case_id == assignments.c.case_id, IS_ASLEEP)  # a line's case
_partial("uq_waits_live", waits.c.case_id, where=IS_LIVE, unique=True)
_partial("ix_waits_first", waits.c.first_id, where=IS_LIVE)

inbox = Table(
    "inbox",
    metadata,
    _text("event_id", primary_key=True),
    Column("at", Instant, nullable=False),
    Column("failure", SafeText),
    sqlite_with_rowid=False,
)

# `ready_at` is when a sender may take the row: due, to be tried again, or its claim run out. NULL: settled for good.
# `riding_case_ids` is what the last message object is about where notices ride on a reply.
outbox = Table(
    "outbox",
    metadata,
    _id(),
    _text("route"),
    _text("to"),
    _text("payload"),
    _text("case_ids"),
    Column("reply_token", SafeText),
    _text("retry_key"),
    Column("unique_key", SafeText, unique=True),
    _text("state"),
    Column("attempts", Integer, nullable=False),
    Column("doubtful", Boolean, nullable=False, server_default=sa.false()),
    Column("due_at", Instant, nullable=False),
    Column("ready_at", Instant),
    Column("give_up_at", Instant, nullable=False),
    Column("closes_at", Instant),
    Column("reopens_at", Instant),
    Column("settled_at", Instant),
    Column("reason", SafeText),
    Column("request_id", SafeText),
    Column("riding_case_ids", SafeText),
    Column("silent", Boolean, nullable=False, server_default=sa.false()),
)
_out = outbox.c
_partial("ix_outbox_ready", _out.route, _out.ready_at, _out.id, where=_out.ready_at.is_not(None))
HAS_FAILED = _out.state == sa.literal_column("'failed'")
_partial("ix_outbox_failed", _out.settled_at, _out.id, where=HAS_FAILED)

sent_messages = Table(
    "sent_messages",
    metadata,
    _text("message_id", primary_key=True),
    _to("outbox", "outbox_id"),
    Column("is_last", Boolean, nullable=False, server_default=sa.false()),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", Instant, nullable=False),
    _text("action"),
    _text("subject"),
    Column("subject_id", Id, nullable=False),
    _to("members", "member_id", nullable=True),
    _text("source"),
    Column("before", SafeText),
    Column("after", SafeText),
    Column("undone", Boolean, nullable=False),
    Column("words", SafeText),
)
HAS_WORDS = sa.and_(audit.c.words.is_not(None), audit.c.words != sa.literal_column("''"))
_partial("ix_audit_words", audit.c.source, where=HAS_WORDS)
Index("ix_audit_subject_subject_id", audit.c.subject, audit.c.subject_id, audit.c.id)
NOT_UNDONE = audit.c.undone.is_(sa.false())
_partial("ix_audit_of_member", audit.c.member_id, audit.c.at, audit.c.id, where=NOT_UNDONE)

# A notice is known by its subject, kind, day, rung and audience: a moved deadline has rungs of its own.
notices = Table(
    "notices",
    metadata,
    _id(),
    _text("subject"),
    _text("kind"),
    Column("for_on", Date, nullable=False),
    _text("rung"),
    _text("audience"),
    _to("series", "series_id"),
    _to("assignments", "assignment_id", nullable=True),
    Column("urgency", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("ready_at", Instant, nullable=False),
    Column("ride_until", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    _text("state"),
    Column("at", Instant, nullable=False),
    UniqueConstraint("subject", "kind", "for_on", "rung", "audience"),
)
_notice = notices.c
IS_WAITING = _notice.state == sa.literal_column("'waiting'")
_partial("ix_notices_waiting", _notice.ready_at, _notice.id, where=IS_WAITING)
_partial("ix_notices_expiring", _notice.expires_at, where=IS_WAITING)
_partial("ix_notices_of_series", _notice.series_id, where=IS_WAITING)

carriers = Table(
    "carriers",
    metadata,
    Column("outbox_id", Id, ForeignKey("outbox.id"), primary_key=True),
    Column("notice_id", Id, ForeignKey("notices.id"), primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_carriers_notice_id", carriers.c.notice_id)

# The digest that a chat got on a day, and how many recipients LINE counts for it.
digests = Table(
    "digests",
    metadata,
    _text("chat_id", primary_key=True),
    Column("on_day", Date, primary_key=True),
    _to("outbox", "outbox_id"),
    Column("cost", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_digests_at", digests.c.at)

# One row. NULL in `allowed`: a plan without a limit; in `asked_at`: LINE was not asked yet. `coming`: cost by urgency.
quota = Table(
    "quota",
    metadata,
    _id(),
    Column("allowed", Integer),
    Column("used", Integer, nullable=False),
    Column("asked_at", Instant),
    _text("coming"),
)

# `meeting` holds the kind and repeats ordinal and day as one text, since a unique index takes two NULLs for different.
reviews = Table(
    "reviews",
    metadata,
    _id(),
    _text("owner"),
    _text("series"),
    Column("ordinal", Id),
    Column("held_on", Date),
    _text("meeting"),
    _text("digest"),
    _text("state"),
    _text("data"),
    Column("touched_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
)
_review = reviews.c
_partial(
    "uq_reviews_open",
    _review.owner,
    _review.series,
    _review.meeting,
    where=_review.state == sa.literal_column("'open'"),
    unique=True,
)
_partial(
    "ix_reviews_confirmed", _review.series, _review.ordinal, where=_review.state == sa.literal_column("'confirmed'")
)

# `ready_at` as in the outbox.
jobs = Table(
    "jobs",
    metadata,
    _id(),
    _text("kind"),
    _text("message_id"),
    _text("name"),
    Column("size", sa.BigInteger, nullable=False),
    _text("chat_id"),
    _text("user_id"),
    Column("reply_token", SafeText),
    _text("state"),
    Column("attempts", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("ready_at", Instant),
    Column("settled_at", Instant),
    Column("reason", SafeText),
)
_partial("ix_jobs_ready", jobs.c.ready_at, jobs.c.id, where=jobs.c.ready_at.is_not(None))

talk = Table(
    "talk",
    metadata,
    _text("chat_id", primary_key=True),
    _text("following"),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# Typhoon days. An empty city: everywhere.
days_off = Table(
    "days_off",
    metadata,
    Column("day", Date, primary_key=True),
    _text("city", primary_key=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# Ids alone: a message that was taken back before it came is not stored when it comes.
unsent = Table(
    "unsent",
    metadata,
    _text("message_id", primary_key=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

heartbeat = Table(
    "heartbeat",
    metadata,
    _text("name", primary_key=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
