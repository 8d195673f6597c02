"""Message → LINE's message objects, as JSON text. Rendered once, when the message enters the outbox."""

from __future__ import annotations

from typing import Any

import msgspec

from handlers.messages import Choice, Message

MAX_TEXT = 5_000  # UTF-16 units ("Text message")
MAX_OBJECTS = 5  # per reply or push
MAX_CHOICES = 13  # "Quick reply"
MAX_LABEL = 20  # graphemes of a quick reply's label
MAX_SAID = 300  # text of a message action
MORE = "\n…（內容過長，其餘請分次查詢）"

_encode = msgspec.json.Encoder().encode


def render(message: Message) -> str:
    """Render a message as the JSON array that LINE calls `messages`."""
    texts = [part for text in (message.text, *message.more) for part in split_text(text)]
    objects: list[dict[str, Any]] = [{"type": "text", "text": text} for text in texts[:MAX_OBJECTS]]
    choices = [_quick_reply(choice) for choice in message.choices[:MAX_CHOICES]]
    if choices:
        objects[-1]["quickReply"] = {"items": choices}
    return _encode(objects).decode()


def split_text(text: str) -> list[str]:
    """Cut a long text at line ends into at most five texts that LINE takes; says so when even that is too little."""
    parts, size = [""], 0
    for line in _short_lines(text):
        size += units(line)
        if size > MAX_TEXT:
            parts.append("")
            size = units(line)
        parts[-1] += line
    parts = [part.strip("\n") for part in parts if part.strip()] or ["（無內容）"]
    if len(parts) > MAX_OBJECTS:
        parts = parts[:MAX_OBJECTS]
        parts[-1] = cut(parts[-1], MAX_TEXT - units(MORE)) + MORE
    return parts


def units(text: str) -> int:
    """Count UTF-16 units, as LINE's limits do."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """Cut a text to a number of UTF-16 units without splitting a character."""
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * limit]
    return raw.decode("utf-16-le", "ignore")


def _short_lines(text: str) -> list[str]:
    lines = []
    for line in text.splitlines(keepends=True):
        while units(line) > MAX_TEXT:
            head = cut(line, MAX_TEXT)
            lines.append(head)
            line = line[len(head) :]
        lines.append(line)
    return lines


def _quick_reply(choice: Choice) -> dict[str, Any]:
    label = choice.label[:MAX_LABEL]
    return {"type": "action", "action": {"type": "message", "label": label, "text": cut(choice.said, MAX_SAID)}}
