"""Questions over many cases: what is due when, what waits for the chair, who has not reported, how units stand.

Lists read one partial index each in its order; the counts by unit read the open lines of a series.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.case import UNNAMED_UNIT, Case, State
from domain.ports import UnitTally
from storage.cases import Cases
from storage.repository import Repository, one_of
from storage.search import Search
from storage.tables import (
    IS_ASLEEP,
    IS_LINE,
    IS_OPEN,
    IS_PENDING,
    OPEN_LINE,
    REQUESTED,
    assignments,
    cases,
    units,
    waits,
)
from storage.unreported import UNREPORTED_LINE

_of_series = cases.c.series_id == bindparam("of_series")
_order = (cases.c.due_on, cases.c.sort_key)
_window = sa.and_(IS_OPEN, _of_series, cases.c.due_on >= bindparam("first"), cases.c.due_on <= bindparam("last"))
_lines = sa.select(assignments.c.id).where(assignments.c.case_id == cases.c.id)
_is_open_line = assignments.c.state == State.OPEN
_is_awake = waits.c.id.is_(None)  # where the waits that keep cases asleep are joined
_is_owed = sa.or_(_lines.where(_is_open_line, UNREPORTED_LINE).exists(), cases.c.id.in_(one_of("also")))
_unreported = sa.and_(IS_PENDING, _of_series, _is_owed)
_requested = sa.and_(IS_OPEN, _of_series, cases.c.id.in_(sa.select(assignments.c.case_id).where(REQUESTED)))
_asleep = sa.and_(IS_OPEN, _of_series, cases.c.id.in_(sa.select(waits.c.case_id).where(IS_ASLEEP)))
_of_meeting = sa.and_(_of_series, cases.c.meeting_id == bindparam("of_meeting"))


def _page(where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    window = bindparam("at_most", type_=sa.Integer), bindparam("skipped", type_=sa.Integer)
    return sa.select(cases).where(where).order_by(*_order).limit(window[0]).offset(window[1])


def _count(where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(cases).where(where)


DUE, COUNT_DUE = _page(_window), _count(_window)
UNREPORTED, COUNT_UNREPORTED = _page(_unreported), _count(_unreported)
WAITING, COUNT_WAITING = _page(_requested), _count(_requested)
ASLEEP, COUNT_ASLEEP = _page(_asleep), _count(_asleep)
OF_MEETING, COUNT_OF_MEETING = _page(_of_meeting), _count(_of_meeting)
OLDEST = (
    sa.select(cases).where(IS_OPEN, _of_series).order_by(cases.c.sort_key).limit(bindparam("at_most", type_=sa.Integer))
)


def _sum(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


TALLY = (
    sa.select(
        assignments.c.unit_id,
        units.c.name,
        sa.func.count().label("open"),
        _sum(sa.and_(assignments.c.due_on >= bindparam("today"), assignments.c.due_on <= bindparam("soon"))).label(
            "due"
        ),
        _sum(sa.and_(_is_open_line, _is_awake, assignments.c.due_on < bindparam("today"))).label("overdue"),
        _sum(REQUESTED).label("requested"),
        _sum(sa.and_(_is_open_line, _is_awake, UNREPORTED_LINE)).label("unreported"),
    )
    .outerjoin(units, units.c.id == assignments.c.unit_id)
    .outerjoin(waits, sa.and_(waits.c.case_id == assignments.c.case_id, IS_ASLEEP))
    .where(OPEN_LINE, IS_LINE, assignments.c.series_id == bindparam("of_series"))
    .group_by(assignments.c.unit_id, units.c.name)
    .order_by(assignments.c.unit_id)
)


class Survey(Repository):
    """`domain.ports.SurveyRepository`."""

    def due(self, series_id: int, first: date, last: date, *, limit: int, offset: int = 0) -> Sequence[Case]:
        return self._cases(DUE, of_series=series_id, first=first, last=last, at_most=limit, skipped=offset)

    def count_due(self, series_id: int, first: date, last: date) -> int:
        return int(self._value(COUNT_DUE, of_series=series_id, first=first, last=last))

    def waiting(self, series_id: int, *, limit: int, offset: int = 0) -> Sequence[Case]:
        return self._cases(WAITING, of_series=series_id, at_most=limit, skipped=offset)

    def count_waiting(self, series_id: int) -> int:
        return int(self._value(COUNT_WAITING, of_series=series_id))

    def unreported(
        self, series_id: int, since: datetime, also: Sequence[int] = (), *, limit: int, offset: int = 0
    ) -> Sequence[Case]:
        window = {"at_most": limit, "skipped": offset}
        return self._cases(UNREPORTED, of_series=series_id, since=since, also=list(also), **window)

    def count_unreported(self, series_id: int, since: datetime, also: Sequence[int] = ()) -> int:
        return int(self._value(COUNT_UNREPORTED, of_series=series_id, since=since, also=list(also)))

    def asleep(self, series_id: int, *, limit: int, offset: int = 0) -> Sequence[Case]:
        return self._cases(ASLEEP, of_series=series_id, at_most=limit, skipped=offset)

    def count_asleep(self, series_id: int) -> int:
        return int(self._value(COUNT_ASLEEP, of_series=series_id))

    def of_meeting(self, series_id: int, meeting_id: int, *, limit: int, offset: int = 0) -> Sequence[Case]:
        return self._cases(OF_MEETING, of_series=series_id, of_meeting=meeting_id, at_most=limit, skipped=offset)

    def count_of_meeting(self, series_id: int, meeting_id: int) -> int:
        return int(self._value(COUNT_OF_MEETING, of_series=series_id, of_meeting=meeting_id))

    def oldest(self, series_id: int, *, limit: int) -> Sequence[Case]:
        return self._cases(OLDEST, of_series=series_id, at_most=limit)

    def tally(self, series_id: int, *, today: date, soon: date, since: datetime) -> Sequence[UnitTally]:
        rows = self._rows(TALLY, of_series=series_id, today=today, soon=soon, since=since)
        return [_tally(row) for row in rows]

    def search(self, series_ids: Sequence[int], words: Sequence[str], *, limit: int, offset: int = 0) -> Sequence[Case]:
        ids = Search(self._connection).find(series_ids, words, limit=limit, offset=offset)
        found = Cases(self._connection).by_ids(ids) if ids else ()
        return sorted(found, key=lambda case: case.id, reverse=True)

    def _cases(self, statement: sa.Select[Any], **values: Any) -> Sequence[Case]:
        return Cases(self._connection).with_lines(self._rows(statement, **values))


def _tally(row: Any) -> UnitTally:
    return UnitTally(
        unit_id=row.unit_id,
        unit=row.name or UNNAMED_UNIT,
        open=int(row.open),
        due=int(row.due),
        overdue=int(row.overdue),
        requested=int(row.requested),
        unreported=int(row.unreported),
    )
