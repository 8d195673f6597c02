"""Milestones: on the working day before a planned day, one soft notice to whoever planned it."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.calendar import WorkCalendar
from domain.milestone import Milestone
from domain.notice import Audience, NewNotice, NoticeKind, Urgency
from domain.ports import Store, UnitOfWork
from handlers.reminding.milestone_phrases import subject_of
from scheduler.calendars import Calendars
from scheduler.plan import Policy

AHEAD = timedelta(days=21)  # the longest holidays with their weekends, and a storm


def remind_of_milestones(store: Store, policy: Policy, *, as_of: datetime, now: datetime) -> int:
    """Keep the notices about planned days that are due at `as_of`; returns how many are new."""
    if not policy.may_remind(as_of):
        return 0
    today = as_of.astimezone(policy.zone).date()

    def work(uow: UnitOfWork) -> int:
        coming = uow.milestones.between(today, today + AHEAD)
        calendars = Calendars(policy, uow)
        found = [_notice(one, calendars.of(one.series_id), policy, as_of, now) for one in coming]
        return uow.notices.add([notice for notice in found if notice])

    return store.write(work)


def _notice(one: Milestone, calendar: WorkCalendar, policy: Policy, as_of: datetime, now: datetime) -> NewNotice | None:
    """None before its time, and for what was planned when its time was over."""
    day = calendar.last_working_day(one.planned_on - timedelta(days=1))
    due_at = datetime.combine(day, policy.ladder.at, tzinfo=policy.zone)
    expires_at = datetime.combine(one.planned_on, policy.until, tzinfo=policy.zone)
    if not due_at <= as_of < expires_at or one.at > due_at:
        return None
    return NewNotice(
        subject=subject_of(one),
        kind=NoticeKind.MILESTONE,
        for_on=one.planned_on,
        rung="-1",
        audience=Audience.RESPONSIBLE,
        series_id=one.series_id,
        assignment_id=one.assignment_id,
        urgency=Urgency.LOW,
        due_at=due_at,
        ride_until=due_at,
        expires_at=expires_at,
        at=now,
    )
