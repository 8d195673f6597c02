"""Cases, their lines, and what belongs to a line."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, UniqueConstraint

from storage.tables.columns import metadata, partial, row_id, text, to
from storage.types import Id, Instant, SafeText, SortKey

# `due_on`, `is_open` and `is_pending` repeat what the deadline, the lines and the wait say, so that lists read one
# index. Pending: it is not asleep, and nobody asked to release one of its lines.
cases = Table(
    "cases",
    metadata,
    row_id(),
    to("series", "series_id"),
    text("number"),
    Column("sort_key", SortKey, nullable=False),
    to("meetings", "meeting_id", nullable=True),
    text("title"),
    text("sentence"),
    text("section"),
    Column("deadline_on", Date),
    text("deadline_text"),
    text("deadline_rule"),
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
partial("ix_cases_open", _case.series_id, _case.due_on, _case.sort_key, where=IS_OPEN)
Index("ix_cases_meeting_id", _case.meeting_id)
IS_CONTRACT = sa.and_(IS_OPEN, _case.kind == sa.literal_column("'contract'"))
partial("ix_cases_contracts", _case.series_id, _case.due_on, _case.sort_key, where=IS_CONTRACT)
partial("ix_cases_pending", _case.series_id, _case.due_on, _case.sort_key, where=IS_PENDING)

# `series_id`, `due_on` and `sort_key` repeat the case's, so that a unit's list and the due looks read one index.
# An occurrence of a recurring duty is a row beside its line's, known by `of_line_id` and its first day, `period`. It
# climbs its ladder as a line does. Its `unit_id` is NULL (its line's is meant), so no list of a unit meets it. A duty's
# line has in `recurs_on` when the next occurrence is due; its own `due_on` is the first open one's, or else that.
assignments = Table(
    "assignments",
    metadata,
    row_id(),
    to("cases", "case_id"),
    to("units", "unit_id", nullable=True),
    to("series", "series_id"),
    text("duty"),
    text("state"),
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
IS_LINE = _line.of_line_id.is_(None)
IS_OCCURRENCE = _line.of_line_id.is_not(None)
IS_DUTY = _line.recurs_on.is_not(None)
partial("uq_assignments_occurrence", _line.of_line_id, _line.period, where=IS_OCCURRENCE, unique=True)
OPEN_LINE = _line.state != sa.literal_column("'released'")
LOOKED_AFTER = sa.and_(OPEN_LINE, _line.next_look_at.is_not(None))
partial("ix_assignments_of_unit", _line.unit_id, _line.series_id, _line.due_on, _line.sort_key, where=OPEN_LINE)
REQUESTED = _line.state == sa.literal_column("'release_requested'")
partial("ix_assignments_requested", _line.case_id, where=REQUESTED)
partial("ix_assignments_next_look", _line.next_look_at, _line.id, where=LOOKED_AFTER)

# `period` is that of the occurrence that a report closed.
# `actual` and `target` are figures that were read in the text, as they were said: 75 萬份, 113.5 萬份.
reports = Table(
    "reports",
    metadata,
    row_id(),
    to("assignments", "assignment_id"),
    to("members", "member_id"),
    text("text"),
    Column("at", Instant, nullable=False),
    Column("message_id", SafeText),
    Column("withdrawn_at", Instant),
    Column("actual", SafeText),
    Column("target", SafeText),
    to("units", "unit_id", nullable=True),
    Column("period", Date),
)
Index("ix_reports_assignment_id_at", reports.c.assignment_id, reports.c.at, reports.c.id)
partial("ix_reports_message_id", reports.c.message_id, where=reports.c.message_id.is_not(None))

# A line has one waiting proposal of a kind at most.
proposals = Table(
    "proposals",
    metadata,
    row_id(),
    text("kind"),
    to("series", "series_id"),
    to("cases", "case_id"),
    to("assignments", "assignment_id"),
    to("members", "member_id", nullable=True),
    text("reason"),
    Column("from_on", Date),
    Column("to_on", Date),
    to("units", "from_unit_id", nullable=True),
    to("units", "to_unit_id", nullable=True),
    Column("at", Instant, nullable=False),
    text("state"),
    to("members", "settled_by", nullable=True),
    Column("settled_at", Instant),
    text("note"),
    Column("version", Integer, nullable=False),
)
_proposed = proposals.c
IS_PROPOSED = _proposed.state == sa.literal_column("'waiting'")
partial("uq_proposals_waiting", _proposed.assignment_id, _proposed.kind, where=IS_PROPOSED, unique=True)
partial("ix_proposals_waiting", _proposed.series_id, _proposed.at, where=IS_PROPOSED)
Index("ix_proposals_case_id_kind", _proposed.case_id, _proposed.kind)

# What a unit plans (開標, 簽約), entered by it. No deadline.
milestones = Table(
    "milestones",
    metadata,
    row_id(),
    to("assignments", "assignment_id"),
    to("members", "member_id", nullable=True),
    Column("planned_on", Date, nullable=False),
    text("text"),
    Column("at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)
Index("ix_milestones_assignment_id", milestones.c.assignment_id, milestones.c.planned_on)
IS_PLANNED = milestones.c.withdrawn_at.is_(None)
partial("ix_milestones_planned", milestones.c.planned_on, where=IS_PLANNED)

# What a case waits for (俟…後): another case (`first_id`) or an event in words. Live until ended, asleep until woken.
waits = Table(
    "waits",
    metadata,
    row_id(),
    to("cases", "case_id"),
    to("cases", "first_id", nullable=True),
    text("event"),
    text("within"),
    Column("at", Instant, nullable=False),
    Column("woken_at", Instant),
    Column("ended_at", Instant),
)
IS_LIVE = waits.c.ended_at.is_(None)
IS_ASLEEP = sa.and_(IS_LIVE, waits.c.woken_at.is_(None))
SLEEPS = sa.exists().where(waits.c.case_id == assignments.c.case_id, IS_ASLEEP)  # a line's case
partial("uq_waits_live", waits.c.case_id, where=IS_LIVE, unique=True)
partial("ix_waits_first", waits.c.first_id, where=IS_LIVE)
