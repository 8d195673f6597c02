"""The wording of milestones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.calendar import roc
from domain.case import Assignment, Case
from domain.milestone import Milestone
from domain.notice import Notice
from domain.ports import UnitOfWork
from handlers.language import example_days
from handlers.messages import Choice, Message
from handlers.phrases import TAKEN_BACK, UNDO_HINT, line_state, name_of, short
from handlers.reminding.reminders import Entry, View

TEXT = 60  # characters of what is planned


def added(case: Case, line: Assignment, day: date, text: str) -> Message:
    """Say what was kept, and when it is reminded of."""
    lines = [
        f"已登錄里程碑：{name_of(case)}",
        f"{roc(day)} {short(text, TEXT)}（{line_state(line)}）",
        "前一個上班日會輕聲提醒；這不是期限，期限不變。",
        UNDO_HINT,
    ]
    return Message(text="\n".join(lines), choices=(Choice("復原", "復原"),), case_ids=(case.id,))


def no_day(why: str, case: Case, today: date) -> Message:
    """Say why the words are no day."""
    return Message(
        text=f"{why}\n請寫明日期，例如：里程碑 {case.number} {example_days.day(today)} 開標", case_ids=(case.id,)
    )


def past(day: date, case: Case) -> Message:
    """Refuse a day that is over."""
    text = f"沒有登錄：{roc(day)} 已經過去。已辦理的請輸入：回報 {case.number} 辦理情形"
    return Message(text=text, case_ids=(case.id,))


def milestones(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """Put planned days into words; one that was taken back, or whose line is done, is not reminded of."""
    lines = [notice.assignment_id or 0 for notice in notices]
    planned = {subject_of(one): one for one in uow.milestones.of_lines(lines, view.today)}
    return [_entry(notice, planned[notice.subject], view) for notice in notices if notice.subject in planned]


def subject_of(milestone: Milestone) -> str:
    """What its notice is about."""
    return f"milestone:{milestone.id}"


def _entry(notice: Notice, milestone: Milestone, view: View) -> Entry:
    days = (milestone.planned_on - view.today).days
    when = f"還有 {days} 天" if days else "就是今天"
    return Entry(
        notice=notice,
        title=milestone.title,
        due=f"里程碑 {roc(milestone.planned_on)} {short(milestone.text, TEXT) or TAKEN_BACK}，{when}",
        tally="里程碑",
        unit=milestone.unit,
        unit_id=milestone.unit_id,
        number=milestone.number,
        case_id=milestone.case_id,
        days=days,
    )
