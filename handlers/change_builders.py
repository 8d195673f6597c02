"""Slots of a sentence → the commands of `change_commands`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers.change_commands import AnswerExtension, AskExtension, ChangeCommand, ListProposals
from handlers.slots import Slots, ref_in

CHANGE_BUILDERS: dict[str, Callable[[Slots, Mapping[str, Any]], ChangeCommand]] = {
    "ask_extension": lambda slots, _: AskExtension(ref_in(slots), slots.get("day", ""), slots.get("reason", "")),
    "answer_extension": lambda slots, given: AnswerExtension(ref_in(slots), given["accept"], slots.get("reason", "")),
    "list_proposals": lambda slots, _: ListProposals(),
}
