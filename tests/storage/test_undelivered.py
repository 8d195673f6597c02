"""What was given up or is stuck: listed without its text, tried again under the right key, dropped, freed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.notice import Audience, NewNotice, Notice, NoticeKind
from domain.outbox import Delivery, NewMessage, Outcome, Outgoing, Route
from domain.ports import Store
from domain.undelivered import Care
from scheduler.deliver import LEASE, QUOTA_RETRY, SKEW
from tests.scheduler.office import furnish, taipei

NOW = taipei("2021-09-30", "10:00")
HOUR = timedelta(hours=1)
GIVE_UP = timedelta(hours=23)


def queue(store: Store, route: Route = Route.PUSH) -> int:
    message = NewMessage(
        route=route,
        to="C1",
        payload="[]",
        due_at=NOW,
        give_up_at=NOW + GIVE_UP,
        reply_token="t" if route is Route.REPLY else None,
    )
    row = store.write(lambda uow: uow.outbox.add(message))
    assert row is not None
    return row


def claim(store: Store, at: datetime = NOW) -> list[Outgoing]:
    return list(store.write(lambda uow: uow.outbox.claim(at, limit=9, until=at + LEASE)))


def fail(store: Store, row: int, *, doubtful: bool = False, reason: str = "not_in_chat") -> None:
    outcome = Outcome(id=row, state=Delivery.FAILED, at=NOW, reason=reason, doubtful=doubtful)
    store.write(lambda uow: uow.outbox.settle([outcome]))


def failed(store: Store, *, doubtful: bool = False) -> Outgoing:
    queue(store)
    [message] = claim(store)
    fail(store, message.id, doubtful=doubtful)
    return message


def retry(store: Store, row: int, at: datetime = NOW) -> Care:
    return store.write(lambda uow: uow.undelivered.retry(row, at))


def listed(store: Store) -> list[tuple[int, str | None]]:
    rows = store.read(lambda uow: uow.undelivered.all(failed_since=NOW - HOUR, waiting_before=NOW - HOUR, limit=9))
    return [(row.id, row.reason) for row in rows]


def carry(store: Store, row: int) -> None:
    """Let a row carry the notice of a rung."""
    office = furnish(store)
    notice = NewNotice(
        subject="series:1",
        kind=NoticeKind.CHASE,
        for_on=NOW.date(),
        rung="-3",
        audience=Audience.GROUP,
        series_id=office.series_id,
        due_at=NOW,
        ride_until=NOW,
        expires_at=NOW + timedelta(days=3),
        at=NOW,
    )
    store.write(lambda uow: uow.notices.add([notice]))
    [kept] = store.write(lambda uow: uow.notices.waiting(NOW, limit=9))
    store.write(lambda uow: uow.notices.carry([kept.id], row, NOW))


def waiting(store: Store) -> list[Notice]:
    return list(store.write(lambda uow: uow.notices.waiting(NOW + 2 * HOUR, limit=9)))


def test_what_was_given_up_and_what_is_stuck_are_listed_the_latest_first(store: Store) -> None:
    first, second = failed(store).id, queue(store)
    store.write(lambda uow: uow.outbox.claim(NOW, limit=9, until=NOW + LEASE))

    assert listed(store) == [(first, "not_in_chat")]
    rows = store.read(lambda uow: uow.undelivered.all(failed_since=NOW, waiting_before=NOW, limit=9))
    assert [row.id for row in rows] == [second, first]


def test_message_refused_for_sure_is_tried_again_under_a_new_key(store: Store) -> None:
    old = failed(store)

    assert retry(store, old.id, NOW + HOUR) is Care.DONE
    [new] = claim(store, NOW + HOUR)
    assert (new.id, new.attempts, new.give_up_at) == (old.id, 1, NOW + HOUR + GIVE_UP)
    assert new.retry_key != old.retry_key


def test_message_that_line_may_have_is_tried_again_under_its_key_while_the_key_lives(store: Store) -> None:
    old = failed(store, doubtful=True)

    assert retry(store, old.id, NOW + HOUR) is Care.DONE
    [new] = claim(store, NOW + HOUR)
    assert (new.retry_key, new.attempts, new.give_up_at) == (old.retry_key, 2, old.give_up_at)


def test_message_whose_key_is_too_old_gets_a_new_one(store: Store) -> None:
    old = failed(store, doubtful=True)

    assert retry(store, old.id, NOW + GIVE_UP) is Care.DONE
    [new] = claim(store, NOW + GIVE_UP)
    assert new.retry_key != old.retry_key


def test_reply_cannot_be_tried_again(store: Store) -> None:
    row = queue(store, Route.REPLY)
    claim(store)
    fail(store, row)

    assert retry(store, row) is Care.REPLY
    assert claim(store) == []


def test_message_that_is_being_sent_or_was_sent_is_left_alone(store: Store) -> None:
    row = queue(store)
    claim(store)

    assert retry(store, row) is Care.SENDING
    assert store.write(lambda uow: uow.undelivered.drop(row, NOW)) is Care.SENDING
    store.write(lambda uow: uow.outbox.settle([Outcome(id=row, state=Delivery.SENT, at=NOW)]))
    assert retry(store, row) is Care.SENT


def test_unknown_row_is_told(store: Store) -> None:
    assert retry(store, 99) is Care.UNKNOWN


def test_message_that_is_told_anew_is_not_tried_again(store: Store) -> None:
    row = queue(store)
    carry(store, row)
    claim(store)
    fail(store, row)

    assert retry(store, row) is Care.TOLD_ANEW
    assert store.read(lambda uow: uow.undelivered.count_lost(NOW)) == 0


def test_message_that_may_have_arrived_takes_its_notices_along_when_tried_again(store: Store) -> None:
    row = queue(store)
    carry(store, row)
    claim(store)
    fail(store, row, doubtful=True)

    assert store.read(lambda uow: uow.undelivered.count_lost(NOW)) == 1
    assert retry(store, row) is Care.DONE
    [again] = claim(store)
    fail(store, again.id)  # refused for sure this time, but the doubt of before stays
    assert waiting(store) == []


def test_dropped_message_is_not_listed_and_its_notices_are_missed(store: Store) -> None:
    row = queue(store)
    carry(store, row)

    assert store.write(lambda uow: uow.undelivered.drop(row, NOW)) is Care.DONE
    assert claim(store) == []
    assert listed(store) == []
    assert waiting(store) == []


def test_dropping_a_failed_row_leaves_the_notices_that_a_newer_row_carries(store: Store) -> None:
    old = queue(store)
    carry(store, old)
    claim(store)
    fail(store, old)
    newer = queue(store)
    [notice] = waiting(store)
    store.write(lambda uow: uow.notices.carry([notice.id], newer, NOW))

    assert store.write(lambda uow: uow.undelivered.drop(old, NOW)) is Care.DONE
    claim(store)
    fail(store, newer)
    assert [one.id for one in waiting(store)] == [notice.id]  # the newer row's to tell, and told anew after it


@pytest.mark.parametrize("jump", [timedelta(hours=3), timedelta(days=31), timedelta(days=365)])
def test_claim_made_by_a_clock_that_was_ahead_is_freed(store: Store, jump: timedelta) -> None:
    row = queue(store)
    claim(store)
    before = NOW - jump

    freed = store.write(
        lambda uow: uow.undelivered.unstick(
            before, held_until=before + LEASE + SKEW, retried_until=before + QUOTA_RETRY + SKEW
        )
    )
    assert freed == 1
    assert [message.id for message in claim(store, before)] == [row]


def test_claim_and_retry_of_a_clock_that_is_a_little_ahead_are_left_alone(store: Store) -> None:
    _, later = queue(store), queue(store)
    claim(store)
    quota = Outcome(id=later, state=Delivery.WAITING, at=NOW, retry_at=NOW + QUOTA_RETRY, reason="monthly_limit")
    store.write(lambda uow: uow.outbox.settle([quota]))
    behind = NOW - timedelta(minutes=4)

    freed = store.write(
        lambda uow: uow.undelivered.unstick(
            behind, held_until=behind + LEASE + SKEW, retried_until=behind + QUOTA_RETRY + SKEW
        )
    )
    assert freed == 0
