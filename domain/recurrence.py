"""Recurring duties (每月5日前): the days on which an occurrence is due, and the period that each is for.

A rule is an RRULE (RFC 5545) as `domain.dates` reads it, completed here so that it names a day: a bare 每月 or 每季 is
due on the last day of its month or quarter. A due day on a day off stays as it was stated; the reminders before it keep
to working days (docs/reminders.md). What is due daily, or counted in working days, knows the official calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from itertools import takewhile

from dateutil.rrule import rrulestr

from domain.calendar import ROC_OFFSET, WorkCalendar
from domain.reminders import Ladder

WORKWEEK = "BYDAY=MO,TU,WE,TH,FR"
_DAY = timedelta(days=1)
_IN_ARREARS = re.compile("(?:結束|終了)之?後|[次翌隔]月")
_SEASONS = {"INTERVAL=3": "BYMONTH=3,6,9,12", "INTERVAL=6": "BYMONTH=6,12"}
_LAST_DAYS = {"DAILY": "", "WEEKLY": ";BYDAY=FR", "MONTHLY": ";BYMONTHDAY=-1", "YEARLY": ";BYMONTH=12;BYMONTHDAY=-1"}
_LATE_DAYS = re.compile(r"BYMONTHDAY=(29|30|31)$")
_DAYS_OF_MONTH = re.compile(r"BYMONTHDAY=([0-9,-]+)")
_LOOK_BACK = (timedelta(days=40), timedelta(days=800))  # where the occurrence before is looked for


class Span(Enum):
    """What a period is, by how many months it lasts; days and weeks last none."""

    DAY = 0
    WEEK = -1
    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """One occurrence. `start` is the first day of the period that it is for, and what it is known by."""

    start: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Opening:
    """An occurrence to open: its period's first day, when it is due, and from when its rungs are looked at."""

    period: date
    due_on: date
    look_at: datetime


