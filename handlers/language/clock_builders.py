"""Slots of a sentence → the commands of `clock_commands`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from domain.case import Priority
from handlers.clock_commands import (
    AddMilestone,
    AskContracts,
    AskNextMeeting,
    ClockCommand,
    CloseDay,
    OpenContract,
    ReopenDay,
    SetLadder,
    SetNextMeeting,
    SetStage,
)
from handlers.language.slots import Slots, page_in, ref_in


def _days(slots: Slots) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", slots.get("days", ""))))


def _priority(given: Mapping[str, Any]) -> Priority | None:
    return Priority(given["priority"]) if "priority" in given else None


def _series(slots: Slots) -> str:
    return slots.get("meeting_name", "")


CLOCK_BUILDERS: dict[str, Callable[[Slots, Mapping[str, Any]], ClockCommand]] = {
    "set_next_meeting": lambda slots, _: SetNextMeeting(slots["date"], _series(slots)),
    "ask_next_meeting": lambda slots, _: AskNextMeeting(_series(slots)),
    "open_contract": lambda slots, _: OpenContract(
        slots["contract"], slots["unit"], slots["date"], slots.get("stage", ""), _series(slots)
    ),
    "set_stage": lambda slots, _: SetStage(ref_in(slots), slots["stage"]),
    "add_milestone": lambda slots, _: AddMilestone(ref_in(slots), slots["date"], slots["text"]),
    "ask_contracts": lambda slots, _: AskContracts(page_in(slots)),
    "close_day": lambda slots, _: CloseDay(slots["date"], slots.get("city", "")),
    "reopen_day": lambda slots, _: ReopenDay(slots["date"], slots.get("city", "")),
    "set_ladder": lambda slots, given: SetLadder(ref_in(slots), _days(slots), _priority(given)),
}
