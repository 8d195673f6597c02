"""What was pushed where and on which day, and what LINE says about the month."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from domain.notice import Urgency
from domain.outbox import Delivery
from domain.quota import Budget, Quota
from storage.repository import Repository, one_of
from storage.tables import digests, outbox, quota
from storage.types import Instant

_ADD = insert(digests)
ADD = _ADD.on_conflict_do_update(
    index_elements=[digests.c.chat_id, digests.c.on_day],
    set_={"outbox_id": _ADD.excluded.outbox_id, "cost": _ADD.excluded.cost, "at": _ADD.excluded.at},
)
HAD = (
    sa.select(digests.c.chat_id)
    .join(outbox, outbox.c.id == digests.c.outbox_id)
    .where(
        digests.c.on_day == bindparam("day"),
        digests.c.chat_id.in_(one_of("chat_ids")),
        outbox.c.state != Delivery.FAILED,
    )
)
# A failed push cost nothing, unless it may have arrived.
PUSHED = (
    sa.select(sa.func.coalesce(sa.func.sum(digests.c.cost), 0))
    .join(outbox, outbox.c.id == digests.c.outbox_id)
    .where(
        digests.c.at > bindparam("since", type_=Instant),
        sa.or_(outbox.c.state != Delivery.FAILED, outbox.c.doubtful.is_(sa.true())),
    )
)
QUOTA = sa.select(quota)
HOLD = sa.select(quota.c.id).with_for_update()
SET_QUOTA = sa.update(quota).values(
    allowed=bindparam("most", type_=sa.Integer), used=bindparam("so_far"), asked_at=bindparam("asked", type_=Instant)
)
SET_COMING = sa.update(quota).values(coming=bindparam("costs"))


class Deliveries(Repository):
    """`domain.ports.DeliveryRepository`."""

    def record(self, chat_id: str, day: date, outbox_id: int, cost: int, at: datetime) -> None:
        self._count(ADD, chat_id=chat_id, on_day=day, outbox_id=outbox_id, cost=cost, at=at)

    def had_digest(self, chat_ids: Sequence[str], day: date) -> Collection[str]:
        return {row.chat_id for row in self._rows(HAD, chat_ids=list(chat_ids), day=day)} if chat_ids else set()

    def take_turns(self) -> None:
        self._rows(HOLD)

    def budget(self) -> Budget:
        row = self._row(QUOTA)
        if row.asked_at is None:
            return Budget()
        return Budget(
            quota=Quota(limit=row.allowed, used=row.used),
            asked_at=row.asked_at,
            pushed=int(self._value(PUSHED, since=row.asked_at)),
            coming={Urgency(int(urgency)): cost for urgency, cost in json.loads(row.coming).items()},
        )

    def set_quota(self, told: Quota, at: datetime) -> None:
        self._count(SET_QUOTA, most=told.limit, so_far=told.used, asked=at)

    def set_coming(self, costs: Mapping[Urgency, int]) -> None:
        self._count(SET_COMING, costs=json.dumps({int(urgency): cost for urgency, cost in costs.items()}))
