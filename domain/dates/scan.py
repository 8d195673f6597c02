"""Find every date expression of a sentence, and the one that decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from domain.calendar import WorkCalendar
from domain.dates.context import judge
from domain.dates.days import BARE_DAY, BARE_RANGE, HOUR, RELATIVE_DAY, bare_day, bare_range, hour, relative_day
from domain.dates.draft import Draft, Scene
from domain.dates.festivals import FESTIVAL, around_festival
from domain.dates.nth import NTH_WEEK, NTH_WEEKDAY, nth_week, nth_weekday
from domain.dates.numeric import COMPACT, THREE_PARTS, TWO_PARTS, month_and_day, numeric
from domain.dates.periods import PERIOD, period
from domain.dates.reading import Kind, Reading
from domain.dates.recurrences import RECURRENCE, START, WEEKDAYS_ONLY, recurrence, start_only, workweek
from domain.dates.source import Source, squeeze
from domain.dates.stated import STATED, stated
from domain.dates.weeks import DAY_OF_WEEK, WEEKEND, WHOLE_WEEK, day_of_week, weekend, whole_week
from domain.dates.words import EVENT, IDENTIFIER, VAGUE, WAITING, event, identifier, vague
from domain.dates.yearly import YEARLESS, YEARLY, yearless, yearly


class Rule(NamedTuple):
    """A pattern, what reads its matches, and characters of which a text must hold one for the pattern to be tried."""

    needs: re.Pattern[str]
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Scene], Draft | None]


def _rule(needs: str, pattern: re.Pattern[str], read: Callable[[re.Match[str], Scene], Draft | None]) -> Rule:
    return Rule(re.compile(f"[{needs}]"), pattern, read)


# In order of right of way: what an earlier rule has read, a later one does not read again.
_RULES = (
    _rule("0-9", IDENTIFIER, identifier),
    _rule("起", START, start_only),
    _rule("每逐按隔", RECURRENCE, recurrence),
    _rule("週星禮", WEEKDAYS_ONLY, workweek),
    _rule("內後作班公限", PERIOD, period),
    _rule("俟待", WAITING, event),
    _rule("前後", FESTIVAL, around_festival),
    _rule("第", NTH_WEEKDAY, nth_weekday),
    _rule("第", NTH_WEEK, nth_week),
    _rule("0-9", THREE_PARTS, numeric),
    _rule("0-9", COMPACT, numeric),
    _rule("月", STATED, stated),
    _rule("年", YEARLY, yearly),
    _rule("年季Qq", YEARLESS, yearless),
    _rule("0-9", TWO_PARTS, month_and_day),
    _rule("週星禮", DAY_OF_WEEK, day_of_week),
    _rule("週星禮", WHOLE_WEEK, whole_week),
    _rule("週", WEEKEND, weekend),
    _rule("日天晚晨早", RELATIVE_DAY, relative_day),
    _rule("日號", BARE_RANGE, bare_range),
    _rule("日號", BARE_DAY, bare_day),
    _rule("前", HOUR, hour),
    _rule("前後再始方次回屆場期", EVENT, event),
    _rule("速快早趕儘近內短限適即立馬不擇另隨定火迅有後", VAGUE, vague),
)
_TIME_WORDS = re.compile(r"[0-9年月日號天週季節假旬前後內底速快早期時即再會立刻適擇近次星禮隔今明昨]")
_WEIGHT = {
    Kind.DATE: 6,
    Kind.AMBIGUOUS: 5,
    Kind.RANGE: 5,
    Kind.RECURRENCE: 4,
    Kind.EVENT: 3,
    Kind.VAGUE: 2,
    Kind.NOT_DEADLINE: 1,
    Kind.NONE: 0,
}


def read(phrase: str, *, on: date, calendar: WorkCalendar) -> Reading:
    """Read the expression that decides in a phrase; kind "none" where it holds none.

    A date that binds (前, 內, 務必…完成) goes before any other, then recurrences, events and vague words; where several
    days bind, the first is taken and flagged "several_dates" with all of them as candidates.
    """
    readings = find(phrase, on=on, calendar=calendar)
    if not readings:
        return Reading(Kind.NONE, "")
    chosen = max(readings, key=_weight)
    bound = {reading.date for reading in readings if reading.binding and reading.kind is Kind.DATE and reading.date}
    if chosen.kind is Kind.DATE and chosen.date in bound and len(bound) > 1:
        return replace(chosen, flags=(*chosen.flags, "several_dates"), candidates=tuple(sorted(bound)))
    return chosen


def find(sentence: str, *, on: date, calendar: WorkCalendar) -> tuple[Reading, ...]:
    """Every date expression of a sentence, in order of appearance; none overlaps another.

    Any text is read, in time that grows linearly; the day of the meeting lies in the years 1912 to 2200.
    """
    source = squeeze(sentence)
    if _TIME_WORDS.search(source.text) is None:
        return ()
    scene = Scene(source.text, on, calendar)
    drafts = sorted(_drafts(scene), key=lambda draft: draft.begin)
    return tuple(_reading(draft, scene, source) for draft in drafts)


def _drafts(scene: Scene) -> list[Draft]:
    drafts: list[Draft] = []
    taken = bytearray(len(scene.text))
    for rule in _RULES:
        if rule.needs.search(scene.text):
            drafts.extend(_apply(rule, scene, taken))
    return drafts


def _apply(rule: Rule, scene: Scene, taken: bytearray) -> Iterator[Draft]:
    """Read what a rule finds where nothing has been read yet, and mark it as taken."""
    for match in rule.pattern.finditer(scene.text):
        if any(taken[match.start() : match.end()]):
            continue
        draft = rule.read(match, scene)
        if draft is not None and not any(taken[draft.begin : draft.stop]):
            taken[draft.begin : draft.stop] = b"\1" * (draft.stop - draft.begin)
            yield draft


def _reading(draft: Draft, scene: Scene, source: Source) -> Reading:
    judged, binding = judge(draft, scene)
    begin, stop = source.span(judged.begin, judged.stop)
    words = source.raw[begin:stop]
    due = judged.date or judged.end if judged.kind in (Kind.DATE, Kind.RANGE) else None
    last = scene.calendar.last_working_day(due) if due else None
    flags = judged.flags if last == due else (*judged.flags, "day_off")
    return Reading(
        judged.kind,
        words,
        begin,
        judged.date,
        judged.start,
        judged.end,
        last,
        judged.effective,
        judged.rule,
        flags,
        judged.candidates,
        judged.recurrence,
        words if judged.event is not None else None,
        binding,
    )


def _weight(reading: Reading) -> float:
    if "plan" in reading.flags:
        return 1.5
    return _WEIGHT[reading.kind] + (10 if reading.binding else 0)
