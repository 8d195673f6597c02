"""The wording of an import: as text for people, as plain data for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.calendar import WorkCalendar, roc
from domain.case import UNNAMED_UNIT, Duty
from handlers.date_words import FLAGS
from handlers.import_minutes import OlderDecision, Proposal, ProposedCase
from handlers.phrases import reason_of

REFUSALS = {
    "no_series": "紀錄沒有寫是哪個會議。請加上 --series，例如：--series 主任秘書會報",
    "no_meeting": "紀錄沒有寫第幾次會議，也沒有日期，無法編號。請加上 --ordinal，例如：--ordinal 212",
}
VERDICTS = {"release": "解除列管", "continue": "賡續列管"}
DOUBTS = {
    **FLAGS,
    "general": "對象是全體單位，是否列管請斟酌",
    "no_addressee": "沒有指明單位",
    "no_order_word": "語氣不是明確交辦",
    "no_meeting_date": "紀錄沒有開會日期，期限無法推算",
    "ambiguous_date": "日期有兩種讀法",
}
REASONS_UNREAD = "未讀懂或不列管的內容"


def as_text(proposal: Proposal, calendar: WorkCalendar) -> str:
    """The import as a list: what would be opened, or what was."""
    lines = [_heading(proposal), *_cases(proposal, calendar)]
    if proposal.new_units and not proposal.opened:
        lines.append("名冊沒有的單位，確認後會新增：" + "、".join(proposal.new_units))
    lines += _decisions(proposal.decisions)
    lines += _doubts(proposal)
    return "\n".join([*lines, _ending(proposal)])


def as_data(proposal: Proposal) -> dict[str, Any]:
    """The import as plain data, dates in ISO form."""
    return {
        "series": proposal.series,
        "ordinal": proposal.ordinal,
        "held_on": _iso(proposal),
        "already_imported": proposal.imported is not None,
        "confirmed": bool(proposal.opened),
        "cases": [_case_data(case) for case in proposal.cases],
        "new_units": list(proposal.new_units),
        "decisions": [_decision_data(older) for older in proposal.decisions],
        "unread": [{"line": unread.line, "text": unread.text} for unread in proposal.source.minutes.unread],
    }


def _iso(proposal: Proposal) -> str | None:
    held_on = proposal.source.header.held_on
    return held_on.isoformat() if held_on else None


def _heading(proposal: Proposal) -> str:
    held_on = proposal.source.header.held_on
    parts = [
        proposal.series,
        f"第{proposal.ordinal}次" if proposal.ordinal is not None else "（未載明次別）",
        roc(held_on) if held_on else "（未載明日期）",
    ]
    return " ".join(parts)


def _cases(proposal: Proposal, calendar: WorkCalendar) -> Iterable[str]:
    if proposal.imported is not None:
        return
    if not proposal.cases:
        yield "沒有找到要列管的結論。"
        return
    yield f"{'已開案' if proposal.opened else '擬列管'} {len(proposal.cases)} 件："
    for case in proposal.cases:
        yield from _case_lines(case, calendar)


def _case_lines(case: ProposedCase, calendar: WorkCalendar) -> Iterable[str]:
    yield f"{case.number} {case.draft.title}"
    yield f"　{_units(case)}｜{_deadline(case, calendar)}"
    yield f"　原文（{case.draft.section}，第 {case.draft.line} 行）：{case.draft.text}"
    if case.draft.doubts:
        yield "　請確認：" + "；".join(DOUBTS.get(doubt, doubt) for doubt in case.draft.doubts)


def _units(case: ProposedCase) -> str:
    names = [line.unit + ("（協辦）" if line.duty is Duty.SUPPORT else "") for line in case.lines]
    return "、".join(names) or UNNAMED_UNIT


def _deadline(case: ProposedCase, calendar: WorkCalendar) -> str:
    due = case.deadline
    if due.on is None:
        return f"未定日期（{due.text}）" if due.text else "未定期限"
    stated = f"期限 {roc(due.on)}"
    if not calendar.is_working_day(due.on):
        stated += f" 為放假日，最後上班日 {roc(calendar.last_working_day(due.on))}"
    return f"{stated}（{reason_of(due)}）"


def _decisions(decisions: Iterable[OlderDecision]) -> Iterable[str]:
    listed = list(decisions)
    if listed:
        yield f"前案決定 {len(listed)} 筆（請管考幕僚在聊天室以「解除」「賡續」登錄）："
    for older in listed:
        unit = f"({older.decision.unit})" if older.decision.unit else ""
        known = "" if older.is_known else "　尚未列管的案號"
        yield f"　{older.decision.number}{unit} {VERDICTS.get(older.decision.decision, older.decision.decision)}{known}"


def _doubts(proposal: Proposal) -> Iterable[str]:
    minutes = proposal.source.minutes
    for declared in minutes.declared:
        if declared.count != declared.listed:
            yield f"第 {declared.line} 行：原文說 {declared.count} 案，列出 {declared.listed} 案，請核對。"
    if minutes.unread:
        yield f"{REASONS_UNREAD} {len(minutes.unread)} 處："
    for unread in minutes.unread:
        yield f"　第 {unread.line} 行：{unread.text}"


def _ending(proposal: Proposal) -> str:
    if proposal.imported is not None:
        return "這次會議先前已經匯入，沒有變更。"
    if proposal.opened:
        return f"已開 {len(proposal.opened)} 案。在聊天室輸入案號即可查詢，例如：{proposal.opened[0].number}"
    return "尚未寫入。確認無誤請加上 --confirm 再執行一次。" if proposal.cases else "沒有變更。"


def _case_data(case: ProposedCase) -> dict[str, Any]:
    due = case.deadline
    return {
        "number": case.number,
        "title": case.draft.title,
        "text": case.draft.text,
        "section": case.draft.section,
        "line": case.draft.line,
        "deadline": due.on.isoformat() if due.on else None,
        "deadline_text": due.text,
        "deadline_rule": due.rule,
        "units": [
            {"name": line.unit, "duty": line.duty.value, "known": line.unit_id is not None} for line in case.lines
        ],
        "doubts": list(case.draft.doubts),
    }


def _decision_data(older: OlderDecision) -> dict[str, Any]:
    decision = older.decision
    return {
        "number": decision.number,
        "unit": decision.unit,
        "decision": decision.decision,
        "known": older.is_known,
        "line": decision.line,
    }
