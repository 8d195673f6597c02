"""Occurrences of recurring duties: opened once and in time, over a year's end, on 2/29, after months of being down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.case import Case, Closing, Deadline, Duty
from domain.member import Role
from domain.ports import NewCase, Store, UnitOfWork
from domain.recurrence import completed
from domain.wait import NewWait
from handlers.messages import Message
from scheduler.duties import open_occurrences
from scheduler.plan import plan
from scheduler.route import route
from tests.scheduler.office import POLICY, Office, furnish, taipei

MONTHLY, FIRST_JAN = "FREQ=MONTHLY;BYMONTHDAY=5", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"


def recurring(
    store: Store, office: Office, rule: str, due: date, at: datetime, *, units: int = 1, number: str = "212-5"
) -> Case:
    """A duty that was made at an instant and is due first on a day."""
    deadline = Deadline(on=due, text="每月5日前", rule="recurrence", recurrence=completed(rule, at.date()))
    new = NewCase(
        series_id=office.series_id,
        meeting_id=None,
        number=number,
        title="填報執行情形",
        sentence="請資訊局每月5日前填報執行情形。",
        section="貳-六",
        deadline=deadline,
        lines=tuple((unit, Duty.LEAD) for unit in office.units[:units]),
        next_look_at=at,
        at=at,
    )
    return store.write(lambda uow: uow.cases.add(new))


def tick(store: Store, at: datetime) -> int:
    """Open what is to be opened, and plan reminders; returns how many occurrences are new."""
    opened = open_occurrences(store, POLICY, as_of=at, now=at)
    plan(store, POLICY, as_of=at, now=at)
    return opened


def case_now(store: Store) -> Case:
    return store.read(lambda uow: uow.cases.by_number([1], "212-5"))[0]


def open_days(store: Store) -> list[str]:
    return [one.due_on.isoformat() for one in case_now(store).occurrences]


def rungs(store: Store, at: datetime) -> list[str]:
    """The rungs that wait to be told, with the day that they are for."""
    waiting = store.write(lambda uow: uow.notices.waiting(at, limit=50))
    return sorted(f"{one.for_on} {one.rung}" for one in waiting)


def close_oldest(store: Store) -> None:
    case = case_now(store)
    store.write(lambda uow: uow.occurrences.save(case.id, case.occurrences[0].close(), next_look_at=None))


@pytest.mark.parametrize(
    ("rule", "due", "at", "count"),
    [
        (MONTHLY, date(2021, 12, 5), "2021-11-24T08:59", 0),
        (MONTHLY, date(2021, 12, 5), "2021-11-24T09:00", 1),
        (MONTHLY, date(2022, 1, 5), "2021-12-24T08:59", 0),  # over the year's end: 12/31 is a day off
        (MONTHLY, date(2022, 1, 5), "2021-12-24T09:00", 1),
        (FIRST_JAN, date(2022, 1, 1), "2021-12-21T08:59", 0),  # 1/1 is a day off, so is the day before
        (FIRST_JAN, date(2022, 1, 1), "2021-12-21T09:00", 1),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2024, 2, 29), "2024-02-19T08:59", 0),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2024, 2, 29), "2024-02-19T09:00", 1),  # 2/28 is a day off
    ],
)
def test_an_occurrence_is_opened_at_its_first_rung(store: Store, rule: str, due: date, at: str, count: int) -> None:
    recurring(store, furnish(store), rule, due, taipei("2021-11-08"))

    assert tick(store, datetime.fromisoformat(f"{at}+08:00")) == count
    assert tick(store, datetime.fromisoformat(f"{at}+08:00")) == 0


def test_a_year_of_months_is_twelve_lines_each_reminded_by_its_ladder(store: Store) -> None:
    recurring(store, furnish(store), MONTHLY, date(2021, 1, 5), taipei("2020-12-01"))
    seen, now = [], taipei("2020-12-01")
    while now < taipei("2021-12-31"):
        now += timedelta(days=1)
        tick(store, now)
        for one in case_now(store).occurrences:
            if one.due_on < now.date():
                seen.append(one.due_on.isoformat())
                close_oldest(store)

    assert seen == [f"2021-{month:02d}-05" for month in range(1, 13)]


def test_a_reminder_of_a_period_says_so_and_whose_it_is(store: Store) -> None:
    office = furnish(store)
    recurring(store, office, MONTHLY, date(2021, 12, 5), taipei("2021-11-08"))
    at = taipei("2021-11-24")

    tick(store, at)

    [line] = store.read(lambda uow: uow.reminders.lines([one.id for one in case_now(store).occurrences]))
    assert (line.heading, line.unit, line.unit_id) == ("填報執行情形（12月份）", "資訊局", office.units[0])
    assert line.line_id == case_now(store).assignments[0].id
    assert rungs(store, at) == ["2021-12-05 -7"]


def test_three_months_of_being_down_are_opened_and_told_in_one_digest(store: Store) -> None:
    office = furnish(store)
    recurring(store, office, MONTHLY, date(2021, 10, 5), taipei("2021-09-08"))
    store.write(lambda uow: uow.people.add_role("U-it", "窗口", office.series_id, Role.CONTACT, office.units[0]))
    store.write(lambda uow: uow.people.befriend("U-it", is_friend=True))
    late, said = taipei("2021-12-30"), list[str]()

    def render(message: Message) -> str:
        said.append(message.text)
        return "[]"

    opened = tick(store, late)
    routed = route(store, POLICY, render, as_of=late, now=late)

    assert opened == 4
    assert open_days(store) == ["2021-10-05", "2021-11-05", "2021-12-05", "2022-01-05"]
    assert routed.messages == 1
    assert "填報執行情形（10月份、11月份、12月份）" in said[0]
    assert said[0].count("212-5 填報執行情形") == 2  # what is late with one voice, and January


def test_what_was_due_before_a_duty_was_made_is_nobodys_alarm(store: Store) -> None:
    recurring(store, furnish(store), MONTHLY, date(2021, 12, 5), taipei("2021-12-01", "10:00"))

    tick(store, taipei("2021-12-01", "10:05"))

    assert open_days(store) == ["2021-12-05"]
    assert rungs(store, taipei("2021-12-01", "10:05")) == []
    tick(store, taipei("2021-12-02"))
    assert rungs(store, taipei("2021-12-02")) == ["2021-12-05 -1"]


def test_each_unit_has_periods_of_its_own_and_the_case_is_due_with_the_oldest(store: Store) -> None:
    recurring(store, furnish(store), MONTHLY, date(2021, 12, 5), taipei("2021-11-08"), units=2)
    tick(store, taipei("2021-12-24"))
    first, second = case_now(store).assignments
    for one in case_now(store).occurrences_of(first):
        store.write(lambda uow, one=one: uow.occurrences.save(case_now(store).id, one.close(), next_look_at=None))

    case = case_now(store)

    assert [one.due_on for one in case.occurrences_of(second)] == [date(2021, 12, 5), date(2022, 1, 5)]
    assert case.deadline.on == date(2021, 12, 5)
    assert store.read(lambda uow: uow.cases.count_overdue([1], date(2021, 12, 24))) == 1
    assert [case.assignments[0].recurs_on, case.occurrences_of(first)] == [date(2022, 2, 5), ()]


def test_a_released_line_ends_its_periods_and_they_come_back_with_it(store: Store) -> None:
    recurring(store, furnish(store), MONTHLY, date(2021, 12, 5), taipei("2021-11-08"))
    tick(store, taipei("2021-11-24"))
    line = case_now(store).assignments[0]

    released = store.write(lambda uow: uow.cases.save_line(line.release(), next_look_at=None))

    assert (open_days(store), case_now(store).is_open) == ([], False)
    assert tick(store, taipei("2022-03-01")) == 0
    store.write(lambda uow: uow.cases.save_line(released.continue_(), next_look_at=taipei("2021-11-25")))
    assert open_days(store) == ["2021-12-05"]


def test_a_reported_period_is_not_reminded_any_more(store: Store) -> None:
    recurring(store, furnish(store), MONTHLY, date(2021, 12, 5), taipei("2021-11-08"))
    tick(store, taipei("2021-11-24"))

    close_oldest(store)

    tick(store, taipei("2021-12-06"))
    told = store.write(lambda uow: uow.reminders.due_lines(taipei("2022-01-31"), limit=9))
    assert (told, case_now(store).deadline.on) == ([], date(2022, 1, 5))


def test_a_void_period_is_opened_again_and_a_reported_one_is_not(store: Store) -> None:
    recurring(store, furnish(store), MONTHLY, date(2021, 12, 5), taipei("2021-11-08"))
    tick(store, taipei("2021-12-24"))
    case = case_now(store)
    reported, void = case.occurrences
    at = taipei("2021-12-25")
    store.write(lambda uow: uow.occurrences.save(case.id, reported.close(), next_look_at=None))
    store.write(lambda uow: uow.occurrences.save(case.id, void.close(Closing.VOID), next_look_at=None))

    line = case.assignments[0]
    store.write(lambda uow: uow.occurrences.schedule(case.id, line.id, date(2021, 12, 5), next_look_at=at, since=at))

    assert tick(store, at) == 1
    assert open_days(store) == ["2022-01-05"]


def test_two_clocks_open_a_period_once(store: Store) -> None:
    recurring(store, furnish(store), MONTHLY, date(2021, 12, 5), taipei("2021-11-08"))
    at = taipei("2021-11-24")

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_occurrences(store, POLICY, as_of=at, now=at), range(4)))

    assert sum(opened) == 1
    assert open_days(store) == ["2021-12-05"]
    entries = store.read(lambda uow: uow.audit.of_case(case_now(store).id, limit=9))
    assert [(one.action, (one.after or {})["period"]) for one in entries] == [("open_occurrence", "12月份")]


def test_a_duty_that_raises_never_stops_the_others(store: Store) -> None:
    office = furnish(store)
    broken = recurring(store, office, MONTHLY, date(2021, 12, 5), taipei("2021-11-08"))
    ends = replace(broken.deadline, recurrence="RRULE:FREQ=MONTHLY;BYMONTHDAY=5;UNTIL=20211201T000000")
    store.write(lambda uow: uow.cases.save_case(replace(broken, deadline=ends), next_look_at=taipei("2021-11-08")))
    recurring(store, office, MONTHLY, date(2021, 12, 5), taipei("2021-11-08"), number="212-6")

    assert tick(store, taipei("2021-11-24")) == 1
    assert tick(store, taipei("2021-11-24", "10:00")) == 0


def test_unreported_are_only_the_periods_that_are_open(store: Store) -> None:
    recurring(store, furnish(store), MONTHLY, date(2021, 12, 5), taipei("2021-11-08"))
    since = taipei("2021-11-20")

    def unreported() -> tuple[int, int]:
        def read(uow: UnitOfWork) -> tuple[int, int]:
            [tally] = uow.survey.tally(1, today=since.date(), soon=since.date(), since=since)
            return len(uow.reminders.unreported(1, since)), tally.unreported

        return store.read(read)

    assert unreported() == (0, 0)
    tick(store, taipei("2021-11-24"))
    assert unreported() == (1, 1)
    close_oldest(store)
    assert unreported() == (0, 0)


def test_what_fell_due_while_its_case_slept_is_not_owed(store: Store) -> None:
    case = recurring(store, furnish(store), MONTHLY, date(2021, 12, 5), taipei("2021-11-08"))
    new = NewWait(case_id=case.id, event="系統上線", at=taipei("2021-11-09"))
    wait = store.write(lambda uow: uow.waits.add(new))

    assert tick(store, taipei("2022-02-10")) == 0
    woken = taipei("2022-02-10", "10:00")
    store.write(lambda uow: uow.waits.save(replace(wait, woken_at=woken), next_look_at=woken))

    assert tick(store, taipei("2022-02-24")) == 1
    assert open_days(store) == ["2022-03-05"]
