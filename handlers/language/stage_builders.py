"""Slots of a sentence → the commands of `stage_commands`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers.language.slots import Slots, other_in, page_in, ref_in
from handlers.stage_commands import AskSleeping, CancelWait, SetWait, StageCommand, TellEvent, Wake

STAGE_BUILDERS: dict[str, Callable[[Slots, Mapping[str, Any]], StageCommand]] = {
    "set_wait": lambda slots, _: SetWait(ref_in(slots), other_in(slots) or slots["event"], slots.get("within", "")),
    "wake": lambda slots, _: Wake(ref_in(slots), slots.get("reason", "")),
    "tell_event": lambda slots, _: TellEvent(ref_in(slots), slots["happened"]),
    "cancel_wait": lambda slots, _: CancelWait(ref_in(slots)),
    "ask_sleeping": lambda slots, _: AskSleeping(page_in(slots)),
}
