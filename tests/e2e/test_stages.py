"""A stage that sleeps, through signed webhooks and the clock: silent until the first is done, then told once."""

from __future__ import annotations

from datetime import date, datetime

from bot.bootstrap import tick
from domain.ports import UnitOfWork
from tests.e2e.conftest import CONTACT, COORDINATOR, GROUP, SERIES, World
from tests.scheduler.office import Office, open_case


def open_stages(world: World) -> None:
    """Two stages of 資訊局: 212-4 without a day, 212-5 due on 30 September 2021."""

    def units(uow: UnitOfWork) -> Office:
        series, unit = uow.series.by_name(SERIES), uow.units.by_name("資訊局")
        assert series is not None
        assert unit is not None
        return Office(series.id, (unit.id, unit.id))

    office = world.house.store.read(units)
    for number, deadline in (("212-4", None), ("212-5", date(2021, 9, 30))):
        open_case(world.house.store, office, number, deadline=deadline, at=world.clock())


def tick_at(world: World, instant: str) -> dict[str, list[str]]:
    """Let the clock tick; what is said then, in the group and to the contact."""
    world.clock.now = datetime.fromisoformat(instant)
    tick(world.house)
    world.bot.sender.wake()
    return {chat: world.answers(chat) for chat in (GROUP, CONTACT)}


def test_a_sleeping_stage_is_not_reminded_and_its_waking_is_told_once(office: World) -> None:
    open_stages(office)
    office.house.store.write(lambda uow: uow.people.befriend(CONTACT, is_friend=True))
    [asleep] = office.say(COORDINATOR, "212-5 俟212-4完成後30日內完成")
    silence = tick_at(office, "2021-09-30T09:00+08:00")

    office.clock.move(hours=1)
    [done] = office.say(CONTACT, "完成 212-4")
    told = tick_at(office, "2021-10-01T10:05+08:00")
    again = tick_at(office, "2021-10-04T10:05+08:00")

    assert "等 212-4 完成，之後30日內" in asleep
    assert silence == {GROUP: [], CONTACT: []}
    assert "等待的案件開始辦理：212-5 完成契約延長" in done
    assert "期限 110/11/1(一)" in done
    assert [len(said) for said in told.values()] == [0, 1]
    assert "等的 212-4 已完成，現在開始辦理；期限 110/11/1(一)" in told[CONTACT][0]
    assert again == {GROUP: [], CONTACT: []}
