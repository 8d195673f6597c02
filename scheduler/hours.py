"""The hours in which a push may leave, however long an outage keeps it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from domain.outbox import Hours
from scheduler.plan import Policy


def hours_at(policy: Policy, now: datetime) -> Hours | None:
    """The hours that are running, with the next opening; None outside them, when somebody sends by hand."""
    if not policy.may_remind(now):
        return None
    today = now.astimezone(policy.zone).date()
    tomorrow = policy.calendar.next_working_day(today + timedelta(days=1))
    return Hours(_at(today, policy.until, policy), _at(tomorrow, policy.ladder.at, policy))


def _at(day: date, clock: time, policy: Policy) -> datetime:
    return datetime.combine(day, clock, tzinfo=policy.zone)
