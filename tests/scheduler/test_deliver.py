"""What leaves the outbox, how often, and what a failure means for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from typing import Any, TypeVar

import pytest

from domain.errors import INVALID_REPLY_TOKEN, UNCONFIRMED_LIMIT, SendError, SendFault, StorageUnavailable
from domain.outbox import Accepted, Delivery, NewMessage, Outgoing, Route
from domain.ports import Store, UnitOfWork
from scheduler.deliver import LEASE, Sender, Tally, judge, pause
from tests.scheduler.office import taipei

T = TypeVar("T")
NOW = taipei("2021-09-30")


class Recorder:
    """A messenger that records, and raises what it is told to."""

    def __init__(self, *answers: Exception | None) -> None:
        self.sent: list[Outgoing] = []
        self._answers = list(answers)
        self._lock = Lock()

    def send(self, message: Outgoing) -> Accepted:
        with self._lock:
            self.sent.append(message)
            answer = self._answers.pop(0) if self._answers else None
        if answer:
            raise answer
        return Accepted(message_ids=(f"m{message.id}",), request_id="r")


def queue(store: Store, *, route: Route = Route.PUSH, count: int = 1, give_up: datetime | None = None) -> None:
    token = "token" if route is Route.REPLY else None
    messages = [
        NewMessage(
            route=route,
            to=f"C{number}",
            payload='[{"type":"text","text":"好"}]',
            due_at=NOW,
            give_up_at=give_up or NOW + timedelta(hours=23),
            reply_token=token,
            case_ids=(7,),
        )
        for number in range(count)
    ]
    store.write(lambda uow: uow.outbox.add_many(messages))


def run(store: Store, messenger: Recorder, at: datetime = NOW) -> Tally:
    return Sender(store, messenger, lambda: at).run_until_idle()


def test_message_is_sent_once_and_its_quote_is_known(store: Store) -> None:
    queue(store)
    messenger = Recorder()

    assert run(store, messenger) == Tally(sent=1)
    assert run(store, messenger) == Tally()
    [message] = messenger.sent
    assert store.read(lambda uow: uow.outbox.quoted(f"m{message.id}")) == (7,)


def test_failed_attempt_is_tried_again_later_with_the_same_retry_key(store: Store) -> None:
    queue(store)
    messenger = Recorder(SendError(SendFault.TRANSIENT, "http_500", 500))

    assert run(store, messenger) == Tally(later=1)
    assert run(store, messenger, NOW + timedelta(milliseconds=999)) == Tally()
    assert run(store, messenger, NOW + timedelta(seconds=1)) == Tally(sent=1)
    first, second = messenger.sent
    assert (first.retry_key, first.payload) == (second.retry_key, second.payload)
    assert (first.attempts, second.attempts) == (1, 2)


def test_permanent_failure_is_given_up_at_once(store: Store) -> None:
    queue(store)
    messenger = Recorder(SendError(SendFault.PERMANENT, "not_in_chat", 400))

    assert run(store, messenger) == Tally(failed=1)
    assert run(store, messenger, NOW + timedelta(hours=1)) == Tally()


def test_one_message_that_fails_does_not_stop_the_others(store: Store) -> None:
    queue(store, count=5)
    messenger = Recorder(SendError(SendFault.PERMANENT, "http_400", 400), ValueError("odd"))

    assert run(store, messenger) == Tally(sent=3, later=1, failed=1)


def test_message_whose_time_is_over_is_never_sent(store: Store) -> None:
    queue(store, give_up=NOW + timedelta(minutes=5))
    messenger = Recorder()

    assert run(store, messenger, NOW + timedelta(minutes=5)) == Tally()
    assert messenger.sent == []


def test_claim_of_a_sender_that_died_runs_out_and_the_message_leaves(store: Store) -> None:
    queue(store)
    [claimed] = store.write(lambda uow: uow.outbox.claim(NOW, limit=5, until=NOW + LEASE))
    messenger = Recorder()

    assert run(store, messenger, NOW + LEASE - timedelta(seconds=1)) == Tally()
    assert run(store, messenger, NOW + LEASE) == Tally(sent=1)
    [sent] = messenger.sent
    assert (sent.retry_key, claimed.doubtful, sent.doubtful) == (claimed.retry_key, False, True)


@pytest.mark.parametrize(("status", "doubtful"), [(429, False), (500, True), (None, True)])
def test_next_attempt_knows_whether_line_may_have_taken_the_last(
    store: Store, status: int | None, doubtful: bool
) -> None:
    queue(store)
    messenger = Recorder(SendError(SendFault.TRANSIENT, "x", status))

    run(store, messenger)
    run(store, messenger, NOW + timedelta(seconds=1))

    assert messenger.sent[-1].doubtful is doubtful


@pytest.mark.parametrize("jump", [timedelta(hours=3), timedelta(days=31), timedelta(days=366)])
def test_message_claimed_before_the_clock_jumped_back_leaves_soon(store: Store, jump: timedelta) -> None:
    queue(store)
    store.write(lambda uow: uow.outbox.claim(NOW, limit=5, until=NOW + LEASE))
    sender_after = NOW - jump
    messenger = Recorder()

    run(store, messenger, sender_after)

    assert run(store, messenger, sender_after) == Tally(sent=1)


def test_many_senders_send_each_message_once(store: Store) -> None:
    queue(store, count=60)
    messenger = Recorder()

    senders = [Thread(target=run, args=(store, messenger)) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sorted(message.to for message in messenger.sent) == sorted(f"C{number}" for number in range(60))


def test_running_sender_is_woken_by_a_commit(store: Store) -> None:
    arrived = Event()

    class Bell(Recorder):
        def send(self, message: Outgoing) -> Accepted:
            arrived.set()
            return super().send(message)

    sender = Sender(store, Bell(), lambda: NOW)
    thread = Thread(target=sender.run_forever)
    thread.start()
    queue(store)
    sender.wake()

    assert arrived.wait(10)
    sender.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert store.read(lambda uow: uow.outbox.oldest_waiting()) is None


def outgoing(
    route: Route, attempts: int, give_up_at: datetime = NOW + timedelta(hours=23), *, doubtful: bool = False
) -> Outgoing:
    return Outgoing(
        id=1,
        route=route,
        to="C",
        payload="[]",
        retry_key="k",
        reply_token="t",
        attempts=attempts,
        give_up_at=give_up_at,
        doubtful=doubtful,
    )


TOO_DEAR = SendError(SendFault.TRANSIENT, UNCONFIRMED_LIMIT, 429)


@pytest.mark.parametrize(
    ("message", "error", "state"),
    [
        (outgoing(Route.REPLY, 1), SendError(SendFault.PERMANENT, INVALID_REPLY_TOKEN), Delivery.FAILED),
        (outgoing(Route.REPLY, 2), SendError(SendFault.PERMANENT, INVALID_REPLY_TOKEN), Delivery.FAILED),
        (outgoing(Route.REPLY, 2, doubtful=True), SendError(SendFault.PERMANENT, INVALID_REPLY_TOKEN), Delivery.SENT),
        (outgoing(Route.REPLY, 1), SendError(SendFault.TRANSIENT, "ReadTimeoutError"), Delivery.WAITING),
        (outgoing(Route.PUSH, 1), SendError(SendFault.QUOTA, "monthly_limit"), Delivery.FAILED),
        (outgoing(Route.PUSH, 2), SendError(SendFault.QUOTA, "monthly_limit"), Delivery.FAILED),
        (outgoing(Route.PUSH, 2, doubtful=True), SendError(SendFault.QUOTA, "monthly_limit"), Delivery.WAITING),
        (outgoing(Route.PUSH, 2), TOO_DEAR, Delivery.WAITING),
        (outgoing(Route.PUSH, 3), TOO_DEAR, Delivery.FAILED),
        (outgoing(Route.PUSH, 3, doubtful=True), TOO_DEAR, Delivery.WAITING),
        (outgoing(Route.PUSH, 9, NOW + timedelta(minutes=1)), SendError(SendFault.TRANSIENT, "x"), Delivery.FAILED),
    ],
)
def test_failure_is_judged_by_its_kind(message: Outgoing, error: SendError, state: Delivery) -> None:
    assert judge(message, error, NOW).state is state


@pytest.mark.parametrize(
    ("attempts", "fault", "seconds"),
    [
        (1, SendFault.TRANSIENT, 1),
        (2, SendFault.TRANSIENT, 2),
        (5, SendFault.TRANSIENT, 16),
        (30, SendFault.TRANSIENT, 600),
        (1, SendFault.QUOTA, 3600),
    ],
)
def test_pause_doubles_up_to_ten_minutes(attempts: int, fault: SendFault, seconds: int) -> None:
    assert pause(attempts, fault) == timedelta(seconds=seconds)


def test_sender_outlives_a_database_that_is_away_for_a_while(store: Store) -> None:
    queue(store)
    sent = Event()

    class Bell(Recorder):
        def send(self, message: Outgoing) -> Accepted:
            sent.set()
            return super().send(message)

    class Shaky:
        """A store whose first three writes fail."""

        def __init__(self) -> None:
            self.failures = 3

        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

        def write(self, work: Callable[[UnitOfWork], T]) -> T:
            if self.failures:
                self.failures -= 1
                raise StorageUnavailable("away")
            return store.write(work)

    sender = Sender(Shaky(), Bell(), lambda: NOW)
    thread = Thread(target=sender.run_forever)
    thread.start()
    for _ in range(3):
        sender.wake()

    assert sent.wait(15)
    sender.stop()
    thread.join(10)


def test_outcome_that_the_database_could_not_take_is_written_down_later(store: Store) -> None:
    queue(store)
    messenger = Recorder()

    class DeafOnce:
        """A store whose second write, the first settling, fails."""

        def __init__(self) -> None:
            self.writes = 0

        def write(self, work: Callable[[UnitOfWork], T]) -> T:
            self.writes += 1
            if self.writes == 2:
                raise StorageUnavailable("away")
            return store.write(work)

        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

    sender = Sender(DeafOnce(), messenger, lambda: NOW)

    with pytest.raises(StorageUnavailable):
        sender.run_until_idle()
    assert sender.run_until_idle() == Tally(sent=1)
    [message] = messenger.sent
    assert store.read(lambda uow: uow.outbox.quoted(f"m{message.id}")) == (7,)
