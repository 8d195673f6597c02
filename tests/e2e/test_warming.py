"""What the first message needs is made ready at the start, beside the serving."""

from __future__ import annotations

import subprocess
import sys
from threading import enumerate as threads

import pytest

from handlers.language.phrasebook import phrasebook

SECOND_READING = """
import re
from datetime import date
from bot.warming import warm
from domain.calendar import WorkCalendar
from minutes.parse import parse

warm(WorkCalendar(), date(2021, 9, 23))
before = set(re._cache)
parse(open(0, encoding="utf-8").read(), calendar=WorkCalendar())
print(len(set(re._cache) - before))
"""
MINUTES = """管考會報第12次會議紀錄
時間：110年9月23日（星期四）下午2時
貳、報告事項
結論：
（一）列管編號11-1、11-2等2案解除列管，11-3賡續列管。
（二）請資訊局會同法務局於110年10月15日前完成契約延長，並於3個工作天內回復。
參、散會
"""


@pytest.mark.usefixtures("world")
def test_start_compiles_every_sentence_beside_the_serving() -> None:
    for thread in [one for one in threads() if one.name == "warming"]:
        thread.join(60)

    book = phrasebook()
    sentences = [*book.anywhere, *book.quoted, *(one for group in book.by_first.values() for one in group)]

    assert [one.pattern for one in sentences if "matches" not in vars(one)] == []


def test_minutes_need_no_further_pattern_after_warming() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SECOND_READING], input=MINUTES, capture_output=True, text=True, check=True
    )

    assert done.stdout == "0\n"
