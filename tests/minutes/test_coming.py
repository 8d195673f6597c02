"""The day of the next meeting, where minutes state it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import WorkCalendar
from minutes.parse import parse

HEAD = "處務會議第210次會議紀錄\n時間：110年9月23日\n主席：處長\n會議結論：\n一、請資訊局於10月底前完成契約延長。\n"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("六、下次會議時間：110年10月21日", date(2021, 10, 21)),
        ("下次會議訂於110年10月21日(星期四)上午9時30分召開。", date(2021, 10, 21)),
        ("二、下次會議定於10/21，請各單位於10月15日前提報。", date(2021, 10, 21)),
        ("四、下次會議：10月31日上午7時。", date(2021, 10, 31)),
        ("下次開會日期：中華民國110年10月21日（四）下午2時", date(2021, 10, 21)),
        ("六、下次會議\n時間：110年10月21日", date(2021, 10, 21)),
        ("下次會議時間\n110年10月21日上午10時", date(2021, 10, 21)),
        ("下次會議暫訂110年10月21日", date(2021, 10, 21)),
        ("下次會議擇於下個月第一個星期三召開。", date(2021, 10, 6)),
        ("下次會議預定於10月下旬召開。", None),
        ("下次會議：110年10月21日或110年10月22日", None),
        ("下次會議訂於110年9月1日召開。", None),
        ("下次會議時間：另行通知", None),
        ("二、請法務局於下次會議前完成修補，並於110年10月21日前提報。", None),
    ],
)
def test_the_next_meeting_is_the_one_day_that_the_minutes_state(line: str, day: date | None) -> None:
    assert parse(f"{HEAD}{line}\n散會", calendar=WorkCalendar()).next_meeting_on == day


def test_no_next_meeting_is_read_where_the_day_of_this_one_is_not_known() -> None:
    text = "會議結論：\n一、請資訊局於10月底前完成契約延長。\n下次會議：110年10月21日"

    assert parse(text, calendar=WorkCalendar()).next_meeting_on is None
