"""The wording of decisions on earlier numbers: what each would do, before anything is applied."""

from __future__ import annotations

from collections.abc import Sequence

from domain.case import Case, Closing
from handlers.commands import Verdict
from handlers.messages import Choice, Message
from handlers.phrases import line_state, short
from handlers.reviewing.judging import Judged, Standing
from handlers.reviewing.review import DraftDecision, Drafts, Origin

VERDICTS = {Verdict.RELEASE: "解除列管", Verdict.CONTINUE: "賡續列管"}
CLOSINGS = {
    Closing.DONE: "",
    Closing.MERGED: "（併案）",
    Closing.SPLIT: "（分案）",
    Closing.STOPPED: "（停止辦理）",
    Closing.VOID: "（作廢）",
}
NOTES = {
    Standing.APPLIED: "已套用",
    Standing.UNKNOWN_UNIT: "對不到承辦單位，不套用。請輸入：草稿 決定 {key} 單位 …",
    Standing.ALREADY: "先前已解列，沒有變更",
    Standing.RELEASED_BEFORE: "先前已解列，不套用。要重新列管請輸入：草稿 決定 {key} 套用",
    Standing.BOTH: "同時列在解除與賡續，不套用。要套用這一筆請輸入：草稿 決定 {key} 套用",
    Standing.SKIPPED: "不套用",
    Standing.DROPPED: "前次已套用，這一版沒有寫，維持現狀。要撤回請輸入：草稿 決定 {key} 套用",
    Standing.REPLACED: "前次已套用，這一版改為其他決定，請看同案的另一筆",
    Standing.CHANGED_SINCE: "前次已套用，這一版沒有寫；之後已有人變更，不能撤回，請另下決定",
}
DOUBTS = {
    "conditional": "附有條件",
    "negated": "原文為否定句",
    "rest": "原文為「其餘」",
}
MARKED = frozenset({Standing.UNKNOWN_UNIT, Standing.RELEASED_BEFORE, Standing.BOTH, Standing.DROPPED})
NAMED = 8  # numbers in a summary
MOOT_NAMED = 40  # numbers alone
MARK = "⚠"


def decision_words(judged: Judged) -> str:
    """One decision: number, lines, verdict."""
    decision = judged.decision
    units = "、".join(line.unit for line in judged.lines) or decision.unit or ""
    said = f"（{decision.unit}）" if decision.unit and decision.unit not in units else ""
    into = f"，併入 {decision.into}" if decision.into else ""
    place = f"({units})" if units else ""
    verdict = f"{'撤回' * decision.dropped}{VERDICTS[decision.verdict]}"
    return f"{decision.number}{place}{said} {verdict}{CLOSINGS[decision.closing]}{into}"


def decision_line(judged: Judged, carried: frozenset[str] = frozenset()) -> str:
    """One decision of the difference view."""
    decision = judged.decision
    mark = MARK if judged.standing in MARKED else ""
    lines = [f"{decision.key}. {mark}{decision_words(judged)}"]
    if judged.standing is Standing.APPLIES:
        lines.append("　" + "、".join(line_state(line) for line in judged.lines) + _arrow(decision))
    elif note := _note(judged, carried):
        lines.append(f"　{note}")
    if judged.standing is Standing.UNKNOWN_UNIT and judged.case:
        lines.append("　承辦單位：" + "、".join(line.unit for line in judged.case.assignments))
    lines += [f"　{DOUBTS.get(doubt, doubt)}" for doubt in decision.doubts]
    return "\n".join(lines)


