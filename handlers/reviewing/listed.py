"""What a case brings along from the list that an office kept so far: what was done, whether release is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.case import Assignment, Case, CaseKind, Report
from domain.member import Role
from handlers.context import Context

AUTHOR = "list"  # no LINE user id: nobody can speak as the list
AUTHOR_NAME = "原列管清單"


@dataclass(frozen=True, slots=True)
class ListedProgress:
    """What a list says was done, verbatim; of these units, or of the case where they are empty."""

    text: str
    on: date | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The part of a row that a draft does not hold itself."""

    progress: tuple[ListedProgress, ...] = ()
    asks_release: bool = False
    note: str = ""
    kind: CaseKind = CaseKind.CASE
    stage: str = ""  # of a contract


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """The rows that a review was read from, and what a person said about their columns (from 1): to read them anew."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[int, str], ...] = ()
    others: tuple[str, ...] = ()  # names of further sheets of the file


def carry_over(case: Case, listed: Listed, context: Context) -> Case:
    """Give a case just opened its first reports and its requests for release. Returns it as it is then.

    The reports are the list's, whoever imports it; each is dated by the day that it states, else by now.
    """
    if not (listed.progress or listed.asks_release):
        return case
    author = context.uow.people.add_role(AUTHOR, AUTHOR_NAME, case.series_id, Role.CONTACT, None)
    for line, progress in _reported(case, listed):
        context.uow.cases.add_report(
            Report(assignment_id=line.id, member_id=author.id, text=progress.text, at=_instant(progress.on, context))
        )
    for line in [line for line in case.assignments if listed.asks_release and line.is_open]:
        context.uow.cases.save_line(line.request_release(), next_look_at=None)
    return context.uow.cases.by_ids([case.id])[0]


def is_carried(report: Report, since: datetime) -> bool:
    """Tell whether a report came with the case that was opened then: nobody wrote it since."""
    return report.message_id is None and report.at <= since


def _reported(case: Case, listed: Listed) -> Iterator[tuple[Assignment, ListedProgress]]:
    """Each progress on the lines of its units; one that names none of them on every line."""
    for progress in listed.progress:
        own = [line for line in case.assignments if line.unit in progress.units]
        yield from ((line, progress) for line in own or case.assignments)


def _instant(on: date | None, context: Context) -> datetime:
    if on is None:
        return context.now
    return min(datetime.combine(on, time.min, context.settings.zone), context.now)
