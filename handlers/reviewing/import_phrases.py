"""The wording of an import on the command line: all of a review as text for people, as plain data for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from domain.case import Case, Duty
from domain.ports import UnitOfWork
from handlers.reminding.reminders import View
from handlers.reviewing.carried import only_lists
from handlers.reviewing.decision_phrases import count_lines, decision_line, missing_lines
from handlers.reviewing.judging import Judged, Standing
from handlers.reviewing.review import DraftCase, Drafts, Origin
from handlers.reviewing.review_phrases import (
    deadline_of,
    doubts_of,
    heading,
    next_meeting_lines,
    units_of,
    unread_lines,
)

REFUSALS = {
    "no_series": "紀錄沒有寫是哪個會議。請加上 --series，例如：--series 主任秘書會報",
    "no_meeting": "紀錄沒有寫第幾次會議，也沒有日期，無法編號。請加上 --ordinal，例如：--ordinal 212",
}
HEADINGS = {
    Origin.NEW: "擬列管",
    Origin.CARRIED: "前案賡續列管、尚無資料，確認後一併開案",
    Origin.CHANGED: "更正",
    Origin.VANISHED: "新版已無，確認後作廢",
}


def as_text(
    drafts: Drafts, judged: Sequence[Judged], missing: Sequence[Case], new_units: Sequence[str], day: View
) -> str:
    """A review as a list: what would be opened, decided, and what was not understood."""
    lines = [heading(drafts), *_drafts(drafts, day)]
    lines += ["名冊沒有的單位，確認後會新增：" + "、".join(new_units)] if new_units else []
    if drafts.decisions:
        carried = frozenset(draft.number for draft in drafts.cases if draft.origin is Origin.CARRIED)
        lines += [f"前案決定 {len(drafts.decisions)} 筆：", *(decision_line(one, carried) for one in judged)]
        lines += missing_lines(missing)
    lines += [*count_lines(drafts), *unread_lines(drafts, len(drafts.unread))]
    coming = next_meeting_lines(drafts, day)
    return "\n".join([*lines, *coming, _ending(drafts, sets_day=bool(coming))])


def as_data(
    drafts: Drafts, judged: Sequence[Judged], missing: Sequence[Case], uow: UnitOfWork, *, confirmed: bool
) -> dict[str, Any]:
    """A review as plain data, dates in ISO form. `cases` and `carried_over` are what waits, or was opened now."""
    already = drafts.corrects is not None and drafts.is_done and not confirmed
    shown = [] if already else [draft for draft in drafts.cases if draft.is_waiting or (confirmed and draft.opened)]
    return {
        "series": drafts.series,
        "ordinal": drafts.ordinal,
        "held_on": drafts.held_on.isoformat() if drafts.held_on else None,
        "already_imported": already,
        "confirmed": confirmed,
        "cases": [_case_data(draft, uow) for draft in shown if draft.origin is not Origin.CARRIED],
        "carried_over": [_case_data(draft, uow) for draft in shown if draft.origin is Origin.CARRIED],
        "new_units": new_units(drafts, uow),
        "decisions": [_decision_data(one) for one in judged],
        "declared": [{"line": one.line, "declared": one.declared, "listed": one.listed} for one in drafts.counts],
        "not_mentioned": [case.number for case in missing],
        "unread": [{"line": one.line, "text": one.text} for one in drafts.unread],
    }


def new_units(drafts: Drafts, uow: UnitOfWork) -> list[str]:
    """The units that the directory would learn, each once."""
    named = [unit for draft in drafts.cases if draft.is_waiting for unit in (*draft.lead, *draft.support)]
    return [unit for unit in dict.fromkeys(named) if uow.units.by_name(unit) is None]


def _drafts(drafts: Drafts, day: View) -> Iterable[str]:
    waiting = [draft for draft in drafts.cases if draft.is_waiting]
    if (not waiting and not drafts.is_done) or not drafts.cases:
        yield "沒有找到要列管的結論。"
    for origin, title in HEADINGS.items():
        of_origin = [draft for draft in waiting if draft.origin is origin]
        if of_origin:
            yield f"{title} {len(of_origin)} 件："
        for draft in of_origin:
            yield from _lines(draft, day)


def _lines(draft: DraftCase, day: View) -> Iterable[str]:
    yield f"{draft.key}. {draft.number} {draft.title}"
    yield f"　{units_of(draft)}｜{deadline_of(draft, day)}"
    place = f"{draft.section}，第 {draft.line} 行" if draft.section else f"第 {draft.line} 行"
    if only_lists(draft.sentence, draft.number):
        yield f"　出處：{place}"
    else:
        yield f"　原文（{place}）：{draft.sentence}"
    if doubts := doubts_of(draft, day.today):
        yield "　請確認：" + "；".join(doubts)


def _ending(drafts: Drafts, *, sets_day: bool) -> str:
    if drafts.corrects is not None and drafts.is_done:
        return "這次會議先前已經匯入，沒有變更。"
    waits = any(draft.is_waiting for draft in drafts.cases) or drafts.decisions or sets_day
    return "尚未寫入。確認無誤請加上 --confirm 再執行一次。" if waits else "沒有變更。"


def _case_data(draft: DraftCase, uow: UnitOfWork) -> dict[str, Any]:
    due = draft.deadline
    return {
        "number": draft.number,
        "title": draft.title,
        "text": draft.sentence,
        "section": draft.section,
        "line": draft.line,
        "deadline": due.on.isoformat() if due.on else None,
        "deadline_text": due.text,
        "deadline_rule": due.rule,
        "units": [*_units(draft.lead, Duty.LEAD, uow), *_units(draft.support, Duty.SUPPORT, uow)],
        "doubts": list(draft.doubts),
        "origin": draft.origin.value,
    }


def _units(names: Iterable[str], duty: Duty, uow: UnitOfWork) -> Iterable[dict[str, Any]]:
    for name in names:
        unit = uow.units.by_name(name)
        yield {"name": unit.name if unit else name, "duty": duty.value, "known": unit is not None}


def _decision_data(judged: Judged) -> dict[str, Any]:
    decision = judged.decision
    return {
        "number": decision.number,
        "unit": decision.unit,
        "decision": decision.verdict.value,
        "known": judged.case is not None,
        "standing": judged.standing.value,
        "applied": decision.applied,
        "dropped": decision.dropped,
        "applies": judged.standing is Standing.APPLIES,
        "line": decision.line,
    }
