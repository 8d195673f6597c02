"""When a line counts as not reported: of a recurring duty, while one of its occurrences is open."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.case import State
from storage.tables import IS_DUTY, IS_LINE, assignments, reports
from storage.types import Instant

_reported = sa.exists().where(
    reports.c.assignment_id == assignments.c.id,
    reports.c.withdrawn_at.is_(None),
    reports.c.at >= bindparam("since", type_=Instant),
)
_occurrence = assignments.alias("occurrence")
_owes = sa.exists().where(_occurrence.c.of_line_id == assignments.c.id, _occurrence.c.state == State.OPEN)

UNREPORTED_LINE = sa.and_(IS_LINE, sa.case((IS_DUTY, _owes), else_=~_reported))
"""Of a row of `assignments`: nobody reported on it since the parameter `since`, or a period of it is open."""
