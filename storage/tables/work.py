"""What is being worked on: reviews, jobs, talk; days off; signs of life."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, Date, Integer, Table

from storage.tables.columns import metadata, partial, row_id, text
from storage.types import Id, Instant, SafeText

# `meeting` holds the kind and repeats ordinal and day as one text, since a unique index takes two NULLs for different.
reviews = Table(
    "reviews",
    metadata,
    row_id(),
    text("owner"),
    text("series"),
    Column("ordinal", Id),
    Column("held_on", Date),
    text("meeting"),
    text("digest"),
    text("state"),
    text("data"),
    Column("touched_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
)
_review = reviews.c
partial(
    "uq_reviews_open",
    _review.owner,
    _review.series,
    _review.meeting,
    where=_review.state == sa.literal_column("'open'"),
    unique=True,
)
partial(
    "ix_reviews_confirmed", _review.series, _review.ordinal, where=_review.state == sa.literal_column("'confirmed'")
)

# `ready_at` as in the outbox.
jobs = Table(
    "jobs",
    metadata,
    row_id(),
    text("kind"),
    text("message_id"),
    text("name"),
    Column("size", sa.BigInteger, nullable=False),
    text("chat_id"),
    text("user_id"),
    Column("reply_token", SafeText),
    text("state"),
    Column("attempts", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("ready_at", Instant),
    Column("settled_at", Instant),
    Column("reason", SafeText),
)
partial("ix_jobs_ready", jobs.c.ready_at, jobs.c.id, where=jobs.c.ready_at.is_not(None))

talk = Table(
    "talk",
    metadata,
    text("chat_id", primary_key=True),
    text("following"),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# Typhoon days. An empty city: everywhere.
days_off = Table(
    "days_off",
    metadata,
    Column("day", Date, primary_key=True),
    text("city", primary_key=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# Ids alone: a message that was taken back before it came is not stored when it comes.
unsent = Table(
    "unsent",
    metadata,
    text("message_id", primary_key=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

heartbeat = Table(
    "heartbeat",
    metadata,
    text("name", primary_key=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
