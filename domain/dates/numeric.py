"""Dates written in figures only: 110.12.31前, 110/9/23, 2021-09-23, 1101231, 20211231, 9/30前."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from domain.dates.context import looks_back
from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.stated import Point
from domain.dates.units import ambiguous
from domain.dates.vocabulary import ANY_WEEKDAY, BEFORE, DATE_EXPECTED, TO, WEEKDAY, tail
from domain.dates.years import nearest_year, western

_APART = r"(?<![0-9A-Za-z./$-])(?<![週期拜][一二三四五六日天]\()"
_CLOSED = r"(?![0-9A-Za-z%元萬億人件次筆份號以成強]|[./][0-9])"
THREE_PARTS = re.compile(
    rf"{_APART}(?:中華民國|民國|西元)?(?P<year>[0-9]{{2,4}})(?P<sign>[./-])(?P<month>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}}){_CLOSED}\.?(?:{WEEKDAY})?"
)
COMPACT = re.compile(
    rf"{_APART}(?P<year>[01][0-9]{{2}}|20[0-9]{{2}})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01]){_CLOSED}(?:{WEEKDAY})?"
)
TWO_PARTS = re.compile(
    rf"{_APART}(?P<month>1[0-2]|0?[1-9])(?:/|\.(?=[0-9]{{1,2}}(?:{ANY_WEEKDAY})?{BEFORE}))(?P<day>3[01]|[12][0-9]|0?[1-9]){_CLOSED}(?:{WEEKDAY})?"
)
_UNTIL = re.compile(rf"(?:起)?{TO}")
_DONE_BY = re.compile(r"(?:完成|繳交|提[報送交]|送[交出達]|回[報覆復]|交件|辦竣|改善完|修復|到位)(?![之的率度])")
_SHARE_BEFORE = re.compile(r"[約達已近逾超僅剩度率成]$")  # 進度1/3完成
_WEEKDAYS = "一二三四五六日"


def numeric(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read a date in figures with its year, and the end of a range that follows it."""
    year = western(int(match["year"]))
    if year is None:
        return None
    point = Point(year, int(match["month"]), int(match["day"]), weekday=_weekday(match))
    end, stop = _range_end(scene.text, match.end(), year)
    limit = tail(scene.text, stop)
    marked = bool(limit.mark) and limit.mark != "止"
    return _draft(scene, match.start(), limit.stop, (point, end), marked)


def month_and_day(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read 9/30, or 9/20~9/24, where the year is left out."""
    point = Point(None, int(match["month"]), int(match["day"]), weekday=_weekday(match))
    end, stop = _range_end(scene.text, match.end(), scene.on.year)
    limit = tail(scene.text, stop)
    marked = bool(limit.mark) and limit.mark != "止"
    if not (marked or point.weekday is not None or _is_expected(scene, match.start(), limit.stop)):
        return None
    if end and not 1 <= end.month <= 12:
        return None
    backward = looks_back(scene, match.start(), limit.stop) != ""
    choice = nearest_year(lambda year: (end or point).last(year, scene), scene.on, backward=backward)
    if choice.year is None:
        return ambiguous(match.start(), limit.stop, "figures", choice.flags, choice.candidates, marked=marked)
    dated = replace(point, year=choice.year - int(end is not None and end.month < point.month))
    until = replace(end, year=choice.year) if end else None
    return _draft(scene, match.start(), limit.stop, (dated, until), marked, choice.flags)


def _is_expected(scene: Scene, begin: int, stop: int) -> bool:
    """Tell by the words around two figures that they are a day: 於9/30, 9/30完成."""
    before = scene.before(begin)
    if DATE_EXPECTED.search(before):
        return True
    return not _SHARE_BEFORE.search(before) and _DONE_BY.match(scene.text, stop) is not None


def _draft(
    scene: Scene, begin: int, stop: int, points: tuple[Point, Point | None], marked: bool, flags: tuple[str, ...] = ()
) -> Draft | None:
    first = _day(points[0], scene)
    last = _day(points[1], scene) if points[1] else first
    if first is None or last is None or last < first:
        near = points[0].around(scene.on.year)
        return ambiguous(begin, stop, "figures", ("impossible_date",), near, marked=marked)
    if points[1]:
        return Draft(Kind.RANGE, begin, stop, "range", start=first, end=last, flags=flags, marked=marked)
    wrong = points[0].near_weekday(first)
    if wrong:
        return ambiguous(begin, stop, "figures", (*flags, "weekday_disagrees"), (first, wrong), marked=marked)
    return Draft(Kind.DATE, begin, stop, "figures", date=first, flags=flags, marked=marked)


def _day(point: Point, scene: Scene) -> date | None:
    assert point.year is not None
    days = point.days(point.year, scene)
    return days[0] if days else None


def _weekday(match: re.Match[str]) -> int | None:
    word = match["wd"] or match["wd2"]
    return _WEEKDAYS.index(word.replace("天", "日")) if word else None


def _range_end(text: str, at: int, year: int) -> tuple[Point | None, int]:
    joint = _UNTIL.match(text, at)
    if joint is None:
        return None, at
    full = THREE_PARTS.match(text, joint.end()) or _LOOSE_THREE.match(text, joint.end())
    if full:
        other = western(int(full["year"]))
        return (Point(other, int(full["month"]), int(full["day"])), full.end()) if other else (None, at)
    short = _LOOSE_TWO.match(text, joint.end())
    return (Point(year, int(short["month"]), int(short["day"])), short.end()) if short else (None, at)


# Behind a joint such as - the look-behind of the patterns above would refuse the second date.
_LOOSE_THREE = re.compile(
    rf"(?P<year>[0-9]{{2,4}})[./-](?P<month>[0-9]{{1,2}})[./-](?P<day>[0-9]{{1,2}}){_CLOSED}(?:{WEEKDAY})?"
)
_LOOSE_TWO = re.compile(rf"(?P<month>[0-9]{{1,2}})[./](?P<day>[0-9]{{1,2}}){_CLOSED}(?:{WEEKDAY})?")
