"""Slots of a sentence → the commands of `ask_commands`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers.ask_commands import (
    AskCommand,
    AskDue,
    AskHistory,
    AskMeeting,
    AskOverview,
    AskSource,
    AskUnreported,
    AskWaiting,
    Search,
    Window,
)
from handlers.language.slots import Slots, page_in, ref_in

ASK_BUILDERS: dict[str, Callable[[Slots, Mapping[str, Any]], AskCommand]] = {
    "ask_due": lambda slots, given: AskDue(Window(given["window"]), page_in(slots)),
    "ask_waiting": lambda slots, _: AskWaiting(page_in(slots)),
    "ask_unreported": lambda slots, _: AskUnreported(page_in(slots)),
    "ask_meeting": lambda slots, _: AskMeeting(page_in(slots)),
    "ask_overview": lambda slots, _: AskOverview(),
    "ask_history": lambda slots, _: AskHistory(ref_in(slots), page_in(slots)),
    "ask_source": lambda slots, _: AskSource(ref_in(slots)),
    "search": lambda slots, _: Search(slots.get("words") or " ".join(slots["terms"].split()), page_in(slots)),
}
