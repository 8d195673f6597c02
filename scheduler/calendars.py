"""The working days of each series: the house's calendar, less the typhoon days of its city."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from typing import Protocol

from domain.calendar import WorkCalendar
from domain.ports import UnitOfWork
from domain.rules import Rules


class HousePolicy(Protocol):
    """What of the policy this needs."""

    @property
    def zone(self) -> tzinfo: ...
    @property
    def calendar(self) -> WorkCalendar: ...
    @property
    def rules(self) -> Rules: ...


class Calendars:
    """The calendars of one transaction, each made once."""

    def __init__(self, policy: HousePolicy, uow: UnitOfWork) -> None:
        self._policy = policy
        self._days_off = uow.days_off.since(date.min)
        self._names = {one.id: one.name for one in uow.series.all()} if self._days_off else {}
        self._by_city: dict[str, WorkCalendar] = {}

    def of(self, series_id: int) -> WorkCalendar:
        """The calendar of a series."""
        if not self._days_off:
            return self._policy.calendar
        return self.in_city(self._policy.rules.city_of(self._names.get(series_id, "")))

    def in_city(self, city: str) -> WorkCalendar:
        """The calendar of a city; an empty name: only the days that are off everywhere."""
        if city not in self._by_city:
            closed = [one.day for one in self._days_off if one.city in ("", city)]
            self._by_city[city] = self._policy.calendar.without(closed)
        return self._by_city[city]

    def resumes(self, series_id: int, now: datetime, hour: time) -> datetime | None:
        """When a series that is off today works again, at an hour; None where it works today."""
        calendar, today = self.of(series_id), now.astimezone(self._policy.zone).date()
        if calendar.is_working_day(today):
            return None
        return datetime.combine(calendar.next_working_day(today), hour, tzinfo=self._policy.zone)