@dataclass(frozen=True, slots=True)
class DutyLook:
    """What a look at a duty found."""

    openings: tuple[Opening, ...]
    next_due_on: date
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A duty that comes again, by a rule as `completed` writes it.

    `words` are those of the minutes; they tell what is due in arrears (每月結束後5日內).
    """

    rule: str
    words: str

    def periods(self, since: date, calendar: WorkCalendar) -> Iterator[Period]:
        """Those due on or after a day, in order, without end."""
        return (Period(self._start_of(due), due) for due in self._due_days(since, calendar))

    def due_before(self, day: date, calendar: WorkCalendar) -> date | None:
        """When the last occurrence before a day was due."""
        for back in _LOOK_BACK:
            earlier = list(takewhile(lambda due: due < day, self._due_days(day - back, calendar)))
            if earlier:
                return earlier[-1]
        return None

    def due_of(self, start: date, calendar: WorkCalendar) -> date | None:
        """When the period that starts on a day is due; None where the rule has no such period."""
        reached = takewhile(lambda period: period.start <= start, self.periods(start, calendar))
        return next((period.due_on for period in reached if period.start == start), None)

    def name(self, start: date) -> str:
        """What a period is called: 12月份, 第4季, 110年度, 12/6 當週."""
        match self._span:
            case Span.DAY:
                return f"{start.month}/{start.day}"
            case Span.WEEK:
                return f"{start.month}/{start.day} 當週"
            case Span.MONTH:
                return f"{start.month}月份"
            case Span.QUARTER:
                return f"第{(start.month + 2) // 3}季"
            case Span.HALF:
                return "上半年" if start.month == 1 else "下半年"
            case Span.YEAR:
                return f"{start.year - ROC_OFFSET}年度"

    @property
    def _span(self) -> Span:
        if self.rule.count("RRULE") > 1:
            return Span.DAY
        if "FREQ=YEARLY" in self.rule:
            return Span.YEAR
        if "FREQ=MONTHLY" in self.rule:
            months = re.search(r"BYMONTH=([0-9,]+)", self.rule)
            return Span(12 // len(months[1].split(","))) if months else Span.MONTH
        weekly = re.search("FREQ=WEEKLY.*BYDAY=..$", self.rule)
        return Span.WEEK if weekly else Span.DAY

    def _start_of(self, due: date) -> date:
        span = self._span
        if span is Span.DAY:
            return due
        if span is Span.WEEK:
            return due - due.weekday() * _DAY
        first = due.replace(month=(due.month - 1) // span.value * span.value + 1, day=1)
        if not _IN_ARREARS.search(self.words):
            return first
        before = first - _DAY
        return before.replace(month=(before.month - 1) // span.value * span.value + 1, day=1)

    def _due_days(self, since: date, calendar: WorkCalendar) -> Iterator[date]:
        if "FREQ=DAILY" in self.rule:
            return (day for day in self._days(self.rule, since) if calendar.is_working_day(day))
        if WORKWEEK not in self.rule:
            return self._days(self.rule, since)
        position = re.search(r"BYSETPOS=(-?[0-9]+)", self.rule)
        if position is None:
            return (day for day in self._days("FREQ=DAILY", since) if calendar.is_working_day(day))
        return self._nth_working_days(int(position[1]), since, calendar)

    def _nth_working_days(self, position: int, since: date, calendar: WorkCalendar) -> Iterator[date]:
        """The n-th working day of each month, or the last; a month that has fewer is passed over."""
        months = self.rule.replace(f";{WORKWEEK}", "").replace(f";BYSETPOS={position}", ";BYMONTHDAY=1")
        for first in self._days(months, since.replace(day=1)):
            following = (first + 31 * _DAY).replace(day=1)
            days = [first + n * _DAY for n in range((following - first).days)]
            working = [day for day in days if calendar.is_working_day(day)]
            place = position if position < 0 else position - 1
            if place < len(working) and working[place] >= since:
                yield working[place]

    @staticmethod
    def _days(rule: str, since: date) -> Iterator[date]:
        begin = datetime.combine(since, time())
        return (at.date() for at in rrulestr(rule, dtstart=begin).xafter(begin, inc=True))


def names_its_days(rule: str, words: str) -> bool:
    """Tell whether it is clear when each occurrence is due; a bare 每季結束後 says only since when."""
    return "BY" in rule or not _IN_ARREARS.search(words)


def completed(rule: str, on: date) -> str:
    """A rule with a day for every occurrence; what comes every second month or week counts from the day `on`.

    The 29th to 31st is a shorter month's last day (as 民法 §121 II has it for periods). What is complete stays so.
    """
    if "RRULE:" in rule:
        return rule
    rules = [_or_the_last(one) for one in _by_day(_with_a_day(rule))]
    begin = [f"DTSTART:{on:%Y%m%d}"] if "INTERVAL" in rules[0] else []
    return "\n".join([*begin, *(f"RRULE:{one}" for one in rules)])


def look_at_duty(
    duty: Recurrence, recurs_on: date, ladder: Ladder, calendar: WorkCalendar, zone: tzinfo, *, now: datetime
) -> DutyLook:
    """Tell which occurrences from the one due on `recurs_on` on are to be opened by now, and when to look again.

    An occurrence is opened at its first rung behind the day on which the one before it was due.
    """
    before = duty.due_before(recurs_on, calendar)
    openings: list[Opening] = []
    for period in duty.periods(recurs_on, calendar):
        at = _opening(period.due_on, before, ladder, calendar, zone)
        if at > now:
            return DutyLook(tuple(openings), period.due_on, at)
        openings.append(Opening(period.start, period.due_on, at))
        before = period.due_on
    raise ValueError(f"a rule that ends: {duty.rule}")


def _opening(due: date, before: date | None, ladder: Ladder, calendar: WorkCalendar, zone: tzinfo) -> datetime:
    last_day = calendar.last_working_day(due)
    rungs = [calendar.add_working_days(last_day, -days) for days in ladder.before]
    day = next((day for day in [*rungs, last_day] if before is None or day > before), due)
    return datetime.combine(day, ladder.at, tzinfo=zone)


def _with_a_day(rule: str) -> str:
    """A bare 每週, 每月, 每季 … is due on the last day of its period, a week's on Friday."""
    if "BY" in rule:
        return rule
    frequency, _, interval = rule.removeprefix("FREQ=").partition(";")
    return ";".join(filter(None, ["FREQ=" + frequency, _SEASONS.get(interval, interval)])) + _LAST_DAYS[frequency]


def _by_day(rule: str) -> list[str]:
    """A rule for each of the days of a month that it names."""
    days = _DAYS_OF_MONTH.search(rule)
    return [rule.replace(days[0], f"BYMONTHDAY={day}") for day in days[1].split(",")] if days else [rule]


def _or_the_last(rule: str) -> str:
    return _LATE_DAYS.sub(lambda match: f"BYMONTHDAY={_to(int(match[1]))};BYSETPOS=-1", rule)


def _to(day: int) -> str:
    return ",".join(map(str, range(28, day + 1)))
