"""The wording of a case's history and source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.calendar import roc
from domain.ports import AuditEntry
from handlers.buttons import Choice
from handlers.messages import Message
from handlers.phrases import TAKEN_BACK, name_of, short, source_of
from handlers.reminding.reminders import View
from handlers.views import CaseView, History

TEXT = 60  # of a report or reason
ACTIONS = {
    "open_case": "開案",
    "report": "回報",
    "request_release": "申請解除列管",
    "withdraw_release": "撤回解除列管的申請",
    "decide_release": "登錄裁示：解除列管",
    "decide_continue": "登錄裁示：賡續列管",
    "take_back": "依更正的會議紀錄收回裁示",
    "reopen": "重新列管",
    "edit_case": "修改案件",
    "add_line": "增列承辦單位",
    "assign_line": "改分",
    "void_line": "刪除承辦單位",
    "merge_case": "併案",
    "stop_case": "停止辦理",
    "void_case": "作廢",
    "ask_extension": "申請展期",
    "approve_extension": "同意展期",
    "refuse_extension": "不同意展期",
    "propose_transfer": "提議改分",
    "accept_transfer": "接受改分",
    "decline_transfer": "退回改分",
    "acknowledge": "收到提醒",
    "set_stage": "更新",
    "set_ladder": "變更提醒的日子",
    "add_milestone": "登錄里程碑",
    "open_occurrence": "開始填報",
    "set_wait": "設定等待",
    "wake": "喚醒",
    "sleep_again": "恢復等待",
    "cancel_wait": "取消等待",
}
"""What was done, by the audit's action. An entry that begins with undo_ took one back."""
NOBODY = {"clock": "系統"}
"""Who did what no person did, by the audit's source."""
FIELDS = {"title": "標題", "deadline": "期限", "sentence": "原文", "number": "案號", "units": "單位"}


def history(view: History, day: View) -> Message:
    """Tell what happened, the latest first, with the numbers by which a coordinator can take changes back."""
    case = view.case
    part = f"（第 {view.page} 頁）" if view.page > 1 else ""
    if not view.entries:
        said = "沒有更早的紀錄。" if view.page > 1 else "還沒有任何變更紀錄。"
        return Message(text=f"{name_of(case)}\n{said}", case_ids=(case.id,))
    lines = [f"歷程{part}：{name_of(case)}", *(_entry(entry, view, day) for entry in view.entries)]
    choices = (Choice("下一頁", "下一頁"),) if view.has_more else ()
    lines += ["還有更早的：下一頁"] if view.has_more else []
    return Message(text="\n".join(lines), choices=(*choices, Choice(case.number, case.number)), case_ids=(case.id,))


def source(view: CaseView) -> Message:
    """Show what the minutes said, verbatim."""
    case = view.case
    lines = [name_of(case), f"「{case.sentence}」", f"出處：{source_of(view)}"]
    return Message(text="\n".join(lines), choices=(Choice(case.number, case.number),), case_ids=(case.id,))


def _entry(entry: AuditEntry, view: History, day: View) -> str:
    when = entry.at.astimezone(day.zone)
    who = view.members[entry.member_id].name if entry.member_id is not None else NOBODY.get(entry.source, "系統管理員")
    unit = f"{_unit(entry)}：" if _unit(entry) else ""
    what = f"{unit}{_action(entry)}{_detail(entry, view)}"
    undone = "（已復原）" if entry.undone and not (_is_undo(entry) or _follows(entry)) else ""
    return f"#{entry.id} {_day(when.date())} {when:%H:%M} {who}\n　{what}{undone}"


def _day(day: date) -> str:
    return roc(day)


def _is_undo(entry: AuditEntry) -> bool:
    return entry.action == "undo" or entry.action.startswith("undo_")


def _follows(entry: AuditEntry) -> bool:
    """Tell whether another change brought it about, and takes it along when it is undone."""
    return bool((entry.after or {}).get("follows"))


def _action(entry: AuditEntry) -> str:
    if _is_undo(entry):
        return "復原"
    return ACTIONS.get(entry.action, "變更")


def _unit(entry: AuditEntry) -> str:
    return str((entry.after or entry.before or {}).get("unit") or "")


def _detail(entry: AuditEntry, view: History) -> str:
    """What a reader wants to know besides: the report's words, the new day, the reason, the changed field."""
    if entry.subject == "report" and not _is_undo(entry):
        return _report(entry, view)
    before, after = entry.before or {}, entry.after or {}
    if entry.action == "open_occurrence":
        return f" {after['period']}，期限 {roc(date.fromisoformat(after['due']))}"
    if entry.subject == "wait":
        return _waited(before, after) + _said(entry)
    told = f"至 {roc(date.fromisoformat(after['to']))}" if _is_day(after.get("to")) else _changed(before, after)
    told += _moved(before, after)
    more = [f"併入 {after['merged_into']}" if after.get("merged_into") else ""]
    return "，".join([told, *(part for part in more if part)]) + _said(entry)


def _said(entry: AuditEntry) -> str:
    if entry.words is None:
        return ""
    if not entry.words:
        return TAKEN_BACK
    return ("：" if entry.action == "add_milestone" else "，因") + short(entry.words, TEXT)


def _report(entry: AuditEntry, view: History) -> str:
    text, duty = view.texts.get(entry.subject_id, ""), view.case.deadline.duty
    period = (entry.after or {}).get("period")
    named = f"（{duty.name(date.fromisoformat(period))}）" if duty and period else ""
    return named + (f"「{short(text, TEXT)}」" if text else "（原訊息已收回）")


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The units between which a line goes, where the entry is of a transfer."""
    old, new = after.get("from"), after.get("to")
    if "to" not in after:
        old, new = before.get("unit"), after.get("unit")
    return f"：{old} → {new}" if old and new and old != new and not _is_day(new) else ""


def _waited(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What a case waits for, or waited for until this entry, and its new deadline."""
    waits = f"（{after.get('waits') or before.get('waits')}）"
    due = after["deadline"]["on"] if after["deadline"] != before["deadline"] else None
    return f"{waits}，期限 {roc(date.fromisoformat(due))}" if due else waits


def _is_day(value: Any) -> bool:
    try:
        return bool(value) and bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    names = [name for key, name in FIELDS.items() if key in before and key in after and before[key] != after[key]]
    has_stage = before.get("stage") != after.get("stage")
    stage = f"契約階段：{after.get('stage') or '未填'}" if has_stage else ""
    return "、".join(names) + stage
