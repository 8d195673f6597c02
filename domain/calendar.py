"""Working days of the 政府行政機關辦公日曆表 and the ROC calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


class WorkCalendar:
    """Official working days of Taiwan, with overrides on top (typhoon days, later revisions)."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        """Take overrides as day → is it a working day."""
        self._overrides = dict(overrides or {})

    def is_working_day(self, day: date) -> bool:
        raise NotImplementedError

    def last_working_day(self, day: date) -> date:
        """The last working day on or before a day."""
        raise NotImplementedError

    def next_working_day(self, day: date) -> date:
        """The first working day on or after a day (行政程序法 §48 IV)."""
        raise NotImplementedError

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after a day; a negative count goes back. The first day is not counted (§48 II)."""
        raise NotImplementedError


def roc(day: date) -> str:
    """Write a day as civil servants do: 110/9/30(四)."""
    raise NotImplementedError
