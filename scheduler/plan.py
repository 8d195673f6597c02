"""Plan: lines whose next look has come → notices, hundreds in one transaction.

A rung of a line is one notice for ever, so it is told at most once however many clocks tick. Rungs that nobody planned
in time are kept as missed, and the latest one speaks for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache, partial
from typing import NamedTuple

import structlog

from domain.calendar import WorkCalendar
from domain.case import CaseKind, Priority
from domain.errors import StorageUnavailable
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
        looked, planned = _batch(store, planner)
        total = Planned(total.notices + planned.notices, total.postponed + planned.postponed)
        if looked < BATCH:
            return total


def _batch(store: Store, planner: Planner) -> tuple[int, Planned]:
    """Plan lines in one transaction; where one of them raises, each in its own, so that it never stops the others."""
    try:
        return store.write(planner.run)
    except StorageUnavailable:
        raise
    except Exception:
        log.exception("lines_not_planned_together")
    due = store.write(planner.due)
    planned = [_alone(store, planner, line) for line in due]
    return len(due), Planned(sum(one.notices for one in planned), sum(one.postponed for one in planned))


def _alone(store: Store, planner: Planner, assignment_id: int) -> Planned:
    try:
        return store.write(partial(planner.run, only=assignment_id))[1]
    except StorageUnavailable:
        raise
    except Exception:
        log.exception("line_not_planned", assignment=assignment_id)
        store.write(partial(planner.put_off, assignment_id))
        return Planned(postponed=1)


class Facts(NamedTuple):
    """What the reminders of a line depend on. Lines that share them are looked at once."""

    series_id: int
    kind: CaseKind
    priority: Priority
    remind_before: tuple[int, ...]
    deadline: date
    looked_at: datetime | None
    is_acknowledged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A notice as all lines with the same facts get it."""

    rung: str
    kind: NoticeKind
    audience: Audience
    urgency: Urgency
    due_at: datetime
    ride_until: datetime
    expires_at: datetime
    state: NoticeState


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is told of lines with the same facts, and how their look is recorded."""

    tellings: tuple[Telling, ...]
    looked_at: datetime | None
    next_look_at: datetime


class Planner:
    """One transaction's worth of planning."""

    def __init__(self, policy: Policy, as_of: datetime, now: datetime) -> None:
        self._policy = policy
        self._as_of = as_of
        self._now = now

    def run(self, uow: UnitOfWork, *, only: int | None = None) -> tuple[int, Planned]:
        """Look at the lines that want it, or at one of them; returns how many there were, and what came of them."""
        due = uow.reminders.due_lines(self._as_of, limit=BATCH, only=only)
        if not due:
            return 0, Planned()
        outlook_of = cache(Outlooks(self._policy, uow, self._as_of).of)
        looks = [(line, outlook_of(_facts(line))) for line in due]
        new = uow.notices.add([self._notice(line, one) for line, found in looks for one in found.tellings])
        uow.reminders.looked([(line.assignment_id, found.looked_at, found.next_look_at) for line, found in looks])
        return len(due), Planned(new)

    def due(self, uow: UnitOfWork) -> Sequence[int]:
        """The lines that `run` would look at."""
        return uow.reminders.due_ids(self._as_of, limit=BATCH)

    def put_off(self, assignment_id: int, uow: UnitOfWork) -> None:
        """Look at a line again in an hour."""
        uow.reminders.put_off(assignment_id, self._as_of + POSTPONE)

    def _notice(self, line: DueLine, telling: Telling) -> NewNotice:
        return NewNotice(
            subject=f"line:{line.assignment_id}",
            kind=telling.kind,
            for_on=line.deadline,
            rung=telling.rung,
            audience=telling.audience,
            series_id=line.series_id,
            assignment_id=line.assignment_id,
            urgency=telling.urgency,
            due_at=telling.due_at,
            ride_until=telling.ride_until,
            expires_at=telling.expires_at,
            state=telling.state,
            at=self._now,
        )


