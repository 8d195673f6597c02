"""The hours of a message: after they are over it never leaves, and nothing that it carries is lost or said twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from domain.outbox import Delivery, Hours, NewMessage, Outcome, Route
from domain.ports import Store
from storage.engine import parse_url
from tests.scheduler.office import taipei

MADE = taipei("2021-09-30", "17:50")
CLOSES = taipei("2021-09-30", "18:00")
REOPENS = taipei("2021-10-01", "09:00")
MINUTE = timedelta(minutes=1)


def queue(store: Store, hours: Hours | None = Hours(CLOSES, REOPENS)) -> int:  # noqa: B008 - immutable
    row = store.write(
        lambda uow: uow.outbox.add(
            NewMessage(
                route=Route.PUSH,
                to="C1",
                payload="[]",
                due_at=MADE,
                give_up_at=MADE + timedelta(hours=23),
                hours=hours,
            )
        )
    )
    assert row is not None
    return row


def claim(store: Store, at: datetime) -> list[int]:
    taken = store.write(lambda uow: uow.outbox.claim(at, limit=9, until=at + MINUTE))
    return [message.id for message in taken]


def try_later(store: Store, row: int, at: datetime, *, doubtful: bool) -> None:
    outcome = Outcome(id=row, state=Delivery.WAITING, at=at, retry_at=at, reason="x", doubtful=doubtful)
    store.write(lambda uow: uow.outbox.settle([outcome]))


def state(database_url: str) -> tuple[str, str | None]:
    engine = sa.create_engine(parse_url(database_url))
    with engine.connect() as connection:
        row = connection.execute(sa.text("SELECT state, reason FROM outbox")).one()
    engine.dispose()
    return str(row.state), row.reason


@pytest.mark.parametrize(("at", "leaves"), [(CLOSES - MINUTE, True), (CLOSES, False), (CLOSES + MINUTE, False)])
def test_message_leaves_only_within_its_hours(store: Store, at: datetime, leaves: bool) -> None:
    row = queue(store)

    assert claim(store, at) == ([row] if leaves else [])


def test_message_that_nobody_took_in_time_is_given_up_so_that_it_can_be_told_anew(
    store: Store, database_url: str
) -> None:
    queue(store)
    claim(store, CLOSES)

    assert state(database_url) == ("failed", "too_late")
    assert claim(store, REOPENS) == []


def test_message_that_line_refused_for_sure_is_given_up_when_the_hours_are_over(
    store: Store, database_url: str
) -> None:
    [row] = [queue(store)]
    claim(store, MADE)
    try_later(store, row, MADE, doubtful=False)
    claim(store, CLOSES)

    assert state(database_url) == ("failed", "too_late")


def test_message_that_line_may_have_waits_for_the_next_opening(store: Store, database_url: str) -> None:
    row = queue(store)
    claim(store, MADE)
    try_later(store, row, MADE, doubtful=True)

    assert claim(store, CLOSES) == []
    assert state(database_url) == ("waiting", "too_late")
    assert claim(store, REOPENS - MINUTE) == []
    assert claim(store, REOPENS) == [row]


def test_message_of_a_sender_that_died_waits_for_the_next_opening(store: Store) -> None:
    row = queue(store)
    claim(store, CLOSES - MINUTE)

    assert claim(store, CLOSES) == []
    assert claim(store, REOPENS) == [row]


def test_message_whose_key_dies_before_the_next_opening_is_given_up(store: Store, database_url: str) -> None:
    row = queue(store, Hours(CLOSES, taipei("2021-10-04", "09:00")))
    claim(store, MADE)
    try_later(store, row, MADE, doubtful=True)
    claim(store, CLOSES)

    assert state(database_url) == ("failed", "too_late")


def test_message_without_hours_leaves_at_night(store: Store) -> None:
    row = queue(store, None)

    assert claim(store, taipei("2021-10-01", "03:00")) == [row]
