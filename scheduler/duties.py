"""Duties: occurrences of what recurs (每月5日前) are opened in time for their first rung.

Each period of a line is opened once, ever, however many clocks tick. After a time of being down all that were missed
are opened; their reminders are planned with everybody's, and so leave in one digest.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from domain.ports import AuditEntry, DueDuty, Store, UnitOfWork
from domain.recurrence import Opening, look_at_duty
from domain.rules import Climb, ladder_of
from scheduler.calendars import Calendars
from scheduler.plan import Policy

BATCH = 200  # lines in one transaction
POSTPONE = timedelta(hours=1)  # for a line that raises
CLOCK = "clock"  # the audit's source of what nobody did
log = structlog.get_logger()


def open_occurrences(store: Store, policy: Policy, *, as_of: datetime, now: datetime) -> int:
    """Open the occurrences whose first rung has come at `as_of`; returns how many."""
    opener = Opener(policy, as_of, now)
    total = 0
    while True:
        looked, opened = store.write(opener.run)
        total += opened
        if looked < BATCH:
            return total


class Opener:
    """One transaction's worth of opening."""

    def __init__(self, policy: Policy, as_of: datetime, now: datetime) -> None:
        self._policy = policy
        self._as_of = as_of
        self._now = now

    def run(self, uow: UnitOfWork) -> tuple[int, int]:
        """Look at the duties that want it; returns how many there were, and how many occurrences were opened."""
        due = uow.occurrences.due(self._as_of, limit=BATCH)
        if not due:
            return 0, 0
        self._names = {one.id: one.name for one in uow.series.all()}
        calendars = Calendars(self._policy, uow)
        return len(due), sum(self._open(duty, calendars, uow) for duty in due)

    def _open(self, duty: DueDuty, calendars: Calendars, uow: UnitOfWork) -> int:
        climb = Climb(
            series=self._names[duty.series_id], kind=duty.kind, priority=duty.priority, before=duty.remind_before
        )
        ladder = ladder_of(climb, self._policy.ladder, self._policy.rules)
        try:
            found = look_at_duty(
                duty.recurrence,
                duty.recurs_on,
                ladder,
                calendars.of(duty.series_id),
                self._policy.zone,
                now=self._as_of,
            )
        except Exception:  # one duty that raises never stops the others
            log.exception("duty_not_opened", assignment=duty.line_id)
            later = self._as_of + POSTPONE
            uow.occurrences.schedule(duty.case_id, duty.line_id, duty.recurs_on, next_look_at=later)
            return 0
        begun = duty.looked_at.astimezone(self._policy.zone).date()  # what fell due before, while it slept, is not owed
        late = [
            Opening(one.period, one.due_on, max(one.look_at, duty.looked_at))
            for one in found.openings
            if one.due_on >= begun
        ]
        opened = uow.occurrences.open(duty.case_id, duty.line_id, late)
        uow.occurrences.schedule(duty.case_id, duty.line_id, found.next_due_on, next_look_at=found.next_at)
        for one in opened:
            uow.audit.add(self._entry(duty, one))
        return len(opened)

    def _entry(self, duty: DueDuty, one: Opening) -> AuditEntry:
        return AuditEntry(
            at=self._now,
            action="open_occurrence",
            subject="occurrence",
            subject_id=duty.line_id,
            member_id=None,
            source=CLOCK,
            before=None,
            after={
                "case_id": duty.case_id,
                "number": duty.number,
                "unit": duty.unit,
                "period": duty.recurrence.name(one.period),
                "due": one.due_on.isoformat(),
            },
        )
