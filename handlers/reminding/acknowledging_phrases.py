"""The wording of 收到."""

from __future__ import annotations

from collections.abc import Sequence

from domain.case import Assignment, Case
from handlers.messages import Choice, Message
from handlers.phrases import UNDO_HINT, deadline_of, line_state, name_of
from handlers.reminding.reminders import View


def noted(lines: Sequence[tuple[Case, Assignment]], day: View) -> Message:
    """Say which reminders pause, and until when."""
    told = [f"{name_of(case)}（{line.unit}）\n　{deadline_of(case, day)}" for case, line in lines]
    number = lines[0][0].number
    text = ["已註記收到，期限前不再提醒：", *told, f"辦理情形請輸入：回報 {number} …", UNDO_HINT]
    case_ids = tuple(dict.fromkeys(case.id for case, _ in lines))
    return Message(text="\n".join(text), choices=(Choice("復原", "復原"),), case_ids=case_ids)


def nothing_to_note(case: Case, lines: Sequence[Assignment]) -> Message:
    """Say that no reminder is to come."""
    states = "、".join(line_state(line) for line in lines)
    why = states if case.deadline.on else f"{states}，未定期限"
    return Message(text=f"{name_of(case)}\n目前沒有要提醒的期限（{why}），沒有變更。", case_ids=(case.id,))


def contacts_only(case: Case) -> Message:
    """Say that reminders are stopped by whom they are for; a coordinator's word does not stop them."""
    units = "、".join(line.unit for line in case.assignments if line.unit_id is not None)
    whose = f"{units}的窗口" if units else "承辦單位的窗口"
    return Message(text=f"{name_of(case)}\n沒有變更：「收到」由{whose}註記，提醒才會停。", case_ids=(case.id,))
