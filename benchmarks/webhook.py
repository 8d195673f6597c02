"""Webhook → effect committed → 200, beside line-bot-sdk's parser that stores nothing, on the same server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import load
from benchmarks.figure import Aim, Figure, percentile
from benchmarks.office import Office, echo, furnish, line, office
from benchmarks.processes import Server
from benchmarks.scale import Scale
from benchmarks.spoken import KINDS

WARM_UP = 200  # requests
RATE = 300.0  # requests/s of the open loop
NAMES = {"report": "progress report", "question": "question by number", "talk": "ordinary talk"}
AIMS = {"report": Aim(0.7, at_least=True, of_ratio=True)}


def figures(scale: Scale) -> Iterator[Figure]:
    """Requests/s of 16 keep-alive connections, and the p99 of an open loop."""
    with TemporaryDirectory() as folder, line() as platform, echo() as floor:
        yield from _closed(scale, Path(folder) / "closed.db", platform, floor)
        yield _open(scale, Path(folder) / "open.db", platform, floor)


def _closed(scale: Scale, database: Path, platform: Server, floor: Server) -> Iterator[Figure]:
    rates: dict[str, list[float]] = {kind: [] for kind in (*KINDS, "echo")}
    furnish(database)
    with office(database, api_base=platform.url) as bot:
        sound = _warm_up(bot, floor)
        for _ in range(scale.rounds):
            echoed = load.run(floor.port, "report", scale.requests)
            rates["echo"].append(echoed.rate)
            sound &= echoed.all_ok(scale.requests)
            for kind in KINDS:
                result = load.run(bot.server.port, kind, scale.requests)
                rates[kind].append(result.rate)
                sound &= result.all_ok(scale.requests) and bot.is_quiet()
        asked = scale.rounds * scale.requests
        sound &= bot.did(reports=WARM_UP + asked, questions=asked)
    for kind in KINDS:
        yield Figure(
            name=f"webhook: {NAMES[kind]}",
            unit="requests/s",
            ours=median(rates[kind]),
            floor=median(rates["echo"]),
            aim=AIMS.get(kind),
            is_void=not sound,
        )


def _open(scale: Scale, database: Path, platform: Server, floor: Server) -> Figure:
    ours, floors, count = [], [], int(RATE * scale.seconds)
    furnish(database)
    with office(database, api_base=platform.url) as bot:
        sound = _warm_up(bot, floor)
        for _ in range(scale.rounds):
            echoed = load.run(floor.port, "report", count, RATE)
            result = load.run(bot.server.port, "report", count, RATE)
            sound &= echoed.all_ok(count) and result.all_ok(count) and bot.is_quiet()
            ours.append(1000 * percentile(result.latencies, 0.99))
            floors.append(1000 * percentile(echoed.latencies, 0.99))
        sound &= bot.did(reports=WARM_UP + scale.rounds * count)
    return Figure(
        name=f"webhook: p99 of a report at {RATE:.0f}/s",
        unit="ms",
        ours=median(ours),
        floor=median(floors),
        aim=Aim(2.0, at_least=False, of_ratio=True),
        is_void=not sound,
    )


def _warm_up(bot: Office, floor: Server) -> bool:
    """Have both servers import and compile what they need at their first requests."""
    load.run(floor.port, "report", WARM_UP)
    return load.run(bot.server.port, "report", WARM_UP).all_ok(WARM_UP) and bot.is_quiet()
