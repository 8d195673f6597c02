"""When the clock ticked last."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from storage.repository import Repository
from storage.tables import heartbeat

_BEAT = insert(heartbeat)
BEAT = _BEAT.on_conflict_do_update(index_elements=[heartbeat.c.name], set_={"at": _BEAT.excluded.at})
LAST = sa.select(heartbeat.c.at).where(heartbeat.c.name == bindparam("of_name"))


class Heartbeat(Repository):
    """`domain.ports.HeartbeatRepository`."""

    def beat(self, name: str, at: datetime) -> None:
        self._count(BEAT, name=name, at=at)

    def last(self, name: str) -> datetime | None:
        found: datetime | None = self._value(LAST, of_name=name)
        return found
