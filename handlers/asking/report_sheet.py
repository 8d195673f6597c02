"""The 執行情形彙整表 of a series: gathered from the rows in few queries, then laid out as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from domain.calendar import WorkCalendar, roc
from domain.case import Assignment, Case, Meeting, Report, Series
from domain.milestone import Milestone
from domain.numbers import sort_key
from domain.ports import UnitOfWork
from handlers.asking.ages import age_in_meetings, last_ordinal
from handlers.phrases import TAKEN_BACK, period_of
from handlers.recurring_phrases import owed
from handlers.reviewing.carried import only_lists
from handlers.stages.wait_words import waiting_for
from handlers.unit_reports import UnitReports, reports_of
from minutes.report.sheet import Planned, Progress, ReportHeader, ReportLine, ReportRow, ReportSheet

PAGE = 1_000  # rows of one query
DAY_OFF = "{day} 為放假日，最後上班日 {last}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a report is made of. `reports` are the latest ones, by line; `shared` is of the lines of every unit."""

    series: Series
    meetings: Sequence[Meeting]
    cases: Sequence[Case]
    reports: Mapping[int, Report]
    shared: Mapping[int, UnitReports]
    planned: Mapping[int, Sequence[Milestone]]  # to come, by line
    made_on: date


def gather(series: Series, uow: UnitOfWork, made_on: date) -> Gathered:
    """Read what the report of a series needs on the day of making.

    Two queries for a thousand cases, two for as many lines, and a few for all.
    """
    cases = open_cases(series.id, uow)
    lines = [line.id for case in cases for line in case.assignments if line.is_open]
    reports: dict[int, Report] = {}
    planned: dict[int, list[Milestone]] = {}
    for start in range(0, len(lines), PAGE):
        some = lines[start : start + PAGE]
        reports |= uow.cases.last_reports(some)
        for one in uow.milestones.of_lines(some, made_on):
            planned.setdefault(one.assignment_id, []).append(one)
    shared = reports_of(cases, series.id, uow)
    return Gathered(series, uow.series.meetings(series.id), cases, reports, shared, planned, made_on)


def open_cases(series_id: int, uow: UnitOfWork) -> list[Case]:
    """Every open case of a series, in order of number."""
    return sorted(_pages(series_id, uow), key=lambda case: sort_key(case.number))


def sheet_of(found: Gathered, *, calendar: WorkCalendar, zone: tzinfo, ordinal: int | None = None) -> ReportSheet:
    """Lay out a report for the next meeting, or for the one with that ordinal. The same data gives the same sheet."""
    return ReportSheet(
        header=_header(found, ordinal),
        rows=tuple(_row(case, found, calendar, zone) for case in found.cases),
        made_on=found.made_on,
    )


def _pages(series_id: int, uow: UnitOfWork) -> Iterator[Case]:
    offset = 0
    while page := uow.cases.open([series_id], limit=PAGE, offset=offset):
        yield from page
        offset += len(page)


def _header(found: Gathered, ordinal: int | None) -> ReportHeader:
    last = last_ordinal(found.meetings)
    following = None if last is None else last + 1
    held = next((one.held_on for one in found.meetings if ordinal is not None and one.ordinal == ordinal), None)
    is_next = ordinal is None or ordinal == following
    return ReportHeader(
        series=found.series.name,
        meeting_ordinal=following if ordinal is None else ordinal,
        held_on=found.series.next_meeting_on if is_next else held,
    )


def _row(case: Case, found: Gathered, calendar: WorkCalendar, zone: tzinfo) -> ReportRow:
    due = case.deadline
    return ReportRow(
        number=case.number,
        title=case.title,
        sentence="" if only_lists(case.sentence, case.number) else case.sentence,
        units=tuple(_line(case, line, found, zone) for line in case.assignments if line.is_open),
        deadline=due.on,
        deadline_text=due.text,
        deadline_note=_note(case, calendar),
        age_in_meetings=age_in_meetings(case, found.series, found.meetings),
    )


def _line(case: Case, line: Assignment, found: Gathered, zone: tzinfo) -> ReportLine:
    shared, last = found.shared.get(line.id), found.reports.get(line.id)
    told = shared.told if shared else [last] if last else []
    return ReportLine(
        unit=line.unit,
        duty=line.duty,
        state=line.state,
        progress=tuple(_progress(case, report, zone) for report in told),
        silent=tuple(shared.silent) if shared and not case.is_asleep else (),
        planned=tuple(Planned(one.planned_on, one.text) for one in found.planned.get(line.id, ())),
        waiting=waiting_for(case.wait) if case.wait and case.is_asleep else "",
    )


def _progress(case: Case, report: Report, zone: tzinfo) -> Progress:
    """What was said last; on a recurring duty, for which period."""
    text, day = report.text or TAKEN_BACK, report.at.astimezone(zone).date()
    return Progress(period_of(case, report) + text, day, report.unit, report.figures)


def _note(case: Case, calendar: WorkCalendar) -> str:
    """What else must be known of the deadline: a day off, the open periods of a recurring duty."""
    due = case.deadline.on
    notes = []
    if due is not None and not calendar.is_working_day(due):
        notes.append(DAY_OFF.format(day=roc(due), last=roc(calendar.last_working_day(due))))
    left = [f"{line.unit} {periods}" for line in case.assignments if (periods := owed(case, line))]
    notes += [f"待填報：{'；'.join(left)}"] if left else []
    return "\n".join(notes)
