"""The ticking clock: the only module that imports APScheduler.

One job and a memory store: what is due is in rows, never in the scheduler (docs/decisions/).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from threading import Event, Thread

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from domain.ports import Clock


class Pause(BaseTrigger):  # type: ignore[misc] # the library ships no type information
    """The next tick comes so long after the present one.

    APScheduler's own interval goes through all ticks that were missed: millions, when the clock is put forward.
    """

    def __init__(self, pause: timedelta) -> None:
        self._pause = pause

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        return now + self._pause


class Ticker:
    """Calls `tick` every so many seconds in a thread of its own, never twice at once."""

    def __init__(self, tick: Callable[[], object], clock: Clock, *, seconds: float, zone: tzinfo) -> None:
        self._clock = clock
        self._seconds = seconds
        self._stopped = Event()
        self._scheduler = BackgroundScheduler(
            timezone=zone,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._job = self._scheduler.add_job(tick, Pause(timedelta(seconds=seconds)), id="tick")
        self._watch = Thread(target=self._watch_clock, name="clock-watch", daemon=True)

    def start(self) -> None:
        """Start ticking; the first tick comes after one interval."""
        self._scheduler.start()
        self._watch.start()

    def stop(self) -> None:
        """Let a running tick end, then stop."""
        self._stopped.set()
        self._watch.join()
        self._scheduler.shutdown(wait=True)

    def _watch_clock(self) -> None:
        """APScheduler waits for an instant: when the clock is put back by hours, it would not tick for hours."""
        while not self._stopped.wait(self._seconds):
            now = self._clock()
            if self._job.next_run_time > now + timedelta(seconds=2 * self._seconds):
                self._job.modify(next_run_time=now)
