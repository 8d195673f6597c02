"""Cases and assignments: what is tracked, and how a line moves from open to released.

A case (列管案件) is a header plus one line per unit (分辦). Status lives on the line; a case is open while a line is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import IllegalTransition
from domain.figures import NO_FIGURES, Figures
from domain.recurrence import Recurrence
from domain.wait import Wait

UNNAMED_UNIT = "未定單位"  # the minutes named nobody; the coordinator assigns


class State(StrEnum):
    """Where a line stands."""

    OPEN = "open"  # 待處理
    RELEASE_REQUESTED = "release_requested"  # 待解列: the unit says done, the chair has not decided
    RELEASED = "released"  # 已解列


class Closing(StrEnum):
    """Why a line was released."""

    DONE = "done"  # 完成
    MERGED = "merged"  # 併案
    SPLIT = "split"  # 分案
    STOPPED = "stopped"  # 停止辦理
    VOID = "void"  # 作廢


class Duty(StrEnum):
    """What a unit is to a case."""

    LEAD = "lead"  # 主辦
    SUPPORT = "support"  # 協辦


class CaseKind(StrEnum):
    """What is tracked. It decides which ladder reminds of it."""

    CASE = "case"  # a conclusion
    CONTRACT = "contract"  # a contract that must not lapse (契約不可中斷案件): its deadline is its end


class Priority(StrEnum):
    """How closely a case is followed."""

    NORMAL = "normal"
    HIGH = "high"  # a denser ladder


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One unit's line of a case."""

    id: int
    case_id: int
    unit_id: int | None
    unit: str
    duty: Duty = Duty.LEAD
    state: State = State.OPEN
    closing: Closing | None = None
    merged_into: str = ""  # the number that goes on in its place, where it was closed as merged
    recurs_on: date | None = None  # of a recurring duty: the due day of the next occurrence, not opened yet
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Tell whether the line is still tracked (待處理 or 待解列)."""
        return self.state is not State.RELEASED

    def request_release(self) -> Assignment:
        """Ask the chair for release: what a unit's 完成 means."""
        return self._move(State.RELEASE_REQUESTED, {State.OPEN})

    def withdraw_request(self) -> Assignment:
        """Take the request for release back."""
        return self._move(State.OPEN, {State.RELEASE_REQUESTED})

    def release(self, closing: Closing = Closing.DONE, merged_into: str = "") -> Assignment:
        """Release the line (解除列管); `merged_into` is the number that goes on in its place."""
        released = self._move(State.RELEASED, {State.OPEN, State.RELEASE_REQUESTED})
        return replace(released, closing=closing, merged_into=merged_into)

    def continue_(self) -> Assignment:
        """Go on tracking (賡續列管): a request for release is turned down, a released line is opened again."""
        return replace(self._move(State.OPEN, set(State)), closing=None, merged_into="")

    def _move(self, target: State, allowed: set[State]) -> Assignment:
        if self.state not in allowed:
            raise IllegalTransition(state=self.state, target=target)
        return replace(self, state=target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline as the minutes gave it. `on` is a calendar day in Asia/Taipei; None: words without a date (儘速).

    Of a recurring duty, `on` is when the oldest occurrence that is open is due, or else the next one: it moves with
    them, while `text` and `recurrence` (as `domain.recurrence.completed` writes it) stay.
    """

    on: date | None = None
    text: str = ""
    rule: str = ""
    recurrence: str = ""

    @property
    def duty(self) -> Recurrence | None:
        """What comes again; None of a deadline that is met once."""
        return Recurrence(self.recurrence, self.text) if self.recurrence else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One period of a recurring duty (12月份), for one unit's line. A report on it closes it, without the chair."""

    id: int
    line_id: int
    period: date  # its first day
    due_on: date
    state: State = State.OPEN
    closing: Closing | None = None  # 完成: reported; 停止辦理: its line was released; 作廢: the rule changed
    version: int = 1

    def close(self, closing: Closing = Closing.DONE) -> Occurrence:
        """End it: its unit reported, or the rule knows it no more."""
        return replace(self, state=State.RELEASED, closing=closing)

    def reopen(self) -> Occurrence:
        """Ask for its report again."""
        return replace(self, state=State.OPEN, closing=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A tracked conclusion with its verbatim sentence and its lines."""

    id: int
    series_id: int
    number: str
    title: str
    sentence: str  # verbatim, from the minutes
    section: str = ""  # its place in the minutes: 貳-一-(二)
    meeting_id: int | None = None
    deadline: Deadline = Deadline()
    created_at: datetime
    version: int = 1
    kind: CaseKind = CaseKind.CASE
    priority: Priority = Priority.NORMAL
    remind_before: tuple[int, ...] = ()  # its own days of reminding before the deadline, in working days
    stage: str = ""  # of a contract: 換文, 後續擴充, 議約, 招標, 決標, 簽約
    assignments: tuple[Assignment, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()  # of a recurring duty, those that are open, by due day
    wait: Wait | None = None  # live

    @property
    def is_open(self) -> bool:
        """A case is open while a line is."""
        return any(line.is_open for line in self.assignments)

    def occurrences_of(self, line: Assignment) -> tuple[Occurrence, ...]:
        """A line's open occurrences, the oldest first."""
        return tuple(one for one in self.occurrences if one.line_id == line.id)

    @property
    def is_asleep(self) -> bool:
        """Tell whether it waits for what was not reported yet: nobody is reminded of it or chased."""
        return self.wait is not None and self.wait.is_asleep

    @property
    def is_reported_done(self) -> bool:
        """Tell whether what waits for it may begin: every lead line is 待解列 or was released as done."""
        going = self._going_on
        return bool(going) and all(line.state is not State.OPEN for line in going)

    @property
    def is_given_up(self) -> bool:
        """Tell whether it can never be reported done: every lead line was merged, stopped or is void."""
        return not self._going_on

    @property
    def _going_on(self) -> list[Assignment]:
        """The lead lines (all, where none leads) but for those that were closed for another reason than done."""
        leads = [line for line in self.assignments if line.duty is Duty.LEAD] or self.assignments
        return [line for line in leads if line.closing in (None, Closing.DONE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a unit said about its line, kept verbatim (辦理情形)."""

    assignment_id: int
    member_id: int
    text: str
    at: datetime
    message_id: str | None = None  # LINE's id of the message, to purge the text when it is unsent
    figures: Figures = NO_FIGURES  # as they were read in the text
    unit_id: int | None = None  # of a report on a line of every unit (各局處): the one that it is from
    unit: str = ""  # its name; empty where the line names the unit, or where the report is for all of them
    period: date | None = None  # of the occurrence that it closed


class Release(StrEnum):
    """Who may release the lines of a series."""

    CHAIR = "chair"  # a unit's 完成 asks; the chair's conclusion releases
    SELF = "self"  # teams without a chair: 完成 releases


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A meeting series (會議系列) with its own numbers."""

    id: int
    name: str
    scheme: str = "{meeting}-{n}"
    release: Release = Release.CHAIR
    next_meeting_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting of a series. `digest` is the SHA-256 of its minutes' text."""

    id: int
    series_id: int
    ordinal: int | None
    held_on: date | None
    digest: str = ""
