"""What is asked back where it is not clear which case, series, line, unit or command is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from domain.case import (
    Assignment,
    Case,
    Series,
)
from domain.unit import Unit
from handlers.commands import CaseRef, Misread, WhichCase
from handlers.language.usage import USAGES
from handlers.messages import Choice, Message
from handlers.phrases import SAID, button, labelled, line_state, name_of, short, units_of


def unknown_case(ref: CaseRef, near: Sequence[Case], tracked: Sequence[Case] = ()) -> Message:
    """Say that there is no such number here, and which ones are near, or else some that are tracked."""
    shown, hint = (near, "您要找的是不是：") if near else (tracked, "目前列管的例如：")
    if not shown:
        return Message(text=f"查無案號 {ref}。看全部請輸入：列管", choices=button("列管", "列管"))
    lines = [f"查無案號 {ref}。{hint}", *(name_of(case) for case in shown), "看全部請輸入：列管"]
    return Message(text="\n".join(lines), choices=tuple(Choice(case.number, case.number) for case in shown))


def which_series(ref: CaseRef, series: Sequence[Series], say: Callable[[CaseRef], str]) -> Message:
    """Ask which series' case is meant."""
    said = [say(CaseRef(ref.number, (*ref.within, one.name))) for one in series]
    text = "\n".join([f"{ref.number} 在不同會議都有，請問是哪一案？請輸入：", *said])
    return Message(text=text, choices=tuple(labelled(one.name, text) for one, text in zip(series, said, strict=True)))


def which_line(case: Case, lines: Sequence[Assignment], ref: CaseRef, say: Callable[[CaseRef], str]) -> Message:
    """Ask which unit's line is meant."""
    said = [say(CaseRef(ref.number, (*ref.within, line.unit))) for line in lines]
    text = "\n".join(
        [f"{name_of(case)}\n有 {len(lines)} 個單位，請問是哪一個？請輸入：", *(short(s, 80) for s in said)]
    )
    choices = tuple(labelled(line.unit, words) for line, words in zip(lines, said, strict=True) if len(words) <= SAID)
    return Message(text=text, choices=choices, case_ids=(case.id,))


def which_decision(
    case: Case, lines: Sequence[Assignment], ref: CaseRef, say: Callable[[CaseRef], str], everyone: str
) -> Message:
    """Ask for which units a decision is, or for all."""
    said = [(line.unit, say(CaseRef(ref.number, (*ref.within, line.unit)))) for line in lines]
    said += [("全部單位", everyone)]
    states = [f"・{line_state(line)}" for line in lines]
    text = [name_of(case), *states, "請問是哪一個單位？請輸入：", *(words for _, words in said)]
    choices = tuple(labelled(label, words) for label, words in said if len(words) <= SAID)
    return Message(text="\n".join(text), choices=choices, case_ids=(case.id,))


def no_such_line(case: Case, names: Sequence[str]) -> Message:
    """Say that the named unit has no line in the case."""
    units = units_of(case.assignments)
    return Message(text=f"{name_of(case)}\n沒有「{'、'.join(names)}」的分辦，承辦單位：{units}", case_ids=(case.id,))


def which_unit(name: str, units: Sequence[Unit]) -> Message:
    """Say that a unit is not known, and offer what it may mean."""
    if not units:
        return Message(
            text=f"查無單位「{short(name, 30)}」。看全部請輸入：列管\n看指令請輸入：列管說明",
            choices=button("列管", "列管"),
        )
    names = "、".join(unit.name for unit in units)
    text = f"查無單位「{short(name, 30)}」。您要找的是不是：{names}？"
    return Message(text=text, choices=tuple(labelled(unit.name, unit.name) for unit in units))


def misread(misread: Misread, today: date) -> Message:
    """Show the usage of the command that a text came nearest to, with an example to copy."""
    if misread.nearest is None:
        return _nothing_near(misread.ref)
    usage = USAGES[misread.nearest]
    example = usage.on(today)
    example = example.replace("212-5", misread.ref.number) if misread.ref else example
    return Message(
        text=f"用法：{usage.typed}\n例如：{example}\n其他指令請輸入：列管說明",
        choices=button("列管說明", "列管說明"),
    )


def which_case(unclear: WhichCase) -> Message:
    """Ask which of several quoted cases a report is on."""
    said = [f"回報 {ref} {unclear.text}" for ref in unclear.refs]
    lines = ["這則訊息有好幾案，請問要回報哪一案？請輸入：", *(short(words, 80) for words in said)]
    pairs = zip(unclear.refs, said, strict=True)
    return Message(
        text="\n".join(lines), choices=tuple(labelled(r.number, words) for r, words in pairs if len(words) <= SAID)
    )


def at_your_service() -> Message:
    """Answer thanks."""
    return Message(
        text="不客氣。要查案件請輸入案號或「我的」；全部指令請輸入：列管說明",
        choices=button("列管說明", "列管說明"),
    )


def _nothing_near(ref: CaseRef | None) -> Message:
    number = ref.number if ref else "211-2"
    lines = [
        "看不懂這句話，您可以這樣輸入：",
        f"查案件：{number}",
        f"回報：回報 {number} 已完成換文",
        "全部指令：列管說明",
    ]
    return Message(text="\n".join(lines), choices=(Choice(number, number), *button("列管說明", "列管說明")))
