"""Escalation: private first, announced, stopped by progress, told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.case import Report
from domain.member import Role
from domain.notice import Audience, Notice, NoticeKind
from domain.ports import Store
from domain.rules import Rules, SeriesRules
from handlers.reminding.audience import Audiences
from handlers.reminding.notices import in_words
from handlers.reminding.reminders import Entry, View
from scheduler.plan import Policy, plan
from scheduler.summary import summarise
from tests.scheduler.office import CALENDAR, GROUP, POLICY, TAIPEI, Office, furnish, new_case, taipei

DEADLINE = date(2021, 9, 30)  # a Thursday; three working days later is Tuesday, 5 October
OPENED = taipei("2021-09-24", "12:00")
IN_GROUP = replace(POLICY, rules=Rules(by_series={"主任秘書會報": SeriesRules(overdue_in_group=True)}))


def staffed(store: Store, *friends: str) -> Office:
    """An office with a case that is due, its contact, chief and coordinator, and the head; some are friends."""
    office = furnish(store)
    unit = office.units[0]
    people = {"contact": (Role.CONTACT, unit), "chief": (Role.CHIEF, unit), "head": (Role.CHIEF, None)}
    roles = {**people, "coordinator": (Role.COORDINATOR, None)}

    def work(uow) -> None:  # type: ignore[no-untyped-def]
        for name, (role, unit_id) in roles.items():
            uow.people.add_role(name, name, office.series_id, role, unit_id)
            uow.people.befriend(name, is_friend=name in friends)
        uow.cases.add(new_case(office, "212-5", deadline=DEADLINE, at=OPENED))

    store.write(work)
    return office


def planned(store: Store, day: str, policy: Policy = POLICY) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.rung, one.audience.value) for one in waiting(store, day, policy)]


def waiting(store: Store, day: str, policy: Policy = POLICY) -> list[Notice]:
    """What a clock that ticks each day keeps, as of a day."""
    for tick in ("2021-09-27", "2021-09-29", "2021-09-30", "2021-10-01", day):
        if tick <= day:
            plan(store, policy, as_of=taipei(tick), now=taipei(tick))
            summarise(store, policy, as_of=taipei(tick), now=taipei(tick))
    found = store.write(lambda uow: uow.notices.waiting(taipei(day), limit=20))
    return [one for one in found if one.due_at == taipei(day)]


def words(store: Store, notices: list[Notice], day: date) -> list[Entry]:
    return store.read(lambda uow: in_words(notices, uow, View(day, CALENDAR, TAIPEI)))


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("2021-09-30", [("deadline", "+0", "responsible")]),
        ("2021-10-05", [("deadline", "+3", "contact"), ("escalation", "+3", "chief")]),
        ("2021-10-13", [("deadline", "+8", "contact"), ("escalation", "+3", "chief")]),  # the clock was down on the 5th
    ],
)
def test_chief_is_told_after_three_working_days_overdue(
    store: Store, day: str, kept: list[tuple[str, str, str]]
) -> None:
    staffed(store)

    assert planned(store, day) == kept


def test_chief_is_told_once(store: Store) -> None:
    staffed(store)
    waiting(store, "2021-10-05")

    assert planned(store, "2021-10-13") == [("deadline", "+8", "contact")]


def test_series_may_have_its_groups_told_of_what_is_overdue(store: Store) -> None:
    staffed(store)

    assert planned(store, "2021-10-05", IN_GROUP)[0] == ("deadline", "+3", "responsible")


def test_next_step_is_announced_before_it_comes(store: Store) -> None:
    staffed(store)
    first = words(store, waiting(store, "2021-10-01")[:1], date(2021, 10, 1))
    chief = words(store, waiting(store, "2021-10-05")[1:], date(2021, 10, 5))

    assert [entry.due for entry in (*first, *chief)] == [
        "期限 110/9/30(四)，已逾期 1 天；10/5(二) 仍無進度將通知單位主管",
        "期限 110/9/30(四)，已逾期 5 天，期限後沒有進度；11/1(一) 仍逾期將列入首長月報",
    ]


@pytest.mark.parametrize(("reported", "told"), [("2021-09-29", 1), ("2021-09-30", 0), ("2021-10-04", 0)])
def test_report_since_the_deadline_stops_the_escalation(store: Store, reported: str, told: int) -> None:
    staffed(store)
    [escalation] = waiting(store, "2021-10-05")[1:]
    report = Report(assignment_id=1, member_id=1, text="已送議約", at=taipei(reported))
    store.write(lambda uow: uow.cases.add_report(report))

    assert len(words(store, [escalation], date(2021, 10, 5))) == told


def test_acknowledgement_since_the_deadline_stops_the_escalation(store: Store) -> None:
    staffed(store)
    [escalation] = waiting(store, "2021-10-05")[1:]
    store.write(lambda uow: uow.reminders.acknowledge(1, taipei("2021-10-04")))

    assert words(store, [escalation], date(2021, 10, 5)) == []


@pytest.mark.parametrize(
    ("friends", "told", "groups"),
    [
        (("contact", "coordinator"), ["contact"], 0),
        (("coordinator",), ["coordinator"], 0),
        ((), [], 1),  # nobody can be reached in private: better the group than nobody
    ],
)
def test_overdue_is_told_in_private_first(store: Store, friends: tuple[str, ...], told: list[str], groups: int) -> None:
    staffed(store, *friends)
    [overdue] = words(store, waiting(store, "2021-10-05")[:1], date(2021, 10, 5))

    readers = store.read(lambda uow: Audiences(uow).of(overdue))

    assert [member.user_id for member in readers.friends] == told
    assert [chat for chat, _ in readers.groups] == [GROUP] * groups


@pytest.mark.parametrize(("day", "kept"), [("2021-10-29", []), ("2021-11-01", [("summary", "month", "head")])])
def test_head_gets_a_summary_on_the_first_working_day_of_a_month(
    store: Store, day: str, kept: list[tuple[str, str, str]]
) -> None:
    staffed(store, "head")

    assert [one for one in planned(store, day) if one[0] == "summary"] == kept


def test_summary_names_what_is_overdue(store: Store) -> None:
    staffed(store, "head")
    found = [one for one in waiting(store, "2021-11-01") if one.kind is NoticeKind.SUMMARY]

    [entry] = words(store, found, date(2021, 11, 1))
    readers = store.read(lambda uow: Audiences(uow).of(entry))

    assert (entry.title, entry.due) == ("主任秘書會報：列管中 1 件，逾期 1 件", "資訊局 212-5（已逾期 32 天）")
    assert [member.user_id for member in readers.friends] == ["head"]


def test_nothing_overdue_nothing_summarised(store: Store) -> None:
    office = furnish(store)
    store.write(lambda uow: uow.people.add_role("head", "首長", office.series_id, Role.CHIEF, None))
    at = taipei("2021-11-01")
    summarise(store, POLICY, as_of=at, now=at)
    found = list(store.write(lambda uow: uow.notices.waiting(at, limit=9)))

    assert [one.audience for one in found] == [Audience.HEAD]
    assert words(store, found, date(2021, 11, 1)) == []
