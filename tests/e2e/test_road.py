"""The whole road: bind, ask, report, done, and a reminder, each through signed webhooks and the SDK."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.bootstrap import tick
from domain.case import State
from domain.member import Role
from tests.e2e.conftest import CONTACT, COORDINATOR, GROUP, STRANGER, World
from tests.e2e.office import open_212_5


def test_coordinator_binds_the_group_with_one_code(world: World) -> None:
    [answer] = world.say(COORDINATOR, f"綁定 {world.code(Role.COORDINATOR)}")

    assert "管考幕僚" in answer


def test_case_is_asked_reported_and_done_in_the_group(office: World) -> None:
    open_212_5(office)

    [asked] = office.say(STRANGER, "212-5")
    [reported] = office.say(CONTACT, "回報 212-5 已完成換文")
    [done] = office.say(CONTACT, "完成 212-5")

    assert "【212-5】完成契約延長" in asked
    assert "完成契約延長" in reported
    assert "待解列" in done
    [case] = office.house.store.read(lambda uow: uow.cases.by_number((1,), "212-5"))
    assert [line.state for line in case.assignments] == [State.RELEASE_REQUESTED]


def test_ordinary_talk_gets_no_answer_and_leaves_no_trace(office: World) -> None:
    open_212_5(office)

    assert office.say(CONTACT, "昨天 212-5 的會開到好晚，大家辛苦了") == []


def test_stranger_is_refused_and_nothing_changes(office: World) -> None:
    open_212_5(office)

    [answer] = office.say(STRANGER, "完成 212-5")

    assert "窗口" in answer
    [case] = office.house.store.read(lambda uow: uow.cases.by_number((1,), "212-5"))
    assert [line.state for line in case.assignments] == [State.OPEN]


@pytest.mark.parametrize(("is_friend", "chat"), [(True, CONTACT), (False, GROUP)], ids=["private", "group"])
def test_reminder_takes_the_cheapest_way_once_and_its_quote_takes_a_report(
    office: World, is_friend: bool, chat: str
) -> None:
    open_212_5(office)
    office.house.store.write(lambda uow: uow.people.befriend(CONTACT, is_friend=is_friend))
    office.clock.now = datetime.fromisoformat("2021-09-30T09:00+08:00")

    tick(office.house)
    tick(office.house)
    office.bot.sender.wake()
    office.settle()
    [reminder] = office.answers(chat)
    quoted = [entry for entry in office.platform.timeline(chat)["entries"] if entry["sender"]["type"] == "bot"][-1]
    [answer] = office.say(CONTACT, "已完成換文，等對方用印", chat=chat, quoted=quoted["messageId"])

    assert "今天到期" in reminder
    assert "212-5" in answer
