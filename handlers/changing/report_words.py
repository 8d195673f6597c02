"""What the 回報 button says where it opens no keyboard, and the wording of one report on several cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.case import Assignment, Case
from domain.unit import Unit
from handlers.commands import CaseRef
from handlers.messages import Choice, Message
from handlers.phrases import SAID, UNDO_HINT, UNFINISHED_HINT, name_of, short
from handlers.refs import Say


def how_to_report(case: Case, lines: Sequence[Assignment], ref: CaseRef) -> Message:
    """Say how a report on a case is typed; of several lines each by its unit."""
    refs = [ref] if len(lines) == 1 else [replace(ref, within=(*ref.within, line.unit)) for line in lines]
    typed = [f"回報 {one} 已完成換文" for one in refs]
    text = [name_of(case), "請輸入辦理情形，或引用這則訊息直接寫。例如：", *typed]
    return Message(text="\n".join(text), case_ids=(case.id,))


def which_unit_reports(case: Case, units: Sequence[Unit], ref: CaseRef, say: Say) -> Message:
    """Ask somebody of several units for which one a report on a line of every unit is."""
    said = [say(replace(ref, within=(*ref.within, unit.name))) for unit in units]
    text = [name_of(case), f"您有 {len(units)} 個單位，請問是哪一個的辦理情形？請輸入：", *(short(s, 80) for s in said)]
    choices = tuple(
        Choice(short(unit.name, 20), words) for unit, words in zip(units, said, strict=True) if len(words) <= SAID
    )
    return Message(text="\n".join(text), choices=choices, case_ids=(case.id,))


def confirm_reports(refs: Sequence[CaseRef], targets: Sequence[tuple[Case, Assignment]], text: str) -> Message:
    """Ask once before the same progress is kept on several cases."""
    said = f"確認回報 {'、'.join(map(str, refs))} {text}"
    lines = [f"共 {len(targets)} 件要記錄同一段辦理情形：", *(name_of(case) for case, _ in targets)]
    lines += [f"「{short(text, 200)}」", f"確定請輸入：{said}"]
    choices = (Choice("確認", said),) if len(said) <= SAID else ()
    return Message(text="\n".join(lines), choices=choices, case_ids=tuple(case.id for case, _ in targets))


def reported_several(targets: Sequence[tuple[Case, Assignment]], *, unfinished: bool) -> Message:
    """Say that the progress was kept on all of them."""
    numbers = "、".join(case.number for case, _ in targets)
    hint = UNFINISHED_HINT if unfinished else f"若已辦妥請輸入：完成 {numbers}"
    lines = [f"已記錄 {len(targets)} 件的辦理情形："]
    lines += [f"{name_of(case)}（{line.unit}）" for case, line in targets]
    return Message(
        text="\n".join([*lines, hint, UNDO_HINT]),
        choices=(Choice("復原", "復原"),),
        case_ids=tuple(case.id for case, _ in targets),
    )
