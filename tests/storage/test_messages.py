from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from domain.outbox import Delivery, Outcome, Route
from domain.ports import Store
from tests.storage.office import MINUTE, NOW, claim, message

INSTANT = timedelta(microseconds=1)


def add(store: Store, **changes: object) -> int | None:
    return store.write(lambda uow: uow.outbox.add(message(**changes)))


def settle(store: Store, *outcomes: Outcome) -> None:
    store.write(lambda uow: uow.outbox.settle(outcomes))


def sent(row_id: int, **changes: object) -> Outcome:
    return Outcome(**{"id": row_id, "state": Delivery.SENT, "at": NOW} | changes)


def again(row_id: int, at: datetime | None = None) -> Outcome:
    return Outcome(id=row_id, state=Delivery.WAITING, at=NOW, retry_at=at, reason="http_500")


def oldest(store: Store) -> datetime | None:
    return store.read(lambda uow: uow.outbox.oldest_waiting())


def test_an_event_is_taken_once(store: Store) -> None:
    assert store.write(lambda uow: uow.inbox.take("e1", NOW)) is True
    assert store.write(lambda uow: uow.inbox.take("e1", NOW)) is False
    assert store.write(lambda uow: uow.inbox.take("e2", NOW)) is True


def test_a_failed_event_is_not_taken_again(store: Store) -> None:
    for reason in ("ValueError", "KeyError"):
        store.write(lambda uow, why=reason: uow.inbox.fail("e1", why, NOW))

    assert store.write(lambda uow: uow.inbox.take("e1", NOW)) is False


def test_an_event_whose_work_raised_can_be_taken_again(store: Store) -> None:
    def work(uow: object) -> None:
        uow.inbox.take("e1", NOW)
        raise KeyError("poison")

    with pytest.raises(KeyError):
        store.write(work)
    assert store.write(lambda uow: uow.inbox.take("e1", NOW)) is True


def test_of_many_threads_that_take_one_event_one_wins(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: store.write(lambda uow: uow.inbox.take("e1", NOW)), range(32)))

    assert taken.count(True) == 1


def test_a_claimed_message_is_what_was_queued(store: Store) -> None:
    queued = add(store, route=Route.REPLY, payload='[{"type":"text"}]', reply_token="r1", case_ids=(3, 1))

    (claimed,) = claim(store)

    assert (claimed.id, claimed.route, claimed.to, claimed.payload) == (queued, Route.REPLY, "C1", '[{"type":"text"}]')
    assert (claimed.reply_token, claimed.attempts, claimed.case_ids) == ("r1", 1, (3, 1))
    assert claimed.give_up_at == message().give_up_at
    assert UUID(claimed.retry_key).version == 4


def test_a_second_message_with_the_same_unique_key_is_not_taken(store: Store) -> None:
    assert add(store, unique_key="digest:1") == 1
    assert add(store, unique_key="digest:1") is None
    assert add(store) is not None
    assert add(store) is not None
    assert len(claim(store)) == 3


def test_many_messages_are_queued_at_once_but_for_those_already_there(store: Store) -> None:
    add(store, unique_key="k1")

    added = store.write(lambda uow: uow.outbox.add_many([message(unique_key=f"k{n}") for n in (1, 2, 3)]))

    assert added == 2
    assert len({row.retry_key for row in claim(store)}) == 3
    assert store.write(lambda uow: uow.outbox.add_many([])) == 0


@pytest.mark.parametrize(("after", "rows"), [(-INSTANT, 0), (timedelta(), 1)])
def test_a_message_is_claimed_from_its_due_instant(store: Store, after: timedelta, rows: int) -> None:
    add(store)

    assert len(claim(store, NOW + after)) == rows


@pytest.mark.parametrize(("after", "rows"), [(-INSTANT, 0), (timedelta(), 1)])
def test_a_claim_holds_until_it_runs_out_and_keeps_the_retry_key(store: Store, after: timedelta, rows: int) -> None:
    add(store)
    (first,) = claim(store)

    later = claim(store, NOW + MINUTE + after, until=NOW + 2 * MINUTE)

    assert [(row.retry_key, row.attempts) for row in later] == [(first.retry_key, 2)] * rows


@pytest.mark.parametrize(("after", "rows"), [(-INSTANT, 1), (timedelta(), 0)])
def test_a_message_is_never_claimed_once_its_time_to_give_up_has_come(
    store: Store, after: timedelta, rows: int
) -> None:
    add(store, give_up_at=NOW + MINUTE)

    assert len(claim(store, NOW + MINUTE + after, until=NOW + 2 * MINUTE)) == rows
    assert claim(store, NOW + timedelta(days=9), until=NOW + timedelta(days=10)) == []
    assert oldest(store) is None


def test_expired_messages_do_not_stand_in_the_way_of_others(store: Store) -> None:
    for minute in range(5):
        add(store, due_at=NOW - (9 - minute) * MINUTE, give_up_at=NOW)
    fresh = add(store)

    assert [row.id for row in claim(store, limit=2)] == [fresh]


