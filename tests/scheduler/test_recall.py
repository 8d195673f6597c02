"""What changes while a push waits to leave: it never says what holds no more, nothing twice, and loses nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest

from bot.line.render import render
from domain.case import Case, Deadline
from domain.chat import Chat, ChatKind
from domain.member import Membership, Role
from domain.notice import Audience, NewNotice, NoticeKind, Urgency
from domain.outbox import Delivery, Outcome, Outgoing
from domain.ports import DayOff, Store, UnitOfWork
from handlers.reminding.notices import WORDINGS
from scheduler.recall import recall
from scheduler.route import route
from tests.said import words_of
from tests.scheduler.office import GROUP, POLICY, Office, furnish, open_case, taipei

NINE = taipei("2021-09-27")
MINUTE = timedelta(minutes=1)
SOON, LATER = NINE + 2 * MINUTE, NINE + 40 * MINUTE
DUE = date(2021, 9, 30)
CONTACT, SUCCESSOR, COORDINATOR = "U-contact", "U-successor", "U-coordinator"
BOTH = ["212-5", "212-6"]

Change = Callable[[UnitOfWork, Case, Office], object]


def released(uow: UnitOfWork, case: Case, office: Office) -> None:
    uow.cases.save_line(case.assignments[0].request_release().release(), next_look_at=None)


def asked_to_be_released(uow: UnitOfWork, case: Case, office: Office) -> None:
    uow.cases.save_line(case.assignments[0].request_release(), next_look_at=None)


def moved(uow: UnitOfWork, case: Case, office: Office) -> None:
    uow.cases.save_case(replace(case, deadline=Deadline(on=date(2021, 12, 30))), next_look_at=None)


def acknowledged(uow: UnitOfWork, case: Case, office: Office) -> None:
    uow.reminders.acknowledge(case.assignments[0].id, SOON)


def closed_today(uow: UnitOfWork, case: Case, office: Office) -> None:
    uow.days_off.add(DayOff(NINE.date()), SOON)


def handed_over(uow: UnitOfWork, case: Case, office: Office) -> None:
    contact = uow.people.by_user_id(CONTACT)
    assert contact is not None
    uow.people.remove_role(contact.id, Membership(office.series_id, Role.CONTACT, office.units[0]))
    appoint(uow, office, SUCCESSOR)


def unfollowed(uow: UnitOfWork, case: Case, office: Office) -> None:
    uow.people.befriend(CONTACT, is_friend=False)


def nothing(uow: UnitOfWork, case: Case, office: Office) -> None:
    """Nothing happens."""


def appoint(uow: UnitOfWork, office: Office, user_id: str) -> None:
    uow.people.add_role(user_id, "資訊局窗口", office.series_id, Role.CONTACT, office.units[0])
    uow.people.befriend(user_id, is_friend=True)


@pytest.fixture
def office(store: Store) -> Office:
    made = furnish(store)
    store.write(lambda uow: appoint(uow, made, CONTACT))
    return made


@pytest.fixture
def cases(store: Store, office: Office) -> list[Case]:
    """Two cases of one unit, each with a rung that must be told now."""
    made = [open_case(store, office, number, deadline=DUE, at=taipei("2021-09-23")) for number in BOTH]
    store.write(lambda uow: uow.notices.add([rung(case) for case in made]))
    return made


def rung(case: Case) -> NewNotice:
    return NewNotice(
        subject=f"line:{case.assignments[0].id}",
        kind=NoticeKind.DEADLINE,
        for_on=DUE,
        rung="-3",
        audience=Audience.RESPONSIBLE,
        series_id=case.series_id,
        assignment_id=case.assignments[0].id,
        urgency=Urgency.HIGH,
        due_at=NINE,
        ride_until=NINE,
        expires_at=NINE + timedelta(days=9),
        at=NINE,
    )


def claim(store: Store, at: object) -> list[Outgoing]:
    return list(store.write(lambda uow: uow.outbox.claim(at, limit=50, until=at + MINUTE)))


def put_off(store: Store, *, doubtful: bool = False, until: object = LATER) -> None:
    """Route what waits, and let LINE not take it before `until`."""
    route(store, POLICY, render, as_of=NINE, now=NINE)
    outcomes = [
        Outcome(id=row.id, state=Delivery.WAITING, at=NINE, retry_at=until, reason="x", doubtful=doubtful)
        for row in claim(store, NINE)
    ]
    store.write(lambda uow: uow.outbox.settle(outcomes))


def tick(store: Store, at: object = SOON) -> None:
    recall(store, POLICY, at)
    route(store, POLICY, render, as_of=at, now=at)


def told(store: Store, at: object = LATER) -> dict[str, list[str]]:
    """The numbers that each chat is told by what leaves."""
    texts = [(row.to, words_of(item)) for row in claim(store, at) for item in json.loads(row.payload)]
    return {to: [number for number in BOTH for _ in range(text.count(f"{number} 完成"))] for to, text in texts}


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (nothing, {CONTACT: BOTH}),
        (released, {CONTACT: ["212-6"]}),
        (asked_to_be_released, {CONTACT: ["212-6"]}),
        (moved, {CONTACT: ["212-6"]}),
        (acknowledged, {CONTACT: ["212-6"]}),
        (closed_today, {}),
        (handed_over, {SUCCESSOR: BOTH}),
        (unfollowed, {GROUP.id: BOTH}),
    ],
)
def test_push_that_could_not_leave_says_what_holds_now(
    store: Store, office: Office, cases: list[Case], change: Change, after: dict[str, list[str]]
) -> None:
    put_off(store)
    store.write(lambda uow: change(uow, cases[0], office))

    tick(store)

    assert told(store) == after


def test_what_a_day_off_kept_is_told_when_the_series_works_again(
    store: Store, office: Office, cases: list[Case]
) -> None:
    put_off(store)
    store.write(lambda uow: closed_today(uow, cases[0], office))
    tick(store)

    tick(store, taipei("2021-09-28"))

    assert told(store, taipei("2021-09-28")) == {CONTACT: BOTH}


def test_push_that_line_may_have_is_left_alone_while_any_of_it_holds(
    store: Store, office: Office, cases: list[Case]
) -> None:
    put_off(store, doubtful=True)
    store.write(lambda uow: released(uow, cases[0], office))

    tick(store)

    assert told(store) == {CONTACT: BOTH}


def test_push_that_line_may_have_never_leaves_again_once_nothing_of_it_holds(
    store: Store, office: Office, cases: list[Case]
) -> None:
    put_off(store, doubtful=True)
    store.write(lambda uow: [released(uow, case, office) for case in cases])

    tick(store)

    assert told(store) == {}


def test_push_that_a_sender_holds_is_left_to_it(store: Store, office: Office, cases: list[Case]) -> None:
    route(store, POLICY, render, as_of=NINE, now=NINE)
    [held] = store.write(lambda uow: uow.outbox.claim(NINE, limit=9, until=LATER))
    store.write(lambda uow: released(uow, cases[0], office))

    tick(store)
    store.write(lambda uow: uow.outbox.settle([Outcome(id=held.id, state=Delivery.SENT, at=SOON)]))

    assert told(store) == {}


@pytest.mark.parametrize(("seconds", "after"), [(59, BOTH), (60, ["212-6"])])
def test_push_is_looked_at_again_after_a_minute(
    store: Store, office: Office, cases: list[Case], seconds: int, after: list[str]
) -> None:
    put_off(store)
    store.write(lambda uow: released(uow, cases[0], office))

    tick(store, NINE + timedelta(seconds=seconds))

    assert told(store) == {CONTACT: after}


def test_several_clocks_take_a_push_back_once(store: Store, office: Office, cases: list[Case]) -> None:
    put_off(store)
    store.write(lambda uow: released(uow, cases[0], office))

    clocks = [Thread(target=tick, args=(store,)) for _ in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()

    assert told(store) == {CONTACT: ["212-6"]}


def test_what_another_push_carries_as_well_is_not_told_twice(store: Store, office: Office) -> None:
    left = Chat(ChatKind.GROUP, "C-other")
    store.write(lambda uow: uow.groups.bind(left, office.series_id, NINE))
    store.write(lambda uow: uow.people.befriend(CONTACT, is_friend=False))
    case = open_case(store, office, "212-5", deadline=DUE, at=taipei("2021-09-23"))
    store.write(lambda uow: uow.notices.add([rung(case)]))
    put_off(store)
    store.write(lambda uow: uow.groups.left(left, SOON))

    tick(store)

    assert told(store) == {GROUP.id: ["212-5"]}


def test_push_that_was_taken_back_is_no_loss(store: Store, office: Office, cases: list[Case]) -> None:
    put_off(store)
    store.write(lambda uow: [released(uow, case, office) for case in cases])
    tick(store)

    listed = store.read(lambda uow: uow.undelivered.all(failed_since=NINE, waiting_before=LATER, limit=9))
    lost = store.read(lambda uow: uow.undelivered.count_lost(NINE))

    assert (listed, lost) == ([], 0)


def test_nothing_is_taken_back_out_of_hours(store: Store, office: Office, cases: list[Case]) -> None:
    put_off(store, until=taipei("2021-09-27", "17:59"))
    store.write(lambda uow: released(uow, cases[0], office))

    assert recall(store, POLICY, taipei("2021-09-27", "18:00")) == 0


def test_a_push_whose_wording_raises_leaves_as_it_is_and_the_others_are_looked_at(
    store: Store, cases: list[Case], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    chase = replace(rung(cases[0]), kind=NoticeKind.CHASE, audience=Audience.COORDINATOR)

    def work(uow: UnitOfWork) -> None:
        uow.people.add_role(COORDINATOR, "管考幕僚", office.series_id, Role.COORDINATOR, None)
        uow.people.befriend(COORDINATOR, is_friend=True)
        uow.series.set_next_meeting(office.series_id, chase.for_on)
        uow.notices.add([chase])

    store.write(work)
    put_off(store)
    store.write(lambda uow: released(uow, cases[0], office))

    monkeypatch.setitem(WORDINGS, NoticeKind.CHASE, lambda notices, uow, view: [uow.series.get(2**70)])
    tick(store)

    assert told(store) == {CONTACT: ["212-6"], COORDINATOR: []}
