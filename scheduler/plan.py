"""Plan: lines whose next look has come → notices, in one transaction.

A rung of a line is one notice for ever, so it is told at most once however many clocks tick. Rungs that nobody planned
in time are kept as missed, and the latest one speaks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache, partial

import structlog

from domain.calendar import WorkCalendar
from domain.case import CaseKind
from domain.member import Role
from domain.notice import Audience, NewNotice, NoticeKind, NoticeState, Urgency
from domain.ports import DueLine, Store, UnitOfWork
from domain.reminders import Ladder, Look, Rung, look
from domain.rules import Climb, Rules, ladder_of, ride_until
from scheduler.calendars import Calendars

BATCH = 500  # lines in one transaction
POSTPONE = timedelta(hours=1)  # for a line that raises
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How the house reminds. `ladder.at` opens the hours in which reminders go out, `until` closes them."""

    ladder: Ladder
    until: time
    zone: tzinfo
    calendar: WorkCalendar
    rules: Rules = field(default_factory=Rules)

    def may_remind(self, now: datetime) -> bool:
        """Tell whether it is a working day within the hours of reminding."""
        local = now.astimezone(self.zone)
        return self.calendar.is_working_day(local.date()) and self.ladder.at <= local.time() < self.until


@dataclass(frozen=True, slots=True)
class Planned:
    """What a planning run did."""

    notices: int = 0  # new ones
    postponed: int = 0  # lines that raised


def plan(store: Store, policy: Policy, *, as_of: datetime, now: datetime) -> Planned:
    """Keep the notices due at `as_of`; `now` is the present instant, for the record."""
    total = Planned()
    if not policy.may_remind(as_of):
        return total
    planner = Planner(policy, as_of, now)
    while True:
        looked, planned = store.write(planner.run)
        total = Planned(total.notices + planned.notices, total.postponed + planned.postponed)
        if looked < BATCH:
            return total


class Planner:
    """One transaction's worth of planning."""

    def __init__(self, policy: Policy, as_of: datetime, now: datetime) -> None:
        self._policy = policy
        self._as_of = as_of
        self._now = now
        self._looks: dict[tuple[date, datetime | None, Ladder, WorkCalendar], Look] = {}  # many lines share a deadline

    def run(self, uow: UnitOfWork) -> tuple[int, Planned]:
        """Look at the lines that want it; returns how many there were, and what came of them."""
        due = uow.reminders.due_lines(self._as_of, limit=BATCH)
        self._names = {one.id: one.name for one in uow.series.all()} if due else {}
        self._calendars = Calendars(self._policy, uow)
        self._has_chief = cache(partial(_has_chief, uow))
        closed = [(line, self._calendars.resumes(line.series_id, self._as_of, self._policy.ladder.at)) for line in due]
        uow.reminders.looked([(line.assignment_id, line.looked_at, resumes) for line, resumes in closed if resumes])
        looks = [(line, self._look(line)) for line, resumes in closed if not resumes]
        new = uow.notices.add([notice for line, found in looks if found for notice in self._notices(line, found)])
        later = self._as_of + POSTPONE
        uow.reminders.looked(
            [
                (line.assignment_id, self._as_of, found.next_at)
                if found
                else (line.assignment_id, line.looked_at, later)
                for line, found in looks
            ]
        )
        return len(due), Planned(new, sum(found is None for _, found in looks))

    def _look(self, line: DueLine) -> Look | None:
        try:
            ladder = ladder_for(line, self._names[line.series_id], self._policy)
            key = line.deadline, line.looked_at, ladder, self._calendars.of(line.series_id)
            return self._looks.get(key) or self._looks.setdefault(key, self._climb(*key))
        except Exception:  # one line that raises never stops the others
            log.exception("line_not_planned", assignment=line.assignment_id)
            return None

    def _climb(self, deadline: date, looked_at: datetime | None, ladder: Ladder, calendar: WorkCalendar) -> Look:
        return look(deadline, ladder, calendar, self._policy.zone, since=looked_at, now=self._as_of)

    def _notices(self, line: DueLine, found: Look) -> Sequence[NewNotice]:
        if found.due is None:
            return []
        missed = [self._notice(line, rung, found, NoticeState.MISSED) for rung in found.missed]
        told = self._notice(line, found.due, found, self._state(line, found.due))
        return [*missed, told, *self._escalation(line, found, told)]

    def _escalation(self, line: DueLine, found: Look, told: NewNotice) -> Sequence[NewNotice]:
        """What the unit's chief is told, once: with the rung of so many days overdue, or the one that speaks for it."""
        passed = [*found.missed, *([found.due] if found.due else [])]
        rung = next((one for one in passed if one.offset == self._policy.rules.escalate_after), None)
        if rung is None or not self._has_chief(line.series_id):
            return []
        return [replace(told, kind=NoticeKind.ESCALATION, audience=Audience.CHIEF, rung=rung.name)]

    def _state(self, line: DueLine, rung: Rung) -> NoticeState:
        """Whoever said 收到 is left in peace until the day itself; a contract is reminded of all the same."""
        is_quiet = line.acknowledged_at is not None and rung.offset < 0 and line.kind is not CaseKind.CONTRACT
        return NoticeState.OBSOLETE if is_quiet else NoticeState.WAITING

    def _notice(self, line: DueLine, rung: Rung, found: Look, state: NoticeState) -> NewNotice:
        urgency = urgency_of(line, rung)
        wait, calendar = self._policy.rules.waits[urgency], self._calendars.of(line.series_id)
        return NewNotice(
            subject=f"line:{line.assignment_id}",
            kind=NoticeKind.CONTRACT if line.kind is CaseKind.CONTRACT else NoticeKind.DEADLINE,
            for_on=line.deadline,
            rung=rung.name,
            audience=self._audience(line, rung),
            series_id=line.series_id,
            assignment_id=line.assignment_id,
            urgency=urgency,
            due_at=rung.at,
            ride_until=ride_until(rung.at, found.next_at, wait, calendar),
            expires_at=found.next_at,
            state=state,
            at=self._now,
        )

    def _audience(self, line: DueLine, rung: Rung) -> Audience:
        in_group = rung.offset <= 0 or self._policy.rules.tells_group_of_overdue(self._names[line.series_id])
        return Audience.RESPONSIBLE if in_group else Audience.CONTACT


def _has_chief(uow: UnitOfWork, series_id: int) -> bool:
    """Tell whether a series has anybody to escalate to: chiefs, or coordinators in their stead."""
    return any(uow.people.with_role(series_id, role) for role in (Role.CHIEF, Role.COORDINATOR))


def ladder_for(line: DueLine, series: str, policy: Policy) -> Ladder:
    """The ladder that a line climbs, by what its case is and what its series does differently."""
    climb = Climb(series=series, kind=line.kind, priority=line.priority, before=line.remind_before)
    return ladder_of(climb, policy.ladder, policy.rules)


def urgency_of(line: DueLine, rung: Rung) -> Urgency:
    """The day itself, overdue and contracts are urgent."""
    return Urgency.HIGH if rung.offset >= 0 or line.kind is CaseKind.CONTRACT else Urgency.NORMAL
