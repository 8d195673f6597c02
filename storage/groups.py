"""Group chats and the series that each sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from domain.chat import Chat, ChatKind
from storage.repository import Repository, insert_new
from storage.tables import group_series, groups

_JOIN = insert(groups)
JOINED = _JOIN.on_conflict_do_update(
    index_elements=[groups.c.line_id],
    set_={"kind": _JOIN.excluded.kind, "joined_at": _JOIN.excluded.joined_at, "left_at": None, "counted_at": None},
).returning(groups.c.id)
LEFT = sa.update(groups).where(groups.c.line_id == bindparam("chat_id")).values(left_at=bindparam("at"))
KNOWN = insert_new(groups)
ID_OF = sa.select(groups.c.id).where(groups.c.line_id == bindparam("chat_id"))
SERIES_OF = (
    sa.select(group_series.c.series_id)
    .join(groups)
    .where(groups.c.line_id == bindparam("chat_id"))
    .order_by(group_series.c.series_id)
)
BIND = insert_new(group_series)
UNBIND = sa.delete(group_series).where(
    group_series.c.group_id == ID_OF.scalar_subquery(), group_series.c.series_id == bindparam("of_series")
)
OF_SERIES = (
    sa.select(groups.c.kind, groups.c.line_id)
    .join(group_series)
    .where(group_series.c.series_id == bindparam("of_series"), groups.c.left_at.is_(None))
    .order_by(groups.c.id)
)


SIZES = OF_SERIES.add_columns(groups.c.member_count)
UNCOUNTED = (
    sa.select(groups.c.kind, groups.c.line_id)
    .where(groups.c.left_at.is_(None), sa.or_(groups.c.counted_at.is_(None), groups.c.counted_at < bindparam("since")))
    .order_by(groups.c.id)
)
COUNT = (
    sa.update(groups)
    .where(groups.c.line_id == bindparam("chat_id"))
    .values(member_count=bindparam("members"), counted_at=bindparam("at"))
)
FORGET_COUNT = sa.update(groups).where(groups.c.line_id == bindparam("chat_id")).values(counted_at=None)


class Groups(Repository):
    """`domain.ports.GroupRepository`."""

    def joined(self, chat: Chat, at: datetime) -> int:
        return int(self._value(JOINED, line_id=chat.id, kind=chat.kind, joined_at=at))

    def id_of(self, chat: Chat) -> int:
        group_id: int | None = self._value(ID_OF, chat_id=chat.id)
        if group_id is None:
            raise LookupError(chat.id)
        return group_id

    def left(self, chat: Chat, at: datetime) -> None:
        self._count(LEFT, chat_id=chat.id, at=at)

    def series_of(self, chat: Chat) -> Sequence[int]:
        return [row.series_id for row in self._rows(SERIES_OF, chat_id=chat.id)]

    def bind(self, chat: Chat, series_id: int, at: datetime) -> None:
        self._count(KNOWN, line_id=chat.id, kind=chat.kind, joined_at=at)
        group_id = self._value(ID_OF, chat_id=chat.id)
        self._count(BIND, group_id=group_id, series_id=series_id, bound_at=at)

    def unbind(self, chat: Chat, series_id: int) -> None:
        self._count(UNBIND, chat_id=chat.id, of_series=series_id)

    def of_series(self, series_id: int) -> Sequence[Chat]:
        return [Chat(ChatKind(row.kind), row.line_id) for row in self._rows(OF_SERIES, of_series=series_id)]

    def sizes(self, series_id: int) -> Sequence[tuple[Chat, int | None]]:
        rows = self._rows(SIZES, of_series=series_id)
        return [(Chat(ChatKind(row.kind), row.line_id), row.member_count) for row in rows]

    def uncounted(self, since: datetime) -> Sequence[Chat]:
        return [Chat(ChatKind(row.kind), row.line_id) for row in self._rows(UNCOUNTED, since=since)]

    def count(self, chat: Chat, members: int, at: datetime) -> None:
        self._count(COUNT, chat_id=chat.id, members=members, at=at)

    def forget_count(self, chat: Chat) -> None:
        self._count(FORGET_COUNT, chat_id=chat.id)
