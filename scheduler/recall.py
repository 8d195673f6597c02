"""Recall: a push that could not leave at once is taken back when it says what holds no more.

A line was released, a deadline moved, somebody said 收到, the contact changed, today became a day off: what of the push
still holds waits again and is told anew. A push that LINE may have taken is left alone while any of it holds, for what
it tells is never told twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from domain.errors import StorageUnavailable
from domain.notice import OnTheWay
from domain.ports import Store, UnitOfWork
from handlers.reminding.audience import Audiences, Readers
from handlers.reminding.notices import in_words
from handlers.reminding.reminders import View
from scheduler.calendars import Calendars
from scheduler.plan import Policy

LATE = timedelta(minutes=1)  # after which a push that still waits is looked at again
MOST = 5_000  # notices on their way that are looked at
log = structlog.get_logger()


def recall(store: Store, policy: Policy, now: datetime) -> int:
    """Take back what holds no more; returns how many pushes."""
    if not policy.may_remind(now):
        return 0
    try:
        return store.write(lambda uow: _recall(uow, policy, now))
    except StorageUnavailable:
        raise
    except Exception:
        log.exception("pushes_not_looked_at_together")
    found = store.read(lambda uow: uow.notices.on_their_way(now - LATE, limit=MOST))
    return sum(_alone(store, policy, now, push) for push in sorted({one.outbox_id for one in found}))


def _alone(store: Store, policy: Policy, now: datetime, push: int) -> int:
    """Look at one push in its own transaction; one that raises leaves as it is."""
    try:
        return store.write(lambda uow: _recall(uow, policy, now, only=push))
    except StorageUnavailable:
        raise
    except Exception:
        log.exception("push_not_looked_at", outbox=push)
        return 0


def _recall(uow: UnitOfWork, policy: Policy, now: datetime, *, only: int | None = None) -> int:
    on_their_way = uow.notices.on_their_way(now - LATE, limit=MOST)
    found = [one for one in on_their_way if only in (None, one.outbox_id)]
    if not found:
        return 0
    holding = _holding(found, uow, policy, now)
    pushes = [list(some) for _, some in groupby(found, key=lambda one: one.outbox_id)]
    return sum(uow.outbox.recall(some[0].outbox_id, now) for some in pushes if _is_stale(some, holding))


def _is_stale(push: Sequence[OnTheWay], holding: Collection[OnTheWay]) -> bool:
    still = [one for one in push if one in holding]
    return not still if push[0].doubtful else len(still) < len(push)


def _holding(found: Sequence[OnTheWay], uow: UnitOfWork, policy: Policy, now: datetime) -> Collection[OnTheWay]:
    """Those that would be told today, and in the chat to which they are on their way."""
    calendars, readers = Calendars(policy, uow), Audiences(uow)
    view = View(now.astimezone(policy.zone).date(), policy.calendar, policy.zone, policy.rules.escalate_after)
    notices = {one.notice.id: one.notice for one in found}
    chats = {entry.notice.id: _chats(readers.of(entry)) for entry in in_words(list(notices.values()), uow, view)}
    works = {
        series_id: calendars.resumes(series_id, now, policy.ladder.at) is None
        for series_id in {notice.series_id for notice in notices.values()}
    }
    return {one for one in found if works[one.notice.series_id] and one.to in chats.get(one.notice.id, ())}


def _chats(readers: Readers) -> Collection[str]:
    return {chat.id for chat, _ in readers.groups} | {member.user_id for member in readers.friends}
