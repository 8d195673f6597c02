"""SQLite's one writer: a thread that runs the works that wait, together, in one transaction (group commit).

A commit on SQLite costs a flush to disk and only one connection can write. So callers queue their work; the thread
takes all that is there (up to a bound), gives each a savepoint, commits once and then answers every caller. A work that
raises is rolled back alone. Nothing is answered before the commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread, current_thread
from typing import Any, TypeVar, cast

from sqlalchemy import exc
from sqlalchemy.engine import Connection, Engine

from domain.errors import StorageUnavailable
from storage.failures import unavailable
from storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")

GROUP = 64  # works in one transaction at most; bounds how long a reader's snapshot or another process waits


@dataclass(eq=False, slots=True)
class _Job:
    """A work that waits, and where its caller waits for the answer."""

    work: Callable[[SqlUnitOfWork], Any]
    answer: Future[Any]
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        if self.error is None:
            self.answer.set_result(self.result)
        else:
            self.answer.set_exception(self.error)


class Writer:
    """Runs works one after the other on its own thread and connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._closing = Lock()
        self._closed = False
        self._thread = Thread(target=self._run, name="storage-writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Run a work and return after its commit. Raises what it raised, or StorageUnavailable."""
        if current_thread() is self._thread:
            raise RuntimeError("a work must not write through the store: it has its unit of work")
        job = _Job(work, Future())
        with self._closing:
            if self._closed:
                raise StorageUnavailable("closed")
            self._queue.put(job)
        return cast("T", job.answer.result())

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            jobs, last = self._take_waiting(job)
            self._commit_together(jobs)
            if last:
                return

    def _take_waiting(self, first: _Job) -> tuple[list[_Job], bool]:
        jobs = [first]
        while len(jobs) < GROUP:
            try:
                job = self._queue.get_nowait()
            except Empty:
                break
            if job is None:
                return jobs, True
            jobs.append(job)
        return jobs, False

    def _commit_together(self, jobs: list[_Job]) -> None:
        try:
            with self._engine.connect() as connection, connection.begin():
                for job in jobs:
                    _run_alone(connection, job)
        except BaseException as error:  # noqa: BLE001 - the callers wait: whatever happened is theirs
            _fail_all(jobs, error)
        for job in jobs:
            job.settle()


def _run_alone(connection: Connection, job: _Job) -> None:
    """Run one work in a savepoint. Raises only when the whole transaction is lost."""
    driver = _driver(connection)
    driver.execute("SAVEPOINT work")
    try:
        job.result = job.work(SqlUnitOfWork(connection))
    except BaseException as error:
        job.error = _worded(error)
        if not driver.in_transaction:  # as when the disk is full: SQLite rolled it back by itself
            raise
        driver.execute("ROLLBACK TO work")
    driver.execute("RELEASE work")


def _fail_all(jobs: Iterable[_Job], error: BaseException) -> None:
    """Nothing of the group was kept: say so to each."""
    cause = _worded(error)
    reason = cause if isinstance(cause, StorageUnavailable) else StorageUnavailable("commit_failed")
    reason.__cause__ = error
    for job in jobs:
        job.error = reason


def _worded(error: BaseException) -> BaseException:
    return (unavailable(error) if isinstance(error, exc.SQLAlchemyError) else None) or error


def _driver(connection: Connection) -> sqlite3.Connection:
    """The driver's connection: three statements around every work are too many for SQLAlchemy's execution."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)
