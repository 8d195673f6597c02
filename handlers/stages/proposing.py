"""What a draft is to wait for, applied when its case is opened."""

from __future__ import annotations

from domain.case import Case, Deadline
from domain.dates import Condition
from handlers.context import Context
from handlers.stages.sleeping import put_to_sleep
from handlers.stages.waiting import cannot_sleep, circle_of, wait_of

AFTER_EVENT = "period_after_event"


def sleep_as_proposed(case: Case, condition: Condition | None, context: Context) -> Case:
    """Put a case to sleep that was just opened, unless what it waits for is done.

    A number that nobody can wait for (unknown, given up, a circle) is waited for as an event, in the order's words.
    """
    if condition is None or cannot_sleep(case) is not None:
        return case
    found = context.uow.cases.by_number([case.series_id], condition.number) if condition.number else ()
    first = next((one for one in found if one.id != case.id), None)
    if first is not None and first.is_reported_done:
        return case
    if first is not None and (first.is_given_up or circle_of(first, case, context.uow)):
        first = None
    return put_to_sleep(case, wait_of(case, first, condition, context), context)


def deadline_after(condition: Condition) -> Deadline:
    """The deadline of what has a period that begins with an event: its words, and no day yet."""
    return Deadline(text=f"{condition.event}後{condition.within}", rule=AFTER_EVENT)
