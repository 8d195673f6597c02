"""Slots of a sentence → the commands of `review_commands`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers.language.slots import Slots, keys_of, page_in
from handlers.review_commands import (
    Change,
    ConfirmDrafts,
    DropDrafts,
    EditDraft,
    FinishPasting,
    NameUnit,
    ReviewCommand,
    SetColumn,
    Settle,
    SettleDecision,
    ShowColumns,
    ShowDecisions,
    ShowDraft,
    ShowDrafts,
    ShowUnread,
    StartPasting,
)

REVIEW_BUILDERS: dict[str, Callable[[Slots, Mapping[str, Any]], ReviewCommand]] = {
    "show_drafts": lambda slots, _: ShowDrafts(page_in(slots)),
    "show_draft": lambda slots, _: ShowDraft(int(slots["key"])),
    "show_unread": lambda slots, _: ShowUnread(),
    "show_columns": lambda slots, _: ShowColumns(),
    "set_column": lambda slots, _: SetColumn(int(slots["key"]), slots["text"]),
    "edit_draft": lambda slots, given: EditDraft(int(slots["key"]), Change(given["change"]), slots.get("text", "")),
    "show_decisions": lambda slots, _: ShowDecisions(page_in(slots)),
    "settle_decision": lambda slots, given: SettleDecision(
        int(slots["key"]), Settle(given["settle"]), slots.get("name", "")
    ),
    "name_unit": lambda slots, given: NameUnit(
        slots["unit"], slots["name"], given.get("is_part", False), given.get("declined", False)
    ),
    "confirm_drafts": lambda slots, _: ConfirmDrafts(keys_of(slots.get("keys", ""))),
    "drop_drafts": lambda slots, _: DropDrafts(),
    "start_pasting": lambda slots, _: StartPasting(),
    "finish_pasting": lambda slots, _: FinishPasting(
        slots.get("name", ""), int(slots["ordinal"]) if "ordinal" in slots else None
    ),
}
