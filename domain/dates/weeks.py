"""Weeks from Monday: 本週內, 下週五前, 下下週二, 本週六及週日, 週末前, 週五前."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.units import ambiguous, unit
from domain.dates.vocabulary import TO, WEEK, WEEKDAYS, N, tail
from domain.numerals import number

_WHICH = r"(?P<which>本|這一?個?|當|下下?一?個?|上上?一?個?|次|隔)"
_BRACKET = rf"(?:\((?:(?P<bmonth>{N})(?:月|/))?(?P<bday>{N})日?\))?"
DAY_OF_WEEK = re.compile(
    rf"(?<![一二兩三四0-9個])(?:{_WHICH})?{WEEK}(?P<day>[{WEEKDAYS}])(?![0-9{WEEKDAYS}個])"
    rf"(?:(?P<joint>[及和與、]|{TO})(?:{_WHICH.replace('which', 'which2')})?{WEEK}?(?P<last>[{WEEKDAYS}])(?![級般個]))?"
    rf"{_BRACKET}"
)
WHOLE_WEEK = re.compile(rf"{_WHICH}{WEEK}(?P<part>末|底|初)?(?![{WEEKDAYS}0-9年刊會])")
WEEKEND = re.compile(r"週(?P<part>末)")

_OFFSETS = {"本": 0, "這": 0, "當": 0, "下": 1, "次": 1, "隔": 1, "上": -1, "下下": 2, "上上": -2}
_DAY = timedelta(days=1)


def day_of_week(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read a weekday of a week that is named, or the next such day; and two of them as a range."""
    first = _day(scene.on, match["which"], match["day"])
    limit = tail(scene.text, match.end())
    marked = bool(limit.mark)
    begin, stop = match.start(), limit.stop
    if match["last"]:
        return _range(match, begin, stop, first, scene, marked)
    if match["bday"] and number(match["bday"]) != first.day:
        return ambiguous(begin, stop, "weekday", ("bracket_disagrees",), (first,), marked=marked)
    if match["which"] is None and first == scene.on:
        either = (first, first + 7 * _DAY)
        return Draft(
            Kind.DATE, begin, stop, "weekday", date=first, flags=("two_readings",), candidates=either, marked=marked
        )
    return Draft(Kind.DATE, begin, stop, "weekday", date=first, marked=marked)


def whole_week(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read a week: it ends on its last working day, its weekend on Sunday."""
    monday = _monday(scene.on, _offset(match["which"]))
    limit = tail(scene.text, match.end())
    if match["part"] == "末":
        return _weekend(monday, match.start(), limit.stop, limit.mark, scene)
    mark = limit.mark or ("底" if match["part"] == "底" else "")
    end = scene.calendar.last_working_day(monday + 6 * _DAY)
    return unit(scene, match.start(), limit.stop, days=(monday, max(end, monday)), mark=mark, rule="week")


def weekend(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read 週末 as that of the meeting's week."""
    limit = tail(scene.text, match.end())
    return _weekend(_monday(scene.on, 0), match.start(), limit.stop, limit.mark, scene)


def _weekend(monday: date, begin: int, stop: int, mark: str, scene: Scene) -> Draft:
    saturday, sunday = monday + 5 * _DAY, monday + 6 * _DAY
    if mark.endswith("前"):
        day = scene.calendar.last_working_day(saturday - _DAY)
        return Draft(Kind.DATE, begin, stop, "weekend", date=day, marked=True)
    return Draft(Kind.RANGE, begin, stop, "weekend", start=saturday, end=sunday, marked=bool(mark), label=not mark)


def _range(match: re.Match[str], begin: int, stop: int, first: date, scene: Scene, marked: bool) -> Draft:
    last = first + _DAY * ((_index(match["last"]) - _index(match["day"])) % 7)
    if match["which2"]:
        last = _day(scene.on, match["which2"], match["last"])
    if match["joint"] in "及和與、" and last != first + _DAY:
        return ambiguous(begin, stop, "weekday", ("several_dates",), (first, last), marked=marked)
    if last < first:
        return ambiguous(begin, stop, "weekday", ("impossible_date",), (first, last), marked=marked)
    return Draft(Kind.RANGE, begin, stop, "weekday", start=first, end=last, marked=marked)


def _day(on: date, which: str | None, weekday: str) -> date:
    if which is None:
        return on + _DAY * ((_index(weekday) - on.weekday()) % 7)
    return _monday(on, _offset(which)) + _DAY * _index(weekday)


def _monday(on: date, weeks: int) -> date:
    return on - _DAY * on.weekday() + 7 * _DAY * weeks


def _offset(which: str) -> int:
    return _OFFSETS[which.replace("一", "").replace("個", "")]


def _index(weekday: str) -> int:
    return "一二三四五六日".index(weekday.replace("天", "日"))
