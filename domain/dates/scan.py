"""Find every date expression of a sentence, and the one that decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from domain.calendar import WorkCalendar
from domain.dates.context import judge
from domain.dates.days import BARE_DAY, RELATIVE_DAY, bare_day, relative_day
from domain.dates.draft import Draft, Scene
from domain.dates.festivals import FESTIVAL, around_festival
from domain.dates.numeric import COMPACT, THREE_PARTS, TWO_PARTS, month_and_day, numeric
from domain.dates.periods import PERIOD, period
from domain.dates.reading import Kind, Reading
from domain.dates.recurrences import RECURRENCE, START, WEEKDAYS_ONLY, recurrence, start_only, workweek
from domain.dates.source import Source, squeeze
from domain.dates.stated import STATED, stated
from domain.dates.weeks import DAY_OF_WEEK, WEEKEND, WHOLE_WEEK, day_of_week, weekend, whole_week
from domain.dates.words import EVENT, IDENTIFIER, VAGUE, event, identifier, vague
from domain.dates.yearly import YEARLESS, YEARLY, yearless, yearly

Rule = Callable[[re.Match[str], Scene], Draft | None]

# In order of right of way: what an earlier rule has read, a later one does not read again.
_RULES: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (IDENTIFIER, identifier),
    (START, start_only),
    (RECURRENCE, recurrence),
    (WEEKDAYS_ONLY, workweek),
    (PERIOD, period),
    (FESTIVAL, around_festival),
    (THREE_PARTS, numeric),
    (COMPACT, numeric),
    (STATED, stated),
    (YEARLY, yearly),
    (YEARLESS, yearless),
    (TWO_PARTS, month_and_day),
    (DAY_OF_WEEK, day_of_week),
    (WHOLE_WEEK, whole_week),
    (WEEKEND, weekend),
    (RELATIVE_DAY, relative_day),
    (BARE_DAY, bare_day),
    (EVENT, event),
    (VAGUE, vague),
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
    """Every date expression of a sentence, in order of appearance."""
    source = squeeze(sentence)
    if _TIME_WORDS.search(source.text) is None:
        return ()
    scene = Scene(source.text, on, calendar)
    drafts = sorted(_drafts(scene), key=lambda draft: draft.begin)
    return tuple(_reading(draft, scene, source) for draft in drafts)


def _drafts(scene: Scene) -> list[Draft]:
    drafts: list[Draft] = []
    taken = bytearray(len(scene.text))
    for pattern, rule in _RULES:
        for match in pattern.finditer(scene.text):
            if any(taken[match.start() : match.end()]):
                continue
            draft = rule(match, scene)
            if draft is None or any(taken[draft.begin : draft.stop]):
                continue
            taken[draft.begin : draft.stop] = b"\1" * (draft.stop - draft.begin)
            drafts.append(draft)
    return drafts


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
