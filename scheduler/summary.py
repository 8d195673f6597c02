"""Summary: on the first working day of a month, in private: to the head of the body what is late, softly to the
coordinators what sleeps.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from domain.member import Membership, Role
from domain.notice import Audience, NewNotice, NoticeKind, Urgency
from domain.ports import Store, UnitOfWork
from domain.rules import ride_until
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
        found = [_notice(one.id, month, calendars, policy, as_of, now) for one in uow.series.all()]
        due = [notice for notice in found if notice]
        late = [one for one in due if _has_head(one.series_id, uow)]
        asleep = [_softly(one, calendars, policy) for one in due if uow.survey.count_asleep(one.series_id)]
        return uow.notices.add([*late, *asleep])

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


def _softly(notice: NewNotice, calendars: Calendars, policy: Policy) -> NewNotice:
    """The same for the coordinators, about what sleeps: it may wait for a reply to travel on."""
    wait, calendar = policy.rules.waits[Urgency.LOW], calendars.of(notice.series_id)
    return replace(
        notice,
        kind=NoticeKind.SLEEPERS,
        audience=Audience.COORDINATOR,
        urgency=Urgency.LOW,
        ride_until=ride_until(notice.due_at, notice.expires_at, wait, calendar),
    )


def _has_head(series_id: int, uow: UnitOfWork) -> bool:
    head = Membership(series_id, Role.CHIEF)
    return any(head in member.memberships for member in uow.people.with_role(series_id, Role.CHIEF))
