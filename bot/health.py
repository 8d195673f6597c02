"""Whether the bot is well: the database answers, the clock ticks, the outbox moves."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from domain.errors import StorageUnavailable
from domain.ports import Store, UnitOfWork

TICK = "tick"  # the heartbeat's name
LATE_TICKS = 4  # so many missed ticks make the clock late
OLD_OUTBOX_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Health:
    """What `/healthz` shows; ages in seconds, None where there is nothing yet."""

    database: bool
    tick_age: float | None = None
    outbox_age: float | None = None
    tick_is_late: bool = False
    outbox_is_old: bool = False

    @property
    def is_well(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.database and not self.tick_is_late and not self.outbox_is_old

    def to_json(self) -> dict[str, Any]:
        """Give the figures as plain data."""
        return {"status": "ok" if self.is_well else "bad", **asdict(self)}


def check(store: Store, *, now: datetime, started: datetime, tick_seconds: float) -> Health:
    """Ask the database how the bot is; the clock is late after several intervals without a tick."""
    try:
        last_tick, oldest = store.read(_figures)
    except StorageUnavailable:
        return Health(database=False)
    # An instant to come, as when the clock was put back, says as little as one long past.
    since = min(abs((now - instant).total_seconds()) for instant in (started, last_tick) if instant)
    outbox_age = (now - oldest).total_seconds() if oldest else None
    return Health(
        database=True,
        tick_age=(now - last_tick).total_seconds() if last_tick else None,
        outbox_age=outbox_age,
        tick_is_late=since > LATE_TICKS * tick_seconds,
        outbox_is_old=outbox_age is not None and outbox_age > OLD_OUTBOX_SECONDS,
    )


def _figures(uow: UnitOfWork) -> tuple[datetime | None, datetime | None]:
    return uow.heartbeat.last(TICK), uow.outbox.oldest_waiting()
