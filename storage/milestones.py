"""Milestones of open lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.case import UNNAMED_UNIT, State
from domain.milestone import Milestone
from storage.repository import Repository, one_of
from storage.tables import IS_PLANNED, assignments, cases, milestones, units
from storage.types import Instant

ADD = sa.insert(milestones).returning(milestones.c.id)
_PLANNED = (
    sa.select(
        milestones.c.id,
        milestones.c.assignment_id,
        assignments.c.case_id,
        assignments.c.series_id,
        cases.c.number,
        cases.c.title,
        assignments.c.unit_id,
        units.c.name.label("unit"),
        milestones.c.planned_on,
        milestones.c.text,
        milestones.c.at,
    )
    .join(assignments, assignments.c.id == milestones.c.assignment_id)
    .join(cases, cases.c.id == assignments.c.case_id)
    .outerjoin(units, units.c.id == assignments.c.unit_id)
    .where(IS_PLANNED, assignments.c.state == State.OPEN)
    .order_by(milestones.c.planned_on, milestones.c.id)
)
_since, _until = bindparam("since", type_=sa.Date), bindparam("until", type_=sa.Date)
OF_LINES = _PLANNED.where(milestones.c.assignment_id.in_(one_of("lines")), milestones.c.planned_on >= _since)
BETWEEN = _PLANNED.where(milestones.c.planned_on.between(_since, _until))
WITHDRAW = (
    sa.update(milestones)
    .where(milestones.c.id == bindparam("milestone_id"), IS_PLANNED)
    .values(withdrawn_at=bindparam("withdrawn", type_=Instant))
)
PURGE = sa.update(milestones).where(milestones.c.id == bindparam("milestone_id")).values(text="")


class Milestones(Repository):
    """`domain.ports.MilestoneRepository`."""

    def add(self, assignment_id: int, member_id: int | None, planned_on: date, text: str, at: datetime) -> int:
        values = {"assignment_id": assignment_id, "member_id": member_id, "planned_on": planned_on}
        return int(self._value(ADD, **values, text=text, at=at))

    def of_lines(self, assignment_ids: Sequence[int], since: date) -> Sequence[Milestone]:
        return [_milestone(row) for row in self._rows(OF_LINES, lines=list(assignment_ids), since=since)]

    def between(self, since: date, until: date) -> Sequence[Milestone]:
        return [_milestone(row) for row in self._rows(BETWEEN, since=since, until=until)]

    def withdraw(self, milestone_id: int, at: datetime) -> bool:
        return self._count(WITHDRAW, milestone_id=milestone_id, withdrawn=at) == 1

    def purge(self, milestone_id: int) -> None:
        self._count(PURGE, milestone_id=milestone_id)


def _milestone(row: Any) -> Milestone:
    return Milestone(
        id=row.id,
        assignment_id=row.assignment_id,
        case_id=row.case_id,
        series_id=row.series_id,
        number=row.number,
        title=row.title,
        unit_id=row.unit_id,
        unit=row.unit or UNNAMED_UNIT,
        planned_on=row.planned_on,
        text=row.text,
        at=row.at,
    )
