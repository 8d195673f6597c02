"""Series, units, people, groups."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, UniqueConstraint

from storage.tables.columns import metadata, partial, row_id, text, to
from storage.types import Id, Instant, SafeText

series = Table(
    "series",
    metadata,
    row_id(),
    Column("name", SafeText, nullable=False, unique=True),
    text("scheme"),
    text("release"),
    Column("next_meeting_on", Date),
)

meetings = Table(
    "meetings",
    metadata,
    row_id(),
    to("series", "series_id"),
    Column("ordinal", Id),
    Column("held_on", Date),
    text("digest"),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("series_id", "ordinal", "held_on"),
)

units = Table(
    "units",
    metadata,
    row_id(),
    Column("name", SafeText, nullable=False, unique=True),
    to("units", "parent_id", nullable=True),
)

unit_aliases = Table("unit_aliases", metadata, text("alias", primary_key=True), to("units", "unit_id"))

# By the names that minutes write: the part need not be in the directory.
declined_parents = Table("declined_parents", metadata, text("part", primary_key=True), text("whole", primary_key=True))

# `is_friend`: a 1:1 push reaches them.
members = Table(
    "members",
    metadata,
    row_id(),
    Column("user_id", SafeText, nullable=False, unique=True),
    text("name"),
    Column("is_friend", Boolean, nullable=False, server_default=sa.false()),
)

# `departed_at`: the person left a group that sees the series; the role stays. `departure_told_at`: a coordinator knows.
memberships = Table(
    "memberships",
    metadata,
    row_id(),
    to("members", "member_id"),
    to("series", "series_id"),
    text("role"),
    to("units", "unit_id", nullable=True),
    Column("departed_at", Instant),
    Column("departure_told_at", Instant),
)
_held = memberships.c
partial(
    "uq_memberships_of_series", _held.member_id, _held.series_id, _held.role, where=_held.unit_id.is_(None), unique=True
)
partial(
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
    text("code_hash", primary_key=True),
    to("series", "series_id"),
    text("role"),
    to("units", "unit_id", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("replaces_id", Id),
)

failed_codes = Table("failed_codes", metadata, row_id(), text("user_id"), Column("at", Instant, nullable=False))
Index("ix_failed_codes_user_id_at", failed_codes.c.user_id, failed_codes.c.at)

groups = Table(
    "groups",
    metadata,
    row_id(),
    Column("line_id", SafeText, nullable=False, unique=True),
    text("kind"),
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
