"""The wording of cases that are opened by message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.calendar import roc
from domain.case import Case, Series
from handlers.context import Context
from handlers.language.example_days import day, in_example
from handlers.messages import Choice, Message
from handlers.phrases import SAID, UNDO_HINT, deadline_of, line_state, name_of, reason_of, short
from handlers.reviewing.review import DraftCase
from handlers.reviewing.review_phrases import doubts_of

EXAMPLE = "新增 請資訊局於{month}底前完成契約延長"
UNDO = Choice("復原", "復原")


def section(day: date) -> str:
    """Where a case comes from that is in no minutes."""
    return f"{roc(day)} 管考幕僚新增"


def coordinator_only() -> Message:
    """Refuse, and say who can."""
    return Message(text="沒有變更：新增列管案件由本會議的管考幕僚處理。")


def which_series(series: Sequence[Series], text: str) -> Message:
    """Ask which series gets the case."""
    said = [f"新增 {one.name}：{text}" for one in series]
    pairs = zip(series, said, strict=True)
    choices = tuple(Choice(short(one.name, 20), words) for one, words in pairs if len(words) <= SAID)
    return Message(
        text="\n".join(["請問是哪一個會議？請輸入：", *(short(words, 120) for words in said)]), choices=choices
    )


def no_order(today: date) -> Message:
    """Say that the sentence orders nothing."""
    return Message(text=f"沒有變更：看不出要請哪個單位辦什麼事。請寫成一句交辦，例如：\n{in_example(EXAMPLE, today)}")


def too_many(most: int) -> Message:
    """Refuse a whole list."""
    return Message(text=f"沒有變更：一次最多新增 {most} 件。整份會議紀錄請在一對一聊天直接貼上。")


def opened(cases: Sequence[tuple[Case, DraftCase, Sequence[str]]], context: Context) -> Message:
    """Say what was opened, and how its deadline and units were read."""
    lines = ["已新增列管："]
    for case, draft, unknown in cases:
        lines += _opened(case, draft, unknown, context)
    lines += [_correction(*cases[0], context.today), UNDO_HINT]
    return Message(text="\n".join(lines), choices=(UNDO,), case_ids=tuple(case.id for case, _, _ in cases))


def _correction(case: Case, draft: DraftCase, unknown: Sequence[str], today: date) -> str:
    """The likeliest correction, to copy: the unit where it was not found, else the deadline."""
    lacks_unit = unknown or all(line.unit_id is None for line in case.assignments)
    field = "加主辦 資訊局" if lacks_unit else f"期限 {day(today)}"
    return f"要更正例如：修改 {case.number} {field}"


def _opened(case: Case, draft: DraftCase, unknown: Sequence[str], context: Context) -> list[str]:
    lines = [name_of(case), *(f"　{line_state(line)}" for line in case.assignments)]
    lines += [f"　「{name}」不在單位名單，未分辦" for name in unknown]
    lines.append(f"　{deadline_of(case, context.day)}")
    if case.deadline.on and case.deadline.text:
        lines.append(f"　讀法：{reason_of(case.deadline)}")
    lines += [f"　⚠ {doubt}" for doubt in doubts_of(draft, context.today) if "草稿" not in doubt]
    return lines
