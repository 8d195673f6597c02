"""Occurrences of recurring duties: rows beside their line's, and the due days that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from domain.case import UNNAMED_UNIT, Assignment, CaseKind, Closing, Occurrence, Priority, State
from domain.errors import StaleVersion
from domain.ports import DueDuty
from domain.recurrence import Opening, Recurrence
from storage.repository import Repository
from storage.tables import IS_DUTY, IS_LINE, IS_OCCURRENCE, LOOKED_AFTER, OPEN_LINE, SLEEPS, assignments, cases, units
from storage.types import Instant, read_days, seen_before

_row = assignments.c
_look, _seen = bindparam("new_look", type_=Instant), bindparam("seen", type_=Instant)
_due, _first_day = bindparam("new_due", type_=sa.Date), bindparam("first_day", type_=sa.Date)
_of_line = _row.of_line_id == bindparam("line")
DUE = (
    sa.select(
        _row.id.label("line_id"),
        _row.case_id,
        _row.series_id,
        _row.recurs_on,
        _row.looked_at,
        cases.c.number,
        cases.c.recurrence,
        cases.c.deadline_text,
        cases.c.kind,
        cases.c.priority,
        cases.c.remind_before,
        units.c.name.label("unit"),
    )
    .join(cases, cases.c.id == _row.case_id)
    .outerjoin(units, units.c.id == _row.unit_id)
    .where(LOOKED_AFTER, IS_DUTY, ~SLEEPS, _row.next_look_at <= bindparam("now", type_=Instant))
    .order_by(_row.next_look_at, _row.id)
    .limit(bindparam("at_most", type_=sa.Integer))
    .with_for_update(skip_locked=True, of=assignments)
)
_parent = assignments.alias("parent")
_copy = sa.select(
    _parent.c.case_id,
    _parent.c.series_id,
    _parent.c.duty,
    sa.literal_column("'open'"),
    _due,
    _parent.c.sort_key,
    _look,
    _seen,
    sa.literal_column("1"),
    _parent.c.id,
    _first_day,
).where(_parent.c.id == bindparam("line"))
_columns = (
    *("case_id", "series_id", "duty", "state", "due_on", "sort_key", "next_look_at", "looked_at", "version"),
    *("of_line_id", "period"),
)
_insert = insert(assignments).from_select(_columns, _copy)
# One that was void since the rule did not know it is opened again; any other row of the period stays as it is.
OPEN = _insert.on_conflict_do_update(
    index_elements=[_row.of_line_id, _row.period],
    index_where=IS_OCCURRENCE,
    set_={
        "state": State.OPEN,
        "closing": None,
        "due_on": _insert.excluded.due_on,
        "next_look_at": _insert.excluded.next_look_at,
        "looked_at": _insert.excluded.looked_at,
    },
    where=_row.closing == sa.literal_column("'void'"),
).execution_options(preserve_rowcount=True)
SAVE = (
    sa.update(assignments)
    .where(_row.id == bindparam("occurrence"), _row.version == bindparam("read_version"), IS_OCCURRENCE)
    .values(
        due_on=_due,
        state=bindparam("new_state"),
        closing=bindparam("new_closing"),
        next_look_at=_look,
        looked_at=_seen,
        acknowledged_at=sa.case((_row.due_on == _due, _row.acknowledged_at), else_=None),
        version=_row.version + 1,
    )
)
SCHEDULE = (
    sa.update(assignments)
    .where(_row.id == bindparam("line"), IS_LINE)
    .values(
        recurs_on=bindparam("new_recurs_on", type_=sa.Date),
        next_look_at=_look,
        looked_at=sa.func.coalesce(bindparam("since", type_=Instant), _row.looked_at),
    )
)
OF_PERIOD = sa.select(assignments).where(_of_line, _row.period == _first_day)
LOOK = (
    sa.update(assignments)
    .where(_row.case_id == bindparam("of_case"), IS_LINE, IS_DUTY, _row.state == State.OPEN)
    .values(next_look_at=_look)
)
LAST = sa.select(sa.func.max(_row.period)).where(_of_line, sa.func.coalesce(_row.closing, "") != Closing.VOID)
STOP = (
    sa.update(assignments)
    .where(_of_line, _row.state == State.OPEN)
    .values(state=State.RELEASED, closing=Closing.STOPPED, next_look_at=None, version=_row.version + 1)
)
GO_ON = (
    sa.update(assignments)
    .where(_of_line, _row.state == State.RELEASED, _row.closing == Closing.STOPPED)
    .values(state=State.OPEN, closing=None, next_look_at=_look, looked_at=_seen, version=_row.version + 1)
)
_open = assignments.alias("open_ones")
_first_open = (
    sa.select(sa.func.min(_open.c.due_on))
    .where(_open.c.of_line_id == _row.id, _open.c.state == State.OPEN)
    .scalar_subquery()
)
LINES_IN_STEP = (
    sa.update(assignments)
    .where(_row.case_id == bindparam("of_case"), IS_LINE, IS_DUTY)
    .values(due_on=sa.func.coalesce(_first_open, _row.recurs_on))
)
_earliest = (
    sa.select(sa.func.min(_row.due_on)).where(_row.case_id == cases.c.id, IS_LINE, IS_DUTY, OPEN_LINE).scalar_subquery()
)
CASE_IN_STEP = (
    sa.update(cases)
    .where(cases.c.id == bindparam("of_case"), cases.c.recurrence.is_not(None))
    .values(due_on=sa.func.coalesce(_earliest, cases.c.due_on), deadline_on=sa.func.coalesce(_earliest, cases.c.due_on))
)


class Occurrences(Repository):
    """`domain.ports.OccurrenceRepository`."""

    def due(self, now: datetime, *, limit: int) -> Sequence[DueDuty]:
        return [_due_duty(row) for row in self._rows(DUE, now=now, at_most=limit)]

    def open(self, case_id: int, line_id: int, openings: Sequence[Opening]) -> Sequence[Opening]:
        opened = [one for one in openings if self._count(OPEN, **_opening_row(line_id, one))]
        if opened:
            self._keep_in_step(case_id)
        return opened

    def save(self, case_id: int, occurrence: Occurrence, *, next_look_at: datetime | None) -> None:
        saved = self._count(
            SAVE,
            occurrence=occurrence.id,
            read_version=occurrence.version,
            new_due=occurrence.due_on,
            new_state=occurrence.state,
            new_closing=occurrence.closing,
            new_look=next_look_at,
            seen=seen_before(next_look_at),
        )
        if not saved:
            raise StaleVersion(kind="occurrence", id=occurrence.id)
        self._keep_in_step(case_id)

    def schedule(
        self,
        case_id: int,
        line_id: int,
        recurs_on: date | None,
        *,
        next_look_at: datetime | None,
        since: datetime | None = None,
    ) -> None:
        self._count(SCHEDULE, line=line_id, new_recurs_on=recurs_on, new_look=next_look_at, since=since)
        self._keep_in_step(case_id)

    def of_period(self, line_id: int, period: date) -> Occurrence | None:
        row = self._row(OF_PERIOD, line=line_id, first_day=period)
        return None if row is None else from_row(row)

    def last_period(self, line_id: int) -> date | None:
        last: date | None = self._value(LAST, line=line_id)
        return last

    def follow(self, line: Assignment, *, next_look_at: datetime | None) -> None:
        """Let a line's occurrences follow it: released, those that are open end; tracked again, these come back."""
        if line.state is State.OPEN:
            self._count(GO_ON, line=line.id, new_look=next_look_at, seen=seen_before(next_look_at))
        else:
            self._count(STOP, line=line.id)
        self._keep_in_step(line.case_id)

    def look(self, case_id: int, *, next_look_at: datetime | None) -> None:
        """Look whether a case's duties have something to open: its ladder may be another."""
        self._count(LOOK, of_case=case_id, new_look=next_look_at)

    def _keep_in_step(self, case_id: int) -> None:
        """Write when a duty's lines, and its case, are due next."""
        self._count(LINES_IN_STEP, of_case=case_id)
        self._count(CASE_IN_STEP, of_case=case_id)


def from_row(row: sa.Row[Any]) -> Occurrence:
    return Occurrence(
        id=row.id,
        line_id=row.of_line_id,
        period=row.period,
        due_on=row.due_on,
        state=State(row.state),
        closing=None if row.closing is None else Closing(row.closing),
        version=row.version,
    )


def _opening_row(line_id: int, one: Opening) -> dict[str, Any]:
    look = {"new_look": one.look_at, "seen": seen_before(one.look_at)}
    return {"line": line_id, "first_day": one.period, "new_due": one.due_on, **look}


def _due_duty(row: Any) -> DueDuty:
    return DueDuty(
        line_id=row.line_id,
        case_id=row.case_id,
        series_id=row.series_id,
        number=row.number,
        unit=row.unit or UNNAMED_UNIT,
        recurs_on=row.recurs_on,
        looked_at=row.looked_at,
        recurrence=Recurrence(row.recurrence, row.deadline_text),
        kind=CaseKind(row.kind),
        priority=Priority(row.priority),
        remind_before=read_days(row.remind_before),
    )
