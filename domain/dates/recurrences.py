"""What comes again: 每月5日前, 每週一, 按月, 每季, 每兩週, 每月底; and a start without an end: 即日起, 自10月1日起."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.stated import STATED, stated
from domain.dates.vocabulary import TO, WEEK, WEEKDAYS, N, tail
from domain.dates.years import month_end
from domain.numerals import HAN, number

_EACH = r"(?:每|逐|按|各)"
RECURRENCE = re.compile(
    rf"(?:每逢?(?P<count>[0-9]{{1,2}}|[{HAN}]{{1,3}}|隔|雙)?個?|(?<![依參遵次])(?P<by>[逐按])|(?P<every_other>隔)(?=週(?!年)|月|日))"
    rf"(?P<unit>工作[日天]|上班[日天]|週(?!年|邊|遭|刊)|星期|禮拜|季|半年|年|[月日天])度?(?!會議|報表格式)"
)
_WEEKDAY_LIST = re.compile(
    rf"(?P<days>[{WEEKDAYS}](?:[、,及和與]?{WEEK}?[{WEEKDAYS}](?![級般個月日]))*)(?P<to>{TO}{WEEK}?(?P<last>[{WEEKDAYS}]))?"
)
_IN_MONTH = re.compile(
    rf"[的之]?(?:(?:結束|終了)?後?之?(?:次|翌|隔)?月?)?(?:第(?P<nth>[一二三四1-4])個?{WEEK}(?P<nthday>[{WEEKDAYS}])|(?:第(?={N}個工作))?(?P<work>{N})個工作[日天]"
    rf"|(?P<day>{N})[日號](?P<more>(?:[、及和與]{N}[日號])*)|(?P<part>最後一個?(?:工作|上班)[日天]|月?底|月?末|上旬|中旬|下旬|月?初|月?中(?![央心]))"
    r")"
)
_IN_YEAR = re.compile(rf"[的之]?(?:(?P<month>{N})月份?(?:(?P<day>{N})日|(?P<part>底|末))?|年?(?P<end>底|末|終|度結束))")
_IN_SEASON = re.compile(
    rf"[的之]?(?:(?P<after>(?:結束|終了)之?後)|(?P<end>(?:底|末|結束|終了)(?!之?前{N}[個日天]))|第(?P<nth>[一二三1-3])個月|(?P<first>首月)|(?P<next>[次翌]月))?"
    rf"(?:(?P<day>{N})個?(?P<work>工作)?[日天](?:內|前)?|前)?"
)
START = re.compile(r"(?:自|從)?(?:即日|本日|今日)起(?![0-9一二三四五六七八九十])")
WEEKDAYS_ONLY = re.compile(rf"(?<![本上下這次隔]){WEEK}一{TO}{WEEK}?[五六日]")

_UNTIL = re.compile(TO)
_FREQ = {
    "日": "DAILY",
    "天": "DAILY",
    "週": "WEEKLY",
    "星期": "WEEKLY",
    "禮拜": "WEEKLY",
    "月": "MONTHLY",
    "季": "MONTHLY",
    "半年": "MONTHLY",
    "年": "YEARLY",
}
_MONTHS = {"季": 3, "半年": 6}
_BYDAY = dict(zip(WEEKDAYS, ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
_WORKWEEK = "MO,TU,WE,TH,FR"
_PART_DAYS = {"底": -1, "末": -1, "上旬": 10, "中旬": 20, "下旬": -1, "初": 10, "中": 15}
_DAY = timedelta(days=1)


def recurrence(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read what comes again as an RRULE, with its first day where the words fix one."""
    unit = match["unit"]
    interval = _interval(match)
    if interval is None:
        return None
    if unit[:2] in ("工作", "上班"):
        return _draft(match, scene, match.end(), f"FREQ=WEEKLY;BYDAY={_WORKWEEK}", None)
    step = interval * _MONTHS.get(unit, 1)
    rule = f"FREQ={_FREQ[unit]}" + (f";INTERVAL={step}" if step > 1 else "")
    if unit in ("週", "星期", "禮拜"):
        return _weekly(match, scene, rule)
    if unit == "月":
        return _monthly(match, scene, rule)
    return _longer(match, scene, rule)


