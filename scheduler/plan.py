"""Plan: lines whose next look has come → one digest for each chat in the outbox, in one transaction.

What a tick decides is in rows: a rung of a line is recorded with the message that carries it, so it leaves at most once
however many clocks tick. Rungs that nobody sent in time are recorded as missed, and the latest one speaks for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

import structlog

from domain.calendar import WorkCalendar
from domain.chat import Chat, ChatKind
from domain.member import Role
from domain.outbox import NewMessage, Route
from domain.ports import DueLine, RungRecord, Store, UnitOfWork
from domain.reminders import Ladder, Look, look
from handlers.messages import Message
from handlers.reminders import View, digest

BATCH = 500  # lines in one transaction
POSTPONE = timedelta(hours=1)  # for a line that cannot be reminded of now
GIVE_UP = timedelta(hours=23)  # LINE keeps a retry key for 24 hours; later the same key would send again
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How the house reminds. `ladder.at` opens the hours in which reminders go out, `until` closes them."""

    ladder: Ladder
    until: time
    zone: tzinfo
    calendar: WorkCalendar

    def may_remind(self, now: datetime) -> bool:
        """Tell whether it is a working day within the hours of reminding."""
        local = now.astimezone(self.zone)
        return self.calendar.is_working_day(local.date()) and self.ladder.at <= local.time() < self.until


@dataclass(frozen=True, slots=True)
class Planned:
    """What a planning run did."""

    reminded: int = 0  # lines
    messages: int = 0
    postponed: int = 0  # lines nobody could be told of, or that raised


def plan(store: Store, policy: Policy, render: Callable[[Message], str], *, as_of: datetime, now: datetime) -> Planned:
    """Queue the reminders due at `as_of`; `now` is the present instant, from which delivery counts."""
    total = Planned()
    if not policy.may_remind(as_of):
        return total
    planner = Planner(policy, render, as_of, now)
    while True:
        looked, planned = store.write(planner.run)
        total = Planned(
            total.reminded + planned.reminded, total.messages + planned.messages, total.postponed + planned.postponed
        )
        if looked < BATCH:
            return total


class Planner:
    """One transaction's worth of planning."""

    def __init__(self, policy: Policy, render: Callable[[Message], str], as_of: datetime, now: datetime) -> None:
        self._policy = policy
        self._render = render
        self._as_of = as_of
        self._now = now
        self._looks: dict[tuple[date, datetime | None], Look] = {}  # many lines share a deadline

    def run(self, uow: UnitOfWork) -> tuple[int, Planned]:
        """Look at the lines that want it; returns how many there were, and what came of them."""
        due = uow.reminders.due_lines(self._as_of, limit=BATCH)
        chats = {series_id: recipients(uow, series_id) for series_id in {line.series_id for line in due}}
        looks = [(line, self._look(line) if chats[line.series_id] else None) for line in due]
        to_send = self._record(uow, [(line, found) for line, found in looks if found])
        messages = self._queue(uow, to_send, chats)
        later = self._as_of + POSTPONE
        uow.reminders.looked(
            [
                (line.assignment_id, self._as_of, found.next_at)
                if found
                else (line.assignment_id, line.looked_at, later)
                for line, found in looks
            ]
        )
        return len(due), Planned(len(to_send), messages, sum(found is None for _, found in looks))

    def _look(self, line: DueLine) -> Look | None:
        key = line.deadline, line.looked_at
        try:
            return self._looks.get(key) or self._looks.setdefault(key, self._climb(*key))
        except Exception:  # one line that raises never stops the others
            log.exception("line_not_planned", assignment=line.assignment_id)
            return None

    def _climb(self, deadline: date, looked_at: datetime | None) -> Look:
        policy = self._policy
        return look(deadline, policy.ladder, policy.calendar, policy.zone, since=looked_at, now=self._as_of)

    def _record(self, uow: UnitOfWork, looks: Sequence[tuple[DueLine, Look]]) -> list[DueLine]:
        """Record the rungs reached; returns the lines whose rung is new and is to be sent."""
        records = [record for line, found in looks for record in self._records(line, found)]
        new = {(record.assignment_id, record.rung) for record in uow.reminders.record(records)}
        return [line for line, found in looks if found.due and (line.assignment_id, found.due.name) in new]

    def _records(self, line: DueLine, found: Look) -> list[RungRecord]:
        reached = [(rung, False) for rung in found.missed] + ([(found.due, True)] if found.due else [])
        return [
            RungRecord(assignment_id=line.assignment_id, rung=rung.name, due_at=rung.at, sent=sent, at=self._now)
            for rung, sent in reached
        ]

    def _queue(self, uow: UnitOfWork, lines: Sequence[DueLine], chats: dict[int, Sequence[Chat]]) -> int:
        by_chat: dict[Chat, list[DueLine]] = defaultdict(list)
        for line in lines:
            for chat in chats[line.series_id]:
                by_chat[chat].append(line)
        reports = uow.cases.last_reports([line.assignment_id for line in lines])
        view = View(self._as_of.astimezone(self._policy.zone).date(), self._policy.calendar, self._policy.zone)
        messages = [(chat, digest(group, reports, view)) for chat, group in by_chat.items()]
        uow.outbox.add_many([self._push(chat, message) for chat, message in messages])
        return len(messages)

    def _push(self, chat: Chat, message: Message) -> NewMessage:
        return NewMessage(
            route=Route.PUSH,
            to=chat.id,
            payload=self._render(message),
            due_at=self._now,
            give_up_at=self._now + GIVE_UP,
            case_ids=message.case_ids,
        )


def recipients(uow: UnitOfWork, series_id: int) -> Sequence[Chat]:
    """The groups that see a series; without any, its coordinators in private."""
    groups = uow.groups.of_series(series_id)
    if groups:
        return groups
    return [Chat(ChatKind.USER, member.user_id) for member in uow.people.with_role(series_id, Role.COORDINATOR)]
