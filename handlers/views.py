"""What an answer shows, gathered from the rows: for the wording now, for cards later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.case import Assignment, Case, Meeting, Report, Series
from domain.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with all that its answer says."""

    case: Case
    series: Series
    meeting: Meeting | None
    reports: dict[int, Report]  # the last report of each line, by assignment id

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

    @property
    def left(self) -> int:
        """How many cases come after this page."""
        return max(0, self.total - self.number * self.size)


def view_case(case: Case, uow: UnitOfWork) -> CaseView:
    """Gather what the answer about a case says."""
    meeting = uow.series.get_meeting(case.meeting_id) if case.meeting_id is not None else None
    reports = uow.cases.last_reports([line.id for line in case.assignments])
    return CaseView(case, uow.series.get(case.series_id), meeting, reports)