def start_only(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read 即日起: a start, no end, no deadline; with 至12月31日 behind it, a range."""
    joint = _UNTIL.match(scene.text, match.end())
    until = STATED.match(scene.text, joint.end()) if joint else None
    draft = stated(until, scene) if until else None
    if draft and draft.last:
        marked = draft.marked
        return Draft(Kind.RANGE, match.start(), draft.stop, "range", start=scene.on, end=draft.last, marked=marked)
    return Draft(Kind.RECURRENCE, match.start(), match.end(), "start_only", start=scene.on, dated=False)


def workweek(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read 週一至週五 as the days of every week."""
    return _draft(match, scene, match.end(), f"FREQ=WEEKLY;BYDAY={_days_between('一', match.group()[-1])}", None)


def _interval(match: re.Match[str]) -> int | None:
    word = match["count"]
    if word in ("隔", "雙") or match["every_other"]:
        return 2
    count = number(word) if word else 1
    return count if count and count <= 99 else None


def _weekly(match: re.Match[str], scene: Scene, rule: str) -> Draft:
    days = _WEEKDAY_LIST.match(scene.text, match.end())
    if days is None:
        return _draft(match, scene, match.end(), rule, None)
    named = [char for char in days["days"] if char in _BYDAY]
    by = _days_between(named[-1], days["last"]) if days["last"] else ",".join(_BYDAY[char] for char in named)
    first = scene.on + _DAY * min((WEEKDAYS.index(char) % 7 - scene.on.weekday()) % 7 for char in named)
    return _draft(match, scene, days.end(), f"{rule};BYDAY={by}", first)


def _days_between(first: str, last: str) -> str:
    begin, end = min(WEEKDAYS.index(first), 6), min(WEEKDAYS.index(last), 6)
    return ",".join(_BYDAY[WEEKDAYS[day]] for day in range(begin, end + 1)) or _BYDAY[first]


def _monthly(match: re.Match[str], scene: Scene, rule: str) -> Draft:
    detail = _IN_MONTH.match(scene.text, match.end())
    if detail is None:
        return _draft(match, scene, match.end(), rule, None)
    if detail["nth"]:
        nth = number(detail["nth"])
        return _draft(match, scene, detail.end(), f"{rule};BYDAY={nth}{_BYDAY[detail['nthday']]}", None)
    if detail["work"] or "最後" in (detail["part"] or ""):
        position = number(detail["work"]) if detail["work"] else -1
        return _draft(match, scene, detail.end(), f"{rule};BYDAY={_WORKWEEK};BYSETPOS={position}", None)
    days = _month_days(detail)
    if not days:
        return _draft(match, scene, match.end(), rule, None)
    first = min(_next_month_day(scene.on, day) for day in days)
    return _draft(match, scene, detail.end(), f"{rule};BYMONTHDAY={','.join(map(str, days))}", first)


def _month_days(detail: re.Match[str]) -> list[int]:
    if detail["part"]:
        return [_PART_DAYS[detail["part"].replace("月", "")]]
    words = [detail["day"], *re.findall(N, detail["more"] or "")]
    return [day for word in words if (day := number(word)) is not None and 1 <= day <= 31]


def _longer(match: re.Match[str], scene: Scene, rule: str) -> Draft:
    """Read days, seasons and years: 每年12月底, 每季底, 每季結束後10日內."""
    if "MONTHLY" in rule:
        return _seasonal(match, scene, rule)
    if "YEARLY" not in rule:
        return _draft(match, scene, match.end(), rule, None)
    detail = _IN_YEAR.match(scene.text, match.end())
    month = number(detail["month"]) if detail and detail["month"] else 12
    if detail is None or month is None or not 1 <= month <= 12:
        return _draft(match, scene, match.end(), rule, None)
    day = number(detail["day"]) if detail["day"] else -1
    return _draft(match, scene, detail.end(), f"{rule};BYMONTH={month};BYMONTHDAY={day}", None)


def _seasonal(match: re.Match[str], scene: Scene, rule: str) -> Draft:
    """Read a day in one month of each season: at its end, in its n-th month, or behind it, which is in the next."""
    detail = _IN_SEASON.match(scene.text, match.end())
    if detail is None:
        return _draft(match, scene, match.end(), rule, None)
    months = _MONTHS.get(match["unit"], 0)
    day = number(detail["day"]) if detail["day"] else None
    is_placed = detail["end"] or (day and (detail["after"] or detail["nth"] or detail["first"] or detail["next"]))
    if not months or match["count"] or not is_placed:
        return _draft(match, scene, detail.end(), rule, None)
    nth = months if detail["end"] else number(detail["nth"]) if detail["nth"] else 1
    within = ",".join(str(month) for month in range(nth or 1, 13, months))
    if detail["work"] and day:
        by = f"BYDAY={_WORKWEEK};BYSETPOS={day}"
    else:
        by = f"BYMONTHDAY={day if day and not detail['end'] else -1}"
    return _draft(match, scene, detail.end(), f"FREQ=MONTHLY;BYMONTH={within};{by}", None)


def _next_month_day(on: date, day: int) -> date:
    """The next such day on or after the meeting; -1 is the month's end."""
    year, month = on.year, on.month
    while True:
        end = month_end(year, month)
        if day == -1 and end >= on:
            return end
        if 1 <= day <= end.day and end.replace(day=day) >= on:
            return end.replace(day=day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _draft(match: re.Match[str], scene: Scene, stop: int, rule: str, first: date | None) -> Draft:
    limit = tail(scene.text, stop)
    return Draft(Kind.RECURRENCE, match.start(), limit.stop, "recurrence", start=first, recurrence=rule, dated=False)
