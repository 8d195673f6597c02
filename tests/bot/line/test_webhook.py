"""What `POST /callback` answers when the database cannot take an event."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from flask import Flask

from bot.line.webhook import create_webhook
from domain.errors import StorageUnavailable
from handlers.inbound import Inbound

SECRET = "s"


def joined(event_id: str) -> dict[str, Any]:
    source = {"type": "group", "groupId": "C1"}
    return {"type": "join", "mode": "active", "timestamp": 0, "source": source, "webhookEventId": event_id}


def test_event_that_the_database_cannot_take_is_asked_for_again_and_the_next_is_taken() -> None:
    taken: list[str] = []

    def take(event: Inbound) -> None:
        if event.event_id == "first":
            raise StorageUnavailable("sqlite_busy")
        taken.append(event.event_id)

    app = Flask(__name__)
    app.register_blueprint(create_webhook([SECRET], take))
    body = json.dumps({"events": [joined("first"), joined("second")]}).encode()
    signature = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()

    answer = app.test_client().post("/callback", data=body, headers={"x-line-signature": signature})

    assert (answer.status_code, taken) == (503, ["second"])
