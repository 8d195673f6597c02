"""The n-th weekday or week of a month: 12月第一個週五前, 下月第二個星期三, 6月第2週前."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.units import ambiguous, unit
from domain.dates.vocabulary import NOT_IN_NUMBER, WEEK, WEEKDAYS, N, tail
from domain.dates.years import nearest_year
from domain.numerals import number

NTH_WEEKDAY = re.compile(
    rf"{NOT_IN_NUMBER}(?:(?P<month>{N})|(?P<which>[本下次]))個?月份?的?第(?P<nth>[一二三四1-4])個{WEEK}(?P<day>[{WEEKDAYS}])"
)
NTH_WEEK = re.compile(
    rf"{NOT_IN_NUMBER}(?:(?P<month>{N})|(?P<which>[本下次]))個?月份?的?第(?P<nth>[一二三四五1-5])個?{WEEK}(?![{WEEKDAYS}0-9])"
)
_DAY = timedelta(days=1)


class _Month(NamedTuple):
    """A month in its year; `year` is None, with candidates, where two years could be meant."""

    month: int
    year: int | None
    flags: tuple[str, ...] = ()
    candidates: tuple[date, ...] = ()


def nth_weekday(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read the n-th weekday of a month; without a year that of the sensible year."""
    nth = number(match["nth"]) or 0
    weekday = "一二三四五六日".index(match["day"].replace("天", "日"))
    limit = tail(scene.text, match.end())
    marked = bool(limit.mark)
    month = _month(match, scene.on, lambda year, month: _nth(year, month, weekday, nth))
    if month is None:
        return None
    if month.year is None:
        return ambiguous(match.start(), limit.stop, "nth_weekday", month.flags, month.candidates, marked=marked)
    day = _nth(month.year, month.month, weekday, nth)
    return Draft(Kind.DATE, match.start(), limit.stop, "nth_weekday", date=day, flags=month.flags, marked=marked)


def nth_week(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read the n-th week of a month, from Monday; the first is the one that the month's first working day lies in.

    Offices count the weeks of a month in more than one way, so it is flagged `approximate`.
    """
    nth = number(match["nth"]) or 0
    month = _month(match, scene.on, lambda year, month: _week(scene, year, month, nth)[1])
    limit = tail(scene.text, match.end())
    if month is None:
        return None
    if month.year is None:
        return ambiguous(match.start(), limit.stop, "nth_week", month.flags, month.candidates, marked=bool(limit.mark))
    days = _week(scene, month.year, month.month, nth)
    flags = (*month.flags, "approximate")
    return unit(scene, match.start(), limit.stop, days=days, mark=limit.mark, rule="nth_week", flags=flags)


def _month(match: re.Match[str], on: date, day_in: Callable[[int, int], date]) -> _Month | None:
    """The month that is written, in the year in which its day is sensible; None for a number that is no month."""
    if match["which"]:
        ahead = on.year * 12 + on.month - 1 + (match["which"] != "本")
        return _Month(ahead % 12 + 1, ahead // 12)
    month = number(match["month"])
    if month is None or not 1 <= month <= 12:
        return None
    choice = nearest_year(lambda year: day_in(year, month), on, backward=False)
    return _Month(month, choice.year, choice.flags, choice.candidates)


def _week(scene: Scene, year: int, month: int, nth: int) -> tuple[date, date]:
    """The Monday and the last working day of a week."""
    opening = scene.calendar.next_working_day(date(year, month, 1))
    monday = opening - _DAY * opening.weekday() + 7 * _DAY * (nth - 1)
    return monday, max(scene.calendar.last_working_day(monday + 6 * _DAY), monday)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + _DAY * ((weekday - first.weekday()) % 7 + 7 * (nth - 1))
