"""Lines that want a look, and the rungs of the ladder that were reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from domain.case import UNNAMED_UNIT, State
from domain.ports import DueLine, RungRecord
from storage.repository import Repository, one_of
from storage.tables import LOOKED_AFTER, NO_DEADLINE, assignments, cases, rungs, units
from storage.types import Instant

DUE_LINES = (
    sa.select(
        assignments.c.id.label("assignment_id"),
        assignments.c.case_id,
        assignments.c.series_id,
        assignments.c.next_look_at,
        assignments.c.looked_at,
        cases.c.number,
        cases.c.title,
        cases.c.sentence,
        cases.c.deadline_on.label("deadline"),
        units.c.name.label("unit"),
    )
    .join(cases, cases.c.id == assignments.c.case_id)
    .outerjoin(units, units.c.id == assignments.c.unit_id)
    .where(
        LOOKED_AFTER,
        assignments.c.next_look_at <= bindparam("now", type_=Instant),
        cases.c.deadline_on.is_not(None),
    )
    .order_by(assignments.c.next_look_at, assignments.c.id)
    .limit(bindparam("at_most", type_=sa.Integer))
    .with_for_update(skip_locked=True, of=assignments)
)
LOOKED = (
    sa.update(assignments)
    .where(assignments.c.id == bindparam("line_id"))
    .values(looked_at=bindparam("seen", type_=Instant), next_look_at=bindparam("new_look", type_=Instant))
)
ACKNOWLEDGED = sa.select(assignments.c.acknowledged_at).where(assignments.c.id == bindparam("line_id"))
ACKNOWLEDGE = (
    sa.update(assignments)
    .where(assignments.c.id == bindparam("line_id"))
    .values(acknowledged_at=bindparam("seen", type_=Instant))
)
_as_of = bindparam("as_of", type_=Instant)
LOOK_AGAIN = (
    sa.update(assignments)
    .where(
        assignments.c.state == State.OPEN,
        assignments.c.due_on < NO_DEADLINE,
        sa.or_(assignments.c.next_look_at.is_(None), assignments.c.next_look_at > _as_of),
    )
    .values(
        next_look_at=_as_of,
        looked_at=sa.case((assignments.c.looked_at < _as_of, assignments.c.looked_at), else_=None),
    )
)

# Locks the lines: of two planners that record the same rung, the second sees what the first recorded.
KNOWN = (
    sa.select(assignments.c.id, assignments.c.due_on, rungs.c.rung, rungs.c.sent)
    .outerjoin(
        rungs,
        sa.and_(
            rungs.c.assignment_id == assignments.c.id,
            rungs.c.due_on == assignments.c.due_on,
            rungs.c.rung.in_(one_of("names")),
        ),
    )
    .where(assignments.c.id.in_(one_of("lines")))
    .with_for_update(of=assignments)
)
_RECORD = insert(rungs)
RECORD = _RECORD.on_conflict_do_update(
    index_elements=[rungs.c.assignment_id, rungs.c.due_on, rungs.c.rung],
    set_={"sent": True, "at": _RECORD.excluded.at},
)


class Reminders(Repository):
    """`domain.ports.ReminderRepository`."""

    def due_lines(self, now: datetime, *, limit: int) -> Sequence[DueLine]:
        return [_due_line(row) for row in self._rows(DUE_LINES, now=now, at_most=limit)]

    def record(self, rungs: Sequence[RungRecord]) -> Sequence[RungRecord]:
        if not rungs:
            return []
        rows = self._rows(
            KNOWN,
            lines=list({rung.assignment_id: None for rung in rungs}),
            names=list({rung.rung: None for rung in rungs}),
        )
        due_on = {row.id: row.due_on for row in rows}
        sent = {(row.id, row.rung): row.sent for row in rows}
        # missed < sent, and unknown is less than both
        new = [rung for rung in rungs if rung.sent > sent.get((rung.assignment_id, rung.rung), -1)]
        self._many(RECORD, [_rung_row(rung, due_on[rung.assignment_id]) for rung in new])
        return new

    def looked(self, looks: Sequence[tuple[int, datetime | None, datetime | None]]) -> None:
        self._many(LOOKED, [{"line_id": line, "seen": seen, "new_look": coming} for line, seen, coming in looks])

    def acknowledge(self, assignment_id: int, at: datetime | None) -> datetime | None:
        before: datetime | None = self._value(ACKNOWLEDGED, line_id=assignment_id)
        self._count(ACKNOWLEDGE, line_id=assignment_id, seen=at)
        return before

    def look_again(self, as_of: datetime) -> int:
        return self._count(LOOK_AGAIN, as_of=as_of)


def _rung_row(rung: RungRecord, due_on: object) -> dict[str, Any]:
    return {
        "assignment_id": rung.assignment_id,
        "due_on": due_on,
        "rung": rung.rung,
        "due_at": rung.due_at,
        "sent": rung.sent,
        "at": rung.at,
    }


def _due_line(row: sa.Row[Any]) -> DueLine:
    return DueLine(**{**row._asdict(), "unit": row.unit or UNNAMED_UNIT})
