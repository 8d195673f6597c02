"""Webhook events, each once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from storage.repository import Repository, insert_new
from storage.tables import inbox

TAKE = insert_new(inbox)
_FAIL = insert(inbox)
FAIL = _FAIL.on_conflict_do_update(index_elements=[inbox.c.event_id], set_={"failure": _FAIL.excluded.failure})


class Inbox(Repository):
    """`domain.ports.InboxRepository`."""

    def take(self, event_id: str, at: datetime) -> bool:
        return self._count(TAKE, event_id=event_id, at=at, failure=None) == 1

    def fail(self, event_id: str, reason: str, at: datetime) -> None:
        self._count(FAIL, event_id=event_id, at=at, failure=reason)
