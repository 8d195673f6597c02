"""Ids of messages that were taken back before they arrived."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import bindparam

from storage.repository import Repository, insert_new
from storage.tables import unsent

KEPT = timedelta(days=7)  # a message that is redelivered later than that is none that LINE still redelivers
ADD = insert_new(unsent)
FORGET = sa.delete(unsent).where(unsent.c.at < bindparam("before"))
KNOWN = sa.select(unsent.c.message_id).where(unsent.c.message_id == bindparam("asked_id"))


class UnsentIds(Repository):
    """`domain.ports.UnsentRepository`."""

    def remember(self, message_id: str, at: datetime) -> None:
        self._count(FORGET, before=at - KEPT)
        self._count(ADD, message_id=message_id, at=at)

    def knows(self, message_id: str) -> bool:
        return self._value(KNOWN, asked_id=message_id) is not None
