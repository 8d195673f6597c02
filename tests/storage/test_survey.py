"""Questions over many cases, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.case import Assignment, Deadline, Duty, Report
from domain.ports import Store, UnitTally
from tests.storage.office import NOW, TODAY, add_case, add_member, numbers, office, save

HOUR = timedelta(hours=1)
BOTH = ((1, Duty.LEAD), (2, Duty.SUPPORT))


@pytest.fixture(autouse=True)
def _office(store: Store) -> None:
    office(store)


def due(day: int, month: int = 9) -> Deadline:
    return Deadline(on=date(2021, month, day))


def report(store: Store, line: int, at_hour: int = 0) -> int:
    member = add_member(store)
    told = Report(assignment_id=line, member_id=member, text="辦理中", at=NOW + at_hour * HOUR)
    return store.write(lambda uow: uow.cases.add_report(told))


def test_due_lists_open_cases_from_first_to_last_day_in_order(store: Store) -> None:
    for number, day in (("211-1", 30), ("211-2", 24), ("211-3", 23), ("211-4", 22)):
        add_case(store, number, deadline=due(day))
    add_case(store, "211-5")
    released = add_case(store, "211-6", deadline=due(24))
    save(store, Assignment.release, released)
    add_case(store, "10601", series_id=2, deadline=due(24))

    first, last = date(2021, 9, 23), date(2021, 9, 30)
    found = store.read(lambda uow: uow.survey.due(1, first, last, limit=9))
    second = store.read(lambda uow: uow.survey.due(1, first, last, limit=1, offset=1))

    assert (numbers(found), numbers(second)) == (["211-3", "211-2", "211-1"], ["211-2"])
    assert store.read(lambda uow: uow.survey.count_due(1, first, last)) == 3


def test_waiting_lists_cases_with_a_line_that_was_asked_to_be_released(store: Store) -> None:
    asked = add_case(store, "211-1", lines=BOTH)
    save(store, Assignment.request_release, asked, at=1)
    add_case(store, "211-2")
    other = add_case(store, "10601", series_id=2)
    save(store, Assignment.request_release, other)

    assert numbers(store.read(lambda uow: uow.survey.waiting(1, limit=9))) == ["211-1"]
    assert store.read(lambda uow: (uow.survey.count_waiting(1), uow.survey.count_waiting(2))) == (1, 1)


def test_unreported_needs_a_report_since_then_that_was_not_withdrawn(store: Store) -> None:
    for number in ("211-1", "211-2", "211-3", "211-4"):
        add_case(store, number)
    report(store, 1, at_hour=-1)  # before
    report(store, 2)
    withdrawn = report(store, 3)
    store.write(lambda uow: uow.cases.withdraw_report(withdrawn, NOW))

    assert numbers(store.read(lambda uow: uow.survey.unreported(1, NOW, limit=9))) == ["211-1", "211-3", "211-4"]
    assert store.read(lambda uow: uow.survey.count_unreported(1, NOW - HOUR)) == 2


def test_a_case_that_is_named_counts_as_unreported_besides(store: Store) -> None:
    for number in ("211-1", "211-2", "211-3"):
        case = add_case(store, number)
        if number != "211-3":
            report(store, case.assignments[0].id)

    assert numbers(store.read(lambda uow: uow.survey.unreported(1, NOW, [2], limit=9))) == ["211-2", "211-3"]
    assert store.read(lambda uow: uow.survey.count_unreported(1, NOW, [2])) == 2


def test_a_line_that_waits_for_release_owes_no_report(store: Store) -> None:
    save(store, Assignment.request_release, add_case(store))

    assert store.read(lambda uow: uow.survey.count_unreported(1, NOW)) == 0


def test_cases_of_a_meeting_are_listed_released_or_not(store: Store) -> None:
    meeting = store.write(lambda uow: uow.series.add_meeting(1, 211, TODAY, "", NOW))
    released = add_case(store, "211-1", meeting_id=meeting.id)
    save(store, Assignment.release, released)
    add_case(store, "211-2", meeting_id=meeting.id)
    add_case(store, "211-3")

    assert numbers(store.read(lambda uow: uow.survey.of_meeting(1, meeting.id, limit=9))) == ["211-1", "211-2"]
    assert store.read(lambda uow: uow.survey.count_of_meeting(1, meeting.id)) == 2


def test_the_oldest_come_in_order_of_number(store: Store) -> None:
    for number in ("211-10", "99-1", "211-9"):
        add_case(store, number)

    assert numbers(store.read(lambda uow: uow.survey.oldest(1, limit=2))) == ["99-1", "211-9"]


def test_units_are_counted_by_where_their_lines_stand(store: Store) -> None:
    add_case(store, "211-1", deadline=due(22), lines=BOTH)  # overdue
    save(store, Assignment.request_release, add_case(store, "211-2", deadline=due(22)))  # overdue no more
    add_case(store, "211-3", deadline=due(30))  # due in seven days
    add_case(store, "211-4", deadline=due(1, 10))
    report(store, 1)

    found = store.read(lambda uow: uow.survey.tally(1, today=TODAY, soon=TODAY + timedelta(days=7), since=NOW))

    assert sorted(found, key=lambda one: one.unit) == [
        UnitTally(unit_id=2, unit="法務局", open=1, due=0, overdue=1, requested=0, unreported=1),
        UnitTally(unit_id=1, unit="資訊局", open=4, due=1, overdue=1, requested=1, unreported=2),
    ]
