"""Periods: N日內, N個月內, N個工作天, 一個半月內, 48小時內, counted as 行政程序法 §48 says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.stated import STATED, stated
from domain.dates.vocabulary import NOT_IN_NUMBER, N
from domain.dates.years import month_end
from domain.numerals import number

_WITHIN = r"(?:(?:之|以)?內(?![政部湖容涵])|(?P<later>(?:之|以)?後(?![續備者])))"
PERIOD = re.compile(
    rf"(?P<limit>限期?於?)?{NOT_IN_NUMBER}(?<!每)(?<!最後)(?:"
    rf"(?P<work>{N})個?(?:工作|上班|辦公)[天日](?:{_WITHIN.replace('later', 'later1')})?"
    rf"|(?P<hours>{N})個?小時{_WITHIN.replace('later', 'later2')}"
    rf"|(?:(?P<count>{N})個?(?P<half_more>半)?|(?P<half>半))個?(?P<unit>[日天]|週|星期|禮拜|(?<=[個半])月|季|年)(?P<tail_half>半)?(?:{_WITHIN}|(?(limit)|(?!)))"
    rf")"
)
_BASE_IS_MEETING = re.compile(
    r"(?:自|從)?(?:即日|本日|今日|(?:本次|此次|本)?會(?:議|後)(?:結束|散會|當日|之日)?)(?:之日)?(?:之?次日|翌日)?(?:起|後|算){0,2}$"
)
_BASE_IS_EVENT = re.compile(
    r"(?P<event>[^,、:(]{1,24}?)(?:之日|當日|日)?(?:之?次日|之?翌日)?(?:後|起|起算)(?:的)?$"
    r"|(?P<bare>(?:文到|函到|到文|收文|收到|接到|接獲|接到通知|收受|送達|奉核|核定|核准|公告|簽約|訂約|決標|開標|開工|完工|竣工|驗收|通知|發文|事發|發生|通報|到職|事實發生)(?:公文|通知|函文)?)$"
)
_EVENT_LEAD = re.compile(r"^.*(?:請|應於|應|須|並|惟|限|俟|待|自|於|從)")
_WINDOW_BEFORE = re.compile(
    r"(?:近|最近|過去|近來|往前|每|前|歷經|連續|已逾|逾|超過|未滿|滿|為期|需時?|費時|約需|長達|達|逾期)(?:的)?$"
)
_HORIZON_BEFORE = re.compile(r"(?:短|中|長|近|遠)(?:程|期){1,2}\($")
_CONDITION_AFTER = re.compile(
    r"(?:仍|尚|若|如|倘|均|皆)?(?:未(?!來)|無(?!償)|不(?!定)|沒|曾|累計|發生|達|有[0-9一二兩三四五六七八九十]|的)|[^,]{0,14}(?:者|時)(?:$|即|應|得|視)"
)
_ABOUT = re.compile(r"一[兩二]|[兩二]三|三[四五]|四五|五六|六七|七八|八九")  # 兩三天內: the longer one, flagged
_UNITS_PER_DAY = {"日": 1, "天": 1, "週": 7, "星期": 7, "禮拜": 7}
_MONTHS = {"月": 1, "季": 3, "年": 12}
_MAX_DAYS, _MAX_MONTHS = 3700, 120


@dataclass(frozen=True, slots=True)
class _Length:
    months: int = 0
    days: int = 0
    working_days: int = 0
    rolls: bool = True
    approximate: bool = False


def period(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read a period from the meeting, from a stated day, or from an event whose day is unknown."""
    length = _length(match)
    if length is None:
        return None
    before, after = scene.before(match.start()), scene.after(match.end())
    begin, stop = match.start(), match.end()
    if _HORIZON_BEFORE.search(before):
        return _refused(begin, stop, "horizon", scene, length)
    if _WINDOW_BEFORE.search(before):
        return _refused(begin, stop, "window", scene, length)
    if _CONDITION_AFTER.match(after):
        return _refused(begin, stop, "condition", scene, length)
    meeting = _BASE_IS_MEETING.search(before)
    if meeting:
        return _due(match, scene, length, scene.on, lead=len(meeting.group()))
    day, lead = _stated_base(before, scene)
    return (_after_event(match, before) if day is None else None) or _due(
        match, scene, length, day or scene.on, lead=lead
    )


