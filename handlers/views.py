"""What an answer shows, gathered from the rows: for the wording now, for cards later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.case import Assignment, Case, Meeting, Report, Series
from domain.member import Member
from domain.milestone import Milestone
from domain.ports import AuditEntry, UnitOfWork, UnitTally
from handlers.unit_reports import UnitReports, reports_of


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with all that its answer says."""

    case: Case
    series: Series
    meeting: Meeting | None
    reports: dict[int, Report]  # the last report of each line, by assignment id
    milestones: Sequence[Milestone] = ()  # to come
    passed: Milestone | None = None  # the last one whose day is over
    shared: Mapping[int, UnitReports] = field(default_factory=dict)  # of its lines of every unit, by assignment id
    following: tuple[str, ...] = ()  # the numbers of the cases that sleep until this one is reported done

    @property
    def last_report(self) -> tuple[Assignment, Report] | None:
        """The latest report of the case, with its line."""
        told = [(line, self.reports[line.id]) for line in self.case.assignments if line.id in self.reports]
        return max(told, key=lambda pair: pair[1].at, default=None)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `said` is the typed command that shows page 1, `total` counts all pages' cases."""

    whose: str  # a unit's name, or nothing
    title: str
    said: str
    cases: Sequence[Case]
    number: int
    size: int
    total: int
    about: str = ""  # a line under the heading

    @property
    def left(self) -> int:
        """How many cases come after this page."""
        return max(0, self.total - self.number * self.size)


@dataclass(frozen=True, slots=True)
class Aged:
    """A case and how many meetings it has been tracked, where that is known."""

    case: Case
    meetings: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """One series: each unit's lines counted, and the oldest cases."""

    series: Series
    units: Sequence[UnitTally]
    cases: int
    oldest: Sequence[Aged]
    asleep: int = 0  # of the cases, how many wait for something


@dataclass(frozen=True, slots=True)
class History:
    """One page of a case's audit, the latest first, with who did it and what reports said."""

    case: Case
    entries: Sequence[AuditEntry]
    members: Mapping[int, Member]
    texts: Mapping[int, str]  # of reports, by id; empty where the author took the message back
    page: int
    has_more: bool


def view_case(case: Case, uow: UnitOfWork, today: date) -> CaseView:
    """Gather what the answer about a case says."""
    meeting = uow.series.get_meeting(case.meeting_id) if case.meeting_id is not None else None
    lines = [line.id for line in case.assignments]
    planned = uow.milestones.of_lines(lines, date.min)
    return CaseView(
        case,
        uow.series.get(case.series_id),
        meeting,
        uow.cases.last_reports(lines),
        milestones=[one for one in planned if one.planned_on >= today],
        passed=next((one for one in reversed(planned) if one.planned_on < today), None),
        shared=reports_of([case], case.series_id, uow),
        following=_following(case, uow),
    )


def _following(case: Case, uow: UnitOfWork) -> tuple[str, ...]:
    asleep = [wait.case_id for wait in uow.waits.following([case.id]) if wait.is_asleep]
    return tuple(one.number for one in uow.cases.by_ids(asleep) if one.is_open) if asleep else ()
