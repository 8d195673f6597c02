"""How waiting notices travel: first by waiting for a reply, then by the cheapest push, one digest a chat and day."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.line.render import render
from domain.case import Case, Report
from domain.chat import Chat, ChatKind
from domain.member import Role
from domain.notice import Audience, NewNotice, NoticeKind, Urgency
from domain.outbox import Delivery, Outcome, Outgoing
from domain.ports import Store, UnitOfWork
from domain.quota import Quota
from handlers.reminding.notices import WORDINGS
from scheduler.route import Delivering, Routed, route
from tests.scheduler.office import GROUP, POLICY, Office, furnish, open_case, taipei

NINE = taipei("2021-09-27")
NEXT_DAY = taipei("2021-09-28")
DAY = timedelta(days=1)
CONTACT = Chat(ChatKind.USER, "U-contact")


@pytest.fixture
def office(store: Store) -> Office:
    return furnish(store)


@pytest.fixture
def case(store: Store, office: Office) -> Case:
    return open_case(store, office, "212-5", deadline=taipei("2021-09-30").date(), at=taipei("2021-09-23"))


def wait(store: Store, case: Case, rung: str = "+0", **fields: Any) -> None:
    """Let a notice of a case's line wait, urgent and due at nine unless said otherwise."""
    given = {
        "subject": f"line:{case.assignments[0].id}",
        "kind": NoticeKind.DEADLINE,
        "for_on": case.deadline.on,
        "rung": rung,
        "audience": Audience.RESPONSIBLE,
        "series_id": case.series_id,
        "assignment_id": case.assignments[0].id,
        "urgency": Urgency.HIGH,
        "due_at": NINE,
        "ride_until": NINE,
        "expires_at": NINE + 9 * DAY,
        "at": NINE,
    }
    store.write(lambda uow: uow.notices.add([NewNotice(**given | fields)]))


def appoint(store: Store, office: Office, *, is_friend: bool = True) -> None:
    """Give the unit a contact."""

    def work(uow: UnitOfWork) -> None:
        uow.people.add_role(CONTACT.id, "資訊局窗口", office.series_id, Role.CONTACT, office.units[0])
        uow.people.befriend(CONTACT.id, is_friend=is_friend)

    store.write(work)


def go(store: Store, at: datetime, **delivering: Any) -> Routed:
    return route(store, POLICY, render, as_of=at, now=at, delivering=Delivering(**delivering))


def pushed(store: Store, at: datetime) -> list[Outgoing]:
    return list(store.write(lambda uow: uow.outbox.claim(at, limit=50, until=at + timedelta(minutes=1))))


def fail(store: Store, rows: list[Outgoing], at: datetime) -> None:
    outcomes = [Outcome(id=row.id, state=Delivery.FAILED, at=at, reason="http_400") for row in rows]
    store.write(lambda uow: uow.outbox.settle(outcomes))


@pytest.mark.parametrize(("minutes", "messages"), [(0, 0), (59, 0), (60, 1)])
def test_a_notice_is_pushed_when_it_has_waited_long_enough_for_a_reply(
    store: Store, case: Case, minutes: int, messages: int
) -> None:
    wait(store, case, ride_until=NINE + timedelta(hours=1))
    go(store, NINE)

    assert go(store, NINE + timedelta(minutes=minutes)).messages == messages


@pytest.mark.parametrize(("clock", "messages"), [("10:59", 0), ("11:00", 1)])
def test_the_digest_leaves_at_its_hour(store: Store, case: Case, clock: str, messages: int) -> None:
    wait(store, case)

    assert go(store, taipei("2021-09-27", clock), digest_at=time(11)).messages == messages


