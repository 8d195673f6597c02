"""The n-th weekday of a month: 12月第一個週五前, 下月第二個星期三."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.vocabulary import NOT_IN_NUMBER, WEEK, WEEKDAYS, N, tail
from domain.dates.years import nearest_year
from domain.numerals import number

NTH_WEEKDAY = re.compile(
    rf"{NOT_IN_NUMBER}(?:(?P<month>{N})|(?P<which>[本下次]))個?月份?的?第(?P<nth>[一二三四1-4])個{WEEK}(?P<day>[{WEEKDAYS}])"
)
_DAY = timedelta(days=1)


def nth_weekday(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read the n-th weekday of a month; without a year that of the sensible year."""
    nth = number(match["nth"]) or 0
    weekday = "一二三四五六日".index(match["day"].replace("天", "日"))
    limit = tail(scene.text, match.end())
    if match["which"]:
        ahead = scene.on.year * 12 + scene.on.month - 1 + (match["which"] != "本")
        day = _nth(ahead // 12, ahead % 12 + 1, weekday, nth)
        return Draft(Kind.DATE, match.start(), limit.stop, "nth_weekday", date=day, marked=bool(limit.mark))
    month = number(match["month"])
    if month is None or not 1 <= month <= 12:
        return None
    choice = nearest_year(lambda year: _nth(year, month, weekday, nth), scene.on, backward=False)
    if choice.year is None:
        return Draft(
            Kind.AMBIGUOUS,
            match.start(),
            limit.stop,
            "nth_weekday",
            flags=choice.flags,
            candidates=choice.candidates,
            marked=bool(limit.mark),
        )
    day = _nth(choice.year, month, weekday, nth)
    return Draft(
        Kind.DATE, match.start(), limit.stop, "nth_weekday", date=day, flags=choice.flags, marked=bool(limit.mark)
    )


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + _DAY * ((weekday - first.weekday()) % 7 + 7 * (nth - 1))
