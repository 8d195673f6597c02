"""The wording of recurring duties: which periods are open, which was reported, which comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.calendar import WorkCalendar, roc
from domain.case import Assignment, Case, Occurrence, Report
from domain.recurrence import Period, Recurrence
from handlers.recurring import upcoming


def named(duty: Recurrence, period: date, due: date) -> str:
    """One period with its day: 12月份 110/12/5(日)."""
    return f"{duty.name(period)} {roc(due)}"


def owed(case: Case, line: Assignment, *, but: date | None = None) -> str:
    """A line's open periods with their days, all but one."""
    duty = case.deadline.duty
    open_ones: Sequence[Occurrence] = case.occurrences_of(line) if duty else ()
    return "、".join(named(duty, one.period, one.due_on) for one in open_ones if duty and one.period != but)


def coming(case: Case, period: Period | None) -> str:
    """The next period, not open yet: 下一期 1月份 111/1/5(三) 前."""
    duty = case.deadline.duty
    return f"下一期 {named(duty, period.start, period.due_on)} 前" if duty and period else ""


def first_open(case: Case, calendar: WorkCalendar) -> str:
    """What a list says behind a duty's day: the period that it is for, and the words of the rule."""
    duty = case.deadline.duty
    if duty is None or case.deadline.on is None:
        return ""
    opened = case.occurrences[0].period if case.occurrences else None
    start = opened or next(duty.periods(case.deadline.on, calendar)).start
    return f"（{duty.name(start)}，{case.deadline.text}）"


def reported(case: Case, line: Assignment, report: Report, calendar: WorkCalendar) -> str:
    """Say which period a report was for, and what comes then. `case` is as it was before the report."""
    duty, following = case.deadline.duty, upcoming(case, line, calendar)
    assert duty is not None, "it recurs"
    if report.period is None:
        return f"目前沒有待填報的期別，已記為一般辦理情形；{coming(case, following)}"
    left = owed(case, line, but=report.period)
    then = f"尚待填報：{left}" if left else coming(case, following)
    return f"{duty.name(report.period)}已填報，{then}"


def asked_again(case: Case, period: date) -> str:
    """Say that a period is open again, since its report was taken back."""
    duty = case.deadline.duty
    return f"，{duty.name(period)}恢復待填報" if duty else ""
