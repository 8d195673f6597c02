"""復原: take back the last own change, whole, or say why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain.case import Assignment, Case, Closing, Duty, State
from domain.chat import Chat, ChatKind
from domain.member import Action
from domain.ports import AuditEntry
from handlers import phrases, recurring_phrases
from handlers.changes import move_back, record
from handlers.changing.all_units import may_report
from handlers.context import Context
from handlers.messages import Message
from handlers.people import people_phrases
from handlers.people.staffing import undo_removal
from handlers.recurring import reopen
from handlers.reminding.acknowledging import undo_acknowledgement
from handlers.reminding.contracts import undo_stage
from handlers.reminding.days_off import undo_day_off
from handlers.reminding.milestones import undo_milestone
from handlers.reminding.next_meeting import undo_next_meeting
from handlers.reminding.reminding import undo_ladder
from handlers.reviewing.review_phrases import some
from handlers.stages.undo_waits import undo_wait
from handlers.undoing.undo_proposals import undo_answer, undo_approval, undo_proposal, undo_transfer
from handlers.undoing.undo_review import CannotUndo, Step, undo_case, undo_line, undo_review


def undo_last(context: Context) -> Message:
    """Take back the last own change."""
    entries = _last_change(context)
    return take_back(entries, context) if entries else people_phrases.nothing_to_undo()


def take_back(entries: Sequence[AuditEntry], context: Context) -> Message:
    """Take back every entry of one change: checked first, then all or none."""
    try:
        steps = [_prepare(entry, context) for entry in reversed(entries)]
    except CannotUndo as refusal:
        return people_phrases.cannot_undo(refusal.args[0])
    said = [step() for step in steps]
    context.uow.audit.mark_undone([entry.id for entry in entries])
    return people_phrases.undone(some([line for line in said if line]))


def _last_change(context: Context) -> Sequence[AuditEntry]:
    if context.actor.is_operator:
        return context.uow.audit.last_from(context.actor.source)
    return context.uow.audit.last_of(context.member_id) if context.member_id is not None else ()


def _prepare(entry: AuditEntry, context: Context) -> Step:
    if entry.action in REASONS:
        raise CannotUndo(REASONS[entry.action])
    prepare = PREPARE_ACTION.get(entry.action) or PREPARE[entry.subject]
    return prepare(entry, context)


def _report(entry: AuditEntry, context: Context) -> Step:
    after = _data(entry.after)
    case, line = _line(after["case_id"], after["assignment_id"], context)

    def step() -> str:
        context.uow.cases.withdraw_report(entry.subject_id, context.now)
        again = ""
        if period := after.get("period"):
            reopen(case, line, date.fromisoformat(period), context)
            again = recurring_phrases.asked_again(case, date.fromisoformat(period))
        record("undo_report", "report", entry.subject_id, entry.after, None, context, undone=True)
        return f"{phrases.name_of(case)}\n　取消{after['unit']}的辦理情形{again}"

    return step


def _assignment(entry: AuditEntry, context: Context) -> Step:
    before, after = _data(entry.before), _data(entry.after)
    case, line = _line(after["case_id"], entry.subject_id, context)
    if line.version != after["version"]:
        raise CannotUndo(
            f"{phrases.name_of(case)}（{line.unit}）之後已有人變更，目前為{phrases.STATES[line.state]}。\n"
            f"仍要復原請管考幕僚輸入：復原 #{entry.id}"
        )
    unit_id = before.get("unit_id", line.unit_id)
    if any(other.unit_id == unit_id and other.id != line.id for other in case.assignments if unit_id is not None):
        raise CannotUndo(f"{phrases.name_of(case)} 之後已另有該單位的分辦。")
    closing = Closing(before["closing"]) if before["closing"] else None
    restored = replace(
        line,
        state=State(before["state"]),
        closing=closing,
        merged_into=before.get("merged_into", ""),
        unit_id=unit_id,
        duty=Duty(before.get("duty", line.duty)),
    )

    def step() -> str:
        saved = move_back(case, line, restored, context)
        return f"{phrases.name_of(case)}\n　{phrases.line_state(saved)}"

    return step


def _group(entry: AuditEntry, context: Context) -> Step:
    before, after = _data(entry.before), _data(entry.after)
    chat = Chat(ChatKind(after["kind"]), after["chat_id"])
    if sorted(context.uow.groups.series_of(chat)) != after["series_ids"]:
        raise CannotUndo("該群組的綁定之後已有變更。")
    changed = set(before["series_ids"]) ^ set(after["series_ids"])
    if not all(context.may(Action.BIND_GROUP, series_id=series_id) for series_id in changed):
        raise CannotUndo("您已不是該會議的管考幕僚。")

    def step() -> str:
        for series_id in changed:
            if series_id in after["series_ids"]:
                context.uow.groups.unbind(chat, series_id)
            else:
                context.uow.groups.bind(chat, series_id, context.now)
        record("undo_group", "group", entry.subject_id, entry.after, entry.before, context, undone=True)
        names = "、".join(context.uow.series.get(series_id).name for series_id in sorted(changed))
        return f"群組與「{names}」的綁定關係"

    return step


PREPARE: dict[str, Callable[[AuditEntry, Context], Step]] = {
    "report": _report,
    "assignment": _assignment,
    "group": _group,
    "case": undo_case,
    "line": undo_line,
    "review": undo_review,
    "ladder": undo_ladder,
    "next_meeting": undo_next_meeting,
    "day_off": undo_day_off,
    "stage": undo_stage,
    "wait": undo_wait,
}
PREPARE_ACTION: dict[str, Callable[[AuditEntry, Context], Step]] = {
    "ask_extension": undo_proposal,
    "approve_extension": undo_approval,
    "refuse_extension": undo_answer,
    "propose_transfer": undo_proposal,
    "accept_transfer": undo_transfer,
    "decline_transfer": undo_answer,
    "acknowledge": undo_acknowledgement,
    "remove_contact": undo_removal,
    "add_milestone": undo_milestone,
}
REASONS = {
    "open_occurrence": "期別由系統依期限的規則開立，不能復原。要改規則請輸入：修改 案號 期限 …",
    "hand_over": "交接不能自行取消，請管考幕僚重新指派窗口。",
    "bind": "身分綁定不能自行取消，請洽管考幕僚；要讓群組不再顯示會議請輸入：解除綁定",
}


def _line(case_id: int, assignment_id: int, context: Context) -> tuple[Case, Assignment]:
    """The line as it is now, if the actor may still undo on it."""
    found = context.uow.cases.by_ids([case_id])
    lines = [(case, line) for case in found for line in case.assignments if line.id == assignment_id]
    if not lines:
        raise CannotUndo("這一案已經不在了。")
    case, line = lines[0]
    if not (
        context.may(Action.UNDO, series_id=case.series_id, unit_id=line.unit_id) or may_report(case, line, context)
    ):
        raise CannotUndo("您目前的身分不能變更這一案，請洽管考幕僚。")
    return case, line


def _data(data: dict[str, Any] | None) -> dict[str, Any]:
    return data or {}
