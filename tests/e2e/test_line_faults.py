"""LINE that refuses, breaks or hangs up: each reminder is accepted once, or given up with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.bootstrap import tick
from bot.line.client import LineMessenger
from bot.line.standin import TEST_TOKEN
from bot.line.standin.faults import Fault
from scheduler.deliver import Sender, Tally
from tests.e2e.conftest import CONTACT, GROUP, World, eventually
from tests.e2e.office import open_212_5

DUE = datetime.fromisoformat("2021-09-30T09:00+08:00")


def pushes(world: World) -> int:
    """How many push messages LINE accepted."""
    return sum(x.accepted for x in world.platform.ledger.since() if x.endpoint == "push")


def send(world: World) -> Tally:
    """Send what is due now, with a sender of our own beside the bot's, which is asleep."""
    messenger = LineMessenger(TEST_TOKEN, world.platform_url, timeout=(1.0, 0.5))
    return Sender(world.house.store, messenger, world.clock).run_until_idle()


def waiting(world: World) -> bool:
    """Tell whether something is still on its way, and let a second pass for it."""
    world.clock.move(seconds=1)
    return world.house.store.read(lambda uow: uow.outbox.oldest_waiting()) is not None


@pytest.fixture
def due(office: World) -> World:
    """An office whose bot no longer sends by itself, with a reminder queued."""
    open_212_5(office)
    office.settle()
    office.bot.sender.stop()
    office.clock.now = DUE
    tick(office.house)
    return office


@pytest.mark.parametrize(
    ("fault", "first", "later"),
    [
        (Fault("status", status=500), Tally(later=1), Tally(sent=1)),
        (Fault("drop"), Tally(later=1), Tally(sent=1)),
        (Fault("drop", accepted=True), Tally(later=1), Tally(sent=1)),  # 409 on the second attempt
        (Fault("status", status=500, accepted=True), Tally(later=1), Tally(sent=1)),
        (Fault("hang", seconds=1.0, accepted=True), Tally(later=1), Tally(sent=1)),
        (Fault("rate_limit"), Tally(later=1), Tally(sent=1)),
        (Fault("monthly_limit"), Tally(later=1), Tally(sent=1)),  # the quota endpoint knows of none
        (Fault("malformed", accepted=True), Tally(sent=1), Tally()),
    ],
    ids=lambda value: f"{value.effect}-{value.accepted}" if isinstance(value, Fault) else "",
)
def test_push_that_met_a_passing_fault_is_accepted_exactly_once(
    due: World, fault: Fault, first: Tally, later: Tally
) -> None:
    due.platform.faults.add(replace(fault, times=1))  # the stand-in counts a fault down

    assert send(due) == first
    due.clock.move(seconds=2)
    assert send(due) == later
    assert eventually(lambda: pushes(due) == 1)


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_push_that_line_refuses_is_given_up_with_its_reason(due: World, status: int) -> None:
    due.platform.faults.add(Fault("status", status=status, body={"message": "no"}))

    assert send(due) == Tally(failed=1)
    due.clock.move(hours=2)
    assert send(due) == Tally()
    assert pushes(due) == 0


def test_push_over_the_monthly_limit_is_given_up_and_what_it_carried_told_later(due: World) -> None:
    due.platform.settings.quota_used = 200

    assert send(due) == Tally(failed=1)
    due.platform.settings.quota_used = 0
    due.clock.move(hours=1)
    tick(due.house)
    assert send(due) == Tally(sent=1)


def test_push_is_given_up_before_the_retry_key_runs_out(due: World) -> None:
    due.platform.faults.add(Fault("status", status=503, times=None))
    send(due)
    due.clock.move(hours=23)

    assert send(due) == Tally()
    due.platform.faults.clear()
    assert send(due) == Tally()
    assert pushes(due) == 0


def test_reply_whose_answer_was_lost_is_not_said_twice(office: World) -> None:
    open_212_5(office)
    office.platform.faults.add(Fault("drop", on="reply", accepted=True))

    office.platform.say(GROUP, CONTACT, "完成 212-5").wait()
    assert eventually(lambda: office.platform.said_by_bot(GROUP) != [] and not waiting(office))
    answers = office.answers()

    assert len(answers) == 1
    assert pushes(office) == 0


def test_reply_left_by_a_crash_is_made_up_for_at_the_start(office: World) -> None:
    open_212_5(office)
    office.settle()
    office.bot.sender.stop()
    office.platform.say(GROUP, CONTACT, "212-5").wait()

    assert office.house.store.read(lambda uow: uow.outbox.oldest_waiting()) is not None
    assert send(office) == Tally(sent=1)


def test_reply_token_that_ran_out_is_not_replaced_by_a_push(office: World) -> None:
    open_212_5(office)
    office.settle()
    office.bot.sender.stop()
    office.platform.say(GROUP, CONTACT, "212-5").wait()
    office.clock.move(minutes=2)

    assert send(office) == Tally(failed=1)
    assert pushes(office) == 0
