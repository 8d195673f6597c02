"""Which way is cheapest, and who gives way when pushes run out."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

import pytest

from domain.chat import Chat, ChatKind
from domain.member import Member
from domain.notice import Audience, Notice, NoticeKind, Urgency
from domain.quota import Budget, Quota
from handlers.reminding.audience import Readers
from handlers.reminding.reminders import Entry
from scheduler.cheapest import Due, Plan, Planner
from tests.scheduler.office import taipei

NOW = taipei("2021-09-30")
GROUP, OTHER = (Chat(ChatKind.GROUP, name) for name in ("C-1", "C-2"))
UNLIMITED = Budget(quota=Quota(limit=None, used=0), asked_at=NOW)
_ids = count(1)


def person(name: str) -> Chat:
    return Chat(ChatKind.USER, name)


def due(
    *friends: str,
    groups: tuple[tuple[Chat, int | None], ...] = ((GROUP, 30),),
    strangers: tuple[str, ...] = (),
    urgency: Urgency = Urgency.HIGH,
    must: bool = True,
    series_id: int = 1,
) -> Due:
    notice = Notice(
        id=next(_ids),
        subject="line:1",
        kind=NoticeKind.DEADLINE,
        for_on=date(2021, 9, 30),
        rung="+0",
        audience=Audience.RESPONSIBLE,
        series_id=series_id,
        urgency=urgency,
        due_at=NOW,
        ride_until=NOW,
        expires_at=datetime.max.replace(tzinfo=NOW.tzinfo),
        at=NOW,
    )
    people = [(name, True) for name in friends] + [(name, False) for name in strangers]
    members = tuple(Member(id=0, user_id=name, name=name, is_friend=friend) for name, friend in people)
    return Due(Entry(notice=notice, title="", due="", tally=""), Readers(groups, members), must)


def plan(*dues: Due, budget: Budget = UNLIMITED, had: tuple[str, ...] = ()) -> Plan:
    return Planner(budget, had).plan(dues)


def left(pushes: int, **coming: int) -> Budget:
    reserved = {Urgency[name]: cost for name, cost in coming.items()}
    return Budget(quota=Quota(limit=200, used=200 - pushes), asked_at=NOW, coming=reserved)


def test_contacts_who_are_friends_cost_less_than_their_group() -> None:
    assert plan(due("U-1", "U-2", strangers=("U-3",))).costs == {person("U-1"): 1, person("U-2"): 1}


def test_a_contact_of_many_cases_gets_one_digest() -> None:
    planned = plan(due("U-1"), due("U-1"))

    assert (planned.costs, len(planned.by_chat[person("U-1")])) == ({person("U-1"): 1}, 2)


@pytest.mark.parametrize(("members", "chats"), [(3, {person("U-1"): 1, person("U-2"): 1}), (2, {GROUP: 2})])
def test_a_group_that_costs_no_more_than_its_contacts_is_told_itself(members: int, chats: dict[Chat, int]) -> None:
    assert plan(due("U-1", groups=((GROUP, members),)), due("U-2", groups=((GROUP, members),))).costs == chats


def test_contacts_who_blocked_the_bot_or_never_added_it_are_told_in_the_group() -> None:
    assert plan(due(strangers=("U-1",))).costs == {GROUP: 30}


def test_once_the_group_must_be_told_everything_travels_there() -> None:
    planned = plan(due(), due("U-1"), due("U-2", urgency=Urgency.LOW, must=False))

    assert (planned.costs, len(planned.by_chat[GROUP])) == ({GROUP: 30}, 3)


def test_what_can_wait_for_a_reply_causes_no_push() -> None:
    assert plan(due(must=False), due("U-1", must=False)).costs == {}


def test_what_can_wait_travels_in_private_only_when_all_contacts_get_a_digest() -> None:
    planned = plan(due("U-1"), due("U-1", must=False), due("U-1", "U-2", must=False))

    assert (planned.costs, len(planned.by_chat[person("U-1")])) == ({person("U-1"): 1}, 2)


def test_each_group_of_a_series_is_told() -> None:
    assert plan(due(groups=((GROUP, 30), (OTHER, None)))).costs == {GROUP: 30, OTHER: 30}


def test_two_series_of_one_group_share_its_digest() -> None:
    planned = plan(due(), due("U-1", series_id=2), due(series_id=2))

    assert (planned.costs, len(planned.by_chat[GROUP])) == ({GROUP: 30}, 3)


def test_what_is_private_is_never_told_in_a_group() -> None:
    planned = plan(due(), due("U-chief", groups=()))

    assert planned.costs == {GROUP: 30, person("U-chief"): 1}


def test_a_group_that_had_its_digest_gets_no_second_one() -> None:
    planned = plan(due(), due("U-1"), had=(GROUP.id,))

    assert (planned.costs, len(planned.held)) == ({person("U-1"): 1}, 1)


def test_a_notice_without_readers_is_unreached() -> None:
    planned = plan(due(groups=(), strangers=("U-1",)))

    assert (planned.costs, len(planned.unreached)) == ({}, 1)


@pytest.mark.parametrize(
    ("budget", "told"),
    [
        (left(90, HIGH=60), [Urgency.HIGH, Urgency.NORMAL, Urgency.LOW]),
        (left(70, HIGH=60, NORMAL=30), [Urgency.HIGH]),
        (left(100, HIGH=60, NORMAL=30), [Urgency.HIGH, Urgency.NORMAL]),
        (left(30, HIGH=60, NORMAL=30), [Urgency.HIGH]),
        (left(29), []),
        (left(0), []),
    ],
)
def test_low_gives_way_first_then_normal_and_high_takes_what_is_left(budget: Budget, told: list[Urgency]) -> None:
    assert [urgency for urgency in reversed(Urgency) if plan(due(urgency=urgency), budget=budget).costs] == told


def test_when_the_group_is_too_dear_the_contacts_are_told_all_the_same() -> None:
    planned = plan(due(), due("U-1"), budget=left(29))

    assert (planned.costs, len(planned.held)) == ({person("U-1"): 1}, 1)


def test_a_round_never_spends_more_than_is_left() -> None:
    planned = plan(*(due(f"U-{n}") for n in range(9)), budget=left(4))

    assert (sum(planned.costs.values()), len(planned.held)) == (4, 5)


def test_an_unknown_budget_stops_nothing() -> None:
    assert plan(due(), budget=Budget()).costs == {GROUP: 30}


@pytest.mark.parametrize(
    ("budget", "is_last_call", "costs"),
    [
        (left(90, HIGH=60), False, {GROUP: 30}),
        (left(89, HIGH=60), False, {}),
        (left(89, HIGH=60), True, {GROUP: 30}),
        (UNLIMITED, False, {GROUP: 30}),
    ],
)
def test_when_pushes_are_scarce_the_group_is_told_by_a_reply_or_at_the_last_call(
    budget: Budget, is_last_call: bool, costs: dict[Chat, int]
) -> None:
    planned = Planner(budget, (), is_last_call=is_last_call).plan([due()])

    assert (planned.costs, len(planned.patient)) == (costs, 0 if costs else 1)
