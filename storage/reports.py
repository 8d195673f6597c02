"""The SQL of progress reports (辦理情形)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.case import Report
from domain.figures import Figures
from storage.repository import one_of
from storage.tables import assignments, reports, units

ADD = sa.insert(reports).returning(reports.c.id)

_of_line = reports.alias("of_line")
_last_id = (
    sa.select(_of_line.c.id)
    .where(_of_line.c.assignment_id == assignments.c.id, _of_line.c.withdrawn_at.is_(None))
    .order_by(_of_line.c.at.desc(), _of_line.c.id.desc())
    .limit(1)
    .scalar_subquery()
    .correlate(assignments)
)
_REPORTS = sa.select(reports, units.c.name.label("unit"))
LAST = _REPORTS.select_from(
    assignments.join(reports, reports.c.id == _last_id).outerjoin(units, units.c.id == reports.c.unit_id)
).where(assignments.c.id.in_(one_of("lines")))
_later = reports.alias("later")
_is_overtaken = (
    sa.select(_later.c.id)
    .where(
        _later.c.assignment_id == reports.c.assignment_id,
        _later.c.unit_id.is_not_distinct_from(reports.c.unit_id),
        _later.c.withdrawn_at.is_(None),
        sa.tuple_(_later.c.at, _later.c.id) > sa.tuple_(reports.c.at, reports.c.id),
    )
    .exists()
)
LAST_OF_UNITS = (
    _REPORTS.outerjoin(units, units.c.id == reports.c.unit_id)
    .where(reports.c.assignment_id.in_(one_of("lines")), reports.c.withdrawn_at.is_(None), ~_is_overtaken)
    .order_by(reports.c.assignment_id, reports.c.unit_id.nulls_first())
)
TEXTS = sa.select(reports.c.id, reports.c.text).where(reports.c.id.in_(one_of("ids")))
WITHDRAW = (
    sa.update(reports)
    .where(reports.c.id == bindparam("report_id"), reports.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("withdrawn", type_=reports.c.withdrawn_at.type))
)
PURGE = (
    sa.update(reports).where(reports.c.message_id == bindparam("unsent_id")).values(text="", actual=None, target=None)
)


def to_row(report: Report) -> dict[str, Any]:
    return {
        "assignment_id": report.assignment_id,
        "member_id": report.member_id,
        "text": report.text,
        "at": report.at,
        "message_id": report.message_id,
        "actual": report.figures.actual or None,
        "target": report.figures.target or None,
        "unit_id": report.unit_id,
        "period": report.period,
    }


def from_row(row: sa.Row[Any]) -> Report:
    return Report(
        assignment_id=row.assignment_id,
        member_id=row.member_id,
        text=row.text,
        at=row.at,
        message_id=row.message_id,
        figures=Figures(row.actual or "", row.target or ""),
        unit_id=row.unit_id,
        unit=row.unit or "",
        period=row.period,
    )
