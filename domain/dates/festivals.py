"""Limits set by holidays: 春節連假前, 中秋節後, 端午前, 連假前; their days come from the official calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.calendar import festival
from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.years import YEAR, read_year

_NAMES = {
    "農曆春節": "春節",
    "農曆新年": "春節",
    "春節": "春節",
    "農曆年": "春節",
    "過年": "春節",
    "除夕": "農曆除夕",
    "元旦": "中華民國開國紀念日",
    "開國紀念日": "中華民國開國紀念日",
    "和平紀念日": "和平紀念日",
    "二二八": "和平紀念日",
    "228": "和平紀念日",
    "清明": "民族掃墓節",
    "兒童": "兒童節",
    "勞動": "勞動節",
    "五一勞動": "勞動節",
    "端午": "端午節",
    "中秋": "中秋節",
    "教師": "孔子誕辰紀念日",
    "國慶": "國慶日",
    "雙十": "國慶日",
    "光復": "臺灣光復暨金門古寧頭大捷紀念日",
    "行憲紀念日": "行憲紀念日",
}
FESTIVAL = re.compile(
    rf"(?:(?<![0-9.])(?:{YEAR})?(?P<name>{'|'.join(_NAMES)})(?:日|節)?(?:連續?假期?|假期|年假)?|(?P<any>連續?假期?))"
    r"(?:(?:開始|放假)?(?P<before>(?:之|以)?前(?![往置瞻段項述後夕])(?:(?:1|一)天|最後一個?(?:工作|上班)[日天])?)"
    r"|(?:結束|過)?(?P<after>(?:之|以)?後(?![續備])(?:第(?:1|一)個?(?:工作|上班)[日天])?))"
)
_DAY = timedelta(days=1)
_LONG = 3  # days off that make a 連假
_HORIZON = 370


def around_festival(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read the last working day before a holiday's days off, or the first one after them."""
    off = _days_off(match, scene)
    if off is None:
        return None
    if match["before"]:
        day = scene.calendar.last_working_day(off[0] - _DAY)
        return Draft(Kind.DATE, match.start(), match.end(), "before_holiday", date=day, marked=True)
    day = scene.calendar.next_working_day(off[1] + _DAY)
    flags = () if "第" in match["after"] else ("not_before",)
    return Draft(Kind.DATE, match.start(), match.end(), "after_holiday", date=day, flags=flags, marked=True)


def _days_off(match: re.Match[str], scene: Scene) -> tuple[date, date] | None:
    if match["any"]:
        return _next_long_weekend(scene)
    year = read_year(match, scene.on)
    name = _NAMES[match["name"]]
    if year:
        return _around(name, year.value, scene)
    this = _around(name, scene.on.year, scene)
    passed = this is None or scene.on > (this[1] if match["after"] else this[0] - _DAY)
    return _around(name, scene.on.year + 1, scene) if passed else this


def _around(name: str, year: int, scene: Scene) -> tuple[date, date] | None:
    day = festival(name, year)
    return scene.calendar.days_off_around(day) if day else None


def _next_long_weekend(scene: Scene) -> tuple[date, date] | None:
    day = scene.on
    for _ in range(_HORIZON):
        first, last = scene.calendar.days_off_around(day)
        if (last - first).days + 1 >= _LONG:
            return first, last
        day = last + _DAY
    return None
