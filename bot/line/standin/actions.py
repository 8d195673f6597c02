"""The rules of action objects: what a button, quick reply or card may do when it is tapped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from bot.line.standin.model import Json
from bot.line.standin.text import graphemes, utf16_length

Problem = tuple[str, str]

DATA_MOST = 300
CLIPBOARD_MOST = 1_000
URI = re.compile(r"(https?|line|tel):[\x21-\x7e]+")
QUICK_REPLY_ONLY = frozenset({"camera", "cameraRoll", "location"})
PICKER_FORMATS = {
    "date": (re.compile(r"\d{4}-\d\d-\d\d"), "%Y-%m-%d"),
    "time": (re.compile(r"\d\d:\d\d"), "%H:%M"),
    "datetime": (re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d"), "%Y-%m-%dT%H:%M"),
}


def problems(
    action: Any, place: str, label_most: int, uri_limit: int, needs_label: bool, quick_reply: bool = False
) -> Iterator[Problem]:
    """Check an action object; `label_most` counts graphemes."""
    if not isinstance(action, dict):
        yield "Must be an action object", place
        return
    yield from _label(action.get("label"), f"{place}.label", label_most, needs_label)
    if action.get("type") in QUICK_REPLY_ONLY and not quick_reply:
        yield "This action is for quick replies only", f"{place}.type"
    if action.get("type") == "uri":
        yield from _uri(action, place, uri_limit)
    check = CHECKS.get(action.get("type", ""))
    if check is not None:
        yield from check(action, place)


def _label(label: Any, place: str, most: int, needed: bool) -> Iterator[Problem]:
    if needed and not label:
        yield "May not be empty", place
    elif isinstance(label, str) and graphemes(label) > most:
        yield f"Length must be between 0 and {most}", place


def _text(action: Json, key: str, most: int, place: str, needed: bool) -> Iterator[Problem]:
    value = action.get(key)
    if needed and not value:
        yield "May not be empty", f"{place}.{key}"
    elif isinstance(value, str) and utf16_length(value) > most:
        yield f"Length must be between 0 and {most}", f"{place}.{key}"


def _message(action: Json, place: str) -> Iterator[Problem]:
    yield from _text(action, "text", DATA_MOST, place, needed=True)


def _postback(action: Json, place: str) -> Iterator[Problem]:
    yield from _text(action, "data", DATA_MOST, place, needed=True)
    yield from _text(action, "displayText", DATA_MOST, place, needed=False)
    yield from _text(action, "text", DATA_MOST, place, needed=False)
    yield from _text(action, "fillInText", DATA_MOST, place, needed=False)
    if "displayText" in action and "text" in action:
        yield "displayText and text cannot be used together", f"{place}.text"


def _clipboard(action: Json, place: str) -> Iterator[Problem]:
    yield from _text(action, "clipboardText", CLIPBOARD_MOST, place, needed=True)


def _uri(action: Json, place: str, uri_limit: int) -> Iterator[Problem]:
    uri = action.get("uri")
    if not isinstance(uri, str) or not URI.fullmatch(uri):
        yield "Invalid action URI", f"{place}.uri"
    elif len(uri) > uri_limit:
        yield f"Length must be between 0 and {uri_limit}", f"{place}.uri"


def _datetimepicker(action: Json, place: str) -> Iterator[Problem]:
    yield from _text(action, "data", DATA_MOST, place, needed=True)
    form = PICKER_FORMATS.get(action.get("mode", ""))
    if form is None:
        yield f"Must be one of the following values: {sorted(PICKER_FORMATS)}", f"{place}.mode"
        return
    read: dict[str, datetime] = {}
    for key in ("initial", "min", "max"):
        moment = _picked(action.get(key), *form)
        if moment is not None:
            read[key] = moment
        elif key in action:
            yield "Invalid format", f"{place}.{key}"
    if "min" in read and "max" in read and read["min"] >= read["max"]:
        yield "min must be before max", f"{place}.min"
    elif "initial" in read and not read.get("min", read["initial"]) <= read["initial"] <= read.get(
        "max", read["initial"]
    ):
        yield "initial must lie between min and max", f"{place}.initial"


def _picked(value: Any, pattern: re.Pattern[str], layout: str) -> datetime | None:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        return None
    try:
        # LINE's picker knows no time zone; the value is compared with its like only
        return datetime.strptime(value.upper(), layout)  # noqa: DTZ007
    except ValueError:
        return None


CHECKS: dict[str, Callable[[Json, str], Iterator[Problem]]] = {
    "message": _message,
    "postback": _postback,
    "clipboard": _clipboard,
    "datetimepicker": _datetimepicker,
}
