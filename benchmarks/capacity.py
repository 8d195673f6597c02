"""Capacity while LINE takes 50 ms to answer, beside the bot of the SDK's README, which replies inside the webhook.

Ours counts as done when the last reply has arrived at LINE, not when the last webhook was answered.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import load
from benchmarks.figure import Aim, Figure
from benchmarks.office import echo, furnish, line, office
from benchmarks.processes import Server
from benchmarks.scale import Scale

LATENCY = 0.05  # seconds
FLOOR_SHARE = 4  # the floor is slow: it gets one request in so many
WARM_UP = 100  # requests
PATIENCE = 60.0  # seconds for the last reply to arrive


def figures(scale: Scale) -> Iterator[Figure]:
    """Requests/s, each with its reply."""
    ours, answered, floors, sound = [], [], [], True
    with TemporaryDirectory() as folder, line(LATENCY) as platform, echo(platform.url) as floor:
        for round_ in range(scale.rounds):
            database = Path(folder) / f"{round_}.db"
            furnish(database)
            count = max(1, scale.requests // FLOOR_SHARE)
            shown = load.run(floor.port, "report", count)
            with office(database, api_base=platform.url) as bot:
                load.run(bot.server.port, "report", WARM_UP)
                sound &= bot.is_quiet()
                before = _replies(platform)
                result = load.run(bot.server.port, "report", scale.requests)
                answered_at = time.perf_counter()
                arrived = _await(platform, before + scale.requests)
                late = time.perf_counter() - answered_at
                sound &= bot.did(reports=WARM_UP + scale.requests)
            sound &= shown.all_ok(count) and result.all_ok(scale.requests) and arrived
            floors.append(shown.rate)
            answered.append(result.rate)
            ours.append(scale.requests / (result.seconds + late))
    aim = Aim(5.0, at_least=True, of_ratio=True)
    for name, rates in (("answered 200", answered), ("replies arrived", ours)):
        yield Figure(
            name=f"LINE at 50 ms: {name}",
            unit="requests/s",
            ours=median(rates),
            floor=median(floors),
            aim=aim,
            is_void=not sound,
        )


def _replies(platform: Server) -> int:
    return int(platform.health()["replies"])


def _await(platform: Server, count: int) -> bool:
    end = time.monotonic() + PATIENCE
    while _replies(platform) < count and time.monotonic() < end:
        time.sleep(0.02)
    return _replies(platform) == count
