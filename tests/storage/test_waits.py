"""Waits: one live wait a case, asleep cases are out of the clock's sight, and both databases agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.case import Case, Deadline
from domain.errors import StaleVersion
from domain.ports import Store
from domain.wait import NewWait, Wait
from tests.storage.office import MINUTE, NOW, TODAY, add_case, office

DUE = Deadline(on=TODAY - timedelta(days=1))
LATER = NOW + MINUTE


@pytest.fixture(autouse=True)
def _office(store: Store) -> None:
    office(store)


def first_and_second(store: Store) -> tuple[Case, Case]:
    return add_case(store, "211-1"), add_case(store, "211-2", deadline=DUE, next_look_at=NOW)


def sleep(store: Store, case: Case, first: Case | None = None, event: str = "", within: str = "") -> Wait:
    new = NewWait(case_id=case.id, first_id=first.id if first else None, event=event, within=within, at=NOW)
    return store.write(lambda uow: uow.waits.add(new))


def again(store: Store, case: Case) -> Case:
    return store.read(lambda uow: uow.cases.by_ids([case.id]))[0]


def wake(store: Store, wait: Wait, at: datetime | None = LATER) -> None:
    store.write(lambda uow: uow.waits.save(replace(wait, woken_at=at), next_look_at=at))


def in_sight(store: Store) -> dict[str, int]:
    """How many lines and cases the clock and the lists see."""
    return store.write(
        lambda uow: {
            "due": len(uow.reminders.due_lines(LATER + MINUTE, limit=9)),
            "worded": len(uow.reminders.lines([1, 2])),
            "overdue": uow.cases.count_overdue([1], TODAY),
            "unreported": uow.survey.count_unreported(1, NOW),
            "chased": len(uow.reminders.unreported(1, NOW)),
            "tallied": sum(tally.overdue for tally in uow.survey.tally(1, today=TODAY, soon=TODAY, since=NOW)),
            "asleep": uow.survey.count_asleep(1),
        }
    )


def test_a_wait_comes_back_with_its_case(store: Store) -> None:
    first, second = first_and_second(store)

    wait = sleep(store, second, first, within="30日內")

    assert wait == Wait(id=1, case_id=second.id, first_id=first.id, first="211-1", within="30日內", at=NOW)
    assert again(store, second).wait == wait
    assert again(store, second).is_asleep
    assert again(store, first).wait is None


def test_a_case_that_sleeps_is_in_nobodys_sight_until_it_wakes(store: Store) -> None:
    first, second = first_and_second(store)
    awake = {"due": 1, "worded": 1, "overdue": 1, "unreported": 2, "chased": 2, "tallied": 1, "asleep": 0}
    asleep = {"due": 0, "worded": 0, "overdue": 0, "unreported": 1, "chased": 1, "tallied": 0, "asleep": 1}

    before = in_sight(store)
    wait = sleep(store, second, first)
    sleeping = in_sight(store)
    wake(store, wait)

    assert (before, sleeping, in_sight(store)) == (awake, asleep, awake)


def test_what_was_due_before_it_woke_is_nobodys_alarm(store: Store) -> None:
    _, second = first_and_second(store)

    wake(store, sleep(store, second, event="環評通過"))

    [line] = store.write(lambda uow: uow.reminders.due_lines(LATER, limit=9))
    assert line.next_look_at == LATER
    assert line.looked_at is not None
    assert LATER - line.looked_at < timedelta(seconds=1)


def test_no_change_of_its_lines_wakes_a_case(store: Store) -> None:
    first, second = first_and_second(store)
    sleep(store, second, first)
    asleep = in_sight(store)

    line = again(store, second).assignments[0]
    store.write(lambda uow: uow.cases.save_line(line.request_release().withdraw_request(), next_look_at=NOW))
    store.write(lambda uow: uow.cases.save_case(replace(again(store, second), title="換約"), next_look_at=NOW))
    store.write(lambda uow: uow.reminders.look_again(NOW))
    store.write(lambda uow: uow.reminders.look_back([1], NOW, NOW))

    assert in_sight(store) == asleep


def test_a_case_has_one_live_wait(store: Store) -> None:
    first, second = first_and_second(store)
    wait = sleep(store, second, first)

    with pytest.raises(StaleVersion):
        sleep(store, second, event="環評通過")

    ended = replace(wait, ended_at=LATER)
    store.write(lambda uow: uow.waits.save(ended, next_look_at=LATER))
    other = sleep(store, second, event="環評通過")
    assert again(store, second).wait == other
    assert store.read(lambda uow: uow.waits.get(wait.id)) == ended


def test_followers_are_those_whose_wait_is_live(store: Store) -> None:
    first, second = first_and_second(store)
    third = add_case(store, "211-3")
    woken, ended = sleep(store, second, first), sleep(store, third, first)

    wake(store, woken)
    store.write(lambda uow: uow.waits.save(replace(ended, ended_at=LATER), next_look_at=LATER))

    following = store.read(lambda uow: uow.waits.following([first.id]))
    assert following == [replace(woken, woken_at=LATER)]
    assert store.read(lambda uow: uow.waits.following([])) == []


def test_a_case_may_fall_asleep_again(store: Store) -> None:
    first, second = first_and_second(store)
    wait = sleep(store, second, first)
    asleep = in_sight(store)

    wake(store, wait)
    store.write(lambda uow: uow.waits.save(wait, next_look_at=LATER))

    assert in_sight(store) == asleep


def test_a_wait_that_ends_awake_leaves_the_looks_alone(store: Store) -> None:
    _, second = first_and_second(store)
    wait = sleep(store, second, event="環評通過")
    wake(store, wait)

    ended = replace(wait, woken_at=LATER, ended_at=LATER + MINUTE)
    store.write(lambda uow: uow.waits.save(ended, next_look_at=LATER + MINUTE))

    [line] = store.write(lambda uow: uow.reminders.due_lines(LATER, limit=9))
    assert line.next_look_at == LATER


def test_sleepers_are_listed_by_deadline_and_only_while_they_are_open(store: Store) -> None:
    late = add_case(store, "211-9", deadline=Deadline(on=date(2021, 12, 1)))
    early = add_case(store, "211-3", deadline=Deadline(on=date(2021, 11, 1)))
    released = add_case(store, "211-4")
    for case in (late, early, released):
        sleep(store, case, event="環評通過")
    store.write(lambda uow: uow.cases.save_line(again(store, released).assignments[0].release(), next_look_at=None))

    found = store.read(lambda uow: uow.survey.asleep(1, limit=9))

    assert [case.number for case in found] == ["211-3", "211-9"]
    assert store.read(lambda uow: uow.survey.asleep(1, limit=1, offset=1)) == [found[1]]
    assert store.read(lambda uow: uow.survey.count_asleep(2)) == 0
