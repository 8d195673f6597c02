"""From the start of `lieguan serve` to the first 200 of /healthz, and its memory when idle."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.figure import Aim, Figure
from benchmarks.office import echo, furnish, line, office
from benchmarks.processes import Server
from benchmarks.scale import Scale

T = TypeVar("T")

IDLE = 1.0  # seconds after the first answer


def figures(scale: Scale) -> Iterator[Figure]:
    """Seconds and megabytes, bytecode compiled; the floor is a bot that does no more than import the SDK and Flask."""
    ours, floors = [], []
    with TemporaryDirectory() as folder, line() as platform:
        database = Path(folder) / "office.db"
        furnish(database)
        for _ in range(scale.rounds + 1):
            with _timed(office(database, api_base=platform.url)) as (seconds, bot):
                ours.append((seconds, _idle(bot.server)))
            with _timed(echo()) as (seconds, server):
                floors.append((seconds, _idle(server)))
    units = (("start to first 200", "s", 0.8), ("idle memory", "MB", 90.0))
    for place, (name, unit, bound) in enumerate(units):
        yield Figure(
            name=name,
            unit=unit,
            ours=median(pair[place] for pair in ours[1:]),
            floor=median(pair[place] for pair in floors[1:]),
            aim=Aim(bound, at_least=False, of_ratio=False),
        )


@contextmanager
def _timed(context: AbstractContextManager[T]) -> Iterator[tuple[float, T]]:
    """Enter a context and tell how many seconds that took."""
    start = time.perf_counter()
    with context as entered:
        yield time.perf_counter() - start, entered


def _idle(server: Server) -> float:
    time.sleep(IDLE)
    return server.resident()