class Outlooks:
    """Looks at the ladders of one transaction's lines."""

    def __init__(self, policy: Policy, uow: UnitOfWork, as_of: datetime) -> None:
        self._policy = policy
        self._as_of = as_of
        self._names = {one.id: one.name for one in uow.series.all()}
        self._calendars = Calendars(policy, uow)
        self._has_chief = cache(partial(_has_chief, uow))

    def of(self, facts: Facts) -> Outlook:
        """What is told now of the lines with these facts; on a day off of their series, nothing before it works."""
        if resumes := self._calendars.resumes(facts.series_id, self._as_of, self._policy.ladder.at):
            return Outlook((), facts.looked_at, resumes)
        ladder = ladder_for(facts, self._names[facts.series_id], self._policy)
        calendar = self._calendars.of(facts.series_id)
        found = look(facts.deadline, ladder, calendar, self._policy.zone, since=facts.looked_at, now=self._as_of)
        return Outlook(tuple(self._tellings(facts, found)), self._as_of, found.next_at)

    def _tellings(self, facts: Facts, found: Look) -> Iterator[Telling]:
        if found.due is None:
            return
        for rung in found.missed:
            yield self._telling(facts, rung, found, NoticeState.MISSED)
        told = self._telling(facts, found.due, found, _state(facts, found.due))
        yield told
        yield from self._escalation(facts, [*found.missed, found.due], told)

    def _escalation(self, facts: Facts, passed: Sequence[Rung], told: Telling) -> Iterator[Telling]:
        """What the unit's chief is told, once: with the rung of so many days overdue, or the one that speaks for it."""
        rung = next((one for one in passed if one.offset == self._policy.rules.escalate_after), None)
        if rung and self._has_chief(facts.series_id):
            yield replace(told, kind=NoticeKind.ESCALATION, audience=Audience.CHIEF, rung=rung.name)

    def _telling(self, facts: Facts, rung: Rung, found: Look, state: NoticeState) -> Telling:
        urgency = urgency_of(facts.kind, rung)
        wait, calendar = self._policy.rules.waits[urgency], self._calendars.of(facts.series_id)
        return Telling(
            rung=rung.name,
            kind=NoticeKind.CONTRACT if facts.kind is CaseKind.CONTRACT else NoticeKind.DEADLINE,
            audience=audience_of(rung, self._names[facts.series_id], self._policy),
            urgency=urgency,
            due_at=rung.at,
            ride_until=ride_until(rung.at, found.next_at, wait, calendar),
            expires_at=found.next_at,
            state=state,
        )


def _facts(line: DueLine) -> Facts:
    return Facts(
        line.series_id,
        line.kind,
        line.priority,
        line.remind_before,
        line.deadline,
        line.looked_at,
        line.acknowledged_at is not None,
    )


def _state(facts: Facts, rung: Rung) -> NoticeState:
    """Whoever said 收到 is left in peace until the day itself; a contract is reminded of all the same."""
    is_quiet = facts.is_acknowledged and rung.offset < 0 and facts.kind is not CaseKind.CONTRACT
    return NoticeState.OBSOLETE if is_quiet else NoticeState.WAITING


def _has_chief(uow: UnitOfWork, series_id: int) -> bool:
    """Tell whether a series has anybody to escalate to: chiefs, or coordinators in their stead."""
    return any(uow.people.with_role(series_id, role) for role in (Role.CHIEF, Role.COORDINATOR))


def ladder_for(line: Facts | DueLine, series: str, policy: Policy) -> Ladder:
    """The ladder that a line climbs, by what its case is and what its series does differently."""
    climb = Climb(series=series, kind=line.kind, priority=line.priority, before=line.remind_before)
    return ladder_of(climb, policy.ladder, policy.rules)


def audience_of(rung: Rung, series: str, policy: Policy) -> Audience:
    """Who is overdue hears it in private, unless the series is told of it."""
    in_group = rung.offset <= 0 or policy.rules.tells_group_of_overdue(series)
    return Audience.RESPONSIBLE if in_group else Audience.CONTACT


def urgency_of(kind: CaseKind, rung: Rung) -> Urgency:
    """The day itself, overdue and contracts are urgent."""
    return Urgency.HIGH if rung.offset >= 0 or kind is CaseKind.CONTRACT else Urgency.NORMAL
