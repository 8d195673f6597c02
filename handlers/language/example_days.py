"""Days for examples that can be copied and sent as they stand: not past, and soon enough to be likely."""

from __future__ import annotations

from datetime import date, timedelta

FIRST_ROC_YEAR = 1911
AHEAD = timedelta(weeks=3)


def day(today: date) -> str:
    """A day some weeks ahead, as it is typed: 10/15."""
    ahead = today + AHEAD
    return f"{ahead.month}/{ahead.day}"


def in_example(example: str, today: date) -> str:
    """Fill the days of an example in: {day} 10/15, {month} 10月, {year} a day in a year's time, 111/9/24."""
    ahead, far = today + AHEAD, today + timedelta(days=365)
    year = f"{far.year - FIRST_ROC_YEAR}/{far.month}/{far.day}"
    return example.format(day=day(today), month=f"{ahead.month}月", year=year)