def _length(match: re.Match[str]) -> _Length | None:
    if match["work"]:
        count = number(match["work"])
        return _Length(working_days=count) if count and count <= 400 else None
    if match["hours"]:
        count = number(match["hours"])
        return _Length(days=count // 24, rolls=False) if count is not None and count <= 720 else None
    count = 0 if match["half"] else number(match["count"])
    halves = bool(match["half"]) + bool(match["half_more"]) + bool(match["tail_half"])
    if count is None or halves > 1 or not (count or halves):
        return None
    if _ABOUT.fullmatch(match["count"] or ""):
        about = _calendar_length(match["unit"], number(match["count"][-1]) or 0, False)
        return replace(about, approximate=True) if about else None
    return _calendar_length(match["unit"], count, bool(halves))


def _calendar_length(unit: str, count: int, half: bool) -> _Length | None:
    if unit in _UNITS_PER_DAY:
        days = _UNITS_PER_DAY[unit] * count + (_UNITS_PER_DAY[unit] // 2 + 1) * (half and unit not in "日天")
        return _Length(days=days) if days <= _MAX_DAYS else None
    months = _MONTHS[unit] * count + (_MONTHS[unit] // 2 if half else 0)
    days = 15 if half and unit == "月" else 0
    return _Length(months=months, days=days) if months <= _MAX_MONTHS else None


def _due(match: re.Match[str], scene: Scene, length: _Length, base: date, *, lead: int = 0) -> Draft:
    """Count from a day. Days and weeks name the rolled day; months the calendar day, `effective` the rolled one."""
    raw = _end(length, base, scene)
    rolled = scene.calendar.next_working_day(raw) if length.rolls else raw
    day = raw if length.months and not length.days else rolled
    groups = match.groupdict()
    flags = (*(("rolled",) if rolled != raw else ()), *(("approximate",) if length.approximate else ()))
    if any(groups.get(name) for name in ("later", "later1", "later2")):
        flags = (*flags, "not_before")
    rule = "working_days" if length.working_days else "period_months" if length.months else "period_days"
    begin = match.start() - lead
    return Draft(Kind.DATE, begin, match.end(), rule, date=day, effective=rolled, flags=flags, marked=True)


def _end(length: _Length, base: date, scene: Scene) -> date:
    if length.working_days:
        return scene.calendar.add_working_days(base, length.working_days)
    index = base.year * 12 + base.month - 1 + length.months
    end = month_end(index // 12, index % 12 + 1)
    return end.replace(day=min(base.day, end.day)) + timedelta(days=length.days)


def _stated_base(before: str, scene: Scene) -> tuple[date | None, int]:
    """The day of 自110年10月1日起30日內, and how many characters before the period it takes."""
    for found in STATED.finditer(before):
        rest = before[found.end() :]
        if re.fullmatch(r"(?:之?次日|之?翌日)?(?:起算?|後|算起)", rest):
            draft = stated(found, Scene(before, scene.on, scene.calendar))
            return (draft.date, len(before) - found.start()) if draft else (None, 0)
    return None, 0


def _after_event(match: re.Match[str], before: str) -> Draft | None:
    base = _BASE_IS_EVENT.search(before)
    if base is None:
        return None
    begin = match.start() - (len(before) - base.start())
    lead = _EVENT_LEAD.match(base.group()[:-1])
    if lead and lead.end() < len(base.group()) - 1:
        begin += lead.end()
    return Draft(Kind.EVENT, begin, match.end(), "period_after_event", event="", dated=False)


def _refused(begin: int, stop: int, rule: str, scene: Scene, length: _Length) -> Draft:
    return Draft(Kind.NOT_DEADLINE, begin, stop, rule, date=_end(length, scene.on, scene), dated=False)
