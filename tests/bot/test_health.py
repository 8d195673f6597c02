"""What makes the health page bad: a late tick, an old outbox, a clock that was put back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.health import TICK, check
from domain.outbox import NewMessage, Route
from domain.ports import Store
from tests.scheduler.office import taipei

NOW = taipei("2021-09-30", "10:00")
STARTED = NOW - timedelta(days=1)
SECOND = timedelta(seconds=1)


def is_well(store: Store) -> bool:
    return check(store, now=NOW, started=STARTED, tick_seconds=30.0).is_well


@pytest.mark.parametrize(
    ("ago", "well"),
    [
        (timedelta(0), True),
        (120 * SECOND, True),
        (121 * SECOND, False),
        (-120 * SECOND, True),
        (-timedelta(hours=3), False),  # the clock was put back, and has not ticked since
    ],
)
def test_tick_is_late_after_four_intervals(store: Store, ago: timedelta, well: bool) -> None:
    store.write(lambda uow: uow.heartbeat.beat(TICK, NOW - ago))

    assert is_well(store) is well


@pytest.mark.parametrize("started", [NOW, NOW + timedelta(hours=3)])  # the latter: the clock was put back since
def test_server_that_has_just_started_or_ticked_is_well(store: Store, started: datetime) -> None:
    store.write(lambda uow: uow.heartbeat.beat(TICK, STARTED if started == NOW else NOW))

    assert check(store, now=NOW, started=started, tick_seconds=30.0).is_well


@pytest.mark.parametrize(("ago", "well"), [(300 * SECOND, True), (301 * SECOND, False)])
def test_outbox_is_old_after_five_minutes(store: Store, ago: timedelta, well: bool) -> None:
    store.write(lambda uow: uow.heartbeat.beat(TICK, NOW))
    message = NewMessage(
        route=Route.PUSH, to="C1", payload="[]", due_at=NOW - ago, give_up_at=NOW + timedelta(hours=23)
    )
    store.write(lambda uow: uow.outbox.add(message))

    assert is_well(store) is well
