"""Summary: on the first working day of a month, one notice a series to the head of the body, in private."""

from __future__ import annotations

from datetime import date, datetime

from domain.member import Membership, Role
from domain.notice import Audience, NewNotice, NoticeKind
from domain.ports import Store, UnitOfWork
from scheduler.calendars import Calendars
from scheduler.plan import Policy

LASTS = 3  # working days for which a summary is still news


def summarise(store: Store, policy: Policy, *, as_of: datetime, now: datetime) -> int:
    """Keep the month's summaries that are due at `as_of`; returns how many are new."""
    if not policy.may_remind(as_of):
        return 0
    month = as_of.astimezone(policy.zone).date().replace(day=1)

    def work(uow: UnitOfWork) -> int:
        calendars = Calendars(policy, uow)
        due = [
            notice
            for one in uow.series.all()
            if (notice := _notice(one.id, month, calendars, policy, as_of, now)) and _has_head(one.id, uow)
        ]
        return uow.notices.add(due)

    return store.write(work)


def _notice(
    series_id: int, month: date, calendars: Calendars, policy: Policy, as_of: datetime, now: datetime
) -> NewNotice | None:
    calendar = calendars.of(series_id)
    first = calendar.next_working_day(month)
    due_at = datetime.combine(first, policy.ladder.at, tzinfo=policy.zone)
    expires_at = datetime.combine(calendar.add_working_days(first, LASTS), policy.ladder.at, tzinfo=policy.zone)
    if not due_at <= as_of < expires_at:
        return None
    return NewNotice(
        subject=f"series:{series_id}",
        kind=NoticeKind.SUMMARY,
        for_on=month,
        rung="month",
        audience=Audience.HEAD,
        series_id=series_id,
        due_at=due_at,
        ride_until=due_at,
        expires_at=expires_at,
        at=now,
    )


def _has_head(series_id: int, uow: UnitOfWork) -> bool:
    head = Membership(series_id, Role.CHIEF)
    return any(head in member.memberships for member in uow.people.with_role(series_id, Role.CHIEF))
