"""The sample minutes: written for the playground, units and roles only, dated around the day of the first start."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from domain.calendar import ROC_OFFSET, WorkCalendar

FOLDER = Path(__file__).with_name("samples")
ORDER = ("chiefs-57", "chiefs-58", "office-30", "office-31")  # a later meeting decides on the cases of an earlier one
BETWEEN_MEETINGS = timedelta(days=28)
SUNDAY = 6


def sample_minutes(on: date, calendar: WorkCalendar) -> tuple[str, ...]:
    """Return the minutes in the order of their meetings. `on` is a day in Asia/Taipei; a day off moves to the next."""
    days = _days(calendar.next_working_day(on), calendar)
    return tuple((FOLDER / f"{name}.txt").read_text("utf-8").format(**days) for name in ORDER)


def _days(today: date, calendar: WorkCalendar) -> dict[str, str]:
    """Write out the days that the templates name, seen from a working day."""
    held = calendar.add_working_days(today, -6)
    held_before = calendar.last_working_day(held - BETWEEN_MEETINGS)
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return {
        "held": f"民國{_written(held)}",
        "held_before": f"民國{_written(held_before)}",
        "before_held": _written(calendar.add_working_days(held, -2)),
        "overdue": _written(calendar.add_working_days(today, -3)),
        "today": _written(today),
        "next_working_day": _written(calendar.add_working_days(today, 1)),
        "this_week": _written(_end_of_week(today, calendar)),
        "plan": _written(calendar.add_working_days(today, 8)),
        "next_month_day": _written(calendar.last_working_day(next_month.replace(day=15))),
        "next_month_end": f"{next_month.year - ROC_OFFSET}年{next_month.month}月底",
    }


def _end_of_week(today: date, calendar: WorkCalendar) -> date:
    """Return the last working day of the week, or the next one when that is today."""
    last = calendar.last_working_day(today + timedelta(days=SUNDAY - today.weekday()))
    return last if last > today else calendar.add_working_days(today, 1)


def _written(day: date) -> str:
    return f"{day.year - ROC_OFFSET}年{day.month}月{day.day}日"
