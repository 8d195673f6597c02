"""Reading minutes: pages per second, and whether the time grows faster than the pages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from benchmarks.figure import Aim, Figure
from benchmarks.scale import Scale
from domain.calendar import WorkCalendar
from minutes.parse import parse

MOST_ROUNDS_PAGES = 1_000  # from here on one round is enough
HEAD = """設備管理會報第212次會議紀錄
時間：110年9月23日(星期四)上午10時
地點：第一會議室
主席：主任秘書　記錄：秘書室

壹、上次會議結論事項執行情形
會議結論：編號211-1、211-2等2案解除列管，211-3賡續列管。

貳、報告事項
"""
ITEM = """{n}、第{n}項設備汰換辦理情形
報告單位：資訊局
（一）目前已完成需求訪談，廠商履約進度符合預期，預定下月辦理第一階段驗收。
（二）部分單位反映操作介面不易使用，將於教育訓練時加強說明。
（三）截至8月底前已登錄75萬份，尚有部分資料須由各單位提供。
會議結論：
1.請資訊局會同法務局於10月{day}日前完成契約檢討，並於下次會議報告。
2.請各單位配合提供資料，儘速完成盤點。
3.本案洽悉。
"""
ITEMS_PER_PAGE = 4  # about 32 lines, 700 characters


def figures(scale: Scale) -> Iterator[Figure]:
    """Pages/s at each length, then the growth over the last tenfold."""
    calendar = WorkCalendar()
    parse(pages(1), calendar=calendar)
    seconds = {count: _seconds(count, calendar, scale.rounds) for count in scale.pages}
    for count in scale.pages:
        yield Figure(name=f"minutes of {count:,} pages", unit="pages/s", ours=count / seconds[count])
    for few, many in list(pairwise(scale.pages))[-1:]:
        yield Figure(
            name=f"time of a page in {many:,} beside one in {few:,}",
            unit="ms",
            ours=1000 * seconds[many] / many,
            floor=1000 * seconds[few] / few,
            aim=Aim(1.5, at_least=False, of_ratio=True),
        )


def pages(count: int) -> str:
    """Synthetic minutes of so many pages."""
    items = (ITEM.format(n=n, day=1 + n % 28) for n in range(1, count * ITEMS_PER_PAGE + 1))
    return HEAD + "".join(items)


def _seconds(count: int, calendar: WorkCalendar, rounds: int) -> float:
    text = pages(count)
    return median(_timed(text, calendar) for _ in range(1 if count >= MOST_ROUNDS_PAGES else rounds))


def _timed(text: str, calendar: WorkCalendar) -> float:
    start = time.perf_counter()
    found = parse(text, calendar=calendar)
    taken = time.perf_counter() - start
    if not found.drafts:
        raise RuntimeError("the minutes were not read")
    return taken
