"""Coordinators are told what did not go out: once a day, in working hours, and never because of the warning."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from bot.line.render import render
from domain.member import Role
from domain.outbox import Delivery, NewMessage, Outcome, Outgoing, Route
from domain.ports import Store, UnitOfWork
from domain.undelivered import Care
from scheduler.lost import warn_of_lost
from scheduler.route import route
from tests.said import words_of
from tests.scheduler.office import POLICY, Office, furnish, taipei

FRIDAY = taipei("2021-09-24", "10:00")
MONDAY = taipei("2021-09-27", "10:00")
TUESDAY = taipei("2021-09-28", "10:00")
MINUTE = timedelta(minutes=1)
COORDINATOR = "U-coordinator"


@pytest.fixture
def office(store: Store) -> Office:
    made = furnish(store)
    appoint(store, made.series_id)
    return made


def appoint(store: Store, series_id: int) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.people.add_role(COORDINATOR, "管考", series_id, Role.COORDINATOR, None)
        uow.people.befriend(COORDINATOR, is_friend=True)

    store.write(work)


def queue(store: Store, at: datetime, how: Route = Route.PUSH) -> int:
    row = store.write(
        lambda uow: uow.outbox.add(
            NewMessage(
                route=how,
                to="C-group",
                payload="[]",
                due_at=at,
                give_up_at=at + timedelta(hours=23),
                reply_token="t" if how is Route.REPLY else None,
            )
        )
    )
    assert row is not None
    return row


def claim(store: Store, at: datetime) -> list[Outgoing]:
    return list(store.write(lambda uow: uow.outbox.claim(at, limit=9, until=at + MINUTE)))


def fail(store: Store, rows: list[Outgoing], at: datetime, *, doubtful: bool = False) -> None:
    outcomes = [
        Outcome(id=row.id, state=Delivery.FAILED, at=at, reason="not_in_chat", doubtful=doubtful) for row in rows
    ]
    store.write(lambda uow: uow.outbox.settle(outcomes))


def lose(store: Store, at: datetime, how: Route = Route.PUSH) -> int:
    row = queue(store, at, how)
    fail(store, claim(store, at), at)
    return row


def tick(store: Store, at: datetime) -> list[Outgoing]:
    """Plan, route and claim; what there is to claim is the warning."""
    warn_of_lost(store, POLICY, as_of=at, now=at)
    route(store, POLICY, render, as_of=at, now=at)
    return claim(store, at)


def warned(store: Store, at: datetime) -> int:
    """Tick, let the warning arrive, and count it."""
    rows = tick(store, at)
    store.write(lambda uow: uow.outbox.settle([Outcome(id=row.id, state=Delivery.SENT, at=at) for row in rows]))
    return len(rows)


def said(rows: list[Outgoing]) -> list[str]:
    return [words_of(item) for row in rows for item in json.loads(row.payload)]


def test_warning_says_how_many_and_what_to_do(store: Store, office: Office) -> None:
    lose(store, MONDAY)
    lose(store, MONDAY + MINUTE)

    [warning] = tick(store, MONDAY + 2 * MINUTE)

    assert warning.to == COORDINATOR
    assert said([warning]) == [
        "【列管提醒】110/9/27(一)，共 1 項\n"
        "\n▍推播狀況（1）\n"
        "有 2 則通知沒有送出\n"
        "　請在主機執行 lieguan outbox 查看原因並重送\n"
        "\n要看推播額度是否用完，請輸入：額度"
    ]


@pytest.mark.parametrize(
    ("at", "warnings"),
    [
        (taipei("2021-09-27", "08:59"), 0),
        (taipei("2021-09-27", "09:00"), 1),
        (taipei("2021-09-27", "17:59"), 1),
        (taipei("2021-09-27", "18:00"), 0),
        (taipei("2021-09-26", "10:00"), 0),  # a Sunday
    ],
)
def test_coordinators_are_warned_in_working_hours(store: Store, office: Office, at: datetime, warnings: int) -> None:
    lose(store, FRIDAY)

    assert len(tick(store, at)) == warnings


def test_day_has_one_warning_and_what_was_lost_after_it_is_told_on_the_next(store: Store, office: Office) -> None:
    lose(store, FRIDAY)
    first = warned(store, MONDAY)
    lose(store, MONDAY + MINUTE)
    later = [warned(store, at) for at in (MONDAY + 2 * MINUTE, TUESDAY, TUESDAY + MINUTE)]

    assert (first, later) == (1, [0, 1, 0])


def test_loss_that_was_told_is_not_told_on_the_next_day(store: Store, office: Office) -> None:
    lose(store, FRIDAY)

    assert [warned(store, at) for at in (MONDAY, TUESDAY)] == [1, 0]


@pytest.mark.parametrize("doubtful", [False, True])
def test_warning_that_fails_is_no_reason_to_warn(store: Store, office: Office, doubtful: bool) -> None:
    lose(store, FRIDAY)
    fail(store, tick(store, MONDAY), MONDAY + MINUTE, doubtful=doubtful)
    days = [TUESDAY + timedelta(days=day) for day in range(14)]

    planned = [warn_of_lost(store, POLICY, as_of=at, now=at) for at in days]

    assert planned == [0] * 14


def test_reply_that_failed_is_no_loss(store: Store, office: Office) -> None:
    lose(store, FRIDAY, Route.REPLY)

    assert tick(store, MONDAY) == []


def test_nothing_is_said_once_the_messages_were_dropped(store: Store, office: Office) -> None:
    row = lose(store, FRIDAY)
    warn_of_lost(store, POLICY, as_of=MONDAY, now=MONDAY)

    assert store.write(lambda uow: uow.undelivered.drop(row, MONDAY)) is Care.DONE
    assert tick(store, MONDAY + MINUTE) == []


def test_coordinator_of_two_series_is_warned_once(store: Store, office: Office) -> None:
    other = store.write(lambda uow: uow.series.add("區務會議", "{meeting}-{n}"))
    appoint(store, other.id)
    lose(store, FRIDAY)

    [text] = said(tick(store, MONDAY))
    assert text.count("沒有送出") == 1


def test_series_without_a_coordinator_waits_for_one(store: Store) -> None:
    made = furnish(store)
    lose(store, FRIDAY)
    nobody = tick(store, MONDAY)
    appoint(store, made.series_id)

    assert (nobody, len(tick(store, MONDAY + MINUTE))) == ([], 1)
