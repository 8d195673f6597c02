"""The wording of escalation, in private: to a unit's chief, and once a month to the head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from domain.calendar import roc
from domain.case import Case, Report, State
from domain.notice import Notice
from domain.ports import DueLine, UnitOfWork
from handlers.reminding.chase_phrases import short_day
from handlers.reminding.reminders import Entry, View, days_left, last_report, short, with_one_voice

LISTED = 10  # overdue cases that the month's summary names
ESCALATED, SUMMARY = "逾期未有進度", "逾期摘要"


def escalations(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """Put escalations to chiefs into words; whoever reported or said 收到 after the deadline stopped his."""
    lines = {line.assignment_id: line for line in uow.reminders.lines([one.assignment_id or 0 for one in notices])}
    reports = uow.cases.last_reports([line.line_id for line in lines.values()])
    holding = [(notice, lines.get(notice.assignment_id or 0)) for notice in notices]
    valid = [
        (notice, line)
        for notice, line in holding
        if line and line.deadline == notice.for_on and not has_progress(line, reports, view)
    ]
    return [_escalation(notice, line, reports, view) for notice, line in with_one_voice(valid, view.today)]


def has_progress(line: DueLine, reports: Mapping[int, Report], view: View) -> bool:
    """Tell whether somebody reported, or said 收到, since the day of the deadline."""
    since = datetime.combine(line.deadline, time(), tzinfo=view.zone)
    report = reports.get(line.line_id)
    seen = (report.at if report else None, line.acknowledged_at)
    return any(at is not None and at >= since for at in seen)


def _escalation(notice: Notice, line: DueLine, reports: Mapping[int, Report], view: View) -> Entry:
    report = reports.get(line.line_id)
    last = last_report(report, view)
    summary = short_day(first_working_day_after(view), view.today)
    return Entry(
        notice=notice,
        title=line.heading,
        due=f"期限 {roc(line.deadline)}，{days_left(line.deadline, view.today)}，期限後沒有進度；"
        f"{summary} 仍逾期將列入首長月報",
        tally=ESCALATED,
        unit=line.unit,
        unit_id=line.unit_id,
        number=line.number,
        case_id=line.case_id,
        details=(f"原文：「{short(line.sentence)}」", f"上次回報：{last}"),
        days=(line.deadline - view.today).days,
        hint=f"有進度請輸入：回報 {line.number} 辦理情形\n需要延長請輸入：展期 {line.number}",
    )


def first_working_day_after(view: View) -> date:
    """The first working day of the next month: when the month's summary goes out."""
    year, month = divmod(view.today.year * 12 + view.today.month, 12)
    return view.calendar.next_working_day(date(year, month + 1, 1))


def summaries(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """Put the month's summaries into words; nothing where nothing is overdue."""
    return [entry for notice in notices if (entry := _summary(notice, uow, view))]


def _summary(notice: Notice, uow: UnitOfWork, view: View) -> Entry | None:
    series = uow.series.get(notice.series_id)
    overdue = uow.cases.overdue([series.id], view.today, limit=LISTED)
    if not overdue:
        return None
    late, tracked = uow.cases.count_overdue([series.id], view.today), uow.cases.count_open([series.id])
    more = f"；另有 {late - len(overdue)} 件" if late > len(overdue) else ""
    return Entry(
        notice=notice,
        title=f"{series.name}：列管中 {tracked} 件，逾期 {late} 件",
        due="；".join(_late(case, view) for case in overdue) + more,
        tally=SUMMARY,
        days=-LISTED,
        hint="看全部逾期案件請輸入：逾期",
    )


def _late(case: Case, view: View) -> str:
    assert case.deadline.on is not None, "what is overdue has a deadline"
    units = "、".join(line.unit for line in case.assignments if line.state is State.OPEN)
    return f"{units} {case.number}（{days_left(case.deadline.on, view.today)}）"
