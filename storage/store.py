"""Open the database by its URL: the store that `domain.ports` promises."""

from __future__ import annotations

from collections.abc import Callable
from random import uniform
from time import sleep
from typing import TypeVar

from sqlalchemy import exc
from sqlalchemy.engine import Engine

from domain.errors import StorageUnavailable
from domain.ports import Store, UnitOfWork
from storage.engine import LOCK_TIMEOUT, is_sqlite, parse_url, postgresql, sqlite_reader, sqlite_writer
from storage.failures import is_retriable, unavailable
from storage.unit_of_work import SqlUnitOfWork
from storage.writer import Writer

T = TypeVar("T")

ATTEMPTS = 5  # of a work that met a deadlock or a lost connection
BACK_OFF = 0.02  # seconds, at random up to this times the attempt: lets the other one of a deadlock go first


def open_store(url: str, *, lock_timeout: float = LOCK_TIMEOUT) -> Store:
    """Open a migrated database (see `storage.migrate.upgrade`); connects at the first use.

    `lock_timeout` is how many seconds a write waits for another process. Raises ValueError for a URL that is neither
    SQLite in a file nor PostgreSQL.
    """
    parsed = parse_url(url)
    if is_sqlite(parsed):
        return SqliteStore(
            sqlite_writer(parsed, lock_timeout=lock_timeout), sqlite_reader(parsed, lock_timeout=lock_timeout)
        )
    return PostgresqlStore(postgresql(parsed, lock_timeout=lock_timeout))


class SqliteStore:
    """Writes go through the one writer thread; reads have connections of their own."""

    def __init__(self, writing: Engine, reading: Engine) -> None:
        self._writing = writing
        self._reading = reading
        self._writer = Writer(writing)

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return self._writer.run(work)

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return _in_transaction(self._reading, work)

    def close(self) -> None:
        self._writer.close()
        self._reading.dispose()
        self._writing.dispose()


class PostgresqlStore:
    """Works run in the caller's thread, each on a connection of the pool."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return _in_transaction(self._engine, work)

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return _in_transaction(self._reading, work)

    def close(self) -> None:
        self._engine.dispose()


def _in_transaction(engine: Engine, work: Callable[[UnitOfWork], T]) -> T:
    """Run a work in one transaction, again where a deadlock or a lost connection stopped it before its commit."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _attempt(engine, work)
        except exc.SQLAlchemyError as error:
            if attempt < ATTEMPTS and isinstance(error, exc.DBAPIError) and is_retriable(error):
                sleep(uniform(0, BACK_OFF * attempt))
                continue
            if outage := unavailable(error):
                raise outage from error
            raise
    raise AssertionError("the last attempt returns or raises")


def _attempt(engine: Engine, work: Callable[[UnitOfWork], T]) -> T:
    with engine.connect() as connection:
        transaction = connection.begin()
        result = work(SqlUnitOfWork(connection))
        try:
            transaction.commit()
        except exc.DBAPIError as error:
            if error.connection_invalidated:  # kept or not, nobody knows: trying again could apply it twice
                raise StorageUnavailable("commit_unknown") from error
            raise
        return result
