"""Days counted from the meeting, and bare days of a month: 今(16)日, 明日下班前, 後天前, 預計於17日補足, 於23時前."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.dates.context import looks_back
from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.stated import Point
from domain.dates.units import ambiguous
from domain.dates.vocabulary import ANY_WEEKDAY, BEFORE, DATE_EXPECTED, HAPPENINGS, NOT_IN_NUMBER, TO, WEEKDAY, N, tail
from domain.dates.years import month_end
from domain.numerals import number

_DAY = timedelta(days=1)
_OFFSETS = {"今": 0, "本": 0, "明": 1, "後": 2, "大後": 3, "昨": -1, "前": -2, "大前": -3}
RELATIVE_DAY = re.compile(
    rf"(?P<word>今|明|(?<![之以最前目日月年內週])大?後|昨|(?<![之以最目日月年底結束先當])大?前|本(?=日|\([0-9]{{1,2}}\)日))"
    rf"(?:\((?:(?P<bmonth>{N})[月/])?(?P<bday>{N})日?\))?(?:[日天](?![起期後數]|以[前後來])|(?<=今)[晚晨]|(?<=[明昨])[晚晨早](?!期))(?:{WEEKDAY})?"
)
BARE_DAY = re.compile(
    rf"{NOT_IN_NUMBER}(?P<day>{N})(?:日(?!本|前往|數|常|誌|夜)|號(?!碼|函|令|公告|線|樓|之|案|機))(?:{WEEKDAY})?"
)
BARE_RANGE = re.compile(
    rf"{NOT_IN_NUMBER}(?P<day>{N})[日號]?(?:{ANY_WEEKDAY})?{TO}(?P<last>{N})[日號](?:{ANY_WEEKDAY})?(?![內數後起])"
)
HOUR = re.compile(
    rf"(?<![0-9日號天週星期月年晚晨早午夜每:])(?:上午|下午|晚間|晚上|凌晨|中午)?"
    rf"(?:{N}[時點](?![代段候間])(?:{N}分|半|整)?|[0-9]{{1,2}}:[0-9]{{2}}){BEFORE}"
)
_HAPPENING_BEFORE = re.compile(rf"(?:{HAPPENINGS})$")
_COUNTED_BACK = re.compile(r"[於在][一-鿿]{2,6}(?<![月日年週及和與或應請須])$")  # 於供水7日前
_SAME_MONTH = re.compile(rf"({N})月{N}日?(?:{ANY_WEEKDAY})?(?:前)?[、及和與]$")


def relative_day(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read a day counted from the meeting; its bracket must name the same day."""
    day = scene.on + _DAY * _OFFSETS[match["word"]]
    limit = tail(scene.text, match.end())
    marked = bool(limit.mark)
    begin, stop = match.start(), limit.stop
    other = _bracket(match, day)
    if other is not None:
        return ambiguous(begin, stop, "day_from_meeting", ("bracket_disagrees",), (day, *other), marked=marked)
    wrong = Point(None, day.month, weekday=_weekday(match)).near_weekday(day)
    if wrong:
        return ambiguous(begin, stop, "day_from_meeting", ("weekday_disagrees",), (day, wrong), marked=marked)
    return Draft(Kind.DATE, begin, stop, "day_from_meeting", date=day, marked=marked)


def hour(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read an hour that names no day (於21時30分前) as one of the meeting's day."""
    return Draft(Kind.DATE, match.start(), match.end(), "hour", date=scene.on, flags=("hour_only",), marked=True)


def _bracket(match: re.Match[str], day: date) -> tuple[date, ...] | None:
    """What the bracket says where it disagrees: the day it could mean, or nothing where there is no such day."""
    if match["bday"] is None:
        return None
    number_in_bracket = number(match["bday"])
    month = number(match["bmonth"]) if match["bmonth"] else day.month
    if number_in_bracket == day.day and month == day.month:
        return None
    end = month_end(day.year, month) if month and 1 <= month <= 12 else None
    if end is None or number_in_bracket is None or not 1 <= number_in_bracket <= end.day:
        return ()
    return (end.replace(day=number_in_bracket),)


def _weekday(match: re.Match[str]) -> int | None:
    word = match["wd"] or match["wd2"]
    return "一二三四五六日".index(word.replace("天", "日")) if word else None


def bare_day(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read a day without a month as the next such day on or after the meeting, or in the month just named."""
    value = number(match["day"])
    if value is None or not 1 <= value <= 31:
        return None
    limit = tail(scene.text, match.end())
    before = scene.text[max(0, match.start() - 20) : match.start()]
    if not (limit.mark or match["wd"] or match["wd2"] or DATE_EXPECTED.search(before)):
        return None
    if limit.mark.endswith("內"):  # a period, whatever it is counted from
        return None
    if limit.mark.endswith("前") and (_HAPPENING_BEFORE.search(before) or _COUNTED_BACK.search(before)):
        return None
    backward = looks_back(scene, match.start(), limit.stop) != ""
    day, flags = _resolve(value, before, scene.on, backward)
    marked = bool(limit.mark) and limit.mark != "止"
    if day is None:
        end = month_end(scene.on.year, scene.on.month)
        return ambiguous(match.start(), limit.stop, "bare_day", flags, (end, end + _DAY), marked=marked)
    wrong = Point(None, day.month, weekday=_weekday(match)).near_weekday(day)
    if wrong:
        return ambiguous(match.start(), limit.stop, "bare_day", ("weekday_disagrees",), (day, wrong), marked=marked)
    return Draft(Kind.DATE, match.start(), limit.stop, "bare_day", date=day, flags=flags, marked=marked)


def bare_range(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read 17日至20日 as days of the coming month that still has the last of them ahead."""
    first, last = number(match["day"]), number(match["last"])
    before = scene.text[max(0, match.start() - 20) : match.start()]
    if first is None or last is None or not 1 <= first < last <= 31 or not DATE_EXPECTED.search(before):
        return None
    limit = tail(scene.text, match.end())
    backward = looks_back(scene, match.start(), limit.stop) != ""
    end, flags = _resolve(last, before, scene.on, backward)
    if end is None:
        return None
    start, marked = end.replace(day=first), bool(limit.mark) and limit.mark != "止"
    return Draft(Kind.RANGE, match.start(), limit.stop, "range", start=start, end=end, flags=flags, marked=marked)


def _resolve(value: int, before: str, on: date, backward: bool) -> tuple[date | None, tuple[str, ...]]:
    named = _SAME_MONTH.search(before)
    month = number(named[1]) if named else None
    if month and 1 <= month <= 12:
        year = on.year + (month < on.month - 6)
        end = month_end(year, month)
        return (end.replace(day=value), ()) if value <= end.day else (None, ("impossible_date",))
    if backward:
        end = on if value <= on.day else on.replace(day=1) - _DAY
    else:
        end = month_end(on.year, on.month) if value >= on.day else month_end(*_following(on))
    if value > month_end(end.year, end.month).day:
        return None, ("impossible_date",)
    flags = ("next_month",) if end.month != on.month and not backward else ()
    return end.replace(day=value), flags


def _following(on: date) -> tuple[int, int]:
    return (on.year + 1, 1) if on.month == 12 else (on.year, on.month + 1)
