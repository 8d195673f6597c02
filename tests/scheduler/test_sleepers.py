"""What sleeps is not planned, not worded and not chased; once a month its coordinators hear of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.case import Case
from domain.member import Role
from domain.notice import Audience, Notice, NoticeKind, Urgency
from domain.ports import Store
from domain.wait import NewWait, Wait
from handlers.reminding.notices import in_words
from handlers.reminding.reminders import View
from scheduler.plan import plan
from scheduler.summary import summarise
from tests.scheduler.office import CALENDAR, POLICY, TAIPEI, Office, furnish, open_case, taipei

OPENED = taipei("2021-09-01", "08:00")
DUE = date(2021, 10, 7)


def asleep(store: Store, office: Office, number: str = "212-5", event: str = "環評通過") -> tuple[Case, Wait]:
    case = open_case(store, office, number, deadline=DUE, at=OPENED)
    return case, store.write(lambda uow: uow.waits.add(NewWait(case_id=case.id, event=event, at=OPENED)))


def planned(store: Store, day: str) -> list[Notice]:
    """The notices that wait after a day's planning."""
    at = taipei(day)
    plan(store, POLICY, as_of=at, now=at)
    return waiting(store, day)


def waiting(store: Store, day: str) -> list[Notice]:
    return list(store.write(lambda uow: uow.notices.waiting(taipei(day), limit=9)))


def worded(store: Store, notices: list[Notice], day: date) -> list[tuple[str, str]]:
    entries = store.read(lambda uow: in_words(notices, uow, View(day, CALENDAR, TAIPEI)))
    return [(entry.title, entry.due) for entry in entries]


def test_no_rung_of_a_sleeper_is_planned_until_it_wakes(store: Store) -> None:
    _, wait = asleep(store, furnish(store))

    while_asleep = planned(store, "2021-10-04")
    woken = replace(wait, woken_at=taipei("2021-10-05"))
    store.write(lambda uow: uow.waits.save(woken, next_look_at=woken.woken_at))

    assert while_asleep == []
    assert planned(store, "2021-10-05") == []  # what was due before it woke is nobody's alarm
    assert [one.rung for one in planned(store, "2021-10-06")] == ["-1"]


def test_a_rung_that_waits_to_be_told_is_not_told_of_a_sleeper(store: Store) -> None:
    office = furnish(store)
    case = open_case(store, office, "212-5", deadline=DUE, at=OPENED)
    [rung] = planned(store, "2021-10-06")

    store.write(lambda uow: uow.waits.add(NewWait(case_id=case.id, event="環評通過", at=OPENED)))

    assert worded(store, [rung], date(2021, 10, 6)) == []


@pytest.mark.parametrize(("day", "clock", "count"), [("2021-10-01", "08:59", 0), ("2021-10-01", "09:00", 1)])
def test_coordinators_hear_softly_of_sleepers_once_a_month(store: Store, day: str, clock: str, count: int) -> None:
    office = furnish(store)
    asleep(store, office)
    store.write(lambda uow: uow.people.add_role("coordinator", "管考", office.series_id, Role.COORDINATOR, None))

    for _ in range(2):
        summarise(store, POLICY, as_of=taipei(day, clock), now=taipei(day, clock))

    found = waiting(store, "2021-10-01")
    assert [(one.kind, one.audience, one.urgency) for one in found] == [
        (NoticeKind.SLEEPERS, Audience.COORDINATOR, Urgency.LOW)
    ] * count
    assert (
        worded(store, found, date(2021, 10, 1))
        == [("主任秘書會報：等待中 1 件", "212-5 等：環評通過（已 30 天）")] * count
    )


def test_nobody_hears_of_sleepers_where_nothing_sleeps(store: Store) -> None:
    office = furnish(store)
    open_case(store, office, "212-5", deadline=None, at=OPENED)

    assert summarise(store, POLICY, as_of=taipei("2021-10-01"), now=taipei("2021-10-01")) == 0
