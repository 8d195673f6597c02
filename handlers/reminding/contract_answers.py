"""The wording of the register of contracts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.calendar import roc
from domain.case import Case, Series
from handlers.clock_commands import OpenContract
from handlers.language.example_days import in_example
from handlers.messages import Choice, Message
from handlers.phrases import UNDO_HINT, name_of, short, tracked_units
from handlers.reminding.contract_phrases import working_days_left
from handlers.reminding.reminders import View, days_left

EXAMPLE = "契約 智慧支付平台維護 資訊局 至{year} 後續擴充"
STAGES = "換文、後續擴充、議約、招標、決標、簽約"


def section(day: date) -> str:
    """Where a contract comes from that is in no minutes."""
    return f"{roc(day)} 契約登錄"


def sentence(command: OpenContract) -> str:
    """What was typed, as the source of the case."""
    return f"契約 {command.title} {command.unit} 至{command.end} {command.stage}".strip()


def as_report(stage: str) -> str:
    """A stage as a report on the line."""
    return f"契約階段：{stage}"


def listed(cases: Sequence[Case], total: int, page: int, size: int, day: View) -> Message:
    """Show one page of the contracts by their end."""
    if not cases:
        return Message(text=f"目前沒有列管中的契約。\n新增請輸入：{in_example(EXAMPLE, day.today)}")
    part = f"（第 {page} 頁）" if page > 1 else ""
    lines = [f"列管中的契約 {total} 件{part}，先到期的在前", *(_line(case, day) for case in cases)]
    left = total - page * size
    if left > 0:
        lines.append(f"還有 {left} 件：契約 第{page + 1}頁")
    choices = tuple(Choice(case.number, case.number) for case in cases)
    return Message(text="\n".join(lines), choices=choices, case_ids=tuple(case.id for case in cases))


def opened(case: Case, day: View) -> Message:
    """Say that a contract is registered, and when it will be reminded of."""
    lines = [
        "已列管契約：",
        _line(case, day),
        "　到期前 90、60、30 個工作天提醒，最後 10 個工作天起幾乎每天提醒",
        f"階段更新請輸入：契約 {case.number} 階段 議約",
        UNDO_HINT,
    ]
    return Message(text="\n".join(lines), choices=(Choice("復原", "復原"),), case_ids=(case.id,))


def stage_set(case: Case, day: View) -> Message:
    """Say that the stage was noted."""
    lines = ["已更新契約階段：", _line(case, day)]
    if case.stage == "簽約":
        lines.append(f"已完成簽約請輸入：完成 {case.number}")
    return Message(text="\n".join([*lines, UNDO_HINT]), choices=(Choice("復原", "復原"),), case_ids=(case.id,))


def _line(case: Case, day: View) -> str:
    return f"{name_of(case)}\n　{tracked_units(case)}｜{_when(case, day)}｜階段：{case.stage or '未填'}"


def _when(case: Case, day: View) -> str:
    end = case.deadline.on
    if end is None:
        return f"到期日未定，補上請輸入：修改 {case.number} {in_example('期限 {year}', day.today)}"
    left = f"（{working_days_left(day.today, end, day.calendar)} 個工作天）" if end >= day.today else ""
    return f"至 {roc(end)}，{days_left(end, day.today)}{left}"


def stage_unchanged(case: Case) -> Message:
    """Say that the contract is in that stage already."""
    return Message(text=f"{name_of(case)}\n階段本來就是{case.stage}，沒有變更。", case_ids=(case.id,))


def no_contract(case: Case) -> Message:
    """Say that the case is no contract."""
    text = f"{name_of(case)}\n沒有變更：本案不是契約。進度請輸入：回報 {case.number} 辦理情形"
    return Message(text=text, case_ids=(case.id,))


def over(end: date, today: date) -> Message:
    """Refuse a contract that has ended."""
    return Message(text=f"沒有變更：{roc(end)} 已經過了。請輸入契約到期日，例如：\n{in_example(EXAMPLE, today)}")


def no_day(why: str, today: date) -> Message:
    """Say that the words hold no day."""
    return Message(text=f"沒有變更：到期日看不懂。{why}\n請寫明日期，例如：\n{in_example(EXAMPLE, today)}")


def may_not_open() -> Message:
    """Refuse, and say who can."""
    return Message(text="沒有變更：契約由本會議的管考幕僚登錄。看契約請輸入：契約")


def which_series(series: Sequence[Series], command: OpenContract) -> Message:
    """Ask which series follows the contract."""
    said = [f"{one.name}{sentence(command)}" for one in series]
    choices = tuple(Choice(short(one.name, 20), words) for one, words in zip(series, said, strict=True))
    return Message(text="\n".join(["請問列在哪一個會議？請輸入：", *said]), choices=choices)
