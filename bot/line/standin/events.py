"""Webhook events in the shape that LINE sends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.line.standin import ids
from bot.line.standin.model import Json, StandInError


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, LINE's measure of text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def source(chat_id: str, user_id: str | None) -> Json:
    """Describe where an event comes from. A user's own id as the chat means the 1:1 chat."""
    if chat_id.startswith("U"):
        return {"type": "user", "userId": chat_id}
    kind = "room" if chat_id.startswith("R") else "group"
    return {"type": kind, f"{kind}Id": chat_id, **({"userId": user_id} if user_id else {})}


def event(kind: str, origin: Json, at: datetime, *, token: str | None, mode: str = "active", **fields: Json) -> Json:
    """Build an event with the common properties. A channel on standby gets no reply token."""
    made: Json = {"type": kind, **fields, "webhookEventId": ids.ulid(at), "deliveryContext": {"isRedelivery": False}}
    made |= {"timestamp": ids.milliseconds(at), "source": origin, "mode": mode}
    if token and mode == "active":
        made["replyToken"] = token
    return made


def mentionees(text: str, names: Sequence[tuple[str, Json]]) -> list[Json]:
    """Locate each `@name` in the text, in order, in UTF-16 units. `names` pairs a display name with its properties.

    Raises StandInError when a name is not in the text as a mention.
    """
    found: list[Json] = []
    start = 0
    for name, properties in names:
        at = text.find("@" + name, start)
        if at < 0:
            raise StandInError(f"the text does not hold @{name}")
        start = at + len(name) + 1
        found.append({"index": utf16_length(text[:at]), "length": utf16_length("@" + name), **properties})
    return found


def redelivered(original: Json) -> Json:
    """Return the same event, marked as delivered again."""
    return {**original, "deliveryContext": {"isRedelivery": True}}
