"""Slots of a sentence → the commands of `change_commands`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.case import Closing
from domain.member import Role
from handlers.change_commands import (
    Acknowledge,
    AnswerExtension,
    AnswerTransfer,
    Appoint,
    AskExtension,
    AskUnmanned,
    CaseField,
    ChangeCommand,
    CloseCase,
    EditCase,
    HandOver,
    ListContacts,
    ListProposals,
    OpenCase,
    ProposeTransfer,
    RemoveContact,
    ReportSeveral,
    WithdrawRelease,
)
from handlers.language.slots import Slots, other_in, ref_in, refs_in, refs_of


def _value(slots: Slots, given: Mapping[str, Any]) -> str:
    return slots.get("text") or slots.get("date") or str(given.get("value", ""))


CHANGE_BUILDERS: dict[str, Callable[[Slots, Mapping[str, Any]], ChangeCommand]] = {
    "ask_extension": lambda slots, _: AskExtension(ref_in(slots), slots.get("day", ""), slots.get("reason", "")),
    "answer_extension": lambda slots, given: AnswerExtension(ref_in(slots), given["accept"], slots.get("reason", "")),
    "list_proposals": lambda slots, _: ListProposals(),
    "withdraw_release": lambda slots, _: WithdrawRelease(refs_in(slots)),
    "edit_case": lambda slots, given: EditCase(
        ref_in(slots),
        CaseField(given["field"]),
        _value(slots, given),
        given.get("confirmed", False),
    ),
    "close_case": lambda slots, given: CloseCase(
        ref_in(slots), Closing(given["closing"]), other_in(slots), slots.get("reason", "")
    ),
    "propose_transfer": lambda slots, _: ProposeTransfer(
        ref_in(slots), slots.get("receiver") or slots["unit"], slots.get("reason", "")
    ),
    "answer_transfer": lambda slots, given: AnswerTransfer(ref_in(slots), given["accept"], slots.get("reason", "")),
    "acknowledge": lambda slots, _: Acknowledge(refs_in(slots)),
    "open_case": lambda slots, _: OpenCase(slots["order"], slots.get("meeting_name", "")),
    "appoint": lambda slots, given: Appoint(slots["unit"], Role(given["role"]), slots.get("name", "")),
    "hand_over": lambda slots, _: HandOver(slots.get("unit", ""), int(slots.get("key", 0)), slots.get("name", "")),
    "remove_contact": lambda slots, _: RemoveContact(slots["unit"], int(slots.get("key", 0)), slots.get("name", "")),
    "list_contacts": lambda slots, _: ListContacts(slots.get("unit", "")),
    "ask_unmanned": lambda slots, _: AskUnmanned(),
    "report_several": lambda slots, given: ReportSeveral(
        refs_of(slots["several"]), slots["text"], given.get("confirmed", False)
    ),
}
