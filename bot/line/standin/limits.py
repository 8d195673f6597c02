"""LINE's published limits on message objects. Each check yields (what is wrong, where)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from bot.line.standin import actions, placeholders
from bot.line.standin.model import Json
from bot.line.standin.text import utf16_length

Problem = tuple[str, str]

TEXT_MOST = 5_000
ALT_TEXT_MOST = 1_500
QUICK_REPLIES_MOST = 13
BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
BUBBLES_MOST = 12
SHORT_LABEL, LONG_LABEL = 20, 40


def problems(message: Json, place: str, uri_limit: int) -> Iterator[Problem]:
    """Check one message object of any type."""
    check = CHECKS.get(message["type"])
    if check is not None:
        yield from check(message, place, uri_limit)
    yield from _quick_reply(message.get("quickReply"), f"{place}.quickReply", uri_limit)


def length(value: Any, most: int, place: str, least: int = 1) -> Iterator[Problem]:
    """Check the length of a text in UTF-16 units. What is no text at all is left to the schema."""
    if not isinstance(value, str):
        return
    if least and not value:
        yield "May not be empty", place
    elif utf16_length(value) > most:
        yield f"Length must be between 0 and {most}", place


def size(items: Any, most: int, place: str, least: int = 1) -> Iterator[Problem]:
    if isinstance(items, list) and not least <= len(items) <= most:
        yield f"Size must be between {least} and {most}", place


def _text(message: Json, place: str, _uri_limit: int) -> Iterator[Problem]:
    yield from length(message.get("text"), TEXT_MOST, f"{place}.text")


def _text_v2(message: Json, place: str, _uri_limit: int) -> Iterator[Problem]:
    yield from length(message.get("text"), TEXT_MOST, f"{place}.text")
    yield from placeholders.problems(message, place)


def _flex(message: Json, place: str, uri_limit: int) -> Iterator[Problem]:
    yield from length(message.get("altText"), ALT_TEXT_MOST, f"{place}.altText")
    contents = message.get("contents")
    if not isinstance(contents, dict):
        return
    if contents.get("type") == "carousel":
        yield from _carousel(contents, f"{place}.contents")
    else:
        yield from _json_size(contents, BUBBLE_BYTES, f"{place}.contents")
    yield from _component(contents, f"{place}.contents", uri_limit)


def _carousel(carousel: Json, place: str) -> Iterator[Problem]:
    bubbles = carousel.get("contents")
    yield from size(bubbles, BUBBLES_MOST, f"{place}.contents")
    yield from _json_size(carousel, CAROUSEL_BYTES, place)
    bubbles = [b for b in bubbles if isinstance(b, dict)] if isinstance(bubbles, list) else []
    for number, bubble in enumerate(bubbles):
        yield from _json_size(bubble, BUBBLE_BYTES, f"{place}.contents[{number}]")
    if len({bubble.get("size", "mega") for bubble in bubbles}) > 1:
        yield "All bubbles of a carousel must have the same size", f"{place}.contents"


def _json_size(value: Json, most: int, place: str) -> Iterator[Problem]:
    if len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")) > most:
        yield f"The JSON is larger than {most // 1024} KB", place


def _component(value: Any, place: str, uri_limit: int) -> Iterator[Problem]:
    """Walk a Flex container: every text must say something, every action must be sound."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _component(item, f"{place}[{number}]", uri_limit)
    if not isinstance(value, dict):
        return
    if value.get("type") in ("text", "span") and value.get("text") == "":
        yield "must be non-empty text", f"{place}.text"
    for key, item in value.items():
        if key == "action":
            needs_label = value.get("type") == "button"
            yield from actions.problems(item, f"{place}.action", LONG_LABEL, uri_limit, needs_label)
        else:
            yield from _component(item, f"{place}.{key}", uri_limit)


def _template(message: Json, place: str, uri_limit: int) -> Iterator[Problem]:
    yield from length(message.get("altText"), ALT_TEXT_MOST, f"{place}.altText")
    template = message.get("template")
    if isinstance(template, dict):
        yield from _template_part(template, f"{place}.template", uri_limit)


def _template_part(part: Json, place: str, uri_limit: int) -> Iterator[Problem]:
    """Check a template or one of its columns, which are built alike."""
    text_most, most_actions, columns_most = TEMPLATE_LIMITS[part.get("type", "column")]
    if part.get("title") or part.get("thumbnailImageUrl"):
        text_most = min(text_most, 60)
    yield from length(part.get("text"), text_most, f"{place}.text")
    yield from length(part.get("title"), 40, f"{place}.title")
    yield from size(part.get("actions"), most_actions, f"{place}.actions")
    for number, action in enumerate(part.get("actions") or []):
        yield from actions.problems(action, f"{place}.actions[{number}]", SHORT_LABEL, uri_limit, True)
    for key, needed in (("defaultAction", False), ("action", False)):
        if key in part:
            yield from actions.problems(part[key], f"{place}.{key}", SHORT_LABEL, uri_limit, needed)
    yield from size(part.get("columns"), columns_most, f"{place}.columns")
    for number, column in enumerate(part.get("columns") or []):
        yield from _template_part({**column, "type": "column"}, f"{place}.columns[{number}]", uri_limit)


def _quick_reply(quick_reply: Any, place: str, uri_limit: int) -> Iterator[Problem]:
    items = quick_reply.get("items") if isinstance(quick_reply, dict) else None
    yield from size(items, QUICK_REPLIES_MOST, f"{place}.items")
    for number, item in enumerate(items or []):
        if isinstance(item, dict):
            where = f"{place}.items[{number}].action"
            yield from actions.problems(item.get("action"), where, SHORT_LABEL, uri_limit, True, quick_reply=True)


# template type: the text's length, how many actions, how many columns
TEMPLATE_LIMITS: dict[str, tuple[int, int, int]] = {
    "buttons": (160, 4, 0),
    "confirm": (240, 2, 0),
    "carousel": (0, 0, 10),
    "image_carousel": (0, 0, 10),
    "column": (120, 3, 0),
}
CHECKS: dict[str, Callable[[Json, str, int], Iterator[Problem]]] = {
    "text": _text,
    "textV2": _text_v2,
    "flex": _flex,
    "template": _template,
}
