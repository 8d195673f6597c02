"""The wording about contacts, handovers, and lines without anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from domain.calendar import roc
from domain.case import Series
from domain.member import Role
from domain.ports import AuditEntry, Departure, UnmannedLine
from domain.unit import Unit
from handlers.messages import Choice, Message
from handlers.phrases import TITLE, UNDO_HINT, short
from handlers.reminding.reminders import View

ROLES = {Role.CONTACT: "窗口", Role.CHIEF: "主管"}
HOW_TO_USE = "（7 日內有效，限用一次；請只交給本人）"


@dataclass(frozen=True, slots=True)
class Staff:
    """How many look after a unit."""

    unit: str
    contacts: int
    departed: int  # of the contacts, who left a group
    chiefs: int


def coordinator_only(said: str) -> Message:
    """Refuse, and say who can."""
    return Message(text=f"沒有變更：「{said}」由該會議的管考幕僚處理。\n自己要交接請在一對一聊天輸入：交接")


def codes_in_private(said: str) -> Message:
    """Refuse to show a code where others read it."""
    return Message(text=f"綁定碼不在群組顯示。請到與我的一對一聊天輸入：{said}")


def code_for(series: Series, unit: Unit, role: Role, code: str) -> Message:
    """Hand a code to a coordinator."""
    lines = [
        f"{series.name} {unit.name} {ROLES[role]}的綁定碼：{code}",
        f"請他輸入：綁定 {code}",
        HOW_TO_USE,
    ]
    return Message(text="\n".join(lines))


def nothing_to_hand_over() -> Message:
    """Say that the asker is contact of nothing."""
    return Message(text="您沒有單位窗口的身分可以交接。管考幕僚要替單位交接請輸入：交接 單位名稱")


def handover_codes(codes: Sequence[tuple[Series, Sequence[str], str]]) -> Message:
    """Hand out the code of a handover, one for each series."""
    lines = []
    for series, units, code in codes:
        lines.append(f"{series.name}（{'、'.join(units)}）交接碼：{code}")
        lines.append(f"請接手的人輸入：綁定 {code}")
    lines.append(f"{HOW_TO_USE}\n對方綁定後，案件由他接手，原窗口的身分同時取消。")
    return Message(text="\n".join(lines))


def removed(series: Series, unit: Unit, *, left: int) -> Message:
    """Say that a contact is none any more."""
    rest = f"還有 {left} 位窗口。" if left else f"已沒有窗口，請輸入：指派窗口 {unit.name}"
    return Message(
        text=f"已移除 {series.name} {unit.name} 的窗口，{rest}\n{UNDO_HINT}", choices=(Choice("復原", "復原"),)
    )


def no_contact(unit: Unit, place: int = 0) -> Message:
    """Say that there is no such contact."""
    which = f"第 {place} 位" if place else ""
    return Message(text=f"{unit.name}沒有{which}窗口。要新增請在一對一聊天輸入：指派窗口 {unit.name}")


def which_contact(unit: Unit, said: str, people: Sequence[tuple[AuditEntry | None, bool]], day: View) -> Message:
    """Ask which of several contacts is meant."""
    lines = [f"{unit.name}有 {len(people)} 位窗口，請問是哪一位？請輸入："]
    choices = []
    for place, (bound, departed) in enumerate(people, 1):
        since = f"{roc(bound.at.astimezone(day.zone).date())} 綁定" if bound else "先前綁定"
        typed = f"{said} {unit.name} {place}"
        lines.append(f"{typed}（{since}{'，已離開群組' if departed else ''}）")
        choices.append(Choice(short(typed, 20), typed))
    return Message(text="\n".join(lines), choices=tuple(choices))


def unknown_unit(name: str, near: Sequence[Unit], said: str = "窗口") -> Message:
    """Say that no unit has this name; near ones are offered."""
    if not near:
        return Message(text=f"查無單位「{short(name, 30)}」，請用單位名單上的名稱。例如：{said} 資訊局")
    typed = [f"{said} {unit.name}" for unit in near[:5]]
    choices = tuple(Choice(short(one, 20), one) for one in typed)
    return Message(text="\n".join([f"查無單位「{short(name, 30)}」。您要找的是不是：", *typed]), choices=choices)


def contacts(staff: Sequence[Staff]) -> Message:
    """Tell how many look after which unit."""
    if not staff:
        return Message(text="還沒有任何單位窗口。管考幕僚請在一對一聊天輸入：指派窗口 單位名稱")
    lines = [_staff(one) for one in staff]
    return Message(text="\n".join(["單位窗口：", *lines, "沒有窗口的案件請輸入：沒有窗口的案件"]))


def _staff(one: Staff) -> str:
    gone = f"（{one.departed} 位已離開群組）" if one.departed else ""
    return f"・{one.unit}：窗口 {one.contacts} 位{gone}" + (f"、主管 {one.chiefs} 位" if one.chiefs else "")


def departed(gone: Sequence[Departure]) -> Message:
    """Tell a coordinator who left a group, and what to do."""
    who = "、".join(dict.fromkeys(f"{one.unit}{ROLES[one.role]}" for one in gone))
    contacts = [one for one in gone if one.role is Role.CONTACT]
    how = f"要換人請在一對一聊天輸入：指派{ROLES[gone[0].role]} {gone[0].unit}"
    lines = ["沒有窗口的案件請輸入：沒有窗口的案件"] if contacts else []
    return Message(text="\n".join([f"【順帶一提】已離開群組：{who}（身分仍保留）", *lines, how]))


def unmanned(lines: Sequence[UnmannedLine], *, has_more: bool) -> Message:
    """List the lines that nobody looks after, by unit."""
    if not lines:
        return Message(text="每一件列管中的案件都有窗口。")
    text = []
    for (unit_id, unit), group in groupby(lines, key=lambda line: (line.unit_id, line.unit)):
        there = list(group)
        text.append(f"▍{unit}")
        text += [f"{line.number} {short(line.title, TITLE)}" for line in there]
        how = f"指派 {there[0].number} 給 單位名稱" if unit_id is None else f"指派窗口 {unit}"
        text.append(f"　→ {how}")
    more = ["還有更多，處理後再查一次。"] if has_more else []
    case_ids = tuple(dict.fromkeys(line.case_id for line in lines))
    return Message(text="\n".join(["沒有窗口的案件：", *text, *more]), case_ids=case_ids)
