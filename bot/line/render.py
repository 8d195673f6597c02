"""Message → LINE's message objects, as JSON text. Rendered once, when the message enters the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from bot.line.actions import action_of
from bot.line.flex import draw
from bot.line.limits import (
    EMPTY,
    MAX_ALT,
    MAX_CHOICES,
    MAX_LABEL,
    MAX_OBJECTS,
    MAX_TEXT,
    clip,
    cut,
    units,
)
from bot.line.mentions import call
from handlers.buttons import Button
from handlers.messages import Message

MORE = "\n…（內容過長，其餘請分次查詢）"

_encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(list[dict[str, Any]]).decode


def render(message: Message) -> str:
    """Render a message as the JSON array that LINE calls `messages`."""
    last = [call(message.mentions)] if message.mentions else []
    objects = [*_answer(message)[: MAX_OBJECTS - len(last)], *last]
    choices = [_quick_reply(choice) for choice in message.choices[:MAX_CHOICES]]
    if choices:
        objects[-1]["quickReply"] = {"items": choices}
    return _encode(objects).decode()


def append(payload: str, behind: Message) -> str | None:
    """Put a message behind a rendered one; None where LINE's limits leave no room for it as one object.

    LINE shows the choices of the last object only: those of the answer, if it has any.
    """
    objects, added = decode(payload), decode(render(behind))
    if len(objects) >= MAX_OBJECTS or len(added) != 1:
        return None
    choices = objects[-1].pop("quickReply", None)
    if choices:
        added[0]["quickReply"] = choices
    return _encode([*objects, *added]).decode()


def _answer(message: Message) -> list[dict[str, Any]]:
    """The card, or else the text; then what follows."""
    drawn = draw(message.card) if message.card else None
    if drawn is None:
        return _texts([message.text, *message.more])
    alt = clip(message.text.strip(), MAX_ALT) or EMPTY
    return [{"type": "flex", "altText": alt, "contents": drawn}, *_texts(message.more)]


def _texts(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [{"type": "text", "text": part} for text in texts for part in split_text(text)]


def split_text(text: str) -> list[str]:
    """Cut a long text at line ends into at most five texts that LINE takes; says so when even that is too little."""
    parts, size = [""], 0
    for line in _short_lines(text):
        size += units(line)
        if size > MAX_TEXT:
            parts.append("")
            size = units(line)
        parts[-1] += line
    parts = [part.strip("\n") for part in parts if part.strip()] or [EMPTY]
    if len(parts) > MAX_OBJECTS:
        parts = parts[:MAX_OBJECTS]
        parts[-1] = cut(parts[-1], MAX_TEXT - units(MORE)) + MORE
    return parts


def _short_lines(text: str) -> list[str]:
    lines = []
    for line in text.splitlines(keepends=True):
        while units(line) > MAX_TEXT:
            head = cut(line, MAX_TEXT)
            lines.append(head)
            line = line[len(head) :]
        lines.append(line)
    return lines


def _quick_reply(choice: Button) -> dict[str, Any]:
    return {"type": "action", "action": action_of(choice, MAX_LABEL)}
