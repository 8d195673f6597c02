"""Route: what waits for somebody → digests in the outbox, in one transaction.

A notice waits for a reply to ride on until its `ride_until`; then it is pushed by the cheapest way that the month's
budget allows. A chat gets one digest a day, at its hour on a working day. A notice whose line was released, asked to
be released or given another deadline meanwhile is obsolete and never told. One that raises is tried again later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial

import structlog

from domain.chat import Chat, ChatKind
from domain.errors import StorageUnavailable
from domain.notice import Notice, NoticeState, Urgency
from domain.outbox import NewMessage, Route
from domain.ports import Store, UnitOfWork
from handlers.messages import Message
from handlers.reminding.audience import Audiences
from handlers.reminding.calling import called
from handlers.reminding.digest_card import draw_digest
from handlers.reminding.notices import in_words
from handlers.reminding.reminders import Entry, View, with_last_reports
from scheduler.calendars import Calendars
from scheduler.cheapest import Due, Plan, Planner
from scheduler.hours import hours_at
from scheduler.plan import Policy

BATCH = 10_000  # notices in one transaction: all that a chat is told at once must be in one
POSTPONE = timedelta(hours=1)  # for a notice nobody can be told of now, or that raises
LAST_CALL = timedelta(hours=2)  # before the hours of reminding end
GIVE_UP = timedelta(hours=23)  # LINE keeps a retry key for 24 hours; later the same key would send again
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering:
    """How the house delivers. `digest_at` is from when the day's digest may leave; `mentions` calls the contacts."""

    digest_at: time = time(9, 0)
    mentions: bool = False


@dataclass(frozen=True, slots=True)
class Routed:
    """What a routing run did."""

    messages: int = 0
    told: int = 0  # notices that a message carries
    unreached: int = 0  # notices nobody is there to be told of
    held: int = 0  # notices that no push is left for, or whose chat had its digest: they may still ride on a reply
    postponed: int = 0  # notices that raised

    def __add__(self, other: Routed) -> Routed:
        return Routed(
            self.messages + other.messages,
            self.told + other.told,
            self.unreached + other.unreached,
            self.held + other.held,
            self.postponed + other.postponed,
        )


DELIVERING = Delivering()


def route(
    store: Store,
    policy: Policy,
    render: Callable[[Message], str],
    *,
    as_of: datetime,
    now: datetime,
    delivering: Delivering = DELIVERING,
) -> Routed:
    """Queue what waits at `as_of`; `now` is the present instant, from which delivery counts."""
    total = Routed()
    if not policy.may_remind(as_of) or as_of.astimezone(policy.zone).time() < delivering.digest_at:
        return total
    router = Router(policy, delivering, render, as_of, now)
    while True:
        taken, routed = _round(store, router)
        total += routed
        if taken < BATCH:
            return total


def _round(store: Store, router: Router) -> tuple[int, Routed]:
    """Route in one transaction; where a notice raises, without it, so that it never stops the others."""
    try:
        return store.write(router.run)
    except StorageUnavailable:
        raise
    except Exception:
        log.exception("notices_not_routed_together")
    broken = frozenset(notice.id for notice in store.write(router.candidates) if _raises(store, router, notice))
    store.write(partial(router.put_off, broken))
    taken, routed = store.write(partial(router.run, without=broken))
    return taken, routed + Routed(postponed=len(broken))


def _raises(store: Store, router: Router, notice: Notice) -> bool:
    """Tell whether a notice cannot even be told by itself; in its own transaction, which an error may end."""
    try:
        store.read(partial(router.draw_alone, notice))
    except StorageUnavailable:
        raise
    except Exception:
        log.exception("notice_not_routed", notice=notice.id, kind=notice.kind)
        return True
    return False


