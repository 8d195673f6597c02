"""Lines that want a look, and what their reminders say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.case import UNNAMED_UNIT, CaseKind, Priority, State
from domain.ports import DueLine, UnreportedLine
from domain.recurrence import Recurrence
from storage.repository import Repository, among
from storage.tables import IS_OPEN, LOOKED_AFTER, NO_DEADLINE, SLEEPS, assignments, cases, units
from storage.types import EPOCH, Instant, read_days, seen_before
from storage.unreported import UNREPORTED_LINE

_line_of = assignments.alias("line_of")  # of an occurrence
_of_line = sa.func.coalesce(_line_of.c.id, assignments.c.id)
_unit_id = sa.func.coalesce(_line_of.c.unit_id, assignments.c.unit_id)
_CLIMBS = assignments.c.recurs_on.is_(None)  # of a recurring duty, its occurrences climb their ladders
_LINES = (
    sa.select(
        assignments.c.id.label("assignment_id"),
        assignments.c.case_id,
        assignments.c.series_id,
        assignments.c.next_look_at,
        assignments.c.looked_at,
        cases.c.number,
        cases.c.title,
        cases.c.sentence,
        assignments.c.due_on.label("deadline"),
        _of_line.label("line_id"),
        _unit_id.label("unit_id"),
        assignments.c.period,
        cases.c.recurrence,
        cases.c.deadline_text,
        cases.c.kind,
        cases.c.priority,
        cases.c.remind_before,
        cases.c.stage,
        assignments.c.acknowledged_at,
        units.c.name.label("unit"),
    )
    .join(cases, cases.c.id == assignments.c.case_id)
    .outerjoin(_line_of, _line_of.c.id == assignments.c.of_line_id)
    .outerjoin(units, units.c.id == _unit_id)
    .where(assignments.c.due_on < NO_DEADLINE, _CLIMBS, ~SLEEPS)
)
DUE_LINES = (
    _LINES.where(LOOKED_AFTER, assignments.c.next_look_at <= bindparam("now", type_=Instant))
    .order_by(assignments.c.next_look_at, assignments.c.id)
    .limit(bindparam("at_most", type_=sa.Integer))
    .with_for_update(skip_locked=True, of=assignments)
)
DUE_LINE = DUE_LINES.where(assignments.c.id == bindparam("line_id"))
DUE_IDS = DUE_LINES.with_only_columns(assignments.c.id)
PUT_OFF = (
    sa.update(assignments)
    .where(assignments.c.id == bindparam("line_id"))
    .values(next_look_at=bindparam("new_look", type_=Instant))
)
LINES = _LINES.where(among(assignments.c.id, "ids"), assignments.c.state == State.OPEN)
LOOKED = (
    sa.update(assignments)
    .where(among(assignments.c.id, "line_ids"))
    .values(looked_at=bindparam("seen", type_=Instant), next_look_at=bindparam("new_look", type_=Instant))
)
ACKNOWLEDGED = sa.select(assignments.c.acknowledged_at).where(assignments.c.id == bindparam("line_id"))
ACKNOWLEDGE = (
    sa.update(assignments)
    .where(assignments.c.id == bindparam("line_id"))
    .values(acknowledged_at=bindparam("seen", type_=Instant))
)
_now = bindparam("now", type_=Instant)
LOOK_FROM = (
    sa.update(assignments)
    .where(assignments.c.case_id == bindparam("of_case"), assignments.c.state == State.OPEN, _CLIMBS)
    .values(next_look_at=bindparam("new_look", type_=Instant), looked_at=bindparam("seen", type_=Instant))
)
_since = bindparam("since", type_=Instant)
LOOK_BACK = (
    sa.update(assignments)
    .where(
        assignments.c.state == State.OPEN,
        assignments.c.due_on < NO_DEADLINE,
        _CLIMBS,
        assignments.c.series_id == bindparam("of_series"),
    )
    .values(
        next_look_at=sa.case((assignments.c.next_look_at < _now, assignments.c.next_look_at), else_=_now),
        looked_at=sa.case((assignments.c.looked_at < _since, assignments.c.looked_at), else_=_since),
    )
)
UNREPORTED = (
    sa.select(assignments.c.id, assignments.c.case_id, cases.c.number, cases.c.title, units.c.name.label("unit"))
    .join(cases, cases.c.id == assignments.c.case_id)
    .outerjoin(units, units.c.id == assignments.c.unit_id)
    .where(
        IS_OPEN,
        cases.c.series_id == bindparam("of_series"),
        assignments.c.state == State.OPEN,
        ~SLEEPS,
        UNREPORTED_LINE,
    )
    .order_by(cases.c.sort_key, assignments.c.id)
)
_as_of = bindparam("as_of", type_=Instant)
LOOK_AGAIN = (
    sa.update(assignments)
    .where(
        assignments.c.state == State.OPEN,
        assignments.c.due_on < NO_DEADLINE,
        _CLIMBS,
        sa.or_(assignments.c.next_look_at.is_(None), assignments.c.next_look_at > _as_of),
    )
    .values(
        next_look_at=_as_of,
        looked_at=sa.case((assignments.c.looked_at < _as_of, assignments.c.looked_at), else_=None),
    )
)


class Reminders(Repository):
    """`domain.ports.ReminderRepository`."""

    def due_lines(self, now: datetime, *, limit: int, only: int | None = None) -> Sequence[DueLine]:
        if only is None:
            rows = self._rows(DUE_LINES, now=now, at_most=limit)
        else:
            rows = self._rows(DUE_LINE, now=now, at_most=1, line_id=only)
        return [_due_line(row) for row in rows]

    def due_ids(self, now: datetime, *, limit: int) -> Sequence[int]:
        return [row.id for row in self._rows(DUE_IDS, now=now, at_most=limit)]

    def put_off(self, assignment_id: int, until: datetime) -> None:
        self._count(PUT_OFF, line_id=assignment_id, new_look=until)

    def lines(self, assignment_ids: Sequence[int]) -> Sequence[DueLine]:
        return [_due_line(row) for row in self._rows(LINES, ids=tuple(assignment_ids))]

    def looked(self, looks: Sequence[tuple[int, datetime | None, datetime | None]]) -> None:
        alike: dict[tuple[datetime | None, datetime | None], list[int]] = defaultdict(list)
        for line, seen, coming in looks:
            alike[seen, coming].append(line)
        for (seen, coming), lines in alike.items():
            self._count(LOOKED, line_ids=tuple(lines), seen=seen, new_look=coming)

    def acknowledge(self, assignment_id: int, at: datetime | None) -> datetime | None:
        before: datetime | None = self._value(ACKNOWLEDGED, line_id=assignment_id)
        self._count(ACKNOWLEDGE, line_id=assignment_id, seen=at)
        return before

    def look_from(self, case_id: int, at: datetime) -> None:
        self._count(LOOK_FROM, of_case=case_id, new_look=at, seen=seen_before(at))

    def look_back(self, series_ids: Sequence[int], since: datetime, now: datetime) -> int:
        return sum(self._count(LOOK_BACK, of_series=series_id, since=since, now=now) for series_id in series_ids)

    def unreported(self, series_id: int, since: datetime | None) -> Sequence[UnreportedLine]:
        rows = self._rows(UNREPORTED, of_series=series_id, since=since or EPOCH)
        return [UnreportedLine(row.id, row.case_id, row.number, row.title, row.unit or UNNAMED_UNIT) for row in rows]

    def look_again(self, as_of: datetime) -> int:
        return self._count(LOOK_AGAIN, as_of=as_of)


def _due_line(row: sa.Row[Any]) -> DueLine:
    return DueLine(
        assignment_id=row.assignment_id,
        case_id=row.case_id,
        series_id=row.series_id,
        number=row.number,
        title=row.title,
        sentence=row.sentence,
        unit_id=row.unit_id,
        unit=row.unit or UNNAMED_UNIT,
        deadline=row.deadline,
        next_look_at=row.next_look_at,
        looked_at=row.looked_at,
        kind=CaseKind(row.kind),
        priority=Priority(row.priority),
        remind_before=read_days(row.remind_before),
        stage=row.stage or "",
        acknowledged_at=row.acknowledged_at,
        line_id=row.line_id,
        period=Recurrence(row.recurrence, row.deadline_text).name(row.period) if row.recurrence and row.period else "",
    )
