"""What only PostgreSQL does: deadlocks and connections that break."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy.engine import make_url

from domain.errors import StorageUnavailable
from domain.ports import Store, UnitOfWork
from storage.store import open_store
from tests.storage.office import NOW, office

KILL = "SELECT pg_terminate_backend(pg_backend_pid())"


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Store]:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def test_works_that_deadlock_are_both_done_in_the_end(store: Store) -> None:
    office(store)
    met = Barrier(2)

    def swap(first: int, second: int) -> int:
        attempts: list[int] = []

        def work(uow: UnitOfWork) -> None:
            uow.connection.exec_driver_sql(f"UPDATE units SET parent_id = 3 WHERE id = {first}")
            attempts.append(first)
            if len(attempts) == 1:
                met.wait()
            uow.connection.exec_driver_sql(f"UPDATE units SET parent_id = 3 WHERE id = {second}")

        store.write(work)
        return len(attempts)

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(swap, (1, 2), (2, 1))) > 2
    assert [unit.parent_id for unit in store.read(lambda uow: uow.units.all())] == [3, 3, None]


def test_a_connection_that_breaks_before_the_commit_is_replaced(store: Store) -> None:
    broken: list[bool] = []

    def work(uow: UnitOfWork) -> bool:
        taken = uow.inbox.take("e1", NOW)
        if not broken:
            broken.append(True)
            uow.connection.exec_driver_sql(KILL)
        return taken

    assert store.write(work) is True


def test_a_connection_that_breaks_every_time_is_an_outage(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.inbox.take("e1", NOW)
        uow.connection.exec_driver_sql(KILL)

    with pytest.raises(StorageUnavailable, match="57p01"):
        store.write(work)
    assert store.write(lambda uow: uow.inbox.take("e1", NOW)) is True


def test_a_row_that_stays_locked_is_an_outage(store: Store, postgresql_url: str) -> None:
    impatient = open_store(postgresql_url, lock_timeout=0.05)

    def holding(uow: UnitOfWork) -> None:
        uow.inbox.take("e1", NOW)
        with pytest.raises(StorageUnavailable, match="55p03"):
            impatient.write(lambda other: other.inbox.take("e1", NOW))

    store.write(holding)
    impatient.close()


def test_a_server_that_cannot_be_reached_is_an_outage(postgresql_url: str) -> None:
    nowhere = make_url(postgresql_url).update_query_dict({"host": "/nonexistent"})
    unreachable = open_store(nowhere.render_as_string(hide_password=False))

    with pytest.raises(StorageUnavailable):
        unreachable.read(lambda uow: uow.units.all())
