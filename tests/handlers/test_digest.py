"""What a digest of many notices looks like."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import WorkCalendar
from domain.notice import Audience, Notice, NoticeKind
from handlers.reminding.reminders import COMING, OVERDUE, Entry, View, aside, digest

VIEW = View(date(2021, 9, 30), WorkCalendar(), ZoneInfo("Asia/Taipei"))
NOW = datetime(2021, 9, 30, 9, 0, tzinfo=VIEW.zone)


def entry(number: str, *, unit: str = "資訊局", days: int = 3, title: str = "契約延長", hint: str = "") -> Entry:
    notice = Notice(
        id=1,
        subject="line:1",
        kind=NoticeKind.DEADLINE,
        for_on=VIEW.today,
        rung="-3",
        audience=Audience.RESPONSIBLE,
        series_id=1,
        due_at=NOW,
        ride_until=NOW,
        expires_at=NOW,
        at=NOW,
    )
    return Entry(
        notice=notice,
        title=title,
        due=f"還有 {days} 天",
        tally=OVERDUE if days < 0 else COMING,
        unit=unit,
        number=number,
        case_id=1,
        days=days,
        details=("上次回報：尚未填報",),
        hint=hint,
    )


def test_units_stand_in_the_order_of_their_most_pressing_case() -> None:
    many = [entry("1-1", days=5), entry("1-2", unit="法務局", days=-2), entry("1-3", days=1)]

    assert digest(many, VIEW).text == (
        "【列管提醒】110/9/30(四)，共 3 項：已逾期 1、即將到期 2\n"
        "\n▍法務局（1）\n1-2 契約延長\n　還有 -2 天\n　上次回報：尚未填報\n"
        "\n▍資訊局（2）\n1-3 契約延長\n　還有 1 天\n　上次回報：尚未填報\n"
        "1-1 契約延長\n　還有 5 天\n　上次回報：尚未填報\n"
        "\n回報請輸入：回報 1-2 辦理情形\n辦妥請輸入：完成 1-2"
    )


@pytest.mark.parametrize(("count", "details"), [(5, 5), (6, 0)])
def test_many_entries_are_said_briefly(count: int, details: int) -> None:
    assert digest([entry(f"1-{n}") for n in range(count)], VIEW).text.count("上次回報") == details


def test_what_a_screen_cannot_hold_is_listed_by_number() -> None:
    text = digest([entry(f"1-{n:02}") for n in range(23)], VIEW).text

    assert "\n▍其餘（3），可輸入編號查詢\n資訊局：1-20、1-21、1-22\n" in text


def test_a_notice_without_a_case_stands_under_what_it_is_and_says_what_to_type() -> None:
    text = digest([entry("", unit="", title="下次會議 110/10/21(四)", hint="輸入：未填")], VIEW).text

    assert text.splitlines()[2:] == [
        "▍即將到期（1）",
        "下次會議 110/10/21(四)",
        "　還有 3 天",
        "　上次回報：尚未填報",
        "",
        "輸入：未填",
    ]


def test_an_aside_is_brief() -> None:
    assert aside([entry("1-1")], VIEW).text == (
        "【順帶提醒】1 項\n\n▍資訊局（1）\n1-1 契約延長\n　還有 3 天\n"
        "\n回報請輸入：回報 1-1 辦理情形\n辦妥請輸入：完成 1-1"
    )
