"""Messages on their way out: queued with their cause, claimed by one sender, settled afterwards.

`ready_at` alone says when a sender may take a row: when it is due, when it is to be tried again, or when a claim on it
runs out. It is NULL once the row is settled for good, so the index on it holds only what is still on its way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.outbox import Delivery, NewMessage, Outcome, Outgoing, Route
from storage.notices import Notices
from storage.repository import Repository, insert_new
from storage.tables import outbox, sent_messages
from storage.types import Instant

EXPIRED = "expired"
TOO_LATE = "too_late"
RECALLED = "recalled"

ADD = insert_new(outbox)
ADD_RETURNING = ADD.returning(outbox.c.id)

_now = bindparam("now", type_=Instant)
_picked = (
    sa.select(outbox.c.id)
    .where(outbox.c.route == bindparam("on_route"), outbox.c.ready_at <= _now)
    .order_by(outbox.c.ready_at, outbox.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
    .cte("picked")
)
_unsure = sa.or_(outbox.c.doubtful, outbox.c.state == Delivery.CLAIMED)  # whoever held it said nothing
_expired = outbox.c.give_up_at <= _now
_is_shut = sa.and_(outbox.c.closes_at.is_not(None), outbox.c.closes_at <= _now, ~_expired)
# LINE may have it: the key, good until `give_up_at`, tells so at the next opening.
_held = sa.and_(_is_shut, _unsure, outbox.c.reopens_at < outbox.c.give_up_at)
_failed = sa.or_(_expired, sa.and_(_is_shut, ~_held))
CLAIM = (
    sa.update(outbox)
    .where(outbox.c.id.in_(sa.select(_picked.c.id)))
    .values(
        state=sa.case((_failed, Delivery.FAILED), (_held, Delivery.WAITING), else_=Delivery.CLAIMED),
        reason=sa.case((_expired, EXPIRED), (_is_shut, TOO_LATE), else_=None),
        settled_at=sa.case((_failed, _now), else_=None),
        ready_at=sa.case((_failed, None), (_held, outbox.c.reopens_at), else_=bindparam("until", type_=Instant)),
        closes_at=sa.case((_held, None), else_=outbox.c.closes_at),  # it is given up before that day's hours are over
        attempts=outbox.c.attempts + sa.case((sa.or_(_failed, _held), 0), else_=1),
        doubtful=_unsure,
    )
    .returning(outbox)
)

_settled = {
    "state": bindparam("new_state"),
    "ready_at": bindparam("next_at", type_=Instant),
    "settled_at": bindparam("final_at", type_=Instant),
    "reason": bindparam("why"),
    "doubtful": sa.or_(outbox.c.doubtful, bindparam("in_doubt", type_=sa.Boolean)),
    "request_id": bindparam("line_request_id"),
}
_row = outbox.c.id == bindparam("row_id")
SETTLE_SENT = sa.update(outbox).where(_row, outbox.c.state != Delivery.SENT).values(_settled)
SETTLE_CLAIMED = sa.update(outbox).where(_row, outbox.c.state == Delivery.CLAIMED).values(_settled)
RECALL = (
    sa.update(outbox)
    .where(outbox.c.id == bindparam("row_id"), outbox.c.state == Delivery.WAITING)
    .values(state=Delivery.FAILED, reason=RECALLED, ready_at=None, settled_at=_now)
)
ADD_SENT = insert_new(sent_messages)
_riding = sa.and_(sent_messages.c.is_last, outbox.c.riding_case_ids.is_not(None))
QUOTED = (
    sa.select(sa.case((_riding, outbox.c.riding_case_ids), else_=outbox.c.case_ids).label("case_ids"))
    .select_from(outbox)
    .join(sent_messages)
    .where(sent_messages.c.message_id == bindparam("quoted_id"))
)
OLDEST = sa.select(sa.func.min(outbox.c.due_at)).where(outbox.c.ready_at.is_not(None))


class Outbox(Repository):
    """`domain.ports.OutboxRepository`."""

    def add(self, message: NewMessage) -> int | None:
        added: int | None = self._value(ADD_RETURNING, **_new_row(message))
        return added

    def add_many(self, messages: Sequence[NewMessage]) -> int:
        return self._many(ADD, [_new_row(message) for message in messages])

    def claim(self, now: datetime, *, limit: int, until: datetime, route: str | None = None) -> Sequence[Outgoing]:
        claimed: list[Outgoing] = []
        for one in Route if route is None else (Route(route),):
            claimed += self._claim_route(one, now, limit - len(claimed), until)
        return claimed

    def settle(self, outcomes: Sequence[Outcome]) -> None:
        sent = [outcome for outcome in outcomes if outcome.state is Delivery.SENT]
        self._many(SETTLE_SENT, [_outcome_row(outcome) for outcome in sent])
        self._many(SETTLE_CLAIMED, [_outcome_row(other) for other in outcomes if other.state is not Delivery.SENT])
        self._many(ADD_SENT, list(_sent_rows(sent)))
        if outcomes:
            failed = [outcome.id for outcome in outcomes if outcome.state is Delivery.FAILED]
            self._notices.follow(sent=[one.id for one in sent], failed=failed, at=outcomes[-1].at)

    def recall(self, row_id: int, now: datetime) -> bool:
        if not self._count(RECALL, row_id=row_id, now=now):
            return False
        self._notices.follow(sent=(), failed=[row_id], at=now, pause=timedelta())
        return True

    def quoted(self, message_id: str) -> tuple[int, ...]:
        case_ids = self._value(QUOTED, quoted_id=message_id)
        return () if case_ids is None else tuple(json.loads(case_ids))

    def oldest_waiting(self) -> datetime | None:
        oldest: datetime | None = self._value(OLDEST)
        return oldest

    @property
    def _notices(self) -> Notices:
        return Notices(self._connection)

    def _claim_route(self, route: Route, now: datetime, limit: int, until: datetime) -> list[Outgoing]:
        claimed: list[sa.Row[Any]] = []
        while len(claimed) < limit:
            taken = self._rows(CLAIM, on_route=route, now=now, until=until, at_most=limit - len(claimed))
            if not taken:
                break
            claimed += [row for row in taken if row.state == Delivery.CLAIMED]
            expired = [row.id for row in taken if row.state == Delivery.FAILED]
            self._notices.follow(sent=(), failed=expired, at=now)
        return [_outgoing(row) for row in sorted(claimed, key=lambda row: (row.due_at, row.id))]


def _new_row(message: NewMessage) -> dict[str, Any]:
    return {
        "route": message.route,
        "to": message.to,
        "payload": message.payload,
        "case_ids": json.dumps(message.case_ids),
        "silent": message.silent,
        "riding_case_ids": None if message.riding_case_ids is None else json.dumps(message.riding_case_ids),
        "reply_token": message.reply_token,
        "retry_key": str(uuid4()),
        "unique_key": message.unique_key,
        "state": Delivery.WAITING,
        "attempts": 0,
        "doubtful": False,
        "due_at": message.due_at,
        "ready_at": message.due_at,
        "give_up_at": message.give_up_at,
        "closes_at": message.hours.closes_at if message.hours else None,
        "reopens_at": message.hours.reopens_at if message.hours else None,
    }


def _outcome_row(outcome: Outcome) -> dict[str, Any]:
    again = outcome.state is Delivery.WAITING
    return {
        "row_id": outcome.id,
        "new_state": outcome.state,
        "next_at": (outcome.retry_at or outcome.at) if again else None,
        "final_at": None if again else outcome.at,
        "why": outcome.reason,
        "in_doubt": outcome.doubtful,
        "line_request_id": outcome.request_id,
    }


def _sent_rows(outcomes: Iterable[Outcome]) -> Iterable[dict[str, Any]]:
    for outcome in outcomes:
        last = len(outcome.message_ids) - 1
        for place, message_id in enumerate(outcome.message_ids):
            yield {"message_id": message_id, "outbox_id": outcome.id, "is_last": place == last}


def _outgoing(row: sa.Row[Any]) -> Outgoing:
    return Outgoing(
        id=row.id,
        route=Route(row.route),
        to=row.to,
        payload=row.payload,
        retry_key=row.retry_key,
        reply_token=row.reply_token,
        attempts=row.attempts,
        give_up_at=row.give_up_at,
        doubtful=row.doubtful,
        case_ids=tuple(json.loads(row.case_ids)),
        silent=row.silent,
    )
