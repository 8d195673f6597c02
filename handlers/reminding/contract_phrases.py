"""The wording of contracts that must not lapse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from domain.calendar import ROC_OFFSET, WorkCalendar, roc
from domain.notice import Notice
from domain.ports import DueLine, UnitOfWork
from handlers.reminding.reminders import Entry, View, days_left

MONTH_END = 10  # from so many working days before the end on, the words are the month-end rule's
LAPSED, ENDING = "契約已到期", "契約即將到期"


def contracts(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """Put rungs of contracts' ends into words; one that was extended or released is not reminded of."""
    lines = {line.assignment_id: line for line in uow.reminders.lines([one.assignment_id or 0 for one in notices])}
    holding = [(notice, lines.get(notice.assignment_id or 0)) for notice in notices]
    return [_contract(one, line, view) for one, line in holding if line and line.deadline == one.for_on]


def _contract(notice: Notice, line: DueLine, view: View) -> Entry:
    days = (line.deadline - view.today).days
    return Entry(
        notice=notice,
        title=line.title,
        due=_due(line, view),
        tally=LAPSED if days < 0 else ENDING,
        unit=line.unit,
        unit_id=line.unit_id,
        number=line.number,
        case_id=line.case_id,
        line_id=line.line_id,
        days=days,
        hint=f"更新進度請輸入：回報 {line.number} 已完成換文\n完成契約延長請輸入：完成 {line.number}",
    )


def _due(line: DueLine, view: View) -> str:
    stage = f"目前階段：{line.stage or '未填'}"
    end = f"契約至 {roc(line.deadline)}"
    if line.deadline < view.today:
        return f"{end}，{days_left(line.deadline, view.today)}，請立即說明處理情形｜{stage}"
    left = working_days_left(view.today, line.deadline, view.calendar)
    if left > MONTH_END:
        return f"{end}，{days_left(line.deadline, view.today)}（{left} 個工作天）｜{stage}"
    return f"務必於{month_end(line.deadline, view.today)}前完成契約延長，剩 {left} 個工作天（{end}）｜{stage}"


def month_end(end: date, today: date) -> str:
    """Say until when, as the minutes do: 9月底 for the last day of a month, else the day."""
    if (end + timedelta(days=1)).day != 1:
        return roc(end)
    year = f"{end.year - ROC_OFFSET}年" if end.year != today.year else ""
    return f"{year}{end.month}月底"


def working_days_left(today: date, end: date, calendar: WorkCalendar) -> int:
    """The working days after today up to the end."""
    days = (date.fromordinal(n) for n in range(today.toordinal() + 1, end.toordinal() + 1))
    return sum(calendar.is_working_day(day) for day in days)
