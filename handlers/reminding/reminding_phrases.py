"""The wording of how a case is reminded of."""

from __future__ import annotations

from collections.abc import Sequence

from domain.calendar import roc
from domain.case import Case, Priority
from domain.reminders import Ladder, Rung
from handlers.messages import Choice, Message
from handlers.phrases import UNDO_HINT, deadline_of, name_of
from handlers.refs import CaseRef
from handlers.reminding.reminders import View

NAMES = {Priority.HIGH: "加密", Priority.NORMAL: "一般"}


def typed(ref: CaseRef, before: Sequence[int], priority: Priority | None) -> str:
    """How the change is typed."""
    how = f" 前{'、'.join(map(str, before))}天" if before else ""
    return f"提醒 {ref}{how}" + (f" {NAMES[priority]}" if priority else "")


def days_of(ladder: Ladder) -> str:
    """Say a ladder: 期限前 7、3、1 個工作天與當天；逾期後第 1、3 個工作天，之後每 5 個工作天."""
    before = "、".join(str(days) for days in ladder.before if days)
    first = f"期限前 {before} 個工作天" if before else ""
    today = "當天" if 0 in ladder.before else ""
    after = "、".join(map(str, ladder.after))
    late = f"第 {after} 個工作天，之後" if after else ""
    return f"{'與'.join(part for part in (first, today) if part)}；逾期後{late}每 {ladder.then_every} 個工作天"


def shown(case: Case, ladder: Ladder, coming: Sequence[Rung], day: View) -> Message:
    """Say when a case is reminded of, and how to change that."""
    hint = f"要改請輸入：提醒 {case.number} 前14、7、3、1天，或：提醒 {case.number} 加密"
    return Message(text="\n".join([*_body(case, ladder, coming, day), hint]), case_ids=(case.id,))


def changed(case: Case, ladder: Ladder, coming: Sequence[Rung], day: View) -> Message:
    """Say that a case is reminded of on other days from now on."""
    text = "\n".join(["已變更提醒：", *_body(case, ladder, coming, day), UNDO_HINT])
    return Message(text=text, choices=(Choice("復原", "復原"),), case_ids=(case.id,))


def unchanged(case: Case, ladder: Ladder, coming: Sequence[Rung], day: View) -> Message:
    """Say that the case is reminded of just so already."""
    text = "\n".join([*_body(case, ladder, coming, day), "本來就是這樣提醒，沒有變更。"])
    return Message(text=text, case_ids=(case.id,))


def _body(case: Case, ladder: Ladder, coming: Sequence[Rung], day: View) -> list[str]:
    lines = [name_of(case), f"　{deadline_of(case, day)}", f"　提醒：{days_of(ladder)}"]
    if coming:
        return [*lines, "　接下來：" + "、".join(roc(rung.at.date()) for rung in coming)]
    if case.is_open:
        return [*lines, "　本案未定日期，訂了期限才會照這樣提醒；現在隨下次會議催報。"]
    return [*lines, "　本案已解除列管，不再提醒。"]


def too_many_days(case: Case, most: int, farthest: int) -> Message:
    """Refuse a ladder that nobody could mean."""
    text = f"{name_of(case)}\n沒有變更：最多 {most} 個日子，最遠期限前 {farthest} 個工作天。例如："
    return Message(text=f"{text}\n提醒 {case.number} 前14、7、3、1天", case_ids=(case.id,))


def may_not_set(case: Case) -> Message:
    """Refuse a change by somebody who is no coordinator."""
    text = f"{name_of(case)}\n沒有變更：提醒的日子由管考幕僚設定。看目前的提醒請輸入：提醒 {case.number}"
    return Message(text=text, case_ids=(case.id,))