def decision_summary(drafts: Drafts, judged: Sequence[Judged]) -> list[str]:
    """What the decisions come to, in a few lines."""
    if not drafts.decisions:
        return []
    applying = [one for one in judged if one.standing is Standing.APPLIES]
    said = [one.decision.verdict for one in applying if not one.decision.dropped]
    parts = _tallied(said)
    parts += [f"撤回 {len(applying) - len(said)} 筆"] if len(applying) > len(said) else []
    parts += _tallied([one.decision.verdict for one in judged if one.standing is Standing.UNKNOWN], "尚無此案號而")
    unclear = [one for one in judged if one.standing in MARKED]
    parts += [f"{MARK}不套用 {len(unclear)} 筆"] if unclear else []
    told = "、".join(parts) or f"{len(judged)} 筆都沒有變更"
    return [f"前案決定：{told}。看差異：草稿 決定", *count_lines(drafts)]


def _tallied(verdicts: Sequence[Verdict], which: str = "") -> list[str]:
    return [f"{which}{VERDICTS[verdict]} {verdicts.count(verdict)} 筆" for verdict in Verdict if verdict in verdicts]


def count_lines(drafts: Drafts) -> list[str]:
    """Counts that the minutes state and that are not what they list."""
    return [
        f"{MARK}第 {one.line} 行：原文說 {one.declared} 案，列出 {one.listed} 案，請核對。"
        for one in drafts.counts
        if one.declared != one.listed
    ]


def show_decisions(drafts: Drafts, judged: Sequence[Judged], missing: Sequence[Case], page: int, size: int) -> Message:
    """The difference view: one page of decisions, unclear ones first, then what the minutes do not mention."""
    if not drafts.decisions:
        return Message(text="這份紀錄沒有前案的解除或賡續決定。")
    carried = frozenset(draft.number for draft in drafts.cases if draft.origin is Origin.CARRIED)
    ordered = sorted((one for one in judged if not _is_moot(one)), key=lambda one: one.standing not in MARKED)
    part = ordered[(page - 1) * size : page * size]
    if not part and page > 1:
        return Message(text=f"前案決定共 {len(judged)} 筆，沒有第 {page} 頁。")
    lines = [f"前案決定 {len(judged)} 筆（尚未套用）", *count_lines(drafts)]
    lines += [decision_line(one, carried) for one in part]
    left = len(ordered) - page * size
    lines += [f"還有 {left} 筆：下一頁"] if left > 0 else [*_moot_lines(judged), *missing_lines(missing)]
    choices = [Choice("下一頁", f"草稿 決定 第{page + 1}頁")] if left > 0 else []
    return Message(text="\n".join(lines), choices=(*choices, Choice("草稿", "草稿"), Choice("確認", "確認")))


def missing_lines(missing: Sequence[Case]) -> list[str]:
    """Open cases that nobody decided about: they stay as they are."""
    if not missing:
        return []
    named = "、".join(f"{case.number} {short(case.title, 12)}" for case in missing[:NAMED])
    more = f"…等 {len(missing)} 件" if len(missing) > NAMED else ""
    return [f"紀錄未提及、仍列管中：{named}{more}"]


def _is_moot(judged: Judged) -> bool:
    """Tell whether a number is released that the series does not have: nothing is to be done about it."""
    decision = judged.decision
    return judged.standing is Standing.UNKNOWN and decision.verdict is Verdict.RELEASE and not decision.doubts


def _moot_lines(judged: Sequence[Judged]) -> list[str]:
    numbers = [one.decision.number for one in judged if _is_moot(one)]
    if not numbers:
        return []
    more = "…" if len(numbers) > MOOT_NAMED else ""
    return [f"解除列管但尚無此案號 {len(numbers)} 筆，不需處理：{'、'.join(numbers[:MOOT_NAMED])}{more}"]


def _note(judged: Judged, carried: frozenset[str]) -> str:
    decision = judged.decision
    if judged.standing is not Standing.UNKNOWN:
        return NOTES[judged.standing].format(key=decision.key)
    if decision.verdict is Verdict.CONTINUE and decision.number in carried:
        return "尚無此案號：已列入草稿，確認後一併開案"
    return "尚無此案號"


def _arrow(decision: DraftDecision) -> str:
    if decision.dropped:
        return " → 恢復為決定前的狀態"
    return " → 已解列" if decision.verdict is Verdict.RELEASE else " → 待處理"
