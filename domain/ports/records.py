"""Plain values that the ports take and give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.case import CaseKind, Deadline, Duty, Priority
from domain.member import Role
from domain.recurrence import Recurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to open, with the units that get a line each (None: nobody was named)."""

    series_id: int
    meeting_id: int | None
    number: str
    title: str
    sentence: str
    section: str
    deadline: Deadline
    lines: tuple[tuple[int | None, Duty], ...]
    next_look_at: datetime | None  # the clock looks from then on; what was due before is nobody's alarm
    at: datetime
    kind: CaseKind = CaseKind.CASE
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A line, or an occurrence of a recurring duty, whose next look has come, with what its reminder says."""

    assignment_id: int
    line_id: int  # the unit's line, on which it reports; of an occurrence, its duty's
    case_id: int
    series_id: int
    number: str
    title: str
    sentence: str
    unit_id: int | None
    unit: str
    deadline: date
    next_look_at: datetime
    looked_at: datetime | None  # rungs up to here were seen
    kind: CaseKind = CaseKind.CASE
    priority: Priority = Priority.NORMAL
    remind_before: tuple[int, ...] = ()
    stage: str = ""
    acknowledged_at: datetime | None = None
    period: str = ""  # of an occurrence: 12月份

    @property
    def heading(self) -> str:
        """The title, with the period that is meant."""
        return f"{self.title}（{self.period}）" if self.period else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDuty:
    """A line of a recurring duty of which an occurrence may have to be opened."""

    line_id: int
    case_id: int
    series_id: int
    number: str
    unit: str
    recurs_on: date  # the next occurrence is due then
    looked_at: datetime  # what was to be told up to here is nobody's alarm
    recurrence: Recurrence
    kind: CaseKind
    priority: Priority
    remind_before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnreportedLine:
    """An open line without a report since the last meeting."""

    assignment_id: int
    case_id: int
    number: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class DayOff:
    """A typhoon day (停班) of a city; an empty name: everywhere."""

    day: date
    city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One change, before and after as plain data. `id` is given by the storage.

    `words` is what was said for it, verbatim (a reason, what is planned); empty once its message was unsent.
    """

    at: datetime
    action: str
    subject: str  # "assignment", "case", "group", …
    subject_id: int
    member_id: int | None
    source: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    id: int = 0
    undone: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A one-time code's terms. Only the code's SHA-256 is stored."""

    series_id: int
    role: Role
    unit_id: int | None
    expires_at: datetime
    replaces_id: int | None = None  # the member whose role ends when the code is used


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmannedLine:
    """An open line that nobody is contact of."""

    case_id: int
    number: str
    title: str
    unit_id: int | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A role whose holder left a group that sees the series."""

    membership_id: int
    role: Role
    unit: str


class ReviewState(StrEnum):
    """What became of a review."""

    PASTING = "pasting"  # pieces of a text are being collected
    OPEN = "open"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """Drafts to be looked at. `owner` is who reviews: "member:12", "cli"; `data` is JSON that the handlers define."""

    owner: str
    series: str  # by name: the first import of a series comes before the series
    ordinal: int | None
    held_on: date | None
    digest: str  # SHA-256 of the text
    data: str
    state: ReviewState = ReviewState.OPEN
    kind: str = "minutes"  # or "list", "decisions": of one meeting there can be a review of each kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(NewReview):
    """A stored review."""

    id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTally:
    """How a unit's open lines in a series stand."""

    unit_id: int | None
    unit: str
    open: int
    due: int  # within the days asked for, from today
    overdue: int  # of those not yet asked to be released
    requested: int
    unreported: int  # open, and no report since the instant asked for
