"""What each chat was shown last."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from storage.repository import Repository
from storage.tables import talk

_KEEP = insert(talk)
REMEMBER = _KEEP.on_conflict_do_update(
    index_elements=[talk.c.chat_id], set_={"following": _KEEP.excluded.following, "at": _KEEP.excluded.at}
)
RECALL = sa.select(talk.c.following).where(talk.c.chat_id == bindparam("in_chat"), talk.c.at >= bindparam("since"))


class Talk(Repository):
    """`domain.ports.TalkRepository`."""

    def remember(self, chat_id: str, following: str, at: datetime) -> None:
        self._count(REMEMBER, chat_id=chat_id, following=following, at=at)

    def recall(self, chat_id: str, since: datetime) -> str | None:
        following: str | None = self._value(RECALL, in_chat=chat_id, since=since)
        return following
