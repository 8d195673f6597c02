"""Days in cells: deadlines in every spelling that lists have, and the day a progress report states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import WorkCalendar
from domain.dates import Kind, Reading, find
from domain.numerals import HAN
from minutes.fold import fold_text
from minutes.lists.model import DoubtKind, Due
from minutes.lists.words import is_empty
from minutes.timing import Clock, time_of

_SERIAL = re.compile(r"[3-7]\d{4}(?:\.\d+)?")
_SERIALS = (36526, 73050)  # 2000-01-01 to 2099-12-31 as Excel counts days
_EPOCH = date(1899, 12, 30)
_CLOCK = re.compile(r"(?<=\d)(?:T|\s+)\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?")
_YEAR_AND_MONTH = re.compile(r"(?<![\d./-])(1\d{2}|[89]\d|20\d{2})[./-](0?[1-9]|1[0-2])(?![\d./-])")
_YEAR = re.compile(rf"(?:\d{{2,4}}|[{HAN}]{{2,}})\s*年|\d{{2,4}}[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{7,8}}|[今本明次下]")
_RENEWED = re.compile(r"(?:展延|展期|延長|延後|延|修正|變更|調整|改)(?:至|為|到|期限?至?|於)?\s*:?\s*$")
_REPORTED = re.compile(r"^\W{0,3}(?:截至|至|迄|更新|填報)?(?:日期)?\W{0,3}$")
_NAMES_A_DAY = re.compile(r"日|號|\d[./-]\d|\d{7}")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class DueRead:
    due: Due
    doubts: tuple[DoubtKind, ...] = ()


class DayReader:
    """Reads the days of a list. `today` is the day by which dates without a year are read."""

    def __init__(self, today: date, calendar: WorkCalendar) -> None:
        self._today = today
        self._calendar = calendar
        self._known: dict[tuple[str, date], tuple[Reading, ...]] = {}

    def due(self, cell: str, held_on: date | None = None) -> DueRead:
        """Read the deadline of a cell: any day in it is one; words without a day are kept as they stand."""
        if is_empty(cell):
            return DueRead(Due())
        text = cell.strip()
        if serial := _serial(text):
            return DueRead(Due(text, serial, "serial"), (DoubtKind.SERIAL_DATE,))
        plain = _spelled(text)
        readings = [reading for reading in self._find(plain, held_on) if reading.rule != "identifier"]
        days = [(reading, day) for reading in readings if (day := _day(reading))]
        unclear = [reading for reading in readings if reading.kind is Kind.AMBIGUOUS]
        if unclear:
            return DueRead(Due(text), tuple(dict.fromkeys(_doubt(reading) for reading in unclear)))
        if not days:
            waits = any(reading.kind in (Kind.VAGUE, Kind.EVENT, Kind.RECURRENCE) for reading in readings)
            digits = re.search(r"\d", text)
            return DueRead(Due(text), (DoubtKind.DUE_NOT_READ,) if digits and not waits else ())
        return self._decided(text, plain, days)

    def _decided(self, text: str, plain: str, days: list[tuple[Reading, date]]) -> DueRead:
        """One day decides. Of several, the one that the cell says it was moved to; else nobody chooses silently."""
        doubts: list[DoubtKind] = []
        reading, day = days[0]
        if len({other for _, other in days}) > 1:
            moved = [found for found in days if _RENEWED.search(plain[: found[0].start_at])]
            if not moved:
                return DueRead(Due(text), (DoubtKind.SEVERAL_DATES,))
            reading, day = moved[-1]
            doubts.append(DoubtKind.SEVERAL_DATES)
        if not _YEAR.search(reading.text):
            doubts.append(DoubtKind.NO_YEAR)
        return DueRead(Due(text, day, reading.rule), tuple(doubts))

    def reported_on(self, cell: str) -> date | None:
        """The day that a progress text states at the head of a line, not after today; of several the last."""
        days = [day for line in cell[:2000].splitlines() if (day := self._leading_day(line))]
        return max(days, default=None)

    def any_day(self, cell: str) -> date | None:
        """The one day that a cell names, such as that of a meeting; None where it names none or several."""
        if serial := _serial(cell.strip()):
            return serial
        days = {day for reading in self._find(_spelled(cell), None) if (day := _day(reading))}
        return days.pop() if len(days) == 1 else None

    def in_sentence(self, sentence: str, held_on: date | None) -> Due:
        """The deadline that a sentence itself states, by the rules for minutes."""
        reading = time_of(fold_text(sentence), Clock(held_on, self._calendar)).deadline
        return Due(reading.text, reading.deadline, reading.rule) if reading and reading.deadline else Due()

    def _leading_day(self, line: str) -> date | None:
        for reading in self._find(_spelled(line[:40]), None)[:1]:
            day = reading.date if _NAMES_A_DAY.search(reading.text) else None
            if day and day <= self._today and _REPORTED.match(_spelled(line)[: reading.start_at]):
                return day
        return None

    def _find(self, text: str, held_on: date | None) -> tuple[Reading, ...]:
        on = held_on or self._today
        key = (text[:_LONGEST], on)
        if key not in self._known:
            self._known[key] = find(key[0], on=on, calendar=self._calendar)
        return self._known[key]


def _day(reading: Reading) -> date | None:
    """The day of a reading in a cell of its own: what would be a plan or a mention in a sentence is one as well."""
    if reading.kind is Kind.NOT_DEADLINE or "plan" in reading.flags:
        return reading.date or reading.end
    return reading.deadline


def _doubt(reading: Reading) -> DoubtKind:
    return DoubtKind.IMPOSSIBLE_DATE if "impossible_date" in reading.flags else DoubtKind.AMBIGUOUS_DATE


def _serial(text: str) -> date | None:
    if not _SERIAL.fullmatch(text) or not _SERIALS[0] <= float(text) <= _SERIALS[1]:
        return None
    return _EPOCH + timedelta(days=int(float(text)))


def _spelled(text: str) -> str:
    """A cell's text with a time of day left out and 110/9 written as a month of a year."""
    return _YEAR_AND_MONTH.sub(r"\1年\2月", _CLOCK.sub("", fold_text(text)))
