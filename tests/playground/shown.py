"""Cards as the bot sends them, of every kind, for pages to be looked at."""

from __future__ import annotations

import json
from typing import Any

from bot.line.render import render
from handlers.buttons import Choice, PickDate, Prefill
from handlers.cards import Card, CaseCard, ListCard, Part, Passage, Row, Section, TableCard, TableRow, Tone, Words
from handlers.messages import Message

STATES = [Words("待處理"), Words("待解列", Tone.SOON), Words("已解列", Tone.DONE)]
DUE = [Words(f"期限 110/9/30(四)，{tone.value}", tone) for tone in Tone]
ROWS = tuple(
    Row(
        head=f"211-{number}",
        title="研議市政大樓訪客報到系統改善方案並縮短尖峰等候時間",
        due=due,
        who="公管中心、資訊局",
        marks=(Words("⚠期限已經過去", Tone.SOON),) * (number % 2),
        about="原文：「請儘速辦理」\n上次回報：尚未填報" * (number % 2),
        said=f"211-{number}",
    )
    for number, due in enumerate(DUE)
)
CARDS: tuple[Card, ...] = (
    CaseCard(
        number="211-2",
        title="𠮷野家契約延長及後續擴充 שלום 案",
        due=DUE[2],
        basis="依據：「9月底前」當月最後一日",
        parts=tuple(Part(f"第{n}個很長的單位名稱管理處", state) for n, state in enumerate(STATES)),
        passages=(Passage("最近回報：110/9/27(一) 資訊局", "已完成換文" * 12), Passage("原文", "請延長契約。" * 20)),
        source="出處：主任秘書會報 第212次",
        buttons=(
            Prefill("回報", "回報 211-2 ", "1 report {}"),
            Choice("完成", "完成 211-2"),
            PickDate("展期", "1 extend {}"),
            Choice("歷程", "歷程 211-2"),
        ),
        hint="也可以輸入：回報 211-2 辦理情形｜完成 211-2",
    ),
    ListCard(
        title="列管中 5 件",
        about="另有說明",
        sections=(Section(ROWS[:2], Words("資訊局（2）")), Section(ROWS[2:], Words("法務局（3）", Tone.LATE))),
        notes=("還有 2 件：下一頁",),
        buttons=(Choice("下一頁", "列管 第2頁"),),
    ),
    TableCard(
        title="總覽",
        columns=("列管", "7日內", "逾期", "待解列", "未填報"),
        lines=tuple(
            TableRow(
                name=name,
                cells=(Words("12"), Words("3", Tone.SOON), Words("2", Tone.LATE), Words("1"), Words("10")),
                said=name,
            )
            for name in ("資訊局", "市政大樓公共事務管理中心")
        ),
    ),
)


def messages() -> list[dict[str, Any]]:
    """One message of every kind of card, as LINE is given it."""
    return [one for card in CARDS for one in json.loads(render(Message(text=f"{type(card).__name__}", card=card)))]
