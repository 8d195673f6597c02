"""Planned days: one soft notice on the working day before."""

from __future__ import annotations

from datetime import date

import pytest

from domain.notice import Notice, NoticeKind, Urgency
from domain.ports import Store
from handlers.reminding.notices import in_words
from handlers.reminding.reminders import View
from scheduler.milestones import remind_of_milestones
from tests.scheduler.office import CALENDAR, POLICY, TAIPEI, furnish, open_case, taipei

OPENED = taipei("2021-09-24", "12:00")


def planned(store: Store, day: date) -> tuple[int, int]:
    """A milestone of a case without a deadline; its line's id and its own."""
    case = open_case(store, furnish(store), "212-5", deadline=None, at=OPENED)
    line = case.assignments[0].id
    return line, store.write(lambda uow: uow.milestones.add(line, None, day, "開標", OPENED))


def reminded(store: Store, day: str, clock: str = "09:00") -> list[Notice]:
    at = taipei(day, clock)
    remind_of_milestones(store, POLICY, as_of=at, now=at)
    waiting = store.write(lambda uow: uow.notices.waiting(at, limit=9))
    return [one for one in waiting if one.kind is NoticeKind.MILESTONE]


def said(store: Store, notices: list[Notice], day: date) -> list[str]:
    entries = store.read(lambda uow: in_words(notices, uow, View(day, CALENDAR, TAIPEI)))
    return [f"{one.number} {one.due}" for one in entries]


@pytest.mark.parametrize(
    ("planned_on", "day", "clock", "count"),
    [
        ("2021-12-22", "2021-12-21", "08:59", 0),
        ("2021-12-22", "2021-12-21", "09:00", 1),
        ("2021-12-22", "2021-12-22", "17:59", 1),  # the clock was down
        ("2021-12-22", "2021-12-23", "09:00", 0),
        ("2021-12-20", "2021-12-17", "09:00", 1),  # a Monday: on Friday
        ("2024-03-01", "2024-02-29", "08:59", 0),
        ("2024-03-01", "2024-02-29", "09:00", 1),
        ("2022-01-03", "2021-12-30", "09:00", 1),  # 12/31 is a day off
    ],
)
def test_the_working_day_before_is_the_day_of_the_notice(
    store: Store, planned_on: str, day: str, clock: str, count: int
) -> None:
    planned(store, date.fromisoformat(planned_on))

    assert len(reminded(store, day, clock)) == count
    assert len(reminded(store, day, clock)) == count


def test_a_notice_is_soft_and_says_what_is_planned(store: Store) -> None:
    planned(store, date(2021, 12, 22))

    notices = reminded(store, "2021-12-21")

    assert [one.urgency for one in notices] == [Urgency.LOW]
    assert said(store, notices, date(2021, 12, 21)) == ["212-5 里程碑 110/12/22(三) 開標，還有 1 天"]
    assert said(store, notices, date(2021, 12, 22)) == ["212-5 里程碑 110/12/22(三) 開標，就是今天"]


def test_what_was_taken_back_is_not_said(store: Store) -> None:
    _, milestone = planned(store, date(2021, 12, 22))
    notices = reminded(store, "2021-12-21")

    assert store.write(lambda uow: uow.milestones.withdraw(milestone, OPENED))

    assert said(store, notices, date(2021, 12, 21)) == []
    assert not store.write(lambda uow: uow.milestones.withdraw(milestone, OPENED))


def test_a_released_line_is_not_reminded(store: Store) -> None:
    planned(store, date(2021, 12, 22))
    notices = reminded(store, "2021-12-21")
    [case] = store.read(lambda uow: uow.cases.by_number([1], "212-5"))

    store.write(lambda uow: uow.cases.save_line(case.assignments[0].release(), next_look_at=None))

    assert said(store, notices, date(2021, 12, 21)) == []


def test_what_is_planned_on_the_day_before_is_nobodys_surprise(store: Store) -> None:
    line, _ = planned(store, date(2022, 12, 22))
    noon = taipei("2021-12-21", "12:00")
    store.write(lambda uow: uow.milestones.add(line, None, date(2021, 12, 22), "決標", noon))

    assert reminded(store, "2021-12-21", "12:30") == []
