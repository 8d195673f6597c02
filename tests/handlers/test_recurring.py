"""Recurring duties in minutes and drafts: which words make one, and what confirming it tracks."""

from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import WorkCalendar
from domain.case import Deadline
from domain.dates import read
from domain.ports import Store
from handlers.recurring import binds, duty_of, kept, tracked
from tests.handlers.office import COORDINATOR, IT, Office, private

CALENDAR = WorkCalendar()
TODAY = date(2021, 9, 27)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("請資訊局每月5日前填報執行情形", True),
        ("請各局處按月填報辦理情形", True),
        ("請資訊局每季結束後10日內提送報告", True),
        ("請每週一前將進度彙報秘書處", True),
        ("請資訊局每週一召開工作會議", False),
        ("請每日巡查並填報", False),
        ("請每季檢討一次", False),
        ("每年編列預算", False),
    ],
)
def test_a_duty_has_a_limit_or_is_to_be_reported(sentence: str, expected: bool) -> None:
    assert binds(read(sentence, on=TODAY, calendar=CALENDAR), sentence) is expected


@pytest.mark.parametrize("words", ["10月底前", "儘速", "即日起", "每季結束後"])
def test_what_does_not_recur_on_a_day_is_no_duty(words: str) -> None:
    assert duty_of(read(words, on=TODAY, calendar=CALENDAR)) is None


def test_a_duty_has_its_first_day_once_it_is_tracked() -> None:
    duty = duty_of(read("每月5日前", on=TODAY, calendar=CALENDAR))
    assert duty is not None

    begun = tracked(duty, TODAY, CALENDAR)

    assert (duty.on, begun.on, begun.text) == (None, date(2021, 10, 5), "每月5日前")
    assert tracked(begun, date(2021, 10, 6), CALENDAR).on == date(2021, 11, 5)
    assert tracked(Deadline(text="儘速"), TODAY, CALENDAR) == Deadline(text="儘速")


def test_of_the_same_duty_the_day_of_now_is_kept() -> None:
    before = Deadline(on=date(2021, 10, 5), text="每月5日前", recurrence="RRULE:FREQ=MONTHLY;BYMONTHDAY=5")
    now = Deadline(on=date(2021, 11, 5), text="每月5日前", recurrence="RRULE:FREQ=MONTHLY;BYMONTHDAY=5")
    dated = Deadline(on=date(2021, 12, 30), text="12月底前")

    assert (kept(before, now), kept(before, dated), kept(dated, now)) == (now, before, dated)


MINUTES = """主任秘書會報第213次會議紀錄
時間：民國110年9月27日
會議結論：
一、請資訊局每月5日前填報資安執行情形。
二、請法務局每週一召開工作會議。
"""


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


def test_minutes_make_a_duty_that_the_draft_shows_and_an_edit_changes(office: Office) -> None:
    shown = office.says(COORDINATOR, MINUTES, private(COORDINATOR)) or ""

    assert "資訊局｜定期 每月5日前" in shown
    assert "法務局｜未定日期（每週一）" in shown
    edited = office.says(COORDINATOR, "草稿 2 期限 每季結束後10日內", private(COORDINATOR)) or ""
    assert "定期 每季結束後10日內" in edited


def test_confirmed_duties_are_tracked_from_the_day_of_confirming(office: Office) -> None:
    office.says(COORDINATOR, MINUTES, private(COORDINATOR))

    office.says(COORDINATOR, "確認", private(COORDINATOR))

    [duty] = office.store.read(lambda uow: uow.cases.by_number([office.chiefs.id], "213-1"))
    [habit] = office.store.read(lambda uow: uow.cases.by_number([office.chiefs.id], "213-2"))
    assert (duty.deadline.on, duty.assignments[0].recurs_on) == (date(2021, 10, 5), date(2021, 10, 5))
    assert (habit.deadline.on, habit.deadline.duty, habit.assignments[0].recurs_on) == (None, None, None)
    assert "下一期 10月份 110/10/5(二) 前" in (office.says(IT, "213-1") or "")
