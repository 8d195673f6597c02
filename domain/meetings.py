"""When a series meets next: as somebody said, or predicted from its rhythm and told as such."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low

from domain.calendar import WorkCalendar

GAPS = 6  # the last so many gaps make the rhythm


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A meeting to come."""

    on: date
    is_predicted: bool = False


def next_meeting(said: date | None, held: Collection[date], today: date, calendar: WorkCalendar) -> NextMeeting | None:
    """The next meeting from today on: the day that was said, else the last one plus the median gap; None: no idea.

    A day that was said counts until it is over or that meeting was recorded. A predicted day is a working day.
    """
    days = sorted(set(held))
    last = days[-1] if days else None
    if said is not None and said >= today and (last is None or said > last):
        return NextMeeting(said)
    gaps = [(later - earlier).days for earlier, later in pairwise(days)][-GAPS:]
    if last is None or not gaps:
        return None
    gap = median_low(gaps)
    rounds = max(1, -((last - today).days // gap))
    expected = calendar.next_working_day(last + timedelta(days=gap * rounds))
    if expected < today:
        expected = calendar.next_working_day(last + timedelta(days=gap * (rounds + 1)))
    return NextMeeting(expected, is_predicted=True)


def report_day(meeting: date, working_days: int, calendar: WorkCalendar) -> date:
    """The day by which reports for a meeting are due: so many working days before it."""
    return calendar.add_working_days(calendar.last_working_day(meeting), -working_days)
