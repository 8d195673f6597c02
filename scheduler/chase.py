"""Chase: before a series' next meeting, one notice to its group about who has not reported.

The notice says only that it is time; who has not reported is looked up when it is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import WorkCalendar
from domain.case import Series
from domain.meetings import NextMeeting, report_day
from domain.notice import Audience, NewNotice, NoticeKind, Urgency
from domain.ports import Store, UnitOfWork
from handlers.reminding.chase_phrases import meeting_of
from handlers.reminding.reminders import View
from scheduler.calendars import Calendars
from scheduler.plan import Policy


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting to come, with its rungs: how many working days before it, and the instant."""

    meeting: NextMeeting
    rungs: Sequence[tuple[int, datetime]]


def chase(store: Store, policy: Policy, *, as_of: datetime, now: datetime) -> int:
    """Keep the notices about meetings to come that are due at `as_of`; returns how many are new."""
    if not policy.may_remind(as_of):
        return 0

    def work(uow: UnitOfWork) -> int:
        calendars = Calendars(policy, uow)
        working = [one for one in uow.series.all() if not calendars.resumes(one.id, as_of, policy.ladder.at)]
        due = [_notice(one, chases_of(one, calendars, uow, policy, as_of), policy, as_of, now) for one in working]
        return uow.notices.add([notice for notice in due if notice])

    return store.write(work)


def chases_of(series: Series, calendars: Calendars, uow: UnitOfWork, policy: Policy, now: datetime) -> Coming | None:
    """What comes before the next meeting of a series; None where no meeting is known."""
    calendar = calendars.of(series.id)
    meeting = meeting_of(series, uow, View(now.astimezone(policy.zone).date(), calendar, policy.zone))
    if meeting is None:
        return None
    return Coming(meeting, [(days, _instant(meeting, days, policy, calendar)) for days in policy.rules.chase])


def _notice(series: Series, coming: Coming | None, policy: Policy, as_of: datetime, now: datetime) -> NewNotice | None:
    """The latest rung that has come; none on the day of the meeting itself."""
    if coming is None:
        return None
    meeting, rungs = coming.meeting, coming.rungs
    ends = datetime.combine(meeting.on, policy.ladder.at, tzinfo=policy.zone)
    passed = [(days, at) for days, at in rungs if at <= as_of < ends]
    if not passed:
        return None
    days, at = passed[-1]
    later = [at for _, at in rungs if at > as_of]
    return NewNotice(
        subject=f"series:{series.id}",
        kind=NoticeKind.CHASE,
        for_on=meeting.on,
        rung=f"-{days}",
        audience=Audience.GROUP,
        series_id=series.id,
        urgency=Urgency.NORMAL,
        due_at=at,
        ride_until=at,
        expires_at=_end(later, ends, as_of),
        at=now,
    )


def _instant(meeting: NextMeeting, days: int, policy: Policy, calendar: WorkCalendar) -> datetime:
    return datetime.combine(report_day(meeting.on, days, calendar), policy.ladder.at, tzinfo=policy.zone)


def _end(later: Sequence[datetime], ends: datetime, as_of: datetime) -> datetime:
    return max(min([*later, ends]), as_of + timedelta(minutes=1))
