"""Which expression of time in an order is its deadline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.calendar import WorkCalendar
from domain.dates import Kind, Reading, find
from minutes.words import any_of, words

# Two days far apart: an expression that reads alike on both does not depend on the day of the meeting.
_FAR_APART = (date(2012, 3, 1), date(2031, 8, 20))

_BEFORE = re.compile(rf"\s*(?:\([^()]{{1,6}}\))?\s*(?:[上下]午)?(?:{any_of(words('deadline', 'before'))})")
_ENDS_BEFORE = re.compile(rf"{any_of(words('deadline', 'before'))}$")
_LEAD_IN = re.compile(rf"{any_of(words('deadline', 'lead_in'))}\s*$")
_STRONG_LEAD_IN = re.compile(r"(?:至遲|最遲|最晚|限期?|期限|延至)[於在為:]?\s*$")
_COMPLETING = re.compile(rf"[^,。;]{{0,10}}?{any_of(words('orders', 'completing'))}")
_FINISHING = re.compile(r"[^,。;]{0,14}?(?:完成|[提函]報|提[送出]|函復|辦竣|完竣|竣工|完工|完畢|辦妥|備妥|結案)")
_ALONE = r"(?:期限:?|限)?([^()\[\]【】,。;:、]{3,14})"
_AT_THE_END = re.compile(rf"[)\]】]\s*{_ALONE}[。.]?$|[(\[【,、;]{_ALONE}[)\]】][。.]?$")
_SUBMITTED = re.compile(r"(?:完成|收齊|陳[閱核報]|簽[陳核報辦]|[送繳]交|回報|提報|回[覆復]|交(?![通流接換]))(?![之的])")
_HANDED_IN = re.compile(r"(?:提(?:送|報|請|交)?|送)(?:至|到|本[府局處校院所])?$")  # 提送12月4日行政會議審議
_FIRM = re.compile("(?:[竣完]工日?|期限)?不得(?:再|予)?[展延拖]")  # 9/30竣工日不得展延
_NAMED = re.compile("[之的]")  # 年度結束前應完成之採購案: the date names the case
_HORIZON = re.compile(rf"{any_of(words('deadline', 'horizon'))}[(\s]*$")


# A period behind these counts from an event that is not the meeting.
_CONDITIONAL = re.compile(
    r"(?:倘|如有|如遇|如發現|若|遇有|一旦|每[月週季次年])[^。;]*$"
    r"|(?<![會事以今之然最先])後,[^。;請]{0,10}請[^,。;]*$"  # 警報解除後, 請於3日內…
)
_REACH = 200  # characters back to where a period counts from; a bound that keeps the work linear
_WAITING = (Kind.VAGUE, Kind.EVENT, Kind.RECURRENCE, Kind.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class Clock:
    """The day of the meeting (None where unknown) and the calendar by which expressions are read."""

    held_on: date | None
    calendar: WorkCalendar

    def find(self, text: str) -> tuple[Reading, ...]:
        if self.held_on is not None:
            return find(text, on=self.held_on, calendar=self.calendar)
        early, late = (find(text, on=day, calendar=self.calendar) for day in _FAR_APART)
        same = {_days(reading) for reading in late}
        return tuple(r if not any(_days(r)[1:]) or _days(r) in same else _undated(r) for r in early)


@dataclass(frozen=True, slots=True)
class Timing:
    deadline: Reading | None = None
    others: tuple[Reading, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def recurrence(self) -> str | None:
        return next((reading.recurrence for reading in self.others if reading.recurrence), None)


def time_of(text: str, clock: Clock, *, body_at: int = 0, background: str = "") -> Timing:
    """The deadline of an order whose own words begin at `body_at`; what stands before is its background.

    `background`: what the paragraph says before the text; a period may count from something named there.
    """
    readings = clock.find(text)
    due = [
        r
        for r in readings
        if r.deadline
        and _is_due(r, text, body_at)
        and not _counts_from_event(r, (background + text[: r.start_at])[-_REACH:])
    ]
    others = tuple(r for r in readings if r not in due and r.kind in _WAITING and r.start_at >= body_at)
    if not due:
        return Timing(None, others, _doubts_without(others, readings))
    finishing = [r for r in due if _FINISHING.match(text, end_of(r, text)) and r.deadline]
    chosen = max([*finishing, *(due[:1] if not finishing else ())], key=lambda r: r.deadline or date.min)
    doubts = chosen.flags + (("several_dates",) if len({r.deadline for r in due}) > 1 else ())
    return Timing(chosen, others, doubts)


def noted_at_the_end(text: str, clock: Clock) -> Timing | None:
    """The day that alone stands in, or behind, the closing bracket of an item: (材料課)9/30, (資訊室, 9/30)."""
    match = _AT_THE_END.search(text)
    words_alone = (match[1] or match[2]).strip() if match else ""
    readings = clock.find(words_alone)
    whole = len(readings) == 1 and len(readings[0].text) >= len(words_alone) - 3
    return due_in(words_alone, clock) if whole and readings[0].deadline else None


def end_of(reading: Reading, text: str) -> int:
    """Where the words of a limit end, 前 and the like included."""
    end = reading.start_at + len(reading.text)
    behind = _BEFORE.match(text, end)
    return behind.end() if behind else end


def due_in(cell: str, clock: Clock) -> Timing:
    """The deadline that a cell or a line `期限：…` states: any date in it is one."""
    readings = clock.find(cell)
    due = next((reading for reading in readings if reading.deadline), None)
    others = tuple(reading for reading in readings if reading is not due)
    return Timing(due, others, due.flags if due else _doubts_without(others, readings))


def _is_due(reading: Reading, text: str, body_at: int) -> bool:
    end = reading.start_at + len(reading.text)
    before, after = text[: reading.start_at], text[end:]
    if _HORIZON.search(before):
        return False
    limit = bool(_ENDS_BEFORE.search(reading.text) or _BEFORE.match(after) or _STRONG_LEAD_IN.search(before))
    if reading.start_at < body_at:
        done = _COMPLETING.match(after[1:] if _BEFORE.match(after) else after)
        if reading.binding and _SUBMITTED.match(after):
            return True
        return limit and done is not None and not _NAMED.match(done.string, done.end())
    if _SUBMITTED.match(after) or _FIRM.match(after) or (reading.binding and _HANDED_IN.search(before)):
        return True
    return limit or bool((_LEAD_IN.search(before) or _LEAD_IN.match(reading.text)) and _COMPLETING.match(after))


def _counts_from_event(reading: Reading, before: str) -> bool:
    return reading.rule.startswith("period") and bool(_CONDITIONAL.search(before))


def _doubts_without(others: tuple[Reading, ...], readings: tuple[Reading, ...]) -> tuple[str, ...]:
    if any("no_meeting_date" in reading.flags for reading in readings):
        return ("no_meeting_date",)
    unclear = (reading for reading in others if reading.kind is Kind.AMBIGUOUS)
    return tuple(flag for reading in unclear for flag in (*reading.flags, "ambiguous_date"))


def _days(reading: Reading) -> tuple[int, date | None, date | None, date | None]:
    return reading.start_at, reading.deadline, reading.date, reading.start


def _undated(reading: Reading) -> Reading:
    """A reading that needs the day of the meeting, which nobody knows."""
    return Reading(Kind.AMBIGUOUS, reading.text, reading.start_at, rule=reading.rule, flags=("no_meeting_date",))
