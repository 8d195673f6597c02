"""A list's import on the command line: all of it as text for people, as plain data for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.ports import UnitOfWork
from handlers.reminding.reminders import View
from handlers.reviewing import import_phrases, list_phrases
from handlers.reviewing.list_import import ListDrafts
from handlers.reviewing.listed import Listed
from handlers.reviewing.review import DraftCase
from handlers.reviewing.review_phrases import deadline_of, doubts_of, units_of

REFUSALS = {
    "column": "看不懂 --column「{said}」，請寫成 欄位=用途，例如：--column 3=期限 或 --column C=期限",
    "field": "--column「{said}」的用途不認得，可以是：{fields}",
    "sheet": "沒有工作表「{said}」，這個檔案有：{names}",
    "too_many": "清單有 {count} 件，太長了（一次最多 {most} 件）。請分成幾個檔案，只留列管中的案件再匯入。",
}


def as_text(read: ListDrafts, new_units: list[str], day: View) -> str:
    """What was read of the sheet, every draft with its doubts, and how to go on."""
    lines = list_phrases.overview(read.reading)
    waiting = [draft for draft in read.drafts.cases if draft.is_waiting]
    there = [draft.number for draft in read.drafts.cases if draft.opened]
    lines += [f"已經列管、不再開案 {len(there)} 件：" + "、".join(there)] if there else []
    lines += [f"擬列管 {len(waiting)} 件："] if waiting else []
    lines += [line for draft in waiting for line in _lines(draft, day)]
    lines += ["名冊沒有的單位，確認後會新增：" + "、".join(new_units)] if new_units else []
    return "\n".join([*lines, "尚未寫入。確認無誤請加上 --confirm 再執行一次。" if waiting else "沒有變更。"])


def as_data(read: ListDrafts, uow: UnitOfWork, *, confirmed: bool) -> dict[str, Any]:
    """The import as plain data, dates in ISO form."""
    data = import_phrases.as_data(read.drafts, (), (), uow, confirmed=confirmed)
    cases = sorted([*data["cases"], *data["carried_over"]], key=lambda case: (case["line"] or 0, case["number"]))
    besides = {draft.number: _besides(draft.listed) for draft in read.drafts.cases if draft.listed}
    listed = {name: data[name] for name in ("series", "already_imported", "confirmed", "new_units")}
    return {
        **listed,
        "cases": [{**case, **besides.get(case["number"], {})} for case in cases],
        **list_phrases.as_data(read.reading),
    }


def _besides(listed: Listed) -> dict[str, Any]:
    return {
        "progress": [
            {"text": one.text, "on": one.on.isoformat() if one.on else None, "units": list(one.units)}
            for one in listed.progress
        ],
        "asks_release": listed.asks_release,
        "note": listed.note,
        "kind": listed.kind,
        "stage": listed.stage,
    }


def _lines(draft: DraftCase, day: View) -> Iterable[str]:
    yield f"{draft.number} {draft.title}"
    yield f"　{units_of(draft)}｜{deadline_of(draft, day)}"
    yield f"　第 {draft.line} 列：{' '.join(draft.sentence.split())}"
    if draft.listed:
        yield from (f"　{line}" for line in list_phrases.listed_lines(draft.listed))
    if doubts := doubts_of(draft, day.today):
        yield "　請確認：" + "；".join(doubts)
