"""What only SQLite does: the writer thread, group commit, and files that cannot be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa

from domain.errors import StorageUnavailable
from domain.ports import Store, UnitOfWork
from storage.engine import parse_url, sqlite_path
from storage.migrate import upgrade
from storage.store import open_store
from tests.storage.office import NOW, message, office


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    opened = open_store(sqlite_url)
    yield opened
    opened.close()


def together(store: Store, *works: Callable[[UnitOfWork], object]) -> list[Future[object]]:
    """Queue the works while the writer is busy, so that they share one transaction."""
    busy, go = Event(), Event()

    def hold(_: UnitOfWork) -> None:
        busy.set()
        go.wait()

    with ThreadPoolExecutor(len(works) + 1) as threads:
        threads.submit(store.write, hold)
        busy.wait()
        queued = [threads.submit(store.write, work) for work in works]
        while store._writer._queue.qsize() < len(works):
            pass
        go.set()
    return queued


def pragma(store: Store, name: str) -> object:
    return store.write(lambda uow: uow.connection.exec_driver_sql(f"PRAGMA {name}").scalar())


def test_the_file_is_used_safely(store: Store) -> None:
    names = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")

    assert [pragma(store, name) for name in names] == ["wal", 1, 2, 5000]


def test_a_work_that_raises_spoils_no_other_of_its_group(store: Store) -> None:
    def poison(uow: UnitOfWork) -> None:
        uow.units.add("壞")
        raise KeyError("poison")

    good, bad, fine = together(store, lambda uow: uow.units.add("甲"), poison, lambda uow: uow.units.add("乙"))

    assert (good.exception(), type(bad.exception()), fine.exception()) == (None, KeyError, None)
    assert [unit.name for unit in store.read(lambda uow: uow.units.all())] == ["甲", "乙"]


def test_when_the_commit_fails_every_work_of_the_group_is_told_and_none_kept(store: Store) -> None:
    def bad(uow: UnitOfWork) -> None:
        uow.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        uow.connection.exec_driver_sql("INSERT INTO unit_aliases (alias, unit_id) VALUES ('無', 99)")

    futures = together(store, lambda uow: uow.units.add("甲"), bad, lambda uow: uow.units.add("乙"))

    assert [type(future.exception()) for future in futures] == [StorageUnavailable] * 3
    assert store.read(lambda uow: uow.units.all()) == []
    assert store.write(lambda uow: uow.units.add("丙")).id == 1


def test_a_full_disk_is_an_outage_that_keeps_nothing_and_passes(store: Store) -> None:
    limit = pragma(store, "max_page_count")
    pragma(store, f"max_page_count={pragma(store, 'page_count')}")

    with pytest.raises(StorageUnavailable, match="sqlite_full"):
        store.write(lambda uow: uow.outbox.add_many([message(payload="x" * 5000) for _ in range(50)]))
    pragma(store, f"max_page_count={limit}")

    assert store.read(lambda uow: uow.outbox.oldest_waiting()) is None
    assert store.write(lambda uow: uow.outbox.add(message())) == 1


def test_a_work_must_not_write_through_the_store(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.write(lambda _: store.write(lambda uow: uow.units.add("甲")))


def test_a_closed_store_refuses_a_write(store: Store) -> None:
    store.close()

    with pytest.raises(StorageUnavailable, match="closed"):
        store.write(lambda uow: uow.units.add("甲"))


def test_a_file_that_another_process_locks_longer_than_the_wait_is_an_outage(sqlite_url: str) -> None:
    holder = sqlite3.connect(sqlite_path(parse_url(sqlite_url)), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    impatient = open_store(sqlite_url, lock_timeout=0.05)

    with pytest.raises(StorageUnavailable, match="sqlite_busy"):
        impatient.write(lambda uow: uow.inbox.take("e1", NOW))
    assert impatient.read(lambda uow: uow.units.all()) == []
    holder.execute("ROLLBACK")
    assert impatient.write(lambda uow: uow.inbox.take("e1", NOW)) is True
    impatient.close()
    holder.close()


def test_a_read_only_file_can_be_read_and_writing_is_an_outage(sqlite_url: str, store: Store) -> None:
    office(store)
    read_only = open_store(sqlite_url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true")

    with pytest.raises(StorageUnavailable, match="sqlite_readonly"):
        read_only.write(lambda uow: uow.inbox.take("e1", NOW))
    assert len(read_only.read(lambda uow: uow.units.all())) == 3
    read_only.close()


def test_a_missing_folder_is_an_outage(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none' / 'lieguan.sqlite3'}"
    missing = open_store(url)

    for attempt in (missing.write, missing.read):
        with pytest.raises(StorageUnavailable, match="sqlite_cantopen"):
            attempt(lambda uow: uow.units.all())
    with pytest.raises(StorageUnavailable, match="sqlite_cantopen"):
        upgrade(url)
    missing.close()


def test_a_file_that_is_no_database_is_an_outage(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database at all\n" * 99)

    with pytest.raises(StorageUnavailable, match="sqlite_notadb"):
        upgrade(f"sqlite:///{file}")


def test_a_wrong_statement_is_a_fault_of_the_work_and_no_outage(store: Store) -> None:
    with pytest.raises(sa.exc.OperationalError):
        store.write(lambda uow: uow.connection.exec_driver_sql("SELECT * FROM nowhere"))
