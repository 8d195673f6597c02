"""Deliver the outbox: claim → send → sent, later or failed.

Rows are claimed and their claim committed before the network call, and no transaction is open during it. A sender that
dies leaves claims that run out; the next attempt carries the same retry key, so LINE sends a push at most once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Condition

import structlog

from domain.errors import INVALID_REPLY_TOKEN, UNCONFIRMED_LIMIT, SendError, SendFault
from domain.outbox import Delivery, Outcome, Outgoing, Route
from domain.ports import Clock, Messenger, Store, UnitOfWork

# Longer than a send takes at most (connect and read time-outs together), and short enough that a reply whose sender
# died is said before its token does. Two senders on one row do no harm: retry key and token let one through.
LEASE = timedelta(seconds=20)
FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(minutes=10)
QUOTA_RETRY = timedelta(hours=1)
TOO_DEAR = 3  # attempts after which a limit that the quota does not confirm means: this push costs more than is left
SKEW = timedelta(minutes=5)  # between the clocks of two hosts; more than that: a clock has jumped
GATHER_SECONDS = 0.01  # what ended within so long, or a quarter of what is in flight, is settled together
IDLE_SECONDS = 1.0  # how often an idle sender looks for retries that have come due
TOO_MANY_REQUESTS = 429  # refused before anything was done
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the messages of one run."""

    sent: int = 0
    later: int = 0
    failed: int = 0


