"""What cases wait for, and the columns that follow when a case falls asleep or wakes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.case import State
from domain.errors import StaleVersion
from domain.wait import NewWait, Wait
from storage.case_statements import FIRSTS, SET_FLAGS, WAIT_COLUMNS
from storage.cases import wait_of
from storage.repository import Repository, insert_new, one_of
from storage.tables import IS_LIVE, assignments, waits
from storage.types import Instant, seen_before

_WAITS = sa.select(waits.c.case_id, *WAIT_COLUMNS).outerjoin(FIRSTS, FIRSTS.c.id == waits.c.first_id)
GET = _WAITS.where(waits.c.id == bindparam("wait_id"))
FOLLOWING = _WAITS.where(IS_LIVE, waits.c.first_id.in_(one_of("firsts_ids"))).order_by(waits.c.id)
ADD = insert_new(waits).returning(waits.c.id)
SAVE = (
    sa.update(waits)
    .where(waits.c.id == bindparam("wait_id"))
    .values(woken_at=bindparam("woken", type_=Instant), ended_at=bindparam("ended", type_=Instant))
)
LOOK = (
    sa.update(assignments)
    .where(assignments.c.case_id == bindparam("of_case"), assignments.c.state == State.OPEN)
    .values(next_look_at=bindparam("new_look", type_=Instant), looked_at=bindparam("seen", type_=Instant))
)


class Waits(Repository):
    """`domain.ports.WaitRepository`."""

    def add(self, new: NewWait) -> Wait:
        values = {"case_id": new.case_id, "first_id": new.first_id, "event": new.event, "within": new.within}
        wait_id = self._value(ADD, **values, at=new.at, woken_at=None, ended_at=None)
        if wait_id is None:
            raise StaleVersion(kind="case", id=new.case_id)
        wait = self.get(wait_id)
        self._follow(wait, None)
        return wait

    def get(self, wait_id: int) -> Wait:
        return wait_of(self._row(GET, wait_id=wait_id))

    def following(self, case_ids: Sequence[int]) -> Sequence[Wait]:
        return [wait_of(row) for row in self._rows(FOLLOWING, firsts_ids=list(case_ids))] if case_ids else []

    def save(self, wait: Wait, *, next_look_at: datetime | None) -> None:
        was_asleep = self.get(wait.id).is_asleep
        self._count(SAVE, wait_id=wait.id, woken=wait.woken_at, ended=wait.ended_at)
        if wait.is_asleep != was_asleep:
            self._follow(wait, None if wait.is_asleep else next_look_at)

    def _follow(self, wait: Wait, look: datetime | None) -> None:
        self._count(SET_FLAGS, of_case=wait.case_id)
        self._count(LOOK, of_case=wait.case_id, new_look=look, seen=seen_before(look))
