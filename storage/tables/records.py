"""The audit, and the notices that messages carry."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, UniqueConstraint

from storage.tables.columns import metadata, partial, row_id, text, to
from storage.types import Id, Instant, SafeText

audit = Table(
    "audit",
    metadata,
    row_id(),
    Column("at", Instant, nullable=False),
    text("action"),
    text("subject"),
    Column("subject_id", Id, nullable=False),
    to("members", "member_id", nullable=True),
    text("source"),
    Column("before", SafeText),
    Column("after", SafeText),
    Column("undone", Boolean, nullable=False),
    Column("words", SafeText),
)
HAS_WORDS = sa.and_(audit.c.words.is_not(None), audit.c.words != sa.literal_column("''"))
partial("ix_audit_words", audit.c.source, where=HAS_WORDS)
Index("ix_audit_subject_subject_id", audit.c.subject, audit.c.subject_id, audit.c.id)
NOT_UNDONE = audit.c.undone.is_(sa.false())
partial("ix_audit_of_member", audit.c.member_id, audit.c.at, audit.c.id, where=NOT_UNDONE)

# A notice is known by its subject, kind, day, rung and audience: a moved deadline has rungs of its own.
notices = Table(
    "notices",
    metadata,
    row_id(),
    text("subject"),
    text("kind"),
    Column("for_on", Date, nullable=False),
    text("rung"),
    text("audience"),
    to("series", "series_id"),
    to("assignments", "assignment_id", nullable=True),
    Column("urgency", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("ready_at", Instant, nullable=False),
    Column("ride_until", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    text("state"),
    Column("at", Instant, nullable=False),
    UniqueConstraint("subject", "kind", "for_on", "rung", "audience"),
)
_notice = notices.c
IS_WAITING = _notice.state == sa.literal_column("'waiting'")
partial("ix_notices_waiting", _notice.ready_at, _notice.id, where=IS_WAITING)
partial("ix_notices_expiring", _notice.expires_at, where=IS_WAITING)
partial("ix_notices_of_series", _notice.series_id, where=IS_WAITING)

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
    text("chat_id", primary_key=True),
    Column("on_day", Date, primary_key=True),
    to("outbox", "outbox_id"),
    Column("cost", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_digests_at", digests.c.at)

# One row. NULL in `allowed`: a plan without a limit; in `asked_at`: LINE was not asked yet. `coming`: cost by urgency.
quota = Table(
    "quota",
    metadata,
    row_id(),
    Column("allowed", Integer),
    Column("used", Integer, nullable=False),
    Column("asked_at", Instant),
    text("coming"),
)
