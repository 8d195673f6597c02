"""Members, their roles, and one-time codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from domain.case import UNNAMED_UNIT
from domain.member import Member, Membership, Role
from domain.ports import Departure, Invite, UnmannedLine
from storage.repository import Repository, insert_new, one_of
from storage.tables import IS_LINE, OPEN_LINE, assignments, cases, failed_codes, invites, members, memberships, units
from storage.types import Instant

_JOINED = (
    sa.select(members, memberships.c.series_id, memberships.c.role, memberships.c.unit_id, memberships.c.departed_at)
    .outerjoin(memberships)
    .order_by(members.c.id, memberships.c.id)
)
BY_USER_ID = _JOINED.where(members.c.user_id == bindparam("line_user_id"))
BY_IDS = _JOINED.where(members.c.id.in_(one_of("ids")))
ID_OF = sa.select(members.c.id).where(members.c.user_id == bindparam("line_user_id"))
_ADD_MEMBER = insert(members)
# Who was a friend before having a role has no name yet.
ADD_MEMBER = _ADD_MEMBER.on_conflict_do_update(
    index_elements=[members.c.user_id],
    set_={"name": _ADD_MEMBER.excluded.name},
    where=members.c.name == sa.literal_column("''"),
)
ADD_ROLE = insert_new(memberships)
WITH_ROLE = sa.select(memberships.c.member_id).where(
    memberships.c.series_id == bindparam("in_series"), memberships.c.role == bindparam("as_role")
)
CONTACTS = WITH_ROLE.where(memberships.c.unit_id == bindparam("of_unit"))
REMOVE_ROLE = sa.delete(memberships).where(
    memberships.c.member_id == bindparam("of_member"),
    memberships.c.series_id == bindparam("in_series"),
    memberships.c.role == bindparam("as_role"),
    memberships.c.unit_id.is_not_distinct_from(bindparam("of_unit", type_=memberships.c.unit_id.type)),
)
_BEFRIEND = insert(members)
BEFRIEND = _BEFRIEND.on_conflict_do_update(
    index_elements=[members.c.user_id], set_={"is_friend": _BEFRIEND.excluded.is_friend}
)
HOLDERS = (
    sa.select(memberships.c.id, memberships.c.member_id)
    .join(members)
    .where(members.c.user_id.in_(one_of("user_ids")), memberships.c.series_id.in_(one_of("in_series")))
    .order_by(memberships.c.id)
)
DEPART = (
    sa.update(memberships)
    .where(memberships.c.id == bindparam("membership"))
    .values(departed_at=bindparam("departed", type_=Instant), departure_told_at=None)
)
DEPARTURES = (
    sa.select(memberships.c.id.label("membership_id"), memberships.c.role, units.c.name.label("unit"))
    .join(units)
    .where(
        memberships.c.series_id.in_(one_of("in_series")),
        memberships.c.departed_at.is_not(None),
        memberships.c.departure_told_at.is_(None),
    )
    .order_by(memberships.c.departed_at, memberships.c.id)
    .limit(bindparam("at_most", type_=sa.Integer))
)
TOLD = (
    sa.update(memberships)
    .where(memberships.c.id == bindparam("membership"))
    .values(departure_told_at=bindparam("told", type_=Instant))
)
_contact = sa.exists().where(
    memberships.c.role == sa.literal_column("'contact'"),
    memberships.c.series_id == assignments.c.series_id,
    memberships.c.unit_id == assignments.c.unit_id,
    memberships.c.departed_at.is_(None),
)
UNMANNED = (
    sa.select(assignments.c.case_id, cases.c.number, cases.c.title, assignments.c.unit_id, units.c.name.label("unit"))
    .join(cases, cases.c.id == assignments.c.case_id)
    .outerjoin(units, units.c.id == assignments.c.unit_id)
    .where(OPEN_LINE, IS_LINE, assignments.c.series_id.in_(one_of("in_series")), ~_contact)
    .order_by(sa.func.coalesce(assignments.c.unit_id, sa.literal_column("0")), assignments.c.sort_key)
    .limit(bindparam("at_most", type_=sa.Integer))
)
ADD_INVITE = sa.insert(invites)
TAKE_INVITE = (
    sa.update(invites)
    .where(
        invites.c.code_hash == bindparam("taken_hash"),
        invites.c.used_at.is_(None),
        invites.c.expires_at > bindparam("now", type_=invites.c.expires_at.type),
    )
    .values(used_at=bindparam("now", type_=invites.c.used_at.type))
    .returning(invites)
)
COUNT_FAILED = (
    sa.select(sa.func.count())
    .select_from(failed_codes)
    .where(failed_codes.c.user_id == bindparam("by_user"), failed_codes.c.at >= bindparam("since"))
)
ADD_FAILED = sa.insert(failed_codes)


class People(Repository):
    """`domain.ports.PeopleRepository`."""

    def by_user_id(self, user_id: str) -> Member | None:
        found = _members(self._rows(BY_USER_ID, line_user_id=user_id))
        return found[0] if found else None

    def add_role(self, user_id: str, name: str, series_id: int, role: Role, unit_id: int | None) -> Member:
        self._count(ADD_MEMBER, user_id=user_id, name=name)
        member_id = self._value(ID_OF, line_user_id=user_id)
        self._count(ADD_ROLE, member_id=member_id, series_id=series_id, role=role, unit_id=unit_id)
        return _members(self._rows(BY_USER_ID, line_user_id=user_id))[0]

    def with_role(self, series_id: int, role: Role) -> Sequence[Member]:
        return self._found(self._rows(WITH_ROLE, in_series=series_id, as_role=role))

    def contacts(self, series_id: int, unit_id: int) -> Sequence[Member]:
        return self._found(self._rows(CONTACTS, in_series=series_id, as_role=Role.CONTACT, of_unit=unit_id))

    def add_invite(self, code_hash: str, invite: Invite, at: datetime) -> None:
        self._count(
            ADD_INVITE,
            code_hash=code_hash,
            series_id=invite.series_id,
            role=invite.role,
            unit_id=invite.unit_id,
            created_at=at,
            expires_at=invite.expires_at,
            replaces_id=invite.replaces_id,
        )

    def take_invite(self, code_hash: str, now: datetime) -> Invite | None:
        row = self._row(TAKE_INVITE, taken_hash=code_hash, now=now)
        if row is None:
            return None
        return Invite(
            series_id=row.series_id,
            role=Role(row.role),
            unit_id=row.unit_id,
            expires_at=row.expires_at,
            replaces_id=row.replaces_id,
        )

    def get(self, member_id: int) -> Member:
        found = _members(self._rows(BY_IDS, ids=[member_id]))
        if not found:
            raise LookupError(member_id)
        return found[0]

    def remove_role(self, member_id: int, held: Membership) -> bool:
        removed = self._count(
            REMOVE_ROLE, of_member=member_id, in_series=held.series_id, as_role=held.role, of_unit=held.unit_id
        )
        return removed == 1

    def befriend(self, user_id: str, *, is_friend: bool) -> None:
        self._count(BEFRIEND, user_id=user_id, name="", is_friend=is_friend)

    def depart(self, user_ids: Sequence[str], series_ids: Sequence[int], at: datetime | None) -> Sequence[Member]:
        found = self._rows(HOLDERS, user_ids=list(user_ids), in_series=list(series_ids))
        member_ids = list(dict.fromkeys(row.member_id for row in found))
        self._many(DEPART, [{"membership": row.id, "departed": at} for row in found])
        return _members(self._rows(BY_IDS, ids=member_ids)) if member_ids else []

    def departures(self, series_ids: Sequence[int], *, limit: int) -> Sequence[Departure]:
        rows = self._rows(DEPARTURES, in_series=list(series_ids), at_most=limit)
        return [Departure(membership_id=row.membership_id, role=Role(row.role), unit=row.unit) for row in rows]

    def departures_told(self, departures: Sequence[Departure], at: datetime) -> None:
        self._many(TOLD, [{"membership": one.membership_id, "told": at} for one in departures])

    def unmanned(self, series_ids: Sequence[int], *, limit: int) -> Sequence[UnmannedLine]:
        rows = self._rows(UNMANNED, in_series=list(series_ids), at_most=limit)
        return [UnmannedLine(**{**row._asdict(), "unit": row.unit or UNNAMED_UNIT}) for row in rows]

    def count_failed_codes(self, user_id: str, since: datetime) -> int:
        return int(self._value(COUNT_FAILED, by_user=user_id, since=since))

    def add_failed_code(self, user_id: str, at: datetime) -> None:
        self._count(ADD_FAILED, user_id=user_id, at=at)

    def _found(self, rows: Sequence[sa.Row[Any]]) -> list[Member]:
        return _members(self._rows(BY_IDS, ids=[row.member_id for row in rows]))


def _members(rows: Sequence[sa.Row[Any]]) -> list[Member]:
    """Members from rows of one role each, in order of the member."""
    held: dict[int, list[Membership]] = {}
    for row in rows:
        roles = [] if row.role is None else [_held(row)]
        held.setdefault(row.id, []).extend(roles)
    heads = {row.id: row for row in rows}
    return [
        Member(
            id=member_id,
            user_id=heads[member_id].user_id,
            name=heads[member_id].name,
            memberships=tuple(roles),
            is_friend=heads[member_id].is_friend,
        )
        for member_id, roles in held.items()
    ]


def _held(row: sa.Row[Any]) -> Membership:
    return Membership(row.series_id, Role(row.role), row.unit_id, departed=row.departed_at is not None)
