"""The read-back: every request that came in, and how it was answered."""

from __future__ import annotations

import itertools
import json
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.line.standin.model import Call, Json


@dataclass
class Exchange:
    """One request and its answer. `status` 0 means that the connection was closed without an answer."""

    call: Call
    request_id: str
    at: datetime
    endpoint: str = "unknown"
    seq: int = 0
    status: int = 0
    accepted: bool = False
    message_ids: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def json_body(self) -> Any:
        """Return the request's body as JSON, None when it is empty or none."""
        try:
            return json.loads(self.call.body) if self.call.body else None
        except ValueError:
            return None

    def to_json(self) -> Json:
        return {
            "seq": self.seq,
            "at": self.at.isoformat(),
            "endpoint": self.endpoint,
            "method": self.call.method,
            "path": self.call.path,
            "query": self.call.query,
            "headers": {k: v for k, v in self.call.headers.items() if k != "authorization"},
            "body": self.json_body(),
            "requestId": self.request_id,
            "status": self.status,
            "accepted": self.accepted,
            "messageIds": self.message_ids,
            "notes": self.notes,
        }


class Ledger:
    """The last `keep` exchanges, numbered from 1. Safe to share between threads."""

    def __init__(self, keep: int) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._exchanges: deque[Exchange] = deque(maxlen=keep)

    def add(self, exchange: Exchange) -> None:
        with self._lock:
            exchange.seq = next(self._numbers)
            self._exchanges.append(exchange)

    def since(self, seq: int = 0) -> list[Exchange]:
        with self._lock:
            return [e for e in self._exchanges if e.seq > seq]
