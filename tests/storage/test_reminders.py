from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from domain.case import Assignment, Deadline
from domain.ports import DueLine, Store
from tests.storage.office import MINUTE, NOW, add_case, office, save

DAY = date(2021, 9, 30)
DATED = Deadline(on=DAY)


@pytest.fixture(autouse=True)
def _office(store: Store) -> None:
    office(store)


def due(store: Store, now: datetime = NOW, limit: int = 9) -> list[DueLine]:
    return list(store.write(lambda uow: uow.reminders.due_lines(now, limit=limit)))


def test_a_due_line_says_what_its_reminder_needs(store: Store) -> None:
    case = add_case(store, deadline=DATED, next_look_at=NOW)

    assert due(store) == [
        DueLine(
            assignment_id=case.assignments[0].id,
            line_id=case.assignments[0].id,
            case_id=case.id,
            series_id=1,
            number="211-2",
            title="換文",
            sentence="請資訊局完成換文。",
            unit_id=1,
            unit="資訊局",
            deadline=DAY,
            next_look_at=NOW,
            looked_at=NOW - timedelta(microseconds=1),
        )
    ]


@pytest.mark.parametrize(("after", "lines"), [(-timedelta(microseconds=1), 0), (timedelta(), 1), (MINUTE, 1)])
def test_a_line_is_due_from_the_instant_of_its_look(store: Store, after: timedelta, lines: int) -> None:
    add_case(store, deadline=DATED, next_look_at=NOW)

    assert len(due(store, NOW + after)) == lines


def test_due_lines_come_oldest_first_up_to_the_limit(store: Store) -> None:
    for number, ago in (("211-1", 1), ("211-2", 3), ("211-3", 2)):
        add_case(store, number, deadline=DATED, next_look_at=NOW - ago * MINUTE)

    assert [line.number for line in due(store, limit=2)] == ["211-2", "211-3"]


def test_released_and_undated_lines_want_no_look(store: Store) -> None:
    released = add_case(store, "211-1", deadline=DATED, next_look_at=NOW)
    save(store, Assignment.release, released, look=NOW)
    add_case(store, "211-2", next_look_at=NOW)
    add_case(store, "211-3", deadline=DATED)

    assert due(store) == []


def test_a_saved_line_is_looked_at_when_its_caller_says(store: Store) -> None:
    case = add_case(store, deadline=DATED, next_look_at=NOW)

    asked = save(store, Assignment.request_release, case, look=None)
    assert due(store) == []
    store.write(lambda uow: uow.cases.save_line(asked.withdraw_request(), next_look_at=NOW))
    assert len(due(store)) == 1


def test_looks_are_recorded_in_bulk(store: Store) -> None:
    for number in ("211-1", "211-2"):
        add_case(store, number, deadline=DATED, next_look_at=NOW)

    store.write(lambda uow: uow.reminders.looked([(1, NOW, NOW + MINUTE), (2, None, None)]))

    assert [(line.number, line.looked_at) for line in due(store, NOW + MINUTE)] == [("211-1", NOW)]


def test_no_looks_are_no_trouble(store: Store) -> None:
    store.write(lambda uow: uow.reminders.looked([]))

    assert due(store) == []


def test_lines_are_given_as_reminders_say_them_while_open_and_dated(store: Store) -> None:
    add_case(store, "211-1", deadline=DATED)
    add_case(store, "211-2")
    released = add_case(store, "211-3", deadline=DATED)
    save(store, Assignment.release, released)

    found = store.read(lambda uow: uow.reminders.lines([1, 2, 3, 99]))

    assert [(line.assignment_id, line.number, line.deadline) for line in found] == [(1, "211-1", DAY)]


def test_looking_again_reaches_back_for_open_dated_lines_only(store: Store) -> None:
    add_case(store, "211-1", deadline=DATED, next_look_at=NOW + 9 * MINUTE)
    add_case(store, "211-2", next_look_at=NOW + 9 * MINUTE)
    released = add_case(store, "211-3", deadline=DATED, next_look_at=NOW + 9 * MINUTE)
    save(store, Assignment.release, released)
    add_case(store, "211-4", deadline=DATED, next_look_at=NOW - MINUTE)

    assert store.write(lambda uow: uow.reminders.look_again(NOW)) == 1
    assert [line.number for line in due(store)] == ["211-4", "211-1"]


@pytest.mark.parametrize(("looked", "kept"), [(NOW - MINUTE, NOW - MINUTE), (NOW + MINUTE, None)])
def test_looking_again_forgets_looks_after_its_instant(store: Store, looked: datetime, kept: datetime | None) -> None:
    add_case(store, deadline=DATED, next_look_at=NOW)
    store.write(lambda uow: uow.reminders.looked([(1, looked, NOW + 9 * MINUTE)]))

    store.write(lambda uow: uow.reminders.look_again(NOW))

    assert [line.looked_at for line in due(store)] == [kept]
