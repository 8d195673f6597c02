"""A recurring duty down the whole road: opened by message, told by the clock, reported by quoting, opened again."""

from __future__ import annotations

from datetime import date, datetime

from bot.bootstrap import tick
from domain.case import Case
from tests.e2e.conftest import CONTACT, COORDINATOR, GROUP, World, eventually


def run_clock(office: World, at: str) -> None:
    office.clock.now = datetime.fromisoformat(f"{at}+08:00")
    tick(office.house)
    office.bot.sender.wake()
    office.settle()


def cases(office: World) -> list[Case]:
    return list(office.house.store.read(lambda uow: uow.cases.open([1], limit=2)))


def open_periods(office: World) -> list[date]:
    return [one.due_on for case in cases(office) for one in case.occurrences]


def test_each_month_is_reminded_and_reported_by_quoting(office: World) -> None:
    office.house.store.write(lambda uow: uow.people.befriend(CONTACT, is_friend=False))  # so that the group is told
    office.say(COORDINATOR, "新增 請資訊局每月5日前填報資安執行情形。")
    assert eventually(lambda: cases(office) != [])  # the first sentence that a process reads takes it a while
    office.settle()
    run_clock(office, "2021-10-05T09:00")
    [reminder] = [text for text in office.answers(GROUP) if "列管提醒" in text]
    quoted = [entry for entry in office.platform.timeline(GROUP)["entries"] if entry["sender"]["type"] == "bot"][-1]

    [answer] = office.say(CONTACT, "9月弱點掃描完成", quoted=quoted["messageId"])

    assert "（10月份）" in reminder
    assert "10月份已填報，下一期 11月份 110/11/5(五) 前" in answer
    assert open_periods(office) == []
    run_clock(office, "2021-10-27T09:00")
    assert open_periods(office) == [date(2021, 11, 5)]
