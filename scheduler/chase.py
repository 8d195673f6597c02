"""Chase: before a series' next meeting, one notice to its group about who has not reported.

The notice says only that it is time; who has not reported is looked up when it is told.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def chase(store: Store, policy: Policy, *, as_of: datetime, now: datetime) -> int:
    """Keep the notices about meetings to come that are due at `as_of`; returns how many are new."""
    if not policy.may_remind(as_of):
        return 0

    def work(uow: UnitOfWork) -> int:
        calendars = Calendars(policy, uow)
        today = as_of.astimezone(policy.zone).date()
        working = [one for one in uow.series.all() if not calendars.resumes(one.id, as_of, policy.ladder.at)]
        found = [(one, calendars.of(one.id)) for one in working]
        meetings = [
            (one, calendar, meeting_of(one, uow, View(today, calendar, policy.zone))) for one, calendar in found
        ]
        due = [_notice(one, meeting, policy, calendar, as_of, now) for one, calendar, meeting in meetings if meeting]
        return uow.notices.add([notice for notice in due if notice])

    return store.write(work)


def _notice(
    series: Series, meeting: NextMeeting, policy: Policy, calendar: WorkCalendar, as_of: datetime, now: datetime
) -> NewNotice | None:
    """The latest rung that has come; none on the day of the meeting itself."""
    ends = datetime.combine(meeting.on, policy.ladder.at, tzinfo=policy.zone)
    rungs = [(days, _instant(meeting, days, policy, calendar)) for days in policy.rules.chase]
    passed = [(days, at) for days, at in rungs if at <= as_of < ends]
    if not passed:
        return None
    days, at = passed[-1]
    coming = [later for _, later in rungs if later > as_of]
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
        expires_at=_end(coming, ends, as_of),
        at=now,
    )


def _instant(meeting: NextMeeting, days: int, policy: Policy, calendar: WorkCalendar) -> datetime:
    return datetime.combine(report_day(meeting.on, days, calendar), policy.ladder.at, tzinfo=policy.zone)


def _end(coming: Sequence[datetime], ends: datetime, as_of: datetime) -> datetime:
    return max(min([*coming, ends]), as_of + timedelta(minutes=1))
