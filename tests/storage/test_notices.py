from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from domain.notice import Audience, NewNotice, NoticeKind, NoticeState, Urgency
from domain.outbox import Delivery, NewMessage, Outcome, Route
from domain.ports import Store, UnitOfWork
from tests.storage.office import MINUTE, NOW, add_case, office

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _office(store: Store) -> None:
    office(store)
    add_case(store)


def notice(rung: str = "-3", **changes: object) -> NewNotice:
    given = {
        "subject": "line:1",
        "kind": NoticeKind.DEADLINE,
        "for_on": date(2021, 9, 30),
        "rung": rung,
        "audience": Audience.RESPONSIBLE,
        "series_id": 1,
        "assignment_id": 1,
        "due_at": NOW,
        "ride_until": NOW,
        "expires_at": NOW + 9 * HOUR,
        "at": NOW,
    }
    return NewNotice(**given | changes)


def add(store: Store, *notices: NewNotice) -> int:
    return store.write(lambda uow: uow.notices.add(notices))


def waiting(store: Store, now: datetime = NOW) -> list[str]:
    return [one.rung for one in store.write(lambda uow: uow.notices.waiting(now, limit=9))]


def carry(store: Store, *, rows: int = 1, notices: Sequence[int] = (1,)) -> list[int]:
    """Let so many pushes carry notices, each claimed."""

    def work(uow: UnitOfWork) -> None:
        for _ in range(rows):
            message = NewMessage(route=Route.PUSH, to="C-1", payload="[]", due_at=NOW, give_up_at=NOW + 23 * HOUR)
            uow.notices.carry(notices, uow.outbox.add(message) or 0, NOW)

    store.write(work)
    return [row.id for row in store.write(lambda uow: uow.outbox.claim(NOW, limit=9, until=NOW + MINUTE))]


def settle(store: Store, row: int, state: Delivery, **more: object) -> None:
    outcome = Outcome(id=row, state=state, at=NOW, **more)
    store.write(lambda uow: uow.outbox.settle([outcome]))


def test_a_notice_is_new_once(store: Store) -> None:
    assert [add(store, notice()), add(store, notice()), add(store, notice(), notice("-1"))] == [1, 0, 1]


def test_the_same_rung_of_another_day_audience_or_subject_is_another_notice(store: Store) -> None:
    others = [notice(for_on=date(2021, 10, 15)), notice(audience=Audience.CHIEF), notice(subject="series:1")]

    assert add(store, notice(), *others) == 4


def test_a_missed_notice_is_new_when_it_is_to_be_said_after_all(store: Store) -> None:
    missed = notice(state=NoticeState.MISSED)

    assert [add(store, missed), add(store, missed), add(store, notice()), add(store, notice())] == [1, 0, 1, 0]
    assert waiting(store) == ["-3"]


def test_the_most_urgent_wait_in_front(store: Store) -> None:
    add(store, notice("-7", urgency=Urgency.LOW), notice("-3"), notice("+1", urgency=Urgency.HIGH))

    assert waiting(store) == ["+1", "-3", "-7"]


@pytest.mark.parametrize(("after", "found"), [(-MINUTE, []), (timedelta(), ["-3"]), (9 * HOUR, [])])
def test_a_notice_waits_from_when_it_is_due_until_it_expires(store: Store, after: timedelta, found: list[str]) -> None:
    add(store, notice())

    assert waiting(store, NOW + after) == found


def test_an_expired_notice_is_missed(store: Store) -> None:
    add(store, notice(expires_at=NOW + MINUTE))

    assert store.write(lambda uow: uow.notices.expire(NOW)) == 0
    assert store.write(lambda uow: uow.notices.expire(NOW + MINUTE)) == 1
    assert waiting(store) == []


def test_a_postponed_notice_waits_later(store: Store) -> None:
    add(store, notice())
    store.write(lambda uow: uow.notices.postpone([1], NOW + HOUR))

    assert [waiting(store), waiting(store, NOW + HOUR)] == [[], ["-3"]]


def test_a_closed_notice_waits_no_more_and_is_not_new_again(store: Store) -> None:
    add(store, notice())
    store.write(lambda uow: uow.notices.close([1], NoticeState.OBSOLETE, NOW))

    assert (waiting(store), add(store, notice())) == ([], 0)


def test_thousands_of_notices_are_carried_by_one_row_and_settled_with_it(store: Store) -> None:
    add(store, *(notice(f"+{n}") for n in range(3000)))
    [row] = carry(store, notices=range(1, 3001))
    settle(store, row, Delivery.SENT)

    assert (waiting(store), add(store, *(notice(f"+{n}") for n in range(3000)))) == ([], 0)


def test_what_rests_is_found_apart_from_what_is_ready(store: Store) -> None:
    add(store, notice("-3"), notice("-1"), notice("+0", due_at=NOW + HOUR))
    store.write(lambda uow: uow.notices.postpone([2], NOW + MINUTE))

    resting = store.write(lambda uow: uow.notices.resting_in([1], NOW, limit=9))

    assert (waiting(store), [one.rung for one in resting]) == (["-3"], ["-1"])


def test_a_carried_notice_is_sent_with_its_row(store: Store) -> None:
    add(store, notice())
    [row] = carry(store)
    settle(store, row, Delivery.SENT)

    assert (waiting(store, NOW + 2 * HOUR), add(store, notice())) == ([], 0)


def test_a_notice_whose_row_was_refused_waits_again_after_an_hour(store: Store) -> None:
    add(store, notice())
    [row] = carry(store)
    settle(store, row, Delivery.FAILED, reason="not_in_group")

    assert [waiting(store), waiting(store, NOW + HOUR)] == [[], ["-3"]]


def test_a_notice_that_may_have_arrived_is_never_told_again(store: Store) -> None:
    add(store, notice())
    [row] = carry(store)
    settle(store, row, Delivery.WAITING, retry_at=NOW, doubtful=True)
    settle(store, row, Delivery.FAILED, reason="monthly_limit")
    store.write(lambda uow: uow.outbox.claim(NOW, limit=9, until=NOW + MINUTE))
    settle(store, row, Delivery.FAILED, reason="monthly_limit")

    assert waiting(store, NOW + 2 * HOUR) == []


def test_a_notice_whose_row_expired_in_the_hands_of_a_dead_sender_is_never_told_again(store: Store) -> None:
    add(store, notice(expires_at=NOW + 48 * HOUR))
    carry(store)

    store.write(lambda uow: uow.outbox.claim(NOW + 23 * HOUR, limit=9, until=NOW + 24 * HOUR))

    assert waiting(store, NOW + 25 * HOUR) == []


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (Delivery.FAILED, Delivery.FAILED, ["-3"]),
        (Delivery.FAILED, Delivery.SENT, []),
        (Delivery.SENT, Delivery.FAILED, []),
    ],
)
def test_a_notice_with_two_carriers_waits_again_only_if_both_were_refused(
    store: Store, first: Delivery, second: Delivery, found: list[str]
) -> None:
    add(store, notice())
    one, other = carry(store, rows=2)
    settle(store, one, first)
    settle(store, other, second)

    assert waiting(store, NOW + HOUR) == found
