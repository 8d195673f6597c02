"""What people say to the bot: signed webhook requests, ready to be written to a socket."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from uuid import uuid4

SECRET = "benchmark-channel-secret"
TOKEN = "benchmark-channel-access-token"
GROUP = "C" + "1" * 32
CONTACT = "U" + "a" * 32
MEETINGS = range(101, 151)
PER_MEETING = 40
KINDS = ("report", "question", "talk")


def numbers() -> list[str]:
    """The numbers of the cases that the small office has."""
    return [f"{meeting}-{n}" for meeting in MEETINGS for n in range(1, PER_MEETING + 1)]


def requests(kind: str, count: int) -> list[bytes]:
    """So many webhooks, each with one event that was never sent before."""
    texts = _texts(kind, count)
    return [_request(_event(text)) for text in texts]


def _texts(kind: str, count: int) -> Iterator[str]:
    known = numbers()
    for n in range(count):
        number = known[n * 7 % len(known)]
        if kind == "report":
            yield f"回報 {number} 已完成第{n}次換文，契約副本送法務單位審閱中"
        elif kind == "question":
            yield number
        else:
            yield f"大家早，第{n}項資料下午會放在雲端，會後再請各位補充"


def _event(text: str) -> bytes:
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": int(time.time() * 1000),
        "source": {"type": "group", "groupId": GROUP, "userId": CONTACT},
        "webhookEventId": uuid4().hex,
        "deliveryContext": {"isRedelivery": False},
        "replyToken": uuid4().hex,
        "message": {"type": "text", "id": uuid4().hex, "quoteToken": uuid4().hex, "text": text},
    }
    return json.dumps({"destination": "U" + "0" * 32, "events": [event]}, ensure_ascii=False).encode()


def _request(body: bytes) -> bytes:
    signature = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
    head = (
        "POST /callback HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json; charset=utf-8\r\n"
        f"User-Agent: LineBotWebhook/2.0\r\nX-Line-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
