"""The webhook: verify the signature on the raw body, hand each event on alone, answer 200 after the commit.

LINE wants the answer within two seconds and may redeliver after anything but a 2xx ("Receive messages (webhook)").
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from flask import Blueprint, Response, request

from bot.line.events import read_event
from domain.errors import StorageUnavailable
from handlers.inbound import Inbound

MAX_BODY = 1_000_000  # bytes; LINE's own webhooks are far smaller
log = structlog.get_logger()


def is_signed(body: bytes, signature: str, secrets: Sequence[str]) -> bool:
    """Tell whether one of the channel secrets signed exactly these bytes.

    Several secrets are accepted so that reissuing one in LINE's console loses nothing.
    """
    given = signature.encode("utf-8", "replace")
    digests = (hmac.new(secret.encode(), body, hashlib.sha256).digest() for secret in secrets)
    return any(hmac.compare_digest(base64.b64encode(digest), given) for digest in digests)


def create_webhook(secrets: Sequence[str], take: Callable[[Inbound], object]) -> Blueprint:
    """Build `POST /callback`. `take` applies one event in one transaction and raises only StorageUnavailable."""
    blueprint = Blueprint("line", __name__)

    @blueprint.post("/callback")
    def callback() -> Response:
        request.max_content_length = MAX_BODY
        body = request.get_data(cache=False)
        if not is_signed(body, request.headers.get("x-line-signature", ""), secrets):
            log.warning("webhook_refused", reason="signature")
            return Response(status=400)
        events = _events(body)
        if events is None:
            log.warning("webhook_refused", reason="not a webhook body")
            return Response(status=400)
        return Response(status=_apply(events, take))

    return blueprint


def _events(body: bytes) -> list[Any] | None:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    events = document.get("events") if isinstance(document, dict) else None
    return events if isinstance(events, list) else None


def _apply(events: list[Any], take: Callable[[Inbound], object]) -> int:
    """Apply every event, each alone; 503 asks LINE to deliver again what the database could not take."""
    status = 200
    for event in events:
        inbound = _read(event)
        if inbound is None:
            continue
        try:
            take(inbound)
        except StorageUnavailable:
            log.exception("event_not_taken", event_id=inbound.event_id)
            status = 503
    return status


def _read(event: Any) -> Inbound | None:
    try:
        return read_event(event)
    except (KeyError, TypeError, ValueError, OverflowError, OSError, AttributeError) as error:
        log.warning("event_not_understood", error=type(error).__name__)
        return None
