"""Members, their roles, and one-time codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.member import Member, Membership, Role
from domain.ports import Invite
from storage.repository import Repository, insert_new, one_of
from storage.tables import failed_codes, invites, members, memberships

_JOINED = (
    sa.select(members, memberships.c.series_id, memberships.c.role, memberships.c.unit_id)
    .outerjoin(memberships)
    .order_by(members.c.id, memberships.c.id)
)
BY_USER_ID = _JOINED.where(members.c.user_id == bindparam("line_user_id"))
BY_IDS = _JOINED.where(members.c.id.in_(one_of("ids")))
ID_OF = sa.select(members.c.id).where(members.c.user_id == bindparam("line_user_id"))
ADD_MEMBER = insert_new(members)
ADD_ROLE = insert_new(memberships)
WITH_ROLE = sa.select(memberships.c.member_id).where(
    memberships.c.series_id == bindparam("in_series"), memberships.c.role == bindparam("as_role")
)
CONTACTS = WITH_ROLE.where(memberships.c.unit_id == bindparam("of_unit"))
ADD_INVITE = sa.insert(invites)
TAKE_INVITE = (
    sa.update(invites)
    .where(
        invites.c.code_hash == bindparam("taken_hash"),
        invites.c.used_at.is_(None),
        invites.c.expires_at > bindparam("now", type_=invites.c.expires_at.type),
    )
    .values(used_at=bindparam("now", type_=invites.c.used_at.type))
    .returning(invites.c.series_id, invites.c.role, invites.c.unit_id, invites.c.expires_at)
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
        )

    def take_invite(self, code_hash: str, now: datetime) -> Invite | None:
        row = self._row(TAKE_INVITE, taken_hash=code_hash, now=now)
        if row is None:
            return None
        return Invite(series_id=row.series_id, role=Role(row.role), unit_id=row.unit_id, expires_at=row.expires_at)

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
        roles = [] if row.role is None else [Membership(row.series_id, Role(row.role), row.unit_id)]
        held.setdefault(row.id, []).extend(roles)
    heads = {row.id: row for row in rows}
    return [
        Member(id=member_id, user_id=heads[member_id].user_id, name=heads[member_id].name, memberships=tuple(roles))
        for member_id, roles in held.items()
    ]
