"""The wording of a coordinator's changes of a case, and of a request for release taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.case import Assignment, Case, Closing
from domain.member import Action
from domain.ports import AuditEntry
from domain.unit import Unit
from handlers.change_commands import CaseField, CloseCase, EditCase
from handlers.language.example_days import day, in_example
from handlers.messages import Choice, Message
from handlers.phrases import SAID, STATES, UNDO_HINT, deadline_of, line_state, name_of, reason_of, short
from handlers.refs import CaseRef
from handlers.reminding.reminders import View

FIELDS = {
    CaseField.TITLE: "標題",
    CaseField.DEADLINE: "期限",
    CaseField.LEAD: "加主辦",
    CaseField.SUPPORT: "加協辦",
    CaseField.REMOVE: "刪單位",
}
EXAMPLES = {
    CaseField.TITLE: "完成契約延長",
    CaseField.DEADLINE: "{day}",
    CaseField.LEAD: "資訊局",
    CaseField.SUPPORT: "資訊局",
    CaseField.REMOVE: "資訊局",
}
CLOSINGS = {Closing.MERGED: "合併", Closing.STOPPED: "停止", Closing.VOID: "作廢"}
CLOSED = {Closing.MERGED: "已併案", Closing.STOPPED: "已停止辦理", Closing.VOID: "已作廢"}
ONLY = {
    Action.EDIT_CASE: "案件內容由管考幕僚修改。\n"
    "要延期請輸入：展期 {number} 至 日期 因…\n"
    "不是貴單位的案件請輸入：改分 {number} 給 單位",
    Action.SLEEP: "等待由管考幕僚設定與取消。等的事項已發生請輸入：喚醒 {number}",
    Action.CLOSE_CASE: "併案、停止與作廢由管考幕僚依主席裁示登錄。承辦單位辦妥請輸入：完成 {number}",
}
UNDO = Choice("復原", "復原")


def coordinator_only(case: Case, action: Action) -> Message:
    """Refuse what only a coordinator may do, and say what the asker can do instead."""
    return _about(case, f"沒有變更：{ONLY[action].format(number=case.number)}")


def withdrawn(moved: Sequence[tuple[Case, Assignment]]) -> Message:
    """Say that lines are worked on again."""
    lines = [f"{name_of(case)}\n　{line_state(line)}" for case, line in moved]
    return Message(
        text="\n".join(["已撤回解除列管的申請，繼續列管：", *lines, UNDO_HINT]),
        choices=(UNDO,),
        case_ids=tuple(dict.fromkeys(case.id for case, _ in moved)),
    )


def nothing_requested(case: Case, lines: Sequence[Assignment]) -> Message:
    """Say that no request for release waits."""
    states = "、".join(f"{line.unit}：{STATES[line.state]}" for line in lines)
    return _about(case, f"沒有待裁示的解列申請（{states}），沒有變更。")


def typed(command: EditCase) -> str:
    """How a change of a case is typed."""
    return f"{'確認' if command.confirmed else ''}修改 {command.ref} {FIELDS[command.field]} {command.value}"


def how_to_edit(case: Case, field: CaseField, today: date) -> Message:
    """Show how this field is changed."""
    return _about(
        case, f"請寫上新的內容，例如：\n修改 {case.number} {FIELDS[field]} {in_example(EXAMPLES[field], today)}"
    )


def too_long(case: Case, most: int) -> Message:
    """Refuse a title that no phone shows."""
    return _about(case, f"沒有變更：標題最多 {most} 個字。")


def no_day(case: Case, why: str, today: date) -> Message:
    """Say that the words hold no day."""
    how = f"請寫明日期，例如：\n修改 {case.number} 期限 {day(today)}\n沒有期限請寫：修改 {case.number} 期限 無"
    return _about(case, f"沒有變更：期限看不懂。{why}\n{how}")


def as_it_is(case: Case, day: View) -> Message:
    """Say that the case says so already."""
    return _about(case, f"內容相同，沒有變更。{deadline_of(case, day)}")


def edited(before: Case, after: Case, day: View) -> Message:
    """Say what a case was and is."""
    lines = ["已修改：", name_of(after)]
    if before.title != after.title:
        lines.append(f"　標題原為：{short(before.title, 80)}")
    if before.deadline != after.deadline:
        lines.append(f"　{deadline_of(after, day)}")
        if after.deadline.on and after.deadline.text:
            lines.append(f"　讀法：{reason_of(after.deadline)}")
        lines.append(f"　原{deadline_of(before, day)}")
    return Message(text="\n".join([*lines, UNDO_HINT]), choices=(UNDO,), case_ids=(after.id,))


def changed_by_another(command: EditCase, case: Case, entry: AuditEntry, day: View) -> Message:
    """Say what somebody else just changed, and how to change it all the same."""
    minute = entry.at.astimezone(day.zone).strftime("%H:%M")
    is_title = command.field is CaseField.TITLE
    now = f"標題：{short(case.title, 80)}" if is_title else deadline_of(case, day)
    said = typed(replace(command, confirmed=True))
    text = f"沒有變更：{minute} 已有別人改過這一欄，現在是\n　{now}\n仍要改請輸入：\n{said}"
    return replace(_about(case, text), choices=(Choice("仍要改", said),) if len(said) <= SAID else ())


def has_unit_already(case: Case, line: Assignment) -> Message:
    """Say that the unit has a line already."""
    return _about(case, f"{line_state(line)}，已在本案分辦，沒有變更。")


def unit_added(case: Case, line: Assignment) -> Message:
    """Say that a unit has a line now."""
    text = f"已加入承辦單位：\n{name_of(case)}\n　{line_state(line)}\n{UNDO_HINT}"
    return Message(text=text, choices=(UNDO,), case_ids=(case.id,))


def unit_removed(case: Case, line: Assignment) -> Message:
    """Say that a unit's line is closed."""
    text = f"已移除承辦單位：\n{name_of(case)}\n　{line_state(line)}\n{UNDO_HINT}"
    return Message(text=text, choices=(UNDO,), case_ids=(case.id,))


