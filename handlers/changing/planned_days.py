"""A day that a report plans (預定12月22日開標): offered as a milestone, never taken for a deadline (product rule 5)."""

from __future__ import annotations

import re

from domain.calendar import roc
from domain.case import Assignment, Case
from domain.dates import Reading, find
from handlers.context import Context
from handlers.messages import Choice

_WHAT = re.compile(r"[^，,。；;、\n]{1,30}")
UNSURE = frozenset({"two_readings", "impossible_date", "approximate", "past"})


def offer(text: str, case: Case, line: Assignment, context: Context) -> Choice | None:
    """The command that keeps the first planned day of a report; None where there is none that is sure and to come."""
    for reading in find(text, on=context.today, calendar=context.calendar):
        said = _WHAT.match(text, reading.start_at + len(reading.text))
        if said and said[0].strip() and _is_planned(reading, context):
            assert reading.date is not None, "a planned day is one"
            day = roc(reading.date).partition("(")[0]
            unit = f"({line.unit})" if len(case.assignments) > 1 else ""
            return Choice(f"記里程碑 {day}", f"里程碑 {case.number}{unit} {day} {said[0].strip()}")
    return None


def in_words(offered: Choice) -> str:
    """The line of an answer that offers it."""
    return f"讀到預定日，要提醒請輸入：{offered.said}"


def _is_planned(reading: Reading, context: Context) -> bool:
    to_come = reading.date is not None and reading.date > context.today
    return "plan" in reading.flags and to_come and not UNSURE & set(reading.flags)
