"""Working days of the 政府行政機關辦公日曆表 and the ROC calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

ROC_OFFSET = 1911
_DAY = timedelta(days=1)
_SATURDAY = 5
_WEEKDAYS = "一二三四五六日"


class WorkCalendar:
    """Official working days of Taiwan, with overrides on top (typhoon days, later revisions).

    The source is the package `holidays` (make-up Saturdays included). For years that it does not know (before 1998,
    after 2100) Monday to Friday are working days.
    """

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        """Take overrides as day → is it a working day."""
        self._overrides = dict(overrides or {})

    def is_working_day(self, day: date) -> bool:
        override = self._overrides.get(day)
        return day in _working_days(day.year) if override is None else override

    def without(self, days: Iterable[date]) -> WorkCalendar:
        """The same calendar with further days off."""
        return WorkCalendar({**self._overrides, **dict.fromkeys(days, False)})

    def last_working_day(self, day: date) -> date:
        """The last working day on or before a day."""
        while not self.is_working_day(day):
            day -= _DAY
        return day

    def next_working_day(self, day: date) -> date:
        """The first working day on or after a day (行政程序法 §48 IV)."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after a day; a negative count goes back. The first day is not counted (§48 II)."""
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def days_off_around(self, day: date) -> tuple[date, date]:
        """The first and last day of the unbroken days off that hold a day off; a working day stands alone."""
        if self.is_working_day(day):
            return day, day
        return self.last_working_day(day) + _DAY, self.next_working_day(day) - _DAY


def roc(day: date) -> str:
    """Write a day as civil servants do: 110/9/30(四)."""
    return f"{day.year - ROC_OFFSET}/{day.month}/{day.day}({_WEEKDAYS[day.weekday()]})"


def festival(name: str, year: int) -> date | None:
    """The day of a public holiday by its official name (春節, 端午節 …), or None in a year that does not know it."""
    return _festivals(year).get(name)


# `holidays` takes a quarter of a second to import: only who asks for a working day pays for it.
@lru_cache(maxsize=256)
def _working_days(year: int) -> frozenset[date]:
    from holidays import country_holidays

    official = country_holidays("TW", years=year)
    days = (date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1))
    if not official.start_year <= year <= official.end_year:
        return frozenset(day for day in days if day.weekday() < _SATURDAY)
    return frozenset(day for day in days if official.is_working_day(day))


@lru_cache(maxsize=256)
def _festivals(year: int) -> dict[str, date]:
    from holidays import country_holidays

    days: dict[str, date] = {}
    for day, names in sorted(country_holidays("TW", years=year, language="zh_TW").items()):
        for name in names.split("; "):
            days.setdefault(name, day)
    return days
