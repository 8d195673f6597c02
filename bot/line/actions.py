"""Buttons → LINE's action objects ("Action objects" in the Messaging API reference)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.line.limits import MAX_BUTTON, MAX_SAID, cut
from handlers.buttons import Button, Choice, PickDate, Prefill

Json = dict[str, Any]
NAMELESS = "選擇"  # a button has to have a label


def action_of(button: Button, most: int = MAX_BUTTON) -> Json:
    """Build the action of a button; `most` is the label's length in characters, of which a grapheme has one or more."""
    return {"label": button.label[:most].strip() or NAMELESS, **ACTIONS[type(button)](button)}


def _message(button: Choice) -> Json:
    return {"type": "message", "text": cut(button.said, MAX_SAID) or NAMELESS}


def _prefill(button: Prefill) -> Json:
    opening = {"inputOption": "openKeyboard", "fillInText": cut(button.starts, MAX_SAID)}
    return {"type": "postback", "data": button.data, **opening}


def _pick_date(button: PickDate) -> Json:
    bounds = {"initial": button.initial, "min": button.min, "max": button.max}
    days = {name: day.isoformat() for name, day in bounds.items() if day is not None}
    return {"type": "datetimepicker", "mode": "date", "data": button.data, **days}


ACTIONS: dict[type[Button], Callable[[Any], Json]] = {Choice: _message, Prefill: _prefill, PickDate: _pick_date}
