"""Days on which a city, or everybody, does not work: typhoon days told by a coordinator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.ports import DayOff
from storage.repository import Repository, insert_new
from storage.tables import days_off

ADD = insert_new(days_off)
REMOVE = sa.delete(days_off).where(days_off.c.day == bindparam("on_day"), days_off.c.city == bindparam("in_city"))
SINCE = sa.select(days_off).where(days_off.c.day >= bindparam("first_day")).order_by(days_off.c.day, days_off.c.city)


class DaysOff(Repository):
    """`domain.ports.DayOffRepository`."""

    def add(self, day_off: DayOff, at: datetime) -> bool:
        return self._count(ADD, day=day_off.day, city=day_off.city, at=at) == 1

    def remove(self, day_off: DayOff) -> bool:
        return self._count(REMOVE, on_day=day_off.day, in_city=day_off.city) == 1

    def since(self, day: date) -> Sequence[DayOff]:
        return [DayOff(row.day, row.city) for row in self._rows(SINCE, first_day=day)]