def no_such_unit(case: Case, name: str) -> Message:
    """Say that the unit has no open line in the case."""
    units = "、".join(line.unit for line in case.assignments if line.is_open)
    return _about(case, f"沒有變更：沒有「{short(name, 30)}」的分辦，列管中的單位：{units}")


def last_unit(case: Case) -> Message:
    """Refuse to take a case's only unit away."""
    how = f"改給別的單位請輸入：改分 {case.number} 給 單位\n整案不列管請輸入：停止 {case.number} 因…"
    return _about(case, f"沒有變更：這是本案唯一列管中的單位。\n{how}")


def unknown_unit(case: Case, command: EditCase, near: Sequence[Unit]) -> Message:
    """Say that no unit has this name; near ones are offered, never taken."""
    said = [typed(replace(command, value=unit.name)) for unit in near[:5]]
    asked = "\n您要找的是不是：\n" + "\n".join(said) if said else "\n請用單位名單上的名稱。"
    choices = tuple(Choice(short(unit.name, 20), one) for unit, one in zip(near[:5], said, strict=True))
    return replace(_about(case, f"沒有變更：查無單位「{short(command.value, 30)}」。{asked}"), choices=choices)


def typed_closing(ref: CaseRef, command: CloseCase) -> str:
    """How a case is closed."""
    into = f" 併入 {command.into}" if command.into else ""
    reason = f" 因{command.reason}" if command.reason else ""
    return f"{CLOSINGS[command.closing]} {ref}{into}{reason}"


def reason_wanted(case: Case, command: CloseCase) -> Message:
    """Ask for the reason."""
    said = CLOSINGS[command.closing]
    return _about(case, f"沒有變更：{said}要寫理由，例如：\n{said} {case.number} 因主席裁示毋須再辦")


def target_wanted(case: Case) -> Message:
    """Ask which case goes on."""
    return _about(case, f"沒有變更：併入哪一案？例如：\n合併 {case.number} 併入 212-1")


def no_target(case: Case, into: str) -> Message:
    """Say that the case cannot go on under that number."""
    return _about(case, f"沒有變更：同一會議裡沒有列管中的「{short(into, 20)}」可以併入。看列管案件請輸入：列管")


def case_closed(case: Case, lines: Sequence[Assignment], command: CloseCase, goes_on: Case | None) -> Message:
    """Say that a case was closed, and where it goes on."""
    text = [f"{CLOSED[command.closing]}：", name_of(case), *(f"　{line_state(line)}" for line in lines)]
    if goes_on is not None:
        text.append(f"　後續併 {name_of(goes_on)}")
    if command.reason:
        text.append(f"　理由：{short(command.reason, 200)}")
    ids = (case.id, goes_on.id) if goes_on else (case.id,)
    return Message(text="\n".join([*text, UNDO_HINT]), choices=(UNDO,), case_ids=ids)


def _about(case: Case, said: str) -> Message:
    return Message(text=f"{name_of(case)}\n{said}", case_ids=(case.id,))
