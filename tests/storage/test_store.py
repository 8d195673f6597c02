"""Transactions on both databases: kept whole or not at all, one writer's change seen by the other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from domain.case import Assignment, Duty
from domain.errors import StaleVersion, StorageUnavailable
from domain.ports import Store, UnitOfWork
from storage.store import open_store
from tests.paths import ROOT
from tests.storage.office import NOW, add_case, message, new_case, numbers, office, save

SCRIPT = """
import sys
from datetime import UTC, datetime
from storage.store import open_store
store = open_store(sys.argv[1])
for n in range(25):
    store.write(lambda uow, name=f"{sys.argv[2]}{n}": uow.units.add(name))
store.close()
"""


@pytest.fixture
def other(database_url: str) -> Iterator[Store]:
    """A second store on the same database, as another process has it."""
    opened = open_store(database_url)
    yield opened
    opened.close()


def test_a_write_is_seen_by_the_next_read_of_anyone(store: Store, other: Store) -> None:
    office(store)

    assert add_case(store).id == 1
    assert numbers(other.read(lambda uow: uow.cases.by_number((1,), "211-2"))) == ["211-2"]


def test_a_work_that_raises_keeps_nothing(store: Store) -> None:
    office(store)

    def work(uow: UnitOfWork) -> None:
        uow.cases.add(new_case())
        uow.outbox.add(message())
        raise KeyError("poison")

    with pytest.raises(KeyError):
        store.write(work)
    assert store.read(lambda uow: uow.cases.numbers(1)) == []
    assert store.read(lambda uow: uow.outbox.oldest_waiting()) is None


def test_a_work_that_a_rule_of_the_database_refuses_keeps_nothing(store: Store) -> None:
    office(store)

    with pytest.raises(sa.exc.IntegrityError):
        store.write(lambda uow: uow.cases.add(new_case(lines=((99, Duty.LEAD),))))
    assert store.read(lambda uow: uow.cases.numbers(1)) == []


def test_a_read_sees_one_state_from_its_start_to_its_end(store: Store, other: Store) -> None:
    office(store)

    def work(uow: UnitOfWork) -> tuple[int, int]:
        before = uow.cases.count_open((1,))
        add_case(other)
        return before, uow.cases.count_open((1,))

    assert store.read(work) == (0, 0)


def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(StorageUnavailable):
        store.read(lambda uow: uow.units.add("資訊局"))
    assert store.read(lambda uow: uow.units.all()) == []


def test_a_closed_store_takes_no_more_works(database_url: str) -> None:
    closed = open_store(database_url)
    office(closed)
    closed.close()
    closed.close()

    again = open_store(database_url)
    assert len(again.read(lambda uow: uow.units.all())) == 3
    again.close()


def test_two_stores_that_save_one_line_do_not_overwrite_each_other(store: Store, other: Store) -> None:
    case = add_case(office(store))
    start = Barrier(2)

    def saver(mine: Store) -> str:
        start.wait()
        try:
            return save(mine, Assignment.request_release, case).state
        except StaleVersion:
            return "stale"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(saver, (store, other))) == ["release_requested", "stale"]


def test_lines_of_one_case_that_are_released_at_once_close_it(store: Store, other: Store) -> None:
    office(store)
    for n in range(10):
        case = add_case(store, f"211-{n}", lines=((1, Duty.LEAD), (2, Duty.LEAD)))
        start = Barrier(2)

        def release(mine: Store, at: int, case: object = case, start: Barrier = start) -> None:
            start.wait()
            save(mine, Assignment.release, case, at)

        with ThreadPoolExecutor(2) as threads:
            list(threads.map(release, (store, other), (0, 1)))

    assert store.read(lambda uow: uow.cases.count_open((1,))) == 0


def test_two_processes_and_this_one_write_side_by_side(store: Store, database_url: str) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, database_url, name], cwd=ROOT, stderr=subprocess.PIPE)
        for name in ("甲", "乙")
    ]
    for n in range(25):
        store.write(lambda uow, name=f"丙{n}": uow.units.add(name))

    assert [process.communicate()[1] for process in processes] == [b"", b""]
    assert len(store.read(lambda uow: uow.units.all())) == 75


def test_works_queued_by_many_threads_are_all_kept_but_those_that_raise(store: Store) -> None:
    def write(n: int) -> bool:
        def work(uow: UnitOfWork) -> None:
            uow.inbox.take(f"e{n}", NOW)
            if n % 5 == 0:
                raise KeyError(n)

        try:
            store.write(work)
        except KeyError:
            return False
        return True

    with ThreadPoolExecutor(16) as threads:
        kept = list(threads.map(write, range(100)))

    assert kept == [n % 5 != 0 for n in range(100)]
    found = [store.write(lambda uow, n=n: uow.inbox.take(f"e{n}", NOW)) for n in range(100)]
    assert found == [n % 5 == 0 for n in range(100)]
