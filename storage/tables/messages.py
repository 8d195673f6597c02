"""What came in and what goes out."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Integer, Table

from storage.tables.columns import metadata, partial, row_id, text, to
from storage.types import Instant, SafeText

inbox = Table(
    "inbox",
    metadata,
    text("event_id", primary_key=True),
    Column("at", Instant, nullable=False),
    Column("failure", SafeText),
    sqlite_with_rowid=False,
)

# `ready_at` is when a sender may take the row: due, to be tried again, or its claim run out. NULL: settled for good.
# `riding_case_ids` is what the last message object is about where notices ride on a reply.
outbox = Table(
    "outbox",
    metadata,
    row_id(),
    text("route"),
    text("to"),
    text("payload"),
    text("case_ids"),
    Column("reply_token", SafeText),
    text("retry_key"),
    Column("unique_key", SafeText, unique=True),
    text("state"),
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
partial("ix_outbox_ready", _out.route, _out.ready_at, _out.id, where=_out.ready_at.is_not(None))
HAS_FAILED = _out.state == sa.literal_column("'failed'")
partial("ix_outbox_failed", _out.settled_at, _out.id, where=HAS_FAILED)

sent_messages = Table(
    "sent_messages",
    metadata,
    text("message_id", primary_key=True),
    to("outbox", "outbox_id"),
    Column("is_last", Boolean, nullable=False, server_default=sa.false()),
    sqlite_with_rowid=False,
)
