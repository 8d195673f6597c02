"""The clock goes on ticking when the machine's time is put forward or back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from queue import Queue

import pytest
import time_machine

from bot.clock import now
from scheduler.runner import Ticker

START = datetime(2024, 2, 28, 15, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "instant",
    [
        START + timedelta(hours=1),
        START + timedelta(days=1),  # 29 February
        START + timedelta(days=366),
        START - timedelta(hours=3),
        START - timedelta(days=59),  # the year before
    ],
)
def test_clock_that_jumped_goes_on_ticking(instant: datetime) -> None:
    ticks: Queue[datetime] = Queue()
    with time_machine.travel(START) as traveller:
        ticker = Ticker(lambda: ticks.put(now()), now, seconds=0.05, zone=UTC)
        ticker.start()
        ticks.get(timeout=10)
        traveller.move_to(instant)
        seen = [ticks.get(timeout=10) for _ in range(3)]
        ticker.stop()

    assert seen[-1] >= instant
    assert seen[-1] < instant + timedelta(minutes=1)
