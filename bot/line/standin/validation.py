"""From bytes to checked messages, refused in LINE's words."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from typing import Any

from bot.line.standin import limits
from bot.line.standin.limits import Problem
from bot.line.standin.model import Call, Json, Refusal
from bot.line.standin.settings import Settings

BODY_MOST = 2 * 1024 * 1024
MESSAGES_MOST = 5
SDK_MODULE = "linebot.v3.messaging"
TYPES = (
    "audio",
    "coupon",
    "flex",
    "image",
    "imagemap",
    "location",
    "sticker",
    "template",
    "text",
    "textV2",
    "video",
)


def json_object(call: Call) -> Json:
    """Read the body as a JSON object; refuse another content type (415), size (413) or shape (400)."""
    content_type = call.headers.get("content-type", "")
    if content_type.split(";")[0].strip().lower() != "application/json":
        raise Refusal(415, f"The content type, {content_type or 'none'}, is not supported")
    if len(call.body) > BODY_MOST:
        raise Refusal(413, "Request Entity Too Large")
    try:
        body = json.loads(call.body)
    except json.JSONDecodeError as error:
        place = f"line: {error.lineno}, column: {error.colno}"
        raise Refusal(400, f"The request body could not be parsed as JSON ({place})") from None
    except (UnicodeDecodeError, RecursionError):
        raise Refusal(400, "The request body could not be parsed as JSON (line: 1, column: 1)") from None
    if not isinstance(body, dict):
        raise Refusal(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
    return body


def check_messages(body: Json, settings: Settings) -> None:
    """Refuse a request whose `messages` LINE would not take."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not 1 <= len(messages) <= MESSAGES_MOST:
        raise refuse_details([(f"Size must be between 1 and {MESSAGES_MOST}", "messages")])
    found = [p for number, m in enumerate(messages) for p in _message_problems(m, f"messages[{number}]", settings)]
    if not isinstance(body.get("notificationDisabled", False), bool):
        found.append(("Must be true or false", "notificationDisabled"))
    if found:
        raise refuse_details(found)


def refuse_details(found: list[Problem]) -> Refusal:
    """Build the 400 that lists what is wrong and where."""
    details: list[Json] = [{"message": message, "property": place} for message, place in found]
    return Refusal(400, f"The request body has {len(found)} error(s)", details)


def warm_up(settings: Settings) -> None:
    """Import the SDK now, so that the first message does not wait almost a second for it."""
    if settings.validate == "full":
        importlib.import_module(SDK_MODULE)


def _message_problems(message: Any, place: str, settings: Settings) -> Iterator[Problem]:
    if not isinstance(message, dict) or message.get("type") not in TYPES:
        yield f"Must be one of the following values: [{', '.join(TYPES)}]", f"{place}.type"
        return
    if settings.validate == "off":
        return
    found = _limit_problems(message, place, settings)
    yield from found
    if not found and settings.validate == "full":
        yield from _sdk_problems(message, place)


def _limit_problems(message: Json, place: str, settings: Settings) -> list[Problem]:
    """Check the limits. What is shaped so oddly that a limit cannot be read is refused as such."""
    try:
        return list(limits.problems(message, place, settings.uri_limit))
    except (TypeError, KeyError, AttributeError, RecursionError):
        return [("Wrong type or unknown value", place)]


def _sdk_problems(message: Json, place: str) -> Iterator[Problem]:
    """Read the message with the SDK's own model: it must come out as it went in."""
    model = importlib.import_module(SDK_MODULE).Message
    try:
        again = model.from_dict(message).to_dict()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        yield _first_line(error), place
        return
    if again != message:
        yield "Unknown property or wrong type", _difference(message, again, place)


def _first_line(error: Exception) -> str:
    reported = getattr(error, "errors", None)
    if callable(reported):
        first = reported()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error)[:200]


def _difference(given: Any, read: Any, place: str) -> str:
    """Return the path of the first property that the model did not keep."""
    if isinstance(given, dict) and isinstance(read, dict):
        for key, value in given.items():
            if value != read.get(key):
                return _difference(value, read.get(key), f"{place}.{key}")
    if isinstance(given, list) and isinstance(read, list) and len(given) == len(read):
        for number, (one, other) in enumerate(zip(given, read, strict=True)):
            if one != other:
                return _difference(one, other, f"{place}[{number}]")
    return place
