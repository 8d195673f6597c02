"""The outbox as somebody sees it who looks after it: what was given up, what is stuck, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.notice import NoticeKind, NoticeState
from domain.outbox import Delivery, Route
from domain.undelivered import Care, Undelivered
from storage.notices import IS_CARRIED
from storage.outbox import RECALLED
from storage.repository import Repository, one_of
from storage.tables import HAS_FAILED, carriers, notices, outbox
from storage.types import Instant

DROPPED = "dropped"


def _at(name: str) -> sa.BindParameter[datetime]:
    return bindparam(name, type_=Instant)


def _carries(*conditions: sa.ColumnElement[bool]) -> sa.Exists:
    mine = carriers.c.outbox_id == outbox.c.id
    return sa.exists().where(mine, notices.c.id == carriers.c.notice_id, *conditions).correlate(outbox)


_told_anew = sa.and_(_carries(), ~_carries(notices.c.state == NoticeState.MISSED))
_only_warns = sa.and_(_carries(), ~_carries(notices.c.kind != NoticeKind.WARNING))
_known = sa.select(outbox, _told_anew.label("is_told_anew"))
_is_lost = sa.and_(HAS_FAILED, outbox.c.reason != DROPPED, outbox.c.reason != RECALLED)
FAILED = _known.where(_is_lost, outbox.c.settled_at >= _at("since")).limit(bindparam("at_most", type_=sa.Integer))
STUCK = _known.where(outbox.c.ready_at.is_not(None), outbox.c.due_at <= _at("before")).limit(
    bindparam("at_most", type_=sa.Integer)
)
LOST = (
    sa.select(sa.func.count())
    .select_from(outbox)
    .where(_is_lost, outbox.c.settled_at >= _at("since"), outbox.c.route == Route.PUSH, ~_told_anew, ~_only_warns)
)
WARNED_AT = sa.select(sa.func.max(notices.c.due_at)).where(
    notices.c.subject.in_(one_of("subjects")), notices.c.kind == NoticeKind.WARNING
)
ONE = _known.where(outbox.c.id == bindparam("row_id")).with_for_update(of=outbox)
_row = outbox.c.id == bindparam("row_id")
AGAIN = (
    sa.update(outbox)
    .where(_row)
    .values(
        state=Delivery.WAITING,
        ready_at=_at("now"),
        settled_at=None,
        reason=None,
        closes_at=None,
        retry_key=bindparam("key"),
        due_at=_at("due"),
        give_up_at=_at("until"),
        attempts=bindparam("tries", type_=sa.Integer),
        doubtful=bindparam("in_doubt", type_=sa.Boolean),
    )
)
DROP = sa.update(outbox).where(_row).values(state=Delivery.FAILED, ready_at=None, settled_at=_at("now"), reason=DROPPED)
_of_row = notices.c.id.in_(sa.select(carriers.c.notice_id).where(carriers.c.outbox_id == bindparam("row_id")))
_move = sa.update(notices).where(_of_row).values(at=_at("now"))
CARRY_AGAIN = _move.where(notices.c.state == NoticeState.MISSED).values(state=NoticeState.CARRIED)
MISS = _move.where(notices.c.state == NoticeState.CARRIED, ~IS_CARRIED).values(state=NoticeState.MISSED)
UNSTICK = (
    sa.update(outbox)
    .where(
        outbox.c.ready_at > _at("held_until"),
        sa.or_(
            outbox.c.state == Delivery.CLAIMED,
            outbox.c.route == Route.REPLY,
            sa.and_(
                outbox.c.attempts > 0,
                outbox.c.ready_at > _at("retried_until"),
                sa.or_(outbox.c.reopens_at.is_(None), outbox.c.ready_at != outbox.c.reopens_at),
            ),
        ),
    )
    .values(ready_at=_at("now"))
)


class UndeliveredRows(Repository):
    """`domain.undelivered.UndeliveredRepository`."""

    def all(self, *, failed_since: datetime, waiting_before: datetime, limit: int) -> Sequence[Undelivered]:
        failed = self._rows(FAILED, since=failed_since, at_most=limit)
        stuck = self._rows(STUCK, before=waiting_before, at_most=limit)
        rows = sorted([*failed, *stuck], key=lambda row: int(row.id), reverse=True)
        return [_undelivered(row) for row in rows[:limit]]

    def count_lost(self, since: datetime) -> int:
        return int(self._value(LOST, since=since))

    def warned_at(self, subjects: Sequence[str]) -> datetime | None:
        found: datetime | None = self._value(WARNED_AT, subjects=list(subjects))
        return found

    def retry(self, row_id: int, now: datetime) -> Care:
        row = self._row(ONE, row_id=row_id)
        hindrance = _hindrance(row, now)
        if hindrance is None and row.route == Route.REPLY:
            hindrance = Care.REPLY
        if hindrance is None and row.state == Delivery.FAILED and row.is_told_anew:
            hindrance = Care.TOLD_ANEW
        if hindrance is not None:
            return hindrance
        self._count(AGAIN, row_id=row_id, now=now, **_attempt(row, now))
        self._count(CARRY_AGAIN, row_id=row_id, now=now)
        return Care.DONE

    def drop(self, row_id: int, now: datetime) -> Care:
        hindrance = _hindrance(self._row(ONE, row_id=row_id), now)
        if hindrance is not None:
            return hindrance
        self._count(DROP, row_id=row_id, now=now)
        self._count(MISS, row_id=row_id, now=now)
        return Care.DONE

    def unstick(self, now: datetime, *, held_until: datetime, retried_until: datetime) -> int:
        return self._count(UNSTICK, now=now, held_until=held_until, retried_until=retried_until)


def _hindrance(row: Any, now: datetime) -> Care | None:
    if row is None:
        return Care.UNKNOWN
    if row.state == Delivery.SENT:
        return Care.SENT
    return Care.SENDING if row.state == Delivery.CLAIMED and row.ready_at > now else None


def _attempt(row: Any, now: datetime) -> dict[str, Any]:
    """Go on under the old key while LINE may know it; else begin anew."""
    is_known = row.doubtful or row.state == Delivery.CLAIMED
    if is_known and now < row.give_up_at:
        return {
            "key": row.retry_key,
            "due": row.due_at,
            "until": row.give_up_at,
            "tries": row.attempts,
            "in_doubt": True,
        }
    until = now + (row.give_up_at - row.due_at)
    return {"key": str(uuid4()), "due": now, "until": until, "tries": 0, "in_doubt": False}


def _undelivered(row: Any) -> Undelivered:
    return Undelivered(
        id=row.id,
        route=Route(row.route),
        to=row.to,
        state=Delivery(row.state),
        reason=row.reason,
        attempts=row.attempts,
        due_at=row.due_at,
        doubtful=row.doubtful,
        is_told_anew=row.state == Delivery.FAILED and bool(row.is_told_anew),
    )
