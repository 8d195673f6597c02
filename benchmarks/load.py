"""The load generator, a process of its own: `python -m benchmarks.load PORT KIND COUNT [RATE]` prints a JSON result.

Without a rate, 16 keep-alive connections each send their next request when the last was answered (closed loop).
With one, requests leave by the clock whatever the server does, on as many connections as it takes, and a latency counts
from the instant at which its request was due (open loop): a server that stalls cannot hide it.
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from benchmarks.spoken import requests

CONNECTIONS = 16
PATIENCE = 30.0  # seconds without any answer until the rest counts as unanswered


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of load met."""

    seconds: float
    latencies: list[float]  # seconds
    statuses: dict[str, int]

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds

    def all_ok(self, count: int) -> bool:
        """Tell whether every request was answered by 200."""
        return self.statuses == {"200": count}


def run(port: int, kind: str, count: int, rate: float | None = None) -> Result:
    """Run a load in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.load", str(port), kind, str(count), *([str(rate)] if rate else [])]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    return Result(**json.loads(done.stdout))


class Generator:
    """Sends requests and takes the answers, in one thread."""

    def __init__(self, port: int, ready: list[bytes], rate: float | None) -> None:
        self._address = ("127.0.0.1", port)
        self._ready = ready
        self._rate = rate
        self._sent = 0
        self._selector = selectors.DefaultSelector()
        self._idle: deque[socket.socket] = deque()
        self._due_at: dict[socket.socket, float] = {}
        self._partial: dict[socket.socket, bytes] = {}
        self.latencies: list[float] = []
        self.statuses: dict[str, int] = {}

    def run(self) -> float:
        """Send everything; returns the seconds until the last answer."""
        for _ in range(CONNECTIONS):
            self._idle.append(self._connect())
        start = last = time.perf_counter()
        while len(self.latencies) < len(self._ready) and time.perf_counter() - last < PATIENCE:
            self._send_due(start)
            for key, _ in self._selector.select(self._pause(start)):
                self._receive(key.fileobj)
                last = time.perf_counter()
        return last - start

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(self._address)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(connection, selectors.EVENT_READ)
        return connection

    def _send_due(self, start: float) -> None:
        while self._sent < len(self._ready):
            due = time.perf_counter() if self._rate is None else start + self._sent / self._rate
            if due > time.perf_counter() or (self._rate is None and not self._idle):
                return
            connection = self._idle.popleft() if self._idle else self._connect()
            self._due_at[connection] = due
            connection.sendall(self._ready[self._sent])
            self._sent += 1

    def _pause(self, start: float) -> float:
        if self._rate is None or self._sent == len(self._ready):
            return 1.0
        return max(0.0, start + self._sent / self._rate - time.perf_counter())

    def _receive(self, connection: Any) -> None:
        answer = self._partial.pop(connection, b"") + connection.recv(65536)
        if not _is_whole(answer):
            self._partial[connection] = answer
            return
        self.latencies.append(time.perf_counter() - self._due_at[connection])
        status = answer[9:12].decode()
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self._idle.append(connection)


def _is_whole(answer: bytes) -> bool:
    if not answer:
        raise ConnectionError("the server hung up")
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    _, _, rest = head.lower().partition(b"content-length:")
    return len(body) >= int(rest.split(b"\r\n", 1)[0])


def main() -> None:
    """Run one load as the command line says."""
    port, kind, count = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    rate = float(sys.argv[4]) if len(sys.argv) > 4 else None
    generator = Generator(port, requests(kind, count), rate)
    seconds = generator.run()
    print(json.dumps({"seconds": seconds, "latencies": generator.latencies, "statuses": generator.statuses}))


if __name__ == "__main__":
    main()
