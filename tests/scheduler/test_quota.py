"""What a push costs and what is left: asked of LINE over HTTP, looked ahead, and told in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.line.account import LineAccount
from bot.line.render import render
from bot.line.standin import TEST_TOKEN, Fault, Platform, Settings, StandInServer
from domain.chat import Chat, ChatKind
from domain.member import Role
from domain.notice import Urgency
from domain.ports import DayOff, Store, UnitOfWork
from domain.quota import Budget, Quota
from scheduler.quota import month_end, refresh
from scheduler.route import route
from tests.scheduler.office import POLICY, Office, furnish, open_case, taipei

NOW = taipei("2021-09-27")
GROUP = Chat(ChatKind.GROUP, "C" + "1" * 32)
COORDINATOR = "U" + "c" * 32
CONTACT = "U" + "d" * 32
MINUTE = timedelta(minutes=1)


@pytest.fixture
def line() -> Iterator[StandInServer]:
    platform = Platform(Settings(quota_limit=200))
    members = [platform.add_user(str(number)).user_id for number in range(12)]
    platform.add_group("會報", members, GROUP.id)
    with StandInServer(platform) as server:
        yield server


@pytest.fixture
def account(line: StandInServer) -> LineAccount:
    return LineAccount(TEST_TOKEN, line.url, timeout=(1.0, 1.0))


@pytest.fixture
def office(store: Store) -> Office:
    made = furnish(store, group=GROUP)

    def appoint(uow: UnitOfWork) -> None:
        uow.people.add_role(COORDINATOR, "管考", made.series_id, Role.COORDINATOR, None)
        uow.people.befriend(COORDINATOR, is_friend=True)

    store.write(appoint)
    return made


def budget(store: Store) -> Budget:
    return store.read(lambda uow: uow.deliveries.budget())


def warned(store: Store, at: object) -> list[str]:
    route(store, POLICY, render, as_of=at, now=at)
    rows = store.write(lambda uow: uow.outbox.claim(at, limit=9, until=at + MINUTE))
    return [row.payload for row in rows if row.to == COORDINATOR]


def test_quota_and_group_sizes_are_asked_of_line(
    store: Store, office: Office, line: StandInServer, account: LineAccount
) -> None:
    line.platform.settings.quota_used = 30
    refresh(store, account, POLICY, NOW)

    assert (budget(store).quota, budget(store).left) == (Quota(limit=200, used=30), 170)
    assert store.read(lambda uow: uow.groups.sizes(office.series_id)) == [(GROUP, 12)]


def test_a_plan_without_a_limit_is_unlimited(
    store: Store, office: Office, line: StandInServer, account: LineAccount
) -> None:
    line.platform.settings.quota_limit = None
    refresh(store, account, POLICY, NOW)

    assert (budget(store).quota, budget(store).left) == (Quota(limit=None, used=0), None)


def test_line_is_asked_again_after_ten_minutes_and_groups_are_counted_once_a_day(
    store: Store, office: Office, line: StandInServer, account: LineAccount
) -> None:
    for at in (NOW, NOW + 9 * MINUTE, NOW + 10 * MINUTE, NOW + timedelta(days=1, minutes=1)):
        refresh(store, account, POLICY, at)

    asked = [exchange.endpoint for exchange in line.platform.ledger.since()]
    assert (asked.count("quota"), asked.count("count")) == (3, 2)


@pytest.mark.parametrize(
    ("status", "asked", "counted"), [(404, 2, 1), (503, 1, 0)], ids=["the bot is not there", "LINE does not answer"]
)
def test_groups_are_not_counted_on_where_line_does_not_answer(
    store: Store, office: Office, line: StandInServer, account: LineAccount, status: int, asked: int, counted: int
) -> None:
    other = Chat(ChatKind.GROUP, "C" + "2" * 32)
    line.platform.add_group("另一群", [], other.id)
    store.write(lambda uow: uow.groups.bind(other, office.series_id, NOW))
    line.platform.faults.add(Fault("status", on="count", status=status))

    refresh(store, account, POLICY, NOW)

    endpoints = [exchange.endpoint for exchange in line.platform.ledger.since()]
    sizes = store.read(lambda uow: uow.groups.sizes(office.series_id))
    assert (endpoints.count("count"), sum(size is not None for _, size in sizes)) == (asked, counted)
    assert budget(store).quota == Quota(limit=200, used=0)


@pytest.mark.parametrize(
    "fault", [Fault("status", times=None), Fault("rate_limit", times=None), Fault("malformed", times=None)]
)
def test_what_line_does_not_say_is_not_known(
    store: Store, office: Office, line: StandInServer, account: LineAccount, fault: Fault
) -> None:
    line.platform.faults.add(fault)
    refresh(store, account, POLICY, NOW)

    assert (budget(store), store.read(lambda uow: uow.groups.sizes(office.series_id))) == (Budget(), [(GROUP, None)])


def test_the_forecast_counts_the_days_on_which_the_group_must_be_told(
    store: Store, office: Office, account: LineAccount
) -> None:
    open_case(store, office, "212-5", deadline=date(2021, 9, 30), at=taipei("2021-09-23"), units=2)
    open_case(store, office, "212-6", deadline=date(2021, 9, 30), at=taipei("2021-09-23"))
    refresh(store, account, POLICY, NOW)  # the rung of this morning is due, those of 9/29 and 9/30 are to come

    assert budget(store).coming == {Urgency.NORMAL: 12, Urgency.HIGH: 12}


def test_the_forecast_knows_the_chase_before_a_meeting(store: Store, office: Office, account: LineAccount) -> None:
    store.write(lambda uow: uow.series.set_next_meeting(office.series_id, date(2021, 10, 4)))  # chased on 9/29
    refresh(store, account, POLICY, NOW)

    assert budget(store).coming == {Urgency.NORMAL: 12}


@pytest.mark.parametrize("meeting", [date(2021, 9, 30), date(2021, 10, 7)], ids=["chased today", "chased in October"])
def test_the_forecast_leaves_out_what_is_chased_now_or_next_month(
    store: Store, office: Office, account: LineAccount, meeting: date
) -> None:
    store.write(lambda uow: uow.series.set_next_meeting(office.series_id, meeting))
    refresh(store, account, POLICY, NOW)

    assert budget(store).coming == {}


def test_the_forecast_counts_what_is_overdue_as_told_in_private(
    store: Store, office: Office, account: LineAccount
) -> None:
    open_case(store, office, "212-5", deadline=date(2021, 9, 28), at=taipei("2021-09-23"))
    refresh(store, account, POLICY, taipei("2021-09-28"))  # +1 comes on 9/29, to the coordinator in the contact's stead

    assert budget(store).coming == {Urgency.HIGH: 1}


def test_the_forecast_knows_the_days_off(store: Store, office: Office, account: LineAccount) -> None:
    open_case(store, office, "212-5", deadline=date(2021, 9, 30), at=taipei("2021-09-23"))
    store.write(lambda uow: [uow.days_off.add(DayOff(date(2021, 9, day)), NOW) for day in (29, 30)])
    refresh(store, account, POLICY, NOW)  # what was to come on 9/29 and 9/30 comes on 9/28

    assert budget(store).coming == {Urgency.HIGH: 12}


def test_contacts_who_are_friends_make_the_forecast_cheap(store: Store, office: Office, account: LineAccount) -> None:
    def appoint(uow: UnitOfWork) -> None:
        uow.people.add_role(CONTACT, "窗口", office.series_id, Role.CONTACT, office.units[0])
        uow.people.befriend(CONTACT, is_friend=True)

    store.write(appoint)
    open_case(store, office, "212-5", deadline=date(2021, 9, 30), at=taipei("2021-09-23"))
    refresh(store, account, POLICY, NOW)

    assert budget(store).coming == {Urgency.NORMAL: 1, Urgency.HIGH: 1}


@pytest.mark.parametrize(("used", "warning"), [(139, None), (140, "70%"), (179, "70%"), (180, "90%"), (199, "90%")])
def test_coordinators_are_warned_at_seventy_and_ninety_percent(
    store: Store, office: Office, line: StandInServer, account: LineAccount, used: int, warning: str | None
) -> None:
    line.platform.settings.quota_used = used
    refresh(store, account, POLICY, NOW)

    said = warned(store, NOW)
    assert [f"本月推播已用 {warning}" in payload for payload in said] == ([True] if warning else [])


def test_a_threshold_is_warned_of_once_a_month(
    store: Store, office: Office, line: StandInServer, account: LineAccount
) -> None:
    line.platform.settings.quota_used = 150
    days = [NOW, NOW + timedelta(days=1), taipei("2021-10-04"), taipei("2021-10-05")]
    said = []
    for at in days:
        refresh(store, account, POLICY, at)
        said.append(len(warned(store, at)))

    assert said == [1, 0, 1, 0]


@pytest.mark.parametrize(("day", "ends"), [("2021-09-30", "2021-10-01"), ("2021-12-31", "2022-01-01")])
def test_a_month_ends_where_people_live(day: str, ends: str) -> None:
    assert month_end(taipei(day, "23:59"), POLICY) == taipei(ends, "00:00")
