"""Slots of a sentence → the commands of `clock_commands`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from domain.case import Priority
from handlers.clock_commands import ClockCommand, SetLadder
from handlers.slots import Slots, ref_in


def _days(slots: Slots) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", slots.get("days", ""))))


def _priority(given: Mapping[str, Any]) -> Priority | None:
    return Priority(given["priority"]) if "priority" in given else None


CLOCK_BUILDERS: dict[str, Callable[[Slots, Mapping[str, Any]], ClockCommand]] = {
    "set_ladder": lambda slots, given: SetLadder(ref_in(slots), _days(slots), _priority(given)),
}