def test_messages_are_claimed_oldest_first_up_to_the_limit(store: Store) -> None:
    ids = [add(store, due_at=NOW - ago * MINUTE) for ago in (1, 3, 2)]

    assert [row.id for row in claim(store, limit=2)] == [ids[1], ids[2]]
    assert [row.id for row in claim(store, limit=2)] == [ids[0]]
    assert claim(store, limit=0) == []


def test_replies_go_before_pushes_and_a_route_can_be_asked_for(store: Store) -> None:
    push = add(store, due_at=NOW - MINUTE)
    reply = add(store, route=Route.REPLY)

    assert claim(store, limit=0, route="push") == []
    assert [row.id for row in claim(store, limit=1)] == [reply]
    assert claim(store, route=Route.REPLY) == []
    assert [row.id for row in claim(store, route=Route.PUSH)] == [push]


def test_replies_of_a_chat_keep_their_order(store: Store) -> None:
    store.write(lambda uow: uow.outbox.add_many([message(route=Route.REPLY, payload=str(n)) for n in range(50)]))

    assert [row.payload for row in claim(store, limit=50)] == [str(n) for n in range(50)]


def test_a_sent_message_never_leaves_again_and_can_be_quoted(store: Store) -> None:
    row = add(store, case_ids=(7, 8))
    claim(store)

    settle(store, sent(row, message_ids=("m1", "m2"), request_id="q"))

    assert claim(store, NOW + timedelta(hours=1), until=NOW + timedelta(hours=2)) == []
    assert [store.read(lambda uow, m=quoted: uow.outbox.quoted(m)) for quoted in ("m1", "m2", "m3")] == [
        (7, 8),
        (7, 8),
        (),
    ]


def test_a_quote_of_what_rides_on_a_reply_means_its_own_cases(store: Store) -> None:
    row = add(store, case_ids=(7,), riding_case_ids=(8, 9))
    claim(store)

    settle(store, sent(row, message_ids=("m1", "m2")))

    assert [store.read(lambda uow, m=quoted: uow.outbox.quoted(m)) for quoted in ("m1", "m2")] == [(7,), (8, 9)]


def test_a_message_to_be_tried_again_waits_until_then(store: Store) -> None:
    row = add(store)
    claim(store)

    settle(store, again(row, NOW + MINUTE))

    assert claim(store, NOW + MINUTE - INSTANT) == []
    assert [one.attempts for one in claim(store, NOW + MINUTE, until=NOW + 2 * MINUTE)] == [2]


def test_a_failed_message_is_given_up(store: Store) -> None:
    row = add(store)
    claim(store)

    settle(store, Outcome(id=row, state=Delivery.FAILED, at=NOW, reason="http_400"))

    assert claim(store, NOW + timedelta(hours=1), until=NOW + timedelta(hours=2)) == []


@pytest.mark.parametrize("late", [again(1, NOW), Outcome(id=1, state=Delivery.FAILED, at=NOW, reason="timeout")])
def test_a_late_sender_cannot_take_back_that_another_sent_it(store: Store, late: Outcome) -> None:
    row = add(store, case_ids=(7,))
    claim(store)
    settle(store, sent(row, message_ids=("m1",)))

    settle(store, late)

    assert claim(store, NOW + timedelta(hours=1), until=NOW + timedelta(hours=2)) == []
    assert store.read(lambda uow: uow.outbox.quoted("m1")) == (7,)


def test_what_was_sent_counts_even_when_its_claim_had_run_out(store: Store) -> None:
    row = add(store)
    claim(store)
    settle(store, again(row, NOW))

    settle(store, sent(row))

    assert claim(store, NOW + timedelta(hours=1), until=NOW + timedelta(hours=2)) == []


def test_many_outcomes_are_settled_at_once(store: Store) -> None:
    store.write(lambda uow: uow.outbox.add_many([message() for _ in range(6)]))
    ids = [row.id for row in claim(store)]

    settle(store, *(sent(row, message_ids=(f"m{row}",)) for row in ids[:3]), *(again(row) for row in ids[3:]))

    assert [row.id for row in claim(store)] == ids[3:]


def test_the_oldest_waiting_message_is_the_first_due_of_those_not_settled(store: Store) -> None:
    assert oldest(store) is None
    first, second = add(store, due_at=NOW - MINUTE), add(store)
    claim(store)
    assert oldest(store) == NOW - MINUTE
    settle(store, sent(first), again(second, NOW + MINUTE))

    assert oldest(store) == NOW


def test_of_many_senders_each_row_is_claimed_by_one(store: Store) -> None:
    store.write(lambda uow: uow.outbox.add_many([message() for _ in range(200)]))

    def sender(_: int) -> list[int]:
        mine: list[int] = []
        while rows := claim(store, limit=7):
            mine += [row.id for row in rows]
        return mine

    with ThreadPoolExecutor(8) as threads:
        claimed = [row for mine in threads.map(sender, range(8)) for row in mine]

    assert sorted(claimed) == list(range(1, 201))
