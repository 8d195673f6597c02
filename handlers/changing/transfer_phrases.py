"""The wording of transfers between units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.case import Assignment, Case
from domain.member import Member
from domain.proposal import Proposal
from domain.unit import Unit
from handlers.change_commands import ProposeTransfer
from handlers.changing.extension_phrases import REASON, answer_ref
from handlers.messages import Choice, Message
from handlers.phrases import UNDO_HINT, line_state, name_of, short
from handlers.refs import CaseRef

UNDO = Choice("復原", "復原")


def typed(ref: CaseRef, unit: str, reason: str) -> str:
    """How a transfer is proposed."""
    return f"改分 {ref} 給 {unit}" + (f" 因{reason}" if reason else "")


def typed_answer(ref: CaseRef, *, accept: bool, note: str = "") -> str:
    """How a transfer is answered."""
    return f"{'接受' if accept else '退回'}改分 {ref}" + (f" 因{note}" if note else "")


def unknown_unit(case: Case, command: ProposeTransfer, near: Sequence[Unit]) -> Message:
    """Say that no unit has this name; near ones are offered, never taken."""
    said = [typed(command.ref, unit.name, command.reason) for unit in near[:5]]
    asked = "\n您要找的是不是：\n" + "\n".join(said) if said else "\n請用單位名單上的名稱。"
    choices = tuple(Choice(short(unit.name, 20), one) for unit, one in zip(near[:5], said, strict=True))
    return replace(_about(case, f"沒有變更：查無單位「{short(command.unit, 30)}」。{asked}"), choices=choices)


def own_already(case: Case, line: Assignment) -> Message:
    """Say that the line is that unit's already."""
    return _about(case, f"{line_state(line)}，已由該單位承辦，沒有變更。")


def has_line_already(case: Case, unit: Unit) -> Message:
    """Say that the other unit has a line of its own in the case."""
    how = f"若本單位不必再辦，請管考幕僚輸入：修改 {case.number} 刪單位 …"
    return _about(case, f"沒有變更：{unit.name}在本案已有分辦。{how}")


def proposed(case: Case, line: Assignment, unit: Unit, proposal: Proposal) -> Message:
    """Say that a transfer waits, and who answers it how."""
    ref = answer_ref(case, line)
    yes, no = typed_answer(ref, accept=True), typed_answer(ref, accept=False)
    lines = [
        f"已提議改分，{unit.name}接受前仍由{line.unit}承辦：",
        f"{name_of(case)}（{line.unit} → {unit.name}）",
        *([f"　理由：{short(proposal.reason, REASON)}"] if proposal.reason else []),
        f"待{unit.name}窗口或管考幕僚輸入：{yes}",
        f"或：{no} 因…",
        UNDO_HINT,
    ]
    choices = (Choice(short(yes, 20), yes), Choice(short(no, 20), no), UNDO)
    return Message(text="\n".join(lines), choices=choices, case_ids=(case.id,))


def waiting_already(case: Case, line: Assignment) -> Message:
    """Say that a transfer of the line waits already."""
    return _about(case, f"沒有變更：{line.unit}已有一件改分提議待回覆。要改內容請由提議人先輸入「復原」。")


def assigned(case: Case, before: Assignment, after: Assignment, contacts: Sequence[Member]) -> Message:
    """Say whose line it is now."""
    lines = [
        "已改分：",
        f"{name_of(case)}\n　{before.unit} → {after.unit}",
        *([] if contacts else [f"　{after.unit}還沒有窗口，請管考幕僚輸入：指派窗口 {after.unit}"]),
        UNDO_HINT,
    ]
    return Message(text="\n".join(lines), choices=(UNDO,), case_ids=(case.id,))


def declined(case: Case, line: Assignment, unit: Unit, proposal: Proposal) -> Message:
    """Say that the line stays where it is, and what follows."""
    lines = [
        f"{unit.name}退回改分，仍由{line.unit}承辦：",
        name_of(case),
        *([f"　理由：{short(proposal.note, REASON)}"] if proposal.note else []),
        f"有爭議時由管考幕僚輸入：改分 {answer_ref(case, line)} 給 單位",
        UNDO_HINT,
    ]
    return Message(text="\n".join(lines), choices=(UNDO,), case_ids=(case.id,))


def may_not_answer(case: Case, unit: Unit) -> Message:
    """Refuse an answer, and say who can."""
    return _about(case, f"沒有變更：改分由{unit.name}的窗口或管考幕僚回覆。")


def moved_meanwhile(case: Case, line: Assignment) -> Message:
    """Say that the line is another's, or closed, since it was proposed."""
    said = typed_answer(answer_ref(case, line), accept=False, note="承辦單位已另有調整")
    return _about(case, f"沒有變更：提議之後這一條已有異動，現在是{line_state(line)}。請退回這件提議：\n{said}")


def _about(case: Case, said: str) -> Message:
    return Message(text=f"{name_of(case)}\n{said}", case_ids=(case.id,))