def test_a_notice_whose_wording_raises_is_put_off_and_never_stops_the_others(
    store: Store, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(store, case)
    wait(store, case, kind=NoticeKind.CHASE, audience=Audience.GROUP)

    with monkeypatch.context() as patch:
        # The statement is refused by the database, which ends PostgreSQL's transaction.
        patch.setitem(WORDINGS, NoticeKind.CHASE, lambda notices, uow, view: [uow.series.get(2**70)])
        assert go(store, NINE) == Routed(messages=1, told=1, postponed=1)
        wait(store, case, "+1")  # with which the broken one would be told
        assert go(store, NINE + timedelta(minutes=1)).held == 1

    waiting = store.write(lambda uow: uow.notices.waiting(NINE + timedelta(hours=2), limit=9))
    assert [one.kind for one in waiting] == [NoticeKind.CHASE]


def test_what_raises_only_together_is_not_hidden(store: Store, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    wait(store, case)
    monkeypatch.setattr("scheduler.route.hours_at", lambda policy, now: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        go(store, NINE)


def test_a_group_gets_one_digest_a_day_and_the_rest_on_the_next(store: Store, case: Case) -> None:
    wait(store, case)
    first = go(store, NINE)
    wait(store, case, "+1")

    later = [go(store, at) for at in (NINE + timedelta(minutes=1), NINE + timedelta(hours=5), NEXT_DAY)]

    assert [first.messages, *(one.messages for one in later)] == [1, 0, 0, 1]
    assert [one.held for one in later] == [1, 0, 0]


def test_a_digest_that_was_refused_is_pushed_again_the_same_day(store: Store, case: Case) -> None:
    wait(store, case)
    go(store, NINE)
    fail(store, pushed(store, NINE), NINE)

    assert go(store, NINE + timedelta(hours=1)) == Routed(messages=1, told=1)


def test_a_contact_who_is_a_friend_is_told_in_private(store: Store, office: Office, case: Case) -> None:
    appoint(store, office)
    store.write(lambda uow: uow.groups.count(GROUP, 12, NINE))
    wait(store, case)
    go(store, NINE)

    assert [row.to for row in pushed(store, NINE)] == [CONTACT.id]


def test_a_contact_who_blocked_the_bot_is_told_in_the_group(store: Store, office: Office, case: Case) -> None:
    appoint(store, office, is_friend=False)
    wait(store, case)
    go(store, NINE)

    assert [row.to for row in pushed(store, NINE)] == [GROUP.id]


def test_without_pushes_left_a_notice_waits_for_a_reply_and_is_tried_again_the_next_day(
    store: Store, case: Case
) -> None:
    store.write(lambda uow: uow.deliveries.set_quota(Quota(limit=200, used=200), NINE))
    wait(store, case)

    at_nine = go(store, NINE)
    waits = store.write(lambda uow: uow.notices.waiting_in([case.series_id], [Audience.RESPONSIBLE], NINE, limit=9))
    store.write(lambda uow: uow.deliveries.set_quota(Quota(limit=200, used=0), NINE))

    assert (at_nine, len(waits)) == (Routed(held=1), 1)
    assert [go(store, NEXT_DAY - timedelta(minutes=1)).messages, go(store, NEXT_DAY).messages] == [0, 1]


def test_a_push_counts_for_the_budget_at_once(store: Store, case: Case) -> None:
    store.write(lambda uow: uow.deliveries.set_quota(Quota(limit=200, used=100), NINE - timedelta(minutes=1)))
    wait(store, case)
    go(store, NINE)

    assert store.read(lambda uow: uow.deliveries.budget().left) == 70


@pytest.mark.parametrize(("urgency", "silent"), [(Urgency.LOW, True), (Urgency.NORMAL, False)])
def test_a_digest_of_low_urgency_is_silent(store: Store, case: Case, urgency: Urgency, silent: bool) -> None:
    wait(store, case, urgency=urgency)
    go(store, NINE)

    assert [row.silent for row in pushed(store, NINE)] == [silent]


@pytest.mark.parametrize(("mentions", "objects"), [(True, 2), (False, 1)])
def test_a_group_digest_calls_the_contacts_if_the_house_wants_it(
    store: Store, office: Office, case: Case, mentions: bool, objects: int
) -> None:
    appoint(store, office, is_friend=False)
    wait(store, case)
    go(store, NINE, mentions=mentions)

    [row] = pushed(store, NINE)
    sent = json.loads(row.payload)
    assert (len(sent), CONTACT.id in row.payload) == (objects, mentions)


def test_hundreds_of_notices_of_one_series_go_in_one_digest(store: Store, case: Case) -> None:
    for number in range(600):
        wait(store, case, f"+{number}")

    assert go(store, NINE) == Routed(messages=1, told=600)


def test_what_rests_until_later_travels_along_with_what_must_be_told_now(store: Store, case: Case) -> None:
    wait(store, case, "-3", ride_until=NINE + timedelta(hours=1))
    alone = go(store, NINE)
    wait(store, case, "-1")

    assert (alone, go(store, NINE + timedelta(minutes=1))) == (Routed(), Routed(messages=1, told=2))


def test_few_lines_for_one_reader_are_told_with_their_last_reports_however_many_others_are_told(
    store: Store, office: Office, case: Case
) -> None:
    for user, unit in ((CONTACT.id, office.units[0]), ("U-other", office.units[1])):
        store.write(lambda uow, u=user, n=unit: uow.people.add_role(u, "窗口", office.series_id, Role.CONTACT, n))  # type: ignore[misc]
        store.write(lambda uow, u=user: uow.people.befriend(u, is_friend=True))  # type: ignore[misc]
    cases = [
        open_case(store, office, f"212-{n}", deadline=case.deadline.on, at=taipei("2021-09-23"), units=2)
        for n in (6, 7, 8)
    ]
    report = Report(assignment_id=cases[0].assignments[0].id, member_id=1, text="已完成換文", at=NINE)
    store.write(lambda uow: uow.cases.add_report(report))
    for one in cases:
        for line in one.assignments:
            wait(store, one, subject=f"line:{line.id}", assignment_id=line.id)
    go(store, NINE)

    told = {row.to: row.payload for row in pushed(store, NINE)}
    assert {to: payload.count("上次回報：110/9/27(一) 已完成換文") > 0 for to, payload in told.items()} == {
        CONTACT.id: True,
        "U-other": False,
    }
