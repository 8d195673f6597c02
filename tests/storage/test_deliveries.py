from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.chat import Chat, ChatKind
from domain.notice import Audience, NewNotice, NoticeKind, Urgency
from domain.outbox import Delivery, NewMessage, Outcome, Route
from domain.ports import Store
from domain.quota import Budget, Quota
from tests.storage.office import MINUTE, NOW, office

DAY = date(2021, 9, 30)
GROUP = Chat(ChatKind.GROUP, "C-1")
HOUR = timedelta(hours=1)


def push(store: Store, *, cost: int = 30, at: timedelta = MINUTE) -> int:
    """Queue the day's digest of a group and claim it."""

    def work(uow):
        message = NewMessage(route=Route.PUSH, to=GROUP.id, payload="[]", due_at=NOW, give_up_at=NOW + 23 * HOUR)
        row = uow.outbox.add(message)
        uow.deliveries.record(GROUP.id, DAY, row, cost, NOW + at)
        uow.outbox.claim(NOW, limit=9, until=NOW + MINUTE)
        return row

    return store.write(work)


def settle(store: Store, row: int, state: Delivery, **more: object) -> None:
    store.write(lambda uow: uow.outbox.settle([Outcome(id=row, state=state, at=NOW, **more)]))


def had(store: Store, day: date = DAY) -> set[str]:
    return set(store.read(lambda uow: uow.deliveries.had_digest([GROUP.id, "C-2"], day)))


def test_nobody_knows_the_budget_before_line_was_asked(store: Store) -> None:
    push(store)

    assert store.read(lambda uow: uow.deliveries.budget()) == Budget()


def test_the_budget_is_what_line_said_and_what_was_pushed_since(store: Store) -> None:
    push(store, at=-MINUTE)
    store.write(lambda uow: uow.deliveries.set_quota(Quota(limit=200, used=30), NOW))
    store.write(lambda uow: uow.deliveries.set_coming({Urgency.HIGH: 60}))
    assert store.read(lambda uow: uow.deliveries.budget().pushed) == 0

    push(store)

    assert store.read(lambda uow: uow.deliveries.budget()) == Budget(
        quota=Quota(limit=200, used=30), asked_at=NOW, pushed=30, coming={Urgency.HIGH: 60}
    )


@pytest.mark.parametrize(
    ("state", "doubtful", "pushed"),
    [(Delivery.SENT, False, 30), (Delivery.FAILED, False, 0), (Delivery.FAILED, True, 30)],
)
def test_a_refused_push_costs_nothing(store: Store, state: Delivery, doubtful: bool, pushed: int) -> None:
    store.write(lambda uow: uow.deliveries.set_quota(Quota(limit=None, used=0), NOW))
    settle(store, push(store), state, doubtful=doubtful)

    assert store.read(lambda uow: uow.deliveries.budget().pushed) == pushed


def test_a_chat_had_its_digest_of_the_day_unless_it_was_refused(store: Store) -> None:
    row = push(store)
    assert (had(store), had(store, DAY + timedelta(days=1))) == ({GROUP.id}, set())

    settle(store, row, Delivery.FAILED)
    assert had(store) == set()

    push(store)
    assert had(store) == {GROUP.id}


def test_groups_are_counted_again_when_somebody_comes_or_goes_and_after_a_day(store: Store) -> None:
    office(store)
    store.write(lambda uow: uow.groups.bind(GROUP, 1, NOW))

    def uncounted(since: timedelta) -> list[Chat]:
        return list(store.read(lambda uow: uow.groups.uncounted(NOW + since)))

    assert uncounted(-HOUR) == [GROUP]
    store.write(lambda uow: uow.groups.count(GROUP, 30, NOW))
    assert (uncounted(timedelta()), uncounted(MINUTE)) == ([], [GROUP])

    store.write(lambda uow: uow.groups.forget_count(GROUP))
    assert uncounted(-HOUR) == [GROUP]
    assert store.read(lambda uow: uow.groups.sizes(1)) == [(GROUP, 30)]


def test_what_waits_in_a_series_is_found_by_audience_also_when_its_push_was_postponed(store: Store) -> None:
    office(store)

    def notice(rung: str, audience: Audience, urgency: Urgency, due: timedelta = timedelta()) -> NewNotice:
        return NewNotice(
            subject="line:1",
            kind=NoticeKind.DEADLINE,
            for_on=DAY,
            rung=rung,
            audience=audience,
            series_id=1,
            urgency=urgency,
            due_at=NOW + due,
            ride_until=NOW,
            expires_at=NOW + HOUR,
            at=NOW,
        )

    def found(*audiences: Audience, now: timedelta = timedelta(), series: tuple[int, ...] = (1,)) -> list[str]:
        read = store.write(lambda uow: uow.notices.waiting_in(series, audiences, NOW + now, limit=9))
        return [one.rung for one in read]

    store.write(
        lambda uow: uow.notices.add(
            [
                notice("-3", Audience.RESPONSIBLE, Urgency.LOW),
                notice("+0", Audience.GROUP, Urgency.HIGH),
                notice("+1", Audience.CHIEF, Urgency.HIGH),
                notice("+3", Audience.GROUP, Urgency.HIGH, MINUTE),
            ]
        )
    )
    store.write(lambda uow: uow.notices.postpone([1, 2], NOW + HOUR))

    assert found(Audience.RESPONSIBLE, Audience.GROUP) == ["+0", "-3"]
    assert found(Audience.CHIEF) == ["+1"]
    assert (found(Audience.GROUP, series=()), found(Audience.GROUP, now=HOUR)) == ([], [])
