"""The load generator against a server that counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask, request

from benchmarks import load
from benchmarks.spoken import KINDS, SECRET, requests
from bot.config import Server
from bot.line.webhook import is_signed
from bot.server import WebServer


class Counting:
    """A webhook that keeps the ids of the events it met and refuses every tenth request."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        app = Flask(__name__)
        app.add_url_rule("/callback", view_func=self._take, methods=["POST"])
        self.server = WebServer(app, Server(port=0, threads=8))

    def _take(self) -> tuple[str, int]:
        for event in json.loads(request.get_data())["events"]:
            self.seen[event["webhookEventId"]] += 1
        return "", 503 if self.seen.total() % 10 == 0 else 200


@pytest.fixture
def counting() -> Iterator[Counting]:
    made = Counting()
    thread = Thread(target=made.server.run, daemon=True)
    thread.start()
    yield made
    made.server.stop()
    thread.join(10)


@pytest.mark.parametrize("rate", [None, 400.0])
def test_load_sends_each_event_once_and_counts_the_answers(counting: Counting, rate: float | None) -> None:
    result = load.run(counting.server.port, "report", 50, rate)

    assert (len(counting.seen), counting.seen.total()) == (50, 50)
    assert result.statuses == {"200": 45, "503": 5}
    assert len(result.latencies) == 50
    assert not result.all_ok(50)


@pytest.mark.parametrize("kind", KINDS)
def test_requests_are_signed_for_the_channel(kind: str) -> None:
    for raw in requests(kind, 3):
        head, _, body = raw.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])

        assert is_signed(body, headers["X-Line-Signature"], [SECRET])
        assert int(headers["Content-Length"]) == len(body)
