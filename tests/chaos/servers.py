"""The bot's processes: started as an office starts them, killed as a machine dies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Self

from tests.paths import ROOT

LIEGUAN = (sys.executable, "-m", "bot")
LIFE = (1.0, 8.0)  # seconds that a command beside the servers lives before it is killed
PAUSE = (2.0, 6.0)  # seconds between two such commands


@dataclass
class Server:
    """`lieguan serve` on a port of its own."""

    folder: Path
    environ: Mapping[str, str]
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None
    ends: list[int] = field(default_factory=list)  # exit codes of processes that nobody asked to end

    @property
    def callback(self) -> str:
        """Its webhook."""
        return f"http://127.0.0.1:{self.port}/callback"

    def start(self) -> None:
        environ = {**self.environ, "LIEGUAN_SERVER__PORT": str(self.port)}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*LIEGUAN, "serve"], cwd=self.folder, env=environ, stdout=subprocess.DEVNULL, stderr=log
            )

    def await_answer(self, give_up: Event) -> None:
        """Return when it answers, or when told to give up; a process that ends meanwhile is started again."""
        while not give_up.is_set():
            if self.process is not None and (code := self.process.poll()) is not None:
                self.ends.append(code)
                self.start()
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                give_up.wait(0.05)

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end; returns its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(30)


@dataclass
class Beside:
    """Something that goes on in a thread of its own beside a block of code."""

    _done: Event = field(default_factory=Event, init=False)

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        raise NotImplementedError


@dataclass
class Killer(Beside):
    """Kills the servers at random moments and starts them again, until told to stop.

    `calls` counts what LINE was asked: somebody must have got as far as that between two kills.
    """

    servers: list[Server]
    chance: Random
    every: float  # seconds between two kills, on average, while there are calls
    calls: Callable[[], int]
    kills: int = 0

    def _run(self) -> None:
        while self._await_calls() and not self._done.wait(self.chance.uniform(0.5, 1.5) * self.every):
            server = self.chance.choice(self.servers)
            server.kill()
            self.kills += 1
            self._done.wait(self.chance.uniform(0, 0.5))
            server.start()
            server.await_answer(self._done)

    def _await_calls(self) -> bool:
        before = self.calls()
        while self.calls() == before and not self._done.is_set():
            self._done.wait(0.1)
        return not self._done.is_set()


@dataclass
class Clock(Beside):
    """Ticks beside the servers, as `cron` does, one process after the other; every other one is killed half-way."""

    folder: Path
    environ: Mapping[str, str]
    chance: Random
    log: Path
    kills: int = 0

    def _run(self) -> None:
        while not self._done.is_set():
            with self.log.open("ab") as log:
                tick = subprocess.Popen(
                    [*LIEGUAN, "tick"], cwd=self.folder, env=self.environ, stdout=subprocess.DEVNULL, stderr=log
                )
            if self.chance.random() < 0.5:
                self._kill(tick)
            else:
                tick.wait()
            self._done.wait(self.chance.uniform(*PAUSE))

    def _kill(self, tick: subprocess.Popen[bytes]) -> None:
        self._done.wait(self.chance.uniform(*LIFE))
        tick.kill()
        self.kills += tick.wait() == -signal.SIGKILL


def retry(rows: Sequence[int], beside: Clock) -> None:
    """Send rows of the outbox again by hand, beside the servers."""
    words = [*LIEGUAN, "outbox", "retry", *map(str, rows)]
    with beside.log.open("ab") as log:
        subprocess.run(words, cwd=beside.folder, env=beside.environ, stdout=subprocess.DEVNULL, stderr=log, check=False)


def environment(database_url: str, api_base: str, secret: str, token: str, overrides: Path) -> dict[str, str]:
    """What an office sets; reminders at every hour of today, so that a run may begin at any."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LIEGUAN_", "PYTHONDONTWRITE"))}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "LIEGUAN_LINE__CHANNEL_SECRETS": secret,
        "LIEGUAN_LINE__CHANNEL_ACCESS_TOKEN": token,
        "LIEGUAN_LINE__API_BASE": api_base,
        "LIEGUAN_LINE__DATA_API_BASE": api_base,
        "LIEGUAN_DATABASE__URL": database_url,
        "LIEGUAN_CLOCK__TICK_SECONDS": "1",
        "LIEGUAN_CLOCK__CALENDAR_OVERRIDES": str(overrides),
        "LIEGUAN_REMINDERS__AT": "00:00",
        "LIEGUAN_REMINDERS__UNTIL": "23:59",
        "LIEGUAN_REMINDERS__BEFORE": "0",
        "LIEGUAN_REMINDERS__AFTER": "20",
        "LIEGUAN_REMINDERS__THEN_EVERY": "20",
        "LIEGUAN_DELIVERY__DIGEST_AT": "00:00",
        "LIEGUAN_DELIVERY__ASK_QUOTA_SECONDS": "2",
    }


def free_port() -> int:
    """A port that nobody listens on at present."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
