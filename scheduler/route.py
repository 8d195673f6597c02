"""Route: waiting notices → one digest for each chat in the outbox, in one transaction.

A notice whose line was released, asked to be released or given another deadline meanwhile is obsolete and never told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.chat import Chat, ChatKind
from domain.member import Role
from domain.notice import NoticeState
from domain.outbox import NewMessage, Route
from domain.ports import Store, UnitOfWork
from handlers.messages import Message
from handlers.notices import in_words
from handlers.reminders import Entry, View, digest
from scheduler.hours import hours_at
from scheduler.plan import Policy

BATCH = 500  # notices in one transaction
POSTPONE = timedelta(hours=1)  # for a notice nobody can be told of now
GIVE_UP = timedelta(hours=23)  # LINE keeps a retry key for 24 hours; later the same key would send again


@dataclass(frozen=True, slots=True)
class Routed:
    """What a routing run did."""

    messages: int = 0
    told: int = 0  # notices that a message carries
    unreached: int = 0  # notices nobody could be told of

    def __add__(self, other: Routed) -> Routed:
        return Routed(self.messages + other.messages, self.told + other.told, self.unreached + other.unreached)


def route(store: Store, policy: Policy, render: Callable[[Message], str], *, as_of: datetime, now: datetime) -> Routed:
    """Queue what waits at `as_of`; `now` is the present instant, from which delivery counts."""
    total = Routed()
    if not policy.may_remind(as_of):
        return total
    router = Router(policy, render, as_of, now)
    while True:
        taken, routed = store.write(router.run)
        total += routed
        if taken < BATCH:
            return total


class Router:
    """One transaction's worth of routing."""

    def __init__(self, policy: Policy, render: Callable[[Message], str], as_of: datetime, now: datetime) -> None:
        self._policy = policy
        self._render = render
        self._as_of = as_of
        self._now = now

    def run(self, uow: UnitOfWork) -> tuple[int, Routed]:
        """Route what waits; returns how many notices there were, and what came of them."""
        uow.notices.expire(self._as_of)
        waiting = uow.notices.waiting(self._as_of, limit=BATCH)
        view = View(self._as_of.astimezone(self._policy.zone).date(), self._policy.calendar, self._policy.zone)
        told = in_words(waiting, uow, view)
        held = {entry.notice.id for entry in told}
        uow.notices.close([one.id for one in waiting if one.id not in held], NoticeState.OBSOLETE, self._now)
        by_chat = self._by_chat(told, uow)
        reached = {entry.notice.id for entries in by_chat.values() for entry in entries}
        unreached = [entry.notice.id for entry in told if entry.notice.id not in reached]
        uow.notices.postpone(unreached, self._as_of + POSTPONE)
        for chat, entries in by_chat.items():
            self._queue(chat, entries, view, uow)
        return len(waiting), Routed(len(by_chat), len(reached), len(unreached))

    def _by_chat(self, told: Sequence[Entry], uow: UnitOfWork) -> dict[Chat, list[Entry]]:
        chats = {series_id: recipients(uow, series_id) for series_id in {entry.notice.series_id for entry in told}}
        by_chat: dict[Chat, list[Entry]] = defaultdict(list)
        for entry in told:
            for chat in chats[entry.notice.series_id]:
                by_chat[chat].append(entry)
        return by_chat

    def _queue(self, chat: Chat, entries: Sequence[Entry], view: View, uow: UnitOfWork) -> None:
        message = digest(entries, view)
        row = uow.outbox.add(
            NewMessage(
                route=Route.PUSH,
                to=chat.id,
                payload=self._render(message),
                due_at=self._now,
                give_up_at=self._now + GIVE_UP,
                hours=hours_at(self._policy, self._now),
                case_ids=message.case_ids,
            )
        )
        if row is not None:
            uow.notices.carry([entry.notice.id for entry in entries], row, self._now)


def recipients(uow: UnitOfWork, series_id: int) -> Sequence[Chat]:
    """The groups that see a series; without any, its coordinators in private."""
    groups = uow.groups.of_series(series_id)
    if groups:
        return groups
    return [Chat(ChatKind.USER, member.user_id) for member in uow.people.with_role(series_id, Role.COORDINATOR)]
