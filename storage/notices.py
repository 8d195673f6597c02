"""Notices: kept once for ever, carried by outbox rows, and settled with them.

`ready_at` is from when a waiting notice may be told: when it is due, or an hour after its carrier was refused.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from domain.notice import Audience, NewNotice, Notice, NoticeKind, NoticeState, OnTheWay, Urgency
from domain.outbox import Delivery, Route
from storage.repository import Repository, among, insert_new, one_of
from storage.tables import IS_WAITING, carriers, notices, outbox
from storage.types import Instant

PAUSE = timedelta(hours=1)  # before a notice is told again whose carrier was refused
_ADD = insert(notices)
ADD = _ADD.on_conflict_do_update(
    index_elements=[notices.c.subject, notices.c.kind, notices.c.for_on, notices.c.rung, notices.c.audience],
    set_={
        "state": _ADD.excluded.state,
        "ready_at": _ADD.excluded.ready_at,
        "ride_until": _ADD.excluded.ride_until,
        "expires_at": _ADD.excluded.expires_at,
        "at": _ADD.excluded.at,
    },
    where=sa.and_(notices.c.state == NoticeState.MISSED, _ADD.excluded.state == NoticeState.WAITING),
).execution_options(preserve_rowcount=True)
_now = bindparam("now", type_=Instant)
# The lock makes a second router wait, and then find that these wait no longer.
WAITING = (
    sa.select(notices)
    .where(IS_WAITING, notices.c.ready_at <= _now, notices.c.expires_at > _now)
    .order_by(notices.c.urgency.desc(), notices.c.ready_at, notices.c.id)
    .limit(bindparam("at_most", type_=sa.Integer))
    .with_for_update()
)
WAITING_IN = (
    sa.select(notices)
    .where(
        IS_WAITING,
        notices.c.series_id.in_(one_of("in_series")),
        notices.c.audience.in_(one_of("for_audiences")),
        notices.c.due_at <= _now,
        notices.c.expires_at > _now,
    )
    .order_by(notices.c.urgency.desc(), notices.c.due_at, notices.c.id)
    .limit(bindparam("at_most", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)
_ids = among(notices.c.id, "notice_ids")
RESTING_IN = (
    sa.select(notices)
    .where(
        IS_WAITING,
        notices.c.series_id.in_(one_of("in_series")),
        notices.c.ready_at > _now,
        notices.c.due_at <= _now,
        notices.c.expires_at > _now,
    )
    .order_by(notices.c.urgency.desc(), notices.c.due_at, notices.c.id)
    .limit(bindparam("at_most", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)
CARRY = insert_new(carriers).from_select(
    ["outbox_id", "notice_id"],
    sa.select(bindparam("row_id", type_=sa.BigInteger), notices.c.id).where(_ids),
)
ON_THEIR_WAY = (
    sa.select(notices, outbox.c.id.label("outbox_id"), outbox.c.to, outbox.c.doubtful)
    .select_from(outbox)
    .join(carriers, carriers.c.outbox_id == outbox.c.id)
    .join(notices, notices.c.id == carriers.c.notice_id)
    .where(
        outbox.c.ready_at.is_not(None),
        outbox.c.state == Delivery.WAITING,
        outbox.c.route == Route.PUSH,
        outbox.c.due_at <= bindparam("before", type_=Instant),
        notices.c.state == NoticeState.CARRIED,
    )
    .order_by(outbox.c.ready_at, outbox.c.id, notices.c.id)
    .limit(bindparam("at_most", type_=sa.Integer))
)
_move = sa.update(notices).values(state=bindparam("new_state"), at=bindparam("moved_at", type_=Instant))
CLOSE = _move.where(_ids, IS_WAITING)
POSTPONE = sa.update(notices).where(_ids, IS_WAITING).values(ready_at=bindparam("until", type_=Instant))
EXPIRE = _move.where(IS_WAITING, notices.c.expires_at <= _now)

_carried = sa.and_(
    notices.c.state == NoticeState.CARRIED,
    notices.c.id.in_(sa.select(carriers.c.notice_id).where(among(carriers.c.outbox_id, "rows"))),
)


def _carrier(condition: sa.ColumnElement[bool]) -> sa.Exists:
    """Tell whether a row carries the notice that meets a condition."""
    mine = carriers.c.notice_id == notices.c.id
    return sa.exists().where(mine, outbox.c.id == carriers.c.outbox_id, condition).correlate(notices)


IS_CARRIED = _carrier(sa.or_(outbox.c.ready_at.is_not(None), outbox.c.state == Delivery.SENT))
"""Of a row of `notices`: a message that may still go out, or went out, carries it."""
FOLLOW_SENT = sa.update(notices).where(_carried).values(state=NoticeState.SENT, at=bindparam("moved_at", type_=Instant))
FOLLOW_FAILED = (
    sa.update(notices)
    .where(_carried, ~IS_CARRIED)
    .values(
        state=sa.case((_carrier(outbox.c.doubtful.is_(sa.true())), NoticeState.MISSED), else_=NoticeState.WAITING),
        ready_at=bindparam("again_at", type_=Instant),
        at=bindparam("moved_at", type_=Instant),
    )
)


class Notices(Repository):
    """`domain.ports.NoticeRepository`; `follow` is for the outbox alone."""

    def follow(self, *, sent: Sequence[int], failed: Sequence[int], at: datetime, pause: timedelta = PAUSE) -> None:
        """Settle the notices that these outbox rows carried; those of `failed` may be told again after the pause."""
        if sent:
            self._count(FOLLOW_SENT, rows=tuple(sent), moved_at=at)
        if failed:
            self._count(FOLLOW_FAILED, rows=tuple(failed), moved_at=at, again_at=at + pause)

    def add(self, notices: Sequence[NewNotice]) -> int:
        return self._many(ADD, [_row(notice) for notice in notices])

    def waiting(self, now: datetime, *, limit: int) -> Sequence[Notice]:
        return [_notice(row) for row in self._rows(WAITING, now=now, at_most=limit)]

    def waiting_in(
        self, series_ids: Sequence[int], audiences: Collection[Audience], now: datetime, *, limit: int
    ) -> Sequence[Notice]:
        if not series_ids:
            return []
        wanted = {"in_series": list(series_ids), "for_audiences": list(audiences)}
        return [_notice(row) for row in self._rows(WAITING_IN, now=now, at_most=limit, **wanted)]

    def resting_in(self, series_ids: Sequence[int], now: datetime, *, limit: int) -> Sequence[Notice]:
        return [_notice(row) for row in self._rows(RESTING_IN, now=now, at_most=limit, in_series=list(series_ids))]

    def carry(self, notice_ids: Sequence[int], outbox_id: int, at: datetime) -> None:
        self.close(notice_ids, NoticeState.CARRIED, at)
        self._count(CARRY, row_id=outbox_id, notice_ids=tuple(notice_ids))

    def close(self, notice_ids: Sequence[int], state: NoticeState, at: datetime) -> None:
        if notice_ids:
            self._count(CLOSE, notice_ids=tuple(notice_ids), new_state=state, moved_at=at)

    def postpone(self, notice_ids: Sequence[int], until: datetime) -> None:
        if notice_ids:
            self._count(POSTPONE, notice_ids=tuple(notice_ids), until=until)

    def on_their_way(self, before: datetime, *, limit: int) -> Sequence[OnTheWay]:
        return [
            OnTheWay(outbox_id=row.outbox_id, to=row.to, doubtful=row.doubtful, notice=_notice(row))
            for row in self._rows(ON_THEIR_WAY, before=before, at_most=limit)
        ]

    def expire(self, now: datetime) -> int:
        return self._count(EXPIRE, new_state=NoticeState.MISSED, moved_at=now, now=now)


def _row(notice: NewNotice) -> dict[str, Any]:
    return {
        "subject": notice.subject,
        "kind": notice.kind,
        "for_on": notice.for_on,
        "rung": notice.rung,
        "audience": notice.audience,
        "series_id": notice.series_id,
        "assignment_id": notice.assignment_id,
        "urgency": int(notice.urgency),
        "due_at": notice.due_at,
        "ready_at": notice.due_at,
        "ride_until": notice.ride_until,
        "expires_at": notice.expires_at,
        "state": notice.state,
        "at": notice.at,
    }


def _notice(row: Any) -> Notice:
    return Notice(
        id=row.id,
        subject=row.subject,
        kind=NoticeKind(row.kind),
        for_on=row.for_on,
        rung=row.rung,
        audience=Audience(row.audience),
        series_id=row.series_id,
        assignment_id=row.assignment_id,
        urgency=Urgency(row.urgency),
        due_at=row.due_at,
        ride_until=row.ride_until,
        expires_at=row.expires_at,
        state=NoticeState(row.state),
        at=row.at,
    )
