"""What comes out of reading a date expression."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a date expression turned out to be."""

    DATE = "date"  # one day on which something is due
    RANGE = "range"  # from start to end; a deadline in it is the end
    RECURRENCE = "recurrence"  # comes again (RRULE), or a start without an end
    EVENT = "event"  # waits for something whose date is unknown
    VAGUE = "vague"  # words without a date: 儘速, 近日
    NOT_DEADLINE = "not_deadline"  # a date, but nobody's deadline: as-of, launch, term, past, identifier
    AMBIGUOUS = "ambiguous"  # two readings, or none that is possible; `candidates` holds what could be meant
    NONE = "none"  # no expression of time at all


@dataclass(frozen=True, slots=True)
class Reading:
    """One date expression, read on the day of a meeting. All dates are calendar days in Asia/Taipei.

    `flags` hold the doubts and facts a person should see: "day_off", "past", "weekday_disagrees", "bracket_disagrees",
    "two_readings", "impossible_date", "next_year", "next_month", "approximate", "rolled", "several_dates", "plan",
    "not_before"; docs/deadlines.md explains each.
    """

    kind: Kind
    text: str  # the words that were read, as they stand
    start_at: int = 0  # index of the first character of `text` in the sentence
    date: datetime.date | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    last_working_day: datetime.date | None = None  # last day at work on or before `date` (or `end`)
    effective: datetime.date | None = None  # of periods: the day rolled forward to a working day (行政程序法 §48 IV)
    rule: str = ""  # the rule's name, shown to the person
    flags: tuple[str, ...] = ()
    candidates: tuple[datetime.date, ...] = ()
    recurrence: str | None = None  # RRULE
    event: str | None = None  # the words of the event waited for
    binding: bool = False  # words such as 前, 內 or 務必…完成 bind somebody to it

    @property
    def deadline(self) -> datetime.date | None:
        """The day that may become a deadline: of a date, or the end of a range. A speaker's plan has none."""
        if "plan" in self.flags:
            return None
        if self.kind is Kind.DATE:
            return self.date
        return self.end if self.kind is Kind.RANGE else None