class Sender:
    """Sends what the outbox holds, several messages at a time. Any number of senders may work on one outbox."""

    def __init__(self, store: Store, messenger: Messenger, clock: Clock, *, at_once: int = 64) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._at_once = at_once
        self._changed = Condition()
        self._woken = False
        self._stopping = False
        self._finished: deque[Outcome] = deque()
        self._unsettled: tuple[Outcome, ...] = ()  # what the database could not take yet
        self._in_flight = 0
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="send")

    def wake(self) -> None:
        """Say that the outbox has something new."""
        with self._changed:
            self._woken = True
            self._changed.notify()

    def stop(self) -> None:
        """Finish what is in flight, then end `run_forever`."""
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def run_forever(self) -> None:
        """Send until stopped. Whatever one turn raises, a database that is away for example, the next one comes."""
        while not self._stopping:
            try:
                self._turn()
            except Exception:
                log.exception("outbox_turn_failed")
                self._rest()
            else:
                self._wait()
        self._drain()

    def run_until_idle(self) -> Tally:
        """Send everything that is due, then stop: what a single tick of the command line does."""
        tally = Tally()
        while True:
            outcomes, claimed = self._turn()
            tally = _count(tally, outcomes)
            if not claimed and not self._in_flight and not self._finished:
                break
            self._wait(until_finished=True)
        self._pool.shutdown()
        return tally

    def _turn(self) -> tuple[Sequence[Outcome], int]:
        with self._changed:
            free = self._at_once - self._in_flight + len(self._finished)
        outcomes, claimed = self._settle_and_claim(free)
        for message in claimed:
            self._in_flight += 1
            self._pool.submit(self._send, message)
        return outcomes, len(claimed)

    def _settle_and_claim(self, limit: int) -> tuple[Sequence[Outcome], Sequence[Outgoing]]:
        """Write down how sends ended and take more, in one transaction.

        What a database that is away did not take is kept for the next turn.
        """
        self._unsettled = outcomes = (*self._unsettled, *self._take_finished())
        now = self._clock()

        def work(uow: UnitOfWork) -> Sequence[Outgoing]:
            if outcomes:
                uow.outbox.settle(outcomes)
            claimed = uow.outbox.claim(now, limit=limit, until=now + LEASE) if limit else ()
            if not claimed and not outcomes:
                uow.undelivered.unstick(now, held_until=now + LEASE + SKEW, retried_until=now + QUOTA_RETRY + SKEW)
            return claimed

        claimed = self._store.write(work)
        self._unsettled = ()
        return outcomes, claimed

    def _send(self, message: Outgoing) -> None:
        try:
            accepted = self._messenger.send(message)
            outcome = Outcome(
                id=message.id,
                state=Delivery.SENT,
                at=self._clock(),
                request_id=accepted.request_id,
                message_ids=accepted.message_ids,
            )
        except SendError as error:
            outcome = judge(message, error, self._clock())
        except Exception as error:  # whatever happens to one message, the others go on
            log.exception("send_raised", outbox=message.id)
            outcome = judge(message, SendError(SendFault.TRANSIENT, type(error).__name__), self._clock())
        self._finish(outcome)

    def _finish(self, outcome: Outcome) -> None:
        with self._changed:
            self._finished.append(outcome)
            if len(self._finished) == 1 or self._is_worth_a_turn():
                self._changed.notify()

    def _take_finished(self) -> Sequence[Outcome]:
        with self._changed:
            outcomes = tuple(self._finished)
            self._finished.clear()
            self._in_flight -= len(outcomes)
            return outcomes

    def _wait(self, *, until_finished: bool = False) -> None:
        with self._changed:
            if until_finished:
                self._changed.wait_for(lambda: self._finished or not self._in_flight)
            else:
                self._changed.wait_for(lambda: self._finished or self._woken or self._stopping, IDLE_SECONDS)
            self._changed.wait_for(self._is_worth_a_turn, GATHER_SECONDS)
            self._woken = False

    def _is_worth_a_turn(self) -> bool:
        """Tell whether so much has ended that a transaction of its own is no waste, or somebody waits for one."""
        many = min(self._in_flight, self._at_once // 4)
        return self._woken or self._stopping or len(self._finished) >= many

    def _rest(self) -> None:
        """Wait before a turn that failed is tried again, however much there is to do."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, IDLE_SECONDS)

    def _drain(self) -> None:
        self._pool.shutdown()
        if self._finished or self._unsettled:
            self._settle_and_claim(0)


def judge(message: Outgoing, error: SendError, now: datetime) -> Outcome:
    """Decide what a failed attempt means for its row."""
    if message.route is Route.REPLY and error.reason == INVALID_REPLY_TOKEN and message.doubtful:
        # An earlier attempt got no answer and used the token up: it arrived, most likely. Never said twice.
        return Outcome(id=message.id, state=Delivery.SENT, at=now, reason=error.reason)
    if error.fault is SendFault.PERMANENT or _is_refused_by_the_month(message, error):
        return Outcome(id=message.id, state=Delivery.FAILED, at=now, reason=error.reason)
    retry_at = now + pause(message.attempts, error.fault)
    state = Delivery.FAILED if retry_at >= message.give_up_at else Delivery.WAITING
    return Outcome(
        id=message.id, state=state, at=now, retry_at=retry_at, reason=error.reason, doubtful=is_doubtful(error)
    )


def _is_refused_by_the_month(message: Outgoing, error: SendError) -> bool:
    """Tell whether no push is left for what LINE has not taken for sure: its notices may ride on a reply."""
    is_too_dear = error.reason == UNCONFIRMED_LIMIT and message.attempts >= TOO_DEAR
    return not message.doubtful and (error.fault is SendFault.QUOTA or is_too_dear)


def is_doubtful(error: SendError) -> bool:
    """Tell whether LINE may have taken the message all the same: no answer, or one that says nothing about it."""
    return error.fault is SendFault.TRANSIENT and error.status != TOO_MANY_REQUESTS


def pause(attempts: int, fault: SendFault) -> timedelta:
    """How long to wait after so many attempts: doubling from a second; an hour when the month's quota is used up."""
    if fault is SendFault.QUOTA:
        return QUOTA_RETRY
    return min(FIRST_RETRY * (1 << min(attempts - 1, 20)), LONGEST_RETRY)


def _count(tally: Tally, outcomes: Sequence[Outcome]) -> Tally:
    states = [outcome.state for outcome in outcomes]
    return Tally(
        tally.sent + states.count(Delivery.SENT),
        tally.later + states.count(Delivery.WAITING),
        tally.failed + states.count(Delivery.FAILED),
    )
