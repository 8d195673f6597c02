"""The wording of the chase before a meeting: who has not reported, and what to type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.calendar import roc
from domain.case import Series
from domain.meetings import NextMeeting, next_meeting
from domain.notice import Notice
from domain.ports import UnitOfWork, UnreportedLine
from handlers import unit_reports
from handlers.asking.ages import reported_since
from handlers.reminding.reminders import Entry, View

UNITS = 8  # so many units are named with their numbers
NUMBERS = 6  # of one unit
MISSING = "未填辦理情形"


def chases(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """Put chases into words; none where the meeting moved or everybody has reported."""
    return [entry for notice in notices if (entry := _chase(notice, uow, view))]


def _chase(notice: Notice, uow: UnitOfWork, view: View) -> Entry | None:
    series = uow.series.get(notice.series_id)
    meeting = meeting_of(series, uow, view)
    missing = unreported(series.id, uow, view)
    if meeting is None or meeting.on != notice.for_on or not missing:
        return None
    return Entry(
        notice=notice,
        title=f"{series.name}{said(meeting, view.today)}；{counted(missing)}",
        due=by_unit(missing),
        tally=MISSING,
        days=(meeting.on - view.today).days,
        hint=hint(missing),
    )


def meeting_of(series: Series, uow: UnitOfWork, view: View) -> NextMeeting | None:
    """The next meeting of a series, if it is known or can be predicted."""
    held = [meeting.held_on for meeting in uow.series.meetings(series.id) if meeting.held_on]
    return next_meeting(series.next_meeting_on, held, view.today, view.calendar)


def unreported(series_id: int, uow: UnitOfWork, view: View) -> Sequence[UnreportedLine]:
    """The open lines without a report since the last meeting."""
    since = reported_since(uow.series.meetings(series_id), view.today, view.zone)
    return unit_reports.unreported(series_id, since, uow)


def said(meeting: NextMeeting, today: date) -> str:
    """Name the meeting: 下次會議 10/21(四)."""
    return f"下次會議{'預估' if meeting.is_predicted else ''} {short_day(meeting.on, today)}"


def short_day(day: date, today: date) -> str:
    """A day without its year where that is today's: 10/21(四)."""
    return roc(day).split("/", 1)[1] if day.year == today.year else roc(day)


def counted(missing: Sequence[UnreportedLine]) -> str:
    """Count the units that have not reported, and the cases, as 未填報 does."""
    units, cases = {line.unit for line in missing}, {line.case_id for line in missing}
    return f"尚有 {len(units)} 個單位{MISSING}（{len(cases)} 件）"


def by_unit(missing: Sequence[UnreportedLine]) -> str:
    """Name the units with their numbers, those with most first."""
    numbers: dict[str, list[str]] = {}
    for line in missing:
        numbers.setdefault(line.unit, []).append(line.number)
    ordered = sorted(numbers.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    named = [
        f"{unit} {'、'.join(some[:NUMBERS])}{'…' if len(some) > NUMBERS else ''}" for unit, some in ordered[:UNITS]
    ]
    rest = f"；另有 {len(ordered) - UNITS} 個單位" if len(ordered) > UNITS else ""
    return "；".join(named) + rest


def hint(missing: Sequence[UnreportedLine]) -> str:
    """What to type."""
    return f"請輸入：回報 {missing[0].number} 辦理情形\n看本單位的案件請輸入：我的"