class Router:
    """One transaction's worth of routing."""

    def __init__(
        self, policy: Policy, delivering: Delivering, render: Callable[[Message], str], as_of: datetime, now: datetime
    ) -> None:
        self._policy = policy
        self._delivering = delivering
        self._render = render
        self._as_of = as_of
        self._now = now
        today = as_of.astimezone(policy.zone).date()
        self._view = View(today, policy.calendar, policy.zone, policy.rules.escalate_after)

    def run(self, uow: UnitOfWork, *, without: Collection[int] = ()) -> tuple[int, Routed]:
        """Route what waits but for some notices; returns how many there were, and what came of them."""
        uow.notices.expire(self._as_of)
        waiting = uow.notices.waiting(self._as_of, limit=BATCH)
        ready = self._working(waiting, uow)
        if not ready:
            return len(waiting), Routed()
        uow.deliveries.take_turns()
        dues = self._dues(ready, without, uow)
        had = uow.deliveries.had_digest(_chat_ids(dues), self._view.today)
        plan = Planner(uow.deliveries.budget(), had, is_last_call=self._as_of >= self._last_call()).plan(dues)
        for chat, entries in plan.by_chat.items():
            self._queue(chat, entries, plan.costs[chat], uow)
        return len(waiting), self._settle(plan, ready, dues, uow)

    def candidates(self, uow: UnitOfWork) -> Sequence[Notice]:
        """The notices that `run` would put into words."""
        waiting = uow.notices.waiting(self._as_of, limit=BATCH)
        return [*waiting, *self._resting(waiting, uow)]

    def draw_alone(self, notice: Notice, uow: UnitOfWork) -> None:
        """Put a notice into a digest of its own that nobody gets."""
        for entry in in_words([notice], uow, self._view):
            Audiences(uow).of(entry)
            self._render(self._digest([entry], uow, calls=self._delivering.mentions))

    def put_off(self, notice_ids: Collection[int], uow: UnitOfWork) -> None:
        """Try notices again in an hour."""
        uow.notices.postpone(sorted(notice_ids), self._as_of + POSTPONE)

    def _working(self, waiting: Sequence[Notice], uow: UnitOfWork) -> Sequence[Notice]:
        """Those whose series works today; the others wait until theirs does."""
        if not waiting:
            return waiting
        calendars, opens = Calendars(self._policy, uow), max(self._policy.ladder.at, self._delivering.digest_at)
        resumes = {one: calendars.resumes(one, self._as_of, opens) for one in {one.series_id for one in waiting}}
        for series_id, until in resumes.items():
            if until:
                uow.notices.postpone([one.id for one in waiting if one.series_id == series_id], until)
        return [one for one in waiting if resumes[one.series_id] is None]

    def _resting(self, ready: Sequence[Notice], uow: UnitOfWork) -> Sequence[Notice]:
        """What else waits in the same series."""
        return uow.notices.resting_in(sorted({one.series_id for one in ready}), self._as_of, limit=BATCH)

    def _dues(self, ready: Sequence[Notice], without: Collection[int], uow: UnitOfWork) -> list[Due]:
        """What is ready and what else waits in the same series, in words; what holds no more is closed."""
        resting = [one for one in self._resting(ready, uow) if one.id not in without]
        entries = in_words([*ready, *resting], uow, self._view)
        obsolete = {one.id for one in (*ready, *resting)} - {entry.notice.id for entry in entries}
        uow.notices.close(sorted(obsolete), NoticeState.OBSOLETE, self._now)
        is_ready, readers = {notice.id for notice in ready}, Audiences(uow)
        return [
            Due(
                entry,
                readers.of(entry),
                must=entry.notice.id in is_ready and entry.notice.ride_until <= self._as_of,
            )
            for entry in entries
        ]

    def _settle(self, plan: Plan, ready: Sequence[Notice], dues: Sequence[Due], uow: UnitOfWork) -> Routed:
        told = {entry.notice.id for entries in plan.by_chat.values() for entry in entries}
        for until, notices in _by_ride(ready, told | {due.entry.notice.id for due in dues if due.must}).items():
            uow.notices.postpone(notices, until)
        uow.notices.postpone([entry.notice.id for entry in plan.held], self._tomorrow())
        uow.notices.postpone([entry.notice.id for entry in plan.patient], self._last_call())
        uow.notices.postpone([entry.notice.id for entry in plan.unreached], self._as_of + POSTPONE)
        return Routed(len(plan.by_chat), len(told), len(plan.unreached), len(plan.held) + len(plan.patient))

    def _last_call(self) -> datetime:
        """When today's digests leave that waited for a reply because pushes are scarce."""
        return datetime.combine(self._view.today, self._policy.until, tzinfo=self._policy.zone) - LAST_CALL

    def _tomorrow(self) -> datetime:
        """When the next digest may leave."""
        day = self._policy.calendar.next_working_day(self._view.today + timedelta(days=1))
        opens = max(self._policy.ladder.at, self._delivering.digest_at)
        return datetime.combine(day, opens, tzinfo=self._policy.zone)

    def _queue(self, chat: Chat, entries: Sequence[Entry], cost: int, uow: UnitOfWork) -> None:
        calls = self._delivering.mentions and chat.kind is not ChatKind.USER
        message = self._digest(entries, uow, calls=calls)
        row = uow.outbox.add(
            NewMessage(
                route=Route.PUSH,
                to=chat.id,
                payload=self._render(message),
                due_at=self._now,
                give_up_at=self._now + GIVE_UP,
                hours=hours_at(self._policy, self._now),
                case_ids=message.case_ids,
                silent=all(entry.notice.urgency is Urgency.LOW for entry in entries),
            )
        )
        if row is not None:
            uow.notices.carry([entry.notice.id for entry in entries], row, self._now)
            uow.deliveries.record(chat.id, self._view.today, row, cost, self._now)

    def _digest(self, entries: Sequence[Entry], uow: UnitOfWork, *, calls: bool) -> Message:
        message = draw_digest(with_last_reports(entries, uow, self._view), self._view)
        return replace(message, mentions=called(entries, uow)) if calls else message


def _by_ride(ready: Sequence[Notice], settled: Collection[int]) -> dict[datetime, list[int]]:
    """Those that may wait for a reply, by how long."""
    by_ride: dict[datetime, list[int]] = defaultdict(list)
    for notice in ready:
        if notice.id not in settled:
            by_ride[notice.ride_until].append(notice.id)
    return by_ride


def _chat_ids(dues: Sequence[Due]) -> list[str]:
    groups = {chat.id for due in dues for chat, _ in due.readers.groups}
    return sorted(groups | {member.user_id for due in dues for member in due.readers.people})
