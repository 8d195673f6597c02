"""The ticking clock: the only module that imports APScheduler.

One interval job and a memory store: what is due is in rows, never in the scheduler (docs/decisions/).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler


class Ticker:
    """Calls `tick` every so many seconds in a thread of its own, never twice at once."""

    def __init__(self, tick: Callable[[], object], *, seconds: float, zone: tzinfo) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=zone,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(tick, "interval", seconds=seconds, id="tick")

    def start(self) -> None:
        """Start ticking; the first tick comes after one interval."""
        self._scheduler.start()

    def stop(self) -> None:
        """Let a running tick end, then stop."""
        self._scheduler.shutdown(wait=True)
