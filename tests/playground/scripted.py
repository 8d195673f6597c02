"""A bot that answers from a script: over the webhook in, over LINE's API out, with no rules of its own."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import urllib3

from bot.line.webhook import is_signed

Json = dict[str, Any]


@dataclass
class ScriptedBot:
    """Answers each text that `answers` knows with its messages; keeps the events whose signature was right."""

    answers: dict[str, list[Json]] = field(default_factory=dict)
    status: int = 200
    events: list[Json] = field(default_factory=list)
    secret: str = ""
    token: str = ""
    api_base: str = ""

    def __post_init__(self) -> None:
        bot = self
        self._http = urllib3.PoolManager(retries=False)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                signed = is_signed(body, self.headers.get("x-line-signature", ""), [bot.secret])
                events = json.loads(body)["events"] if signed and bot.status == 200 else []
                bot.events += events
                self.send_response(bot.status if signed else 400)
                self.send_header("content-length", "0")
                self.end_headers()
                bot.answer(events)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/callback"

    def answer(self, events: list[Json]) -> None:
        for event in events:
            messages = self.answers.get(event.get("message", {}).get("text", ""))
            if messages:
                self.call("reply", {"replyToken": event["replyToken"], "messages": messages})

    def push(self, to: str, messages: list[Json]) -> None:
        self.call("push", {"to": to, "messages": messages})

    def call(self, kind: str, body: Json) -> None:
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        url = f"{self.api_base}/v2/bot/message/{kind}"
        answer = self._http.request("POST", url, body=json.dumps(body).encode(), headers=headers, timeout=5)
        assert answer.status == 200, answer.data

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._http.clear()
