"""After the clock was down for an hour, a day or a month: one summary a group, and what went stale is on record."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.line.render import render
from domain.chat import Chat, ChatKind
from domain.notice import NoticeState
from domain.outbox import Delivery, Outcome
from domain.ports import Store
from scheduler.plan import plan
from scheduler.route import route
from storage.engine import parse_url
from storage.tables import notices
from tests.said import words_of
from tests.scheduler.office import GROUP, POLICY, Office, furnish, open_case, taipei

OPENED = taipei("2021-09-29", "17:00")
OTHER_GROUP = Chat(ChatKind.GROUP, "C-other")
AN_HOUR, A_DAY, A_MONTH = taipei("2021-09-30", "10:00"), taipei("2021-10-01", "10:00"), taipei("2021-10-29", "10:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def cases(store: Store) -> None:
    """Two cases of two units each that the one group hears of, one that another group does; then the clock stops."""
    office = furnish(store)
    open_case(store, office, "212-5", deadline=date(2021, 9, 30), at=OPENED, units=2)
    open_case(store, office, "212-6", deadline=date(2021, 10, 4), at=OPENED, units=2)
    other = store.write(lambda uow: uow.series.add("區務會議", "{meeting}-{n}"))
    store.write(lambda uow: uow.groups.bind(OTHER_GROUP, other.id, OPENED))
    open_case(store, Office(other.id, office.units), "7-1", deadline=date(2021, 9, 30), at=OPENED)
    tick(store, taipei("2021-09-29", "17:59"))


def tick(store: Store, at: datetime) -> dict[str, list[str]]:
    """What each chat is told by one tick; LINE takes it all."""
    plan(store, POLICY, as_of=at, now=at)
    route(store, POLICY, render, as_of=at, now=at)
    rows = store.write(lambda uow: uow.outbox.claim(at, limit=50, until=at + MINUTE))
    store.write(lambda uow: uow.outbox.settle([Outcome(id=row.id, state=Delivery.SENT, at=at) for row in rows]))
    told: dict[str, list[str]] = {}
    for row in rows:
        told.setdefault(row.to, []).extend(words_of(item) for item in json.loads(row.payload))
    return told


def rungs(database_url: str, state: NoticeState) -> dict[str, list[str]]:
    """The rungs on record in a state, by line."""
    engine = sa.create_engine(parse_url(database_url))
    query = sa.select(notices.c.subject, notices.c.rung).where(notices.c.state == state).order_by(notices.c.id)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    engine.dispose()
    found: dict[str, list[str]] = {}
    for subject, rung in rows:
        found.setdefault(subject, []).append(rung)
    return found


@pytest.mark.parametrize(
    ("back", "heads"),
    [
        (AN_HOUR, ["【列管提醒】110/9/30(四)，共 2 項：今天到期 2", "【列管提醒】110/9/30(四)，共 1 項"]),
        (
            A_DAY,
            [
                "【列管提醒】110/10/1(五)，共 4 項：已逾期 2、即將到期 2",
                "【列管提醒】110/10/1(五)，共 1 項",
            ],
        ),
        (A_MONTH, ["【列管提醒】110/10/29(五)，共 4 項：已逾期 4", "【列管提醒】110/10/29(五)，共 1 項"]),
    ],
)
def test_each_group_gets_one_summary(store: Store, back: datetime, heads: list[str]) -> None:
    told = tick(store, back)
    later = [tick(store, back + minutes * MINUTE) for minutes in (1, 60, 420)]

    assert {chat: [text.splitlines()[0] for text in texts] for chat, texts in told.items()} == {
        GROUP.id: heads[:1],
        OTHER_GROUP.id: heads[1:],
    }
    assert later == [{}, {}, {}]


@pytest.mark.parametrize(
    ("back", "due_at_end_of_september", "due_on_fourth"),
    [
        (AN_HOUR, [], []),
        (A_DAY, ["+0"], []),
        (A_MONTH, ["+0", "+1", "+3", "+8", "+13"], ["-1", "+0", "+1", "+3", "+8", "+13"]),
    ],
)
def test_stale_rungs_are_recorded_as_missed(
    store: Store, database_url: str, back: datetime, due_at_end_of_september: list[str], due_on_fourth: list[str]
) -> None:
    tick(store, back)

    missed = [due_at_end_of_september, due_at_end_of_september, due_on_fourth, due_on_fourth, due_at_end_of_september]
    expected = {f"line:{line}": found for line, found in enumerate(missed, 1) if found}
    assert rungs(database_url, NoticeState.MISSED) == expected


@pytest.mark.parametrize(
    ("back", "told"),
    [
        (AN_HOUR, ["+0", "+0", None, None, "+0"]),
        (A_DAY, ["+1", "+1", "-1", "-1", "+1"]),
        (A_MONTH, ["+18"] * 5),
    ],
)
def test_latest_rung_speaks_for_the_missed(
    store: Store, database_url: str, back: datetime, told: list[str | None]
) -> None:
    tick(store, back)

    expected = {f"line:{line}": [rung] for line, rung in enumerate(told, 1) if rung}
    assert rungs(database_url, NoticeState.SENT) == expected
