"""The wording about a filled 執行情形彙整表."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.messages import Message
from handlers.phrases import short
from minutes.report.phrases import EMPTY_BOXES
from minutes.report.read_back import Doubt, LineKey, NotUnderstood, ReadBack

MOST = 8  # of a list in one answer
BOTH_TICKED = "兩欄都有勾選"
DOUBTS = {
    Doubt.UNKNOWN_NUMBER: "不是列管中的案號（可能已解列）",
    Doubt.UNKNOWN_UNIT: "這個單位在此案沒有列管中的分辦（可能已解列）",
    Doubt.UNCLEAR_MARK: "勾選欄的內容看不懂",
    Doubt.CONTRADICTION: "同一分辦出現多次，勾選不一致",
}


def which_series(named: str) -> Message:
    """Say that a report is of no series that the asker coordinates."""
    if named:
        return Message(text=f"這是「{short(named, 40)}」的彙整表，您不是該會議的管考幕僚，沒有變更。")
    return Message(text="看不出這份彙整表是哪個會議的（檔案裡的標記不見了），沒有變更。請在我產生的檔案上勾選後再傳。")


def nothing_ticked(series: str, found: ReadBack) -> Message:
    """Say that a report decides nothing."""
    return Message(text="\n".join([f"「{series}」的彙整表沒有可以套用的勾選，沒有變更。", *leftovers(found)]))


def with_leftovers(answer: Message, found: ReadBack) -> Message:
    """Add to a review what the report leaves undecided."""
    left = leftovers(found)
    return replace(answer, text="\n".join([answer.text, *left])) if left else answer


def leftovers(found: ReadBack, most: int = MOST) -> list[str]:
    """What a report leaves undecided, a line for each kind, and each row that was not understood."""
    lists = (
        (f"{BOTH_TICKED}，請擇一", found.conflicts),
        ("兩欄都沒有勾選，維持現狀", found.undecided),
        ("彙整表沒有列出，維持現狀", found.missing),
    )
    lines = [f"{what} {len(keys)} 筆：{_keys(keys, most)}" for what, keys in lists if keys]
    unread = found.not_understood
    lines += [f"看不懂 {len(unread)} 列："] if unread else []
    lines += [f"・第 {one.row.row} 列 {not_understood(one)}" for one in unread[:most]]
    return [*lines, f"…等 {len(unread)} 列"] if len(unread) > most else lines


def not_understood(one: NotUnderstood) -> str:
    """One row that decides nothing, and why."""
    row = one.row
    unit = "".join(row.unit.split())
    said = " ".join(filter(None, (short(row.number, 20), short(unit, 20)))) or "（空白）"
    marks = "、".join(short(mark, 20) for mark in (row.release, row.continue_) if mark.strip(EMPTY_BOXES + " \n\u3000"))
    return f"{said}：{DOUBTS[one.doubt]}" + (f"（{marks}）" if marks else "")


def _keys(keys: Sequence[LineKey], most: int) -> str:
    named = "、".join(f"{short(key.number, 20)}({short(key.unit, 20)})" for key in keys[:most])
    return named + ("…" if len(keys) > most else "")
