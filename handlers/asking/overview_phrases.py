"""The wording and the card of the overview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.calendar import roc
from domain.ports import UnitTally
from handlers.buttons import Choice
from handlers.cards import TableCard, TableRow, Tone, Words
from handlers.messages import Message
from handlers.phrases import short
from handlers.views import Aged, Overview

UNITS = 12  # rows on one screen
COLUMNS = ("列管", "7天內", "逾期", "待解列", "未填報")
CHOICES = (
    Choice("逾期", "逾期"),
    Choice("未填報", "未填報"),
    Choice("待解列", "待解列"),
    Choice("本週到期", "本週到期"),
)


def overview(series: Sequence[Overview], today: date) -> Message:
    """Show how the units stand; the numbers stand in the order of the heading."""
    parts = [_one(view, today) for view in series]
    card = _card(series[0], today) if len(series) == 1 and series[0].units else None
    return Message(text="\n\n".join(parts), choices=CHOICES, card=card)


def _one(view: Overview, today: date) -> str:
    head = f"【{view.series.name}】{roc(today)}"
    if not view.units:
        return f"{head}\n目前沒有列管中的案件。"
    totals = [sum(column) for column in zip(*(_numbers(unit) for unit in view.units), strict=True)]
    lines = [head, f"列管 {view.cases} 件；各單位分辦：", "單位：" + "／".join(COLUMNS)]
    lines += [f"{unit.unit}：{_row(unit)}" for unit in view.units[:UNITS]]
    if len(view.units) > UNITS:
        lines.append(f"其他 {len(view.units) - UNITS} 個單位，請輸入單位名稱查詢")
    lines.append("合計：" + "／".join(map(str, totals)))
    lines += _asleep(view)
    lines += ["列管最久：", *(_aged(aged) for aged in view.oldest)]
    return "\n".join(lines)


def _numbers(unit: UnitTally) -> tuple[int, ...]:
    return unit.open, unit.due, unit.overdue, unit.requested, unit.unreported


def _row(unit: UnitTally) -> str:
    return "／".join(map(str, _numbers(unit)))


def _aged(aged: Aged) -> str:
    return f"・{aged.case.number} {short(aged.case.title, 24)}{_age(aged)}"


def _age(aged: Aged) -> str:
    return f"（已列管 {aged.meetings} 次會議）" if aged.meetings else ""


def _asleep(view: Overview) -> list[str]:
    return [f"等待中 {view.asleep} 件，不計逾期與未填報（看案件：等待中）"] if view.asleep else []


def _card(view: Overview, today: date) -> TableCard:
    shown = view.units[:UNITS]
    left = len(view.units) - len(shown)
    oldest = "；".join(f"{one.case.number} {short(one.case.title, 12)}{_age(one)}" for one in view.oldest)
    return TableCard(
        title=f"{view.series.name} 總覽",
        about=f"{roc(today)}，列管 {view.cases} 件",
        columns=COLUMNS,
        lines=tuple(TableRow(name=unit.unit, cells=_cells(unit), said=unit.unit) for unit in shown),
        notes=(
            *((f"其他 {left} 個單位，請輸入單位名稱查詢",) if left else ()),
            *_asleep(view),
            f"列管最久：{oldest}",
        ),
        buttons=CHOICES[:3],
    )


def _cells(unit: UnitTally) -> tuple[Words, ...]:
    tones = (Tone.PLAIN, Tone.SOON, Tone.LATE, Tone.SOON, Tone.PLAIN)
    return tuple(
        Words(str(number), tone if number else Tone.PLAIN) for number, tone in zip(_numbers(unit), tones, strict=True)
    )
