"""Read Taiwanese date expressions in meeting minutes: a reading, never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar import WorkCalendar


class Kind(StrEnum):
    """What a date expression turned out to be."""

    DATE = "date"  # one day on which something is due
    RANGE = "range"  # from start to end; a deadline in it is the end
    RECURRENCE = "recurrence"  # comes again (RRULE), or a start without an end
    EVENT = "event"  # waits for something whose date is unknown
    VAGUE = "vague"  # words without a date: 儘速, 近日
    NOT_DEADLINE = "not_deadline"  # a date, but nobody's deadline: as-of, launch, term, past, identifier
    AMBIGUOUS = "ambiguous"  # two readings; `candidates` holds them
    NONE = "none"  # no expression of time at all


@dataclass(frozen=True, slots=True)
class Reading:
    """One date expression, read on the day of a meeting. All dates are calendar days in Asia/Taipei."""

    kind: Kind
    text: str  # the words that were read, as they stand
    start_at: int = 0  # index of the first character of `text` in the sentence
    date: date | None = None
    start: date | None = None
    end: date | None = None
    last_working_day: date | None = None  # last day at work on or before `date` (or `end`)
    rule: str = ""  # the rule's name, shown to the person
    flags: tuple[str, ...] = ()  # doubts: "day_off", "past", "weekday_disagrees", "two_readings", …
    candidates: tuple[date, ...] = ()
    recurrence: str | None = None  # RRULE
    event: str | None = None  # the words of the event waited for

    @property
    def deadline(self) -> date | None:
        """The day that may become a deadline: of a date, or the end of a range."""
        if self.kind is Kind.DATE:
            return self.date
        return self.end if self.kind is Kind.RANGE else None


def read(phrase: str, *, on: date, calendar: WorkCalendar) -> Reading:
    """Read a phrase that holds one date expression (the deciding one, where it holds several)."""
    raise NotImplementedError


def find(sentence: str, *, on: date, calendar: WorkCalendar) -> tuple[Reading, ...]:
    """Every date expression of a sentence, in order of appearance."""
    raise NotImplementedError
