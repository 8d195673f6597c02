"""The SQL of cases and lines, built once; each list reads one partial index in its order (tests/storage)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.case import State
from storage.repository import insert_new, one_of
from storage.tables import (
    IS_ASLEEP,
    IS_CONTRACT,
    IS_LINE,
    IS_LIVE,
    IS_OPEN,
    IS_PENDING,
    OPEN_LINE,
    assignments,
    cases,
    units,
    waits,
)
from storage.types import Instant

_in_series = cases.c.series_id.in_(one_of("in_series"))
_of_series = cases.c.series_id == bindparam("of_series")
_order = (cases.c.due_on, cases.c.sort_key)  # of one series: a sort key ends with its number, so there are no ties
_before_today = cases.c.due_on < bindparam("today")
_page_limit, _page_offset = bindparam("at_most", type_=sa.Integer), bindparam("skipped", type_=sa.Integer)

BY_NUMBER = sa.select(cases).where(_in_series, cases.c.number == bindparam("of_number")).order_by(cases.c.series_id)
BY_NUMBERS = (
    sa.select(cases)
    .where(_in_series, cases.c.number.in_(one_of("of_numbers")))
    .order_by(cases.c.sort_key, cases.c.series_id)
    .limit(bindparam("at_most", type_=sa.Integer))
)
BY_IDS = sa.select(cases).where(cases.c.id.in_(one_of("ids"))).order_by(cases.c.id)
NUMBERS = sa.select(cases.c.number).where(_of_series).order_by(cases.c.sort_key)

OPEN = sa.select(cases).where(IS_OPEN, _of_series).order_by(*_order).limit(_page_limit).offset(_page_offset)
COUNT_OPEN = sa.select(sa.func.count()).select_from(cases).where(IS_OPEN, _in_series)

CONTRACTS = sa.select(cases).where(IS_CONTRACT, _of_series).order_by(*_order)

OVERDUE = (
    sa.select(cases)
    .where(IS_PENDING, _of_series, _before_today)
    .order_by(*_order)
    .limit(_page_limit)
    .offset(_page_offset)
)
COUNT_OVERDUE = sa.select(sa.func.count()).select_from(cases).where(IS_PENDING, _in_series, _before_today)

_of_unit = sa.and_(OPEN_LINE, assignments.c.unit_id == bindparam("of_unit"))
_unit_page = (
    sa.select(assignments.c.case_id)
    .where(_of_unit, assignments.c.series_id == bindparam("of_series"))
    .order_by(assignments.c.due_on, assignments.c.sort_key)
    .limit(_page_limit)
    .offset(_page_offset)
    .cte("page")
)
OF_UNIT = sa.select(cases).where(cases.c.id.in_(sa.select(_unit_page.c.case_id))).order_by(*_order)
COUNT_OF_UNIT = (
    sa.select(sa.func.count())
    .select_from(assignments)
    .where(_of_unit, assignments.c.series_id.in_(one_of("in_series")))
)

FIRSTS = cases.alias("firsts")  # the cases that others wait for
WAIT_COLUMNS = (
    waits.c.id.label("wait_id"),
    waits.c.first_id,
    FIRSTS.c.number.label("first"),
    waits.c.event,
    waits.c.within,
    waits.c.at.label("wait_at"),
    waits.c.woken_at,
    waits.c.ended_at,
)
LINES_OF = (
    sa.select(assignments, units.c.name.label("unit"), *WAIT_COLUMNS)
    .outerjoin(units, units.c.id == assignments.c.unit_id)
    .outerjoin(waits, sa.and_(waits.c.case_id == assignments.c.case_id, IS_LIVE))
    .outerjoin(FIRSTS, FIRSTS.c.id == waits.c.first_id)
    .where(assignments.c.case_id.in_(one_of("cases")), sa.or_(IS_LINE, OPEN_LINE))
    .order_by(assignments.c.id)
)

ADD = insert_new(cases).returning(cases.c.id)
ADD_LINES = sa.insert(assignments)

# The case's row is locked first: two lines of one case that are saved at once would each miss the other's change.
LOCK = sa.select(cases.c.id).where(cases.c.id == bindparam("case_id")).with_for_update()
SAVE_LINE = (
    sa.update(assignments)
    .where(assignments.c.id == bindparam("line_id"), assignments.c.version == bindparam("read_version"))
    .values(
        unit_id=bindparam("new_unit"),
        duty=bindparam("new_duty"),
        state=bindparam("new_state"),
        closing=bindparam("new_closing"),
        merged_into=bindparam("new_merged_into"),
        next_look_at=bindparam("new_look", type_=Instant),
        looked_at=sa.case(
            (assignments.c.state == bindparam("new_state"), assignments.c.looked_at),
            else_=bindparam("seen", type_=Instant),
        ),
        recurs_on=bindparam("new_recurs_on"),
        version=assignments.c.version + 1,
    )
)
SAVE_CASE = (
    sa.update(cases)
    .where(cases.c.id == bindparam("case_id"), cases.c.version == bindparam("read_version"))
    .values(
        title=bindparam("new_title"),
        sentence=bindparam("new_sentence"),
        deadline_on=bindparam("new_deadline"),
        deadline_text=bindparam("new_words"),
        deadline_rule=bindparam("new_rule"),
        due_on=bindparam("new_due"),
        priority=bindparam("new_priority"),
        remind_before=bindparam("new_remind_before"),
        stage=bindparam("new_stage"),
        recurrence=bindparam("new_recurrence"),
        version=cases.c.version + 1,
    )
)
MOVE_LINES = (
    sa.update(assignments)
    .where(assignments.c.case_id == bindparam("of_case"), IS_LINE)
    .values(
        due_on=bindparam("new_due"),
        recurs_on=sa.null(),
        next_look_at=sa.case((assignments.c.state == State.OPEN, bindparam("new_look", type_=Instant)), else_=None),
        looked_at=sa.case(
            (assignments.c.due_on == bindparam("new_due"), assignments.c.looked_at),
            else_=bindparam("seen", type_=Instant),
        ),
        acknowledged_at=sa.case(
            (assignments.c.due_on == bindparam("new_due"), assignments.c.acknowledged_at), else_=None
        ),
    )
)
_lines = sa.select(assignments.c.id).where(assignments.c.case_id == cases.c.id, IS_LINE)
_sleeps = sa.select(waits.c.id).where(waits.c.case_id == cases.c.id, IS_ASLEEP).exists()
SET_FLAGS = (
    sa.update(cases)
    .where(cases.c.id == bindparam("of_case"))
    .values(
        is_open=_lines.where(OPEN_LINE).exists(),
        is_pending=sa.and_(_lines.where(assignments.c.state == State.OPEN).exists(), ~_sleeps),
    )
)
