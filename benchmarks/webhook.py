"""Webhook → effect committed → 200, beside line-bot-sdk's parser that stores nothing, on the same server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import load
from benchmarks.figure import Aim, Figure, percentile
from benchmarks.office import Office, echo, furnish, line, office
from benchmarks.processes import Server
from benchmarks.scale import Scale
from benchmarks.spoken import KINDS

RATE = 300.0  # requests/s of the open loop
NAMES = {"report": "progress report", "question": "question by number", "talk": "ordinary talk"}
AIMS = {"report": Aim(0.7, at_least=True, of_ratio=True)}


def figures(scale: Scale) -> Iterator[Figure]:
    """Requests/s of 16 keep-alive connections, and the p99 of an open loop."""
    with TemporaryDirectory() as folder, line() as platform, echo() as floor:
        yield from _closed(scale, Path(folder), platform, floor)
        yield _open(scale, Path(folder), platform, floor)


def _closed(scale: Scale, folder: Path, platform: Server, floor: Server) -> Iterator[Figure]:
    rates: dict[str, list[float]] = {kind: [] for kind in (*KINDS, "echo")}
    sound = True
    for round_ in range(scale.rounds):
        with _bot(folder / f"closed-{round_}.db", platform) as bot:
            echoed = load.run(floor.port, "report", scale.requests)
            rates["echo"].append(echoed.rate)
            sound &= echoed.all_ok(scale.requests)
            for kind in KINDS:
                result = load.run(bot.server.port, kind, scale.requests)
                rates[kind].append(result.rate)
                sound &= result.all_ok(scale.requests)
                if kind == "report":
                    sound &= bot.reports() == scale.requests
    for kind in KINDS:
        yield Figure(
            name=f"webhook: {NAMES[kind]}",
            unit="requests/s",
            ours=median(rates[kind]),
            floor=median(rates["echo"]),
            aim=AIMS.get(kind),
            is_void=not sound,
        )


def _open(scale: Scale, folder: Path, platform: Server, floor: Server) -> Figure:
    ours, floors, count, sound = [], [], int(RATE * scale.seconds), True
    for round_ in range(scale.rounds):
        with _bot(folder / f"open-{round_}.db", platform) as bot:
            load.run(bot.server.port, "talk", 50)  # a server that has just started is not what is asked for
            echoed = load.run(floor.port, "report", count, RATE)
            result = load.run(bot.server.port, "report", count, RATE)
            sound &= echoed.all_ok(count) and result.all_ok(count) and bot.reports() == count
        ours.append(1000 * percentile(result.latencies, 0.99))
        floors.append(1000 * percentile(echoed.latencies, 0.99))
    return Figure(
        name=f"webhook: p99 of a report at {RATE:.0f}/s",
        unit="ms",
        ours=median(ours),
        floor=median(floors),
        aim=Aim(2.0, at_least=False, of_ratio=True),
        is_void=not sound,
    )


def _bot(database: Path, platform: Server) -> AbstractContextManager[Office]:
    furnish(database)
    return office(database, api_base=platform.url)
