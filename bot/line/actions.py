"""Buttons → LINE's action objects ("Action objects" in the Messaging API reference)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.line.limits import MAX_BUTTON, MAX_SAID, cut
from handlers.buttons import Button, Choice, PickDate, Prefill

Json = dict[str, Any]
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)  # of LINE's date picker
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
    first, last = _within(button.min, EARLIEST), _within(button.max, LATEST)
    if first >= last:  # a range of no choice is refused; who hears the answer checks the day anyway
        first, last = EARLIEST, LATEST
    bounds = {"min": first.isoformat(), "max": last.isoformat()}
    if button.initial is not None:
        bounds["initial"] = min(max(button.initial, first), last).isoformat()
    return {"type": "datetimepicker", "mode": "date", "data": button.data, **bounds}


def _within(day: date | None, default: date) -> date:
    return default if day is None else min(max(day, EARLIEST), LATEST)


ACTIONS: dict[type[Button], Callable[[Any], Json]] = {Choice: _message, Prefill: _prefill, PickDate: _pick_date}
