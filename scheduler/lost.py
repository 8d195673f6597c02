"""Lost: at most once a day, one notice to the coordinators that messages did not go out.

A warning that does not go out itself is never a reason to warn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from domain.member import Role
from domain.notice import Audience, NewNotice, NoticeKind, Urgency
from domain.ports import Store, UnitOfWork
from domain.undelivered import LISTED, OUTBOX
from scheduler.plan import Policy

LASTS = 3  # working days for which a warning is still news


def warn_of_lost(store: Store, policy: Policy, *, as_of: datetime, now: datetime) -> int:
    """Keep a warning for the coordinators if messages were lost since the last one; returns how many are new."""
    if not policy.may_remind(as_of):
        return 0

    def work(uow: UnitOfWork) -> int:
        told = [one.id for one in uow.series.all() if uow.people.with_role(one.id, Role.COORDINATOR)]
        if not told:
            return 0
        warned_at = uow.undelivered.warned_at([_subject(series_id) for series_id in told])
        is_told_today = warned_at is not None and _day(warned_at, policy) >= _day(as_of, policy)
        if is_told_today or not uow.undelivered.count_lost(warned_at or as_of - LISTED):
            return 0
        return uow.notices.add(_notices(told, policy, as_of, now))

    return store.write(work)


def _notices(series_ids: Sequence[int], policy: Policy, as_of: datetime, now: datetime) -> list[NewNotice]:
    today = _day(as_of, policy)
    ends = policy.calendar.add_working_days(today, LASTS)
    return [
        NewNotice(
            subject=_subject(series_id),
            kind=NoticeKind.WARNING,
            for_on=today,
            rung="lost",
            audience=Audience.COORDINATOR,
            series_id=series_id,
            urgency=Urgency.HIGH,
            due_at=as_of,
            ride_until=as_of,
            expires_at=datetime.combine(ends, time(0), tzinfo=policy.zone),
            at=now,
        )
        for series_id in series_ids
    ]


def _subject(series_id: int) -> str:
    return f"{OUTBOX}:{series_id}"


def _day(at: datetime, policy: Policy) -> date:
    return at.astimezone(policy.zone).date()
