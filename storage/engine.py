"""Engines for SQLite and PostgreSQL, and what each connection is told first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url

LOCK_TIMEOUT = 5.0  # seconds to wait for another process's write (SQLite) or for a row's lock (PostgreSQL)
READERS = 16  # connections kept open for reading; more are opened and closed as needed


def parse_url(url: str) -> URL:
    """Read a database URL; `postgres://` and `postgresql://` mean psycopg 3.

    Raises ValueError for any other database than SQLite in a file and PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except sa.exc.ArgumentError as error:
        raise ValueError("not a database URL") from error
    if parsed.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in {"sqlite", "sqlite+pysqlite"} or parsed.database in {None, "", ":memory:"}:
        raise ValueError(f"not a database that can be used: {parsed.drivername}")
    return parsed


def sqlite_writer(url: URL, *, lock_timeout: float = LOCK_TIMEOUT) -> Engine:
    """An engine whose transactions take SQLite's write lock when they begin."""
    return _sqlite(url, lock_timeout, begin="BEGIN IMMEDIATE", pragmas=("synchronous=FULL", "foreign_keys=ON"))


def sqlite_reader(url: URL, *, lock_timeout: float = LOCK_TIMEOUT) -> Engine:
    """An engine whose transactions see one state of the database, wait for no writer and can change nothing."""
    return _sqlite(url, lock_timeout, begin="BEGIN", pragmas=("query_only=ON", "mmap_size=268435456"))


def postgresql(url: URL, *, lock_timeout: float = LOCK_TIMEOUT) -> Engine:
    """An engine on PostgreSQL with a pool for the server's threads."""
    # Statements are short: compiling a plan for its cost on paper takes longer than to run it.
    options = f"-c lock_timeout={int(lock_timeout * 1000)} -c jit=off {url.query.get('options', '')}".strip()
    return sa.create_engine(
        url.difference_update_query(["options"]),
        pool_size=READERS,
        hide_parameters=True,  # they hold what people wrote, which no log may
        max_overflow=READERS,
        pool_timeout=lock_timeout,
        connect_args={"options": options, "connect_timeout": url.query.get("connect_timeout", "5")},
    )


def _sqlite(url: URL, lock_timeout: float, *, begin: str, pragmas: tuple[str, ...]) -> Engine:
    engine = sa.create_engine(
        url,
        pool_size=READERS,
        hide_parameters=True,  # they hold what people wrote, which no log may
        max_overflow=-1,
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": lock_timeout},
    )

    def prepare(connection: Any, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine


def prepare_file(engine: Engine) -> None:
    """Put a SQLite file into WAL mode, which it keeps for good."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        raw.close()


def is_sqlite(url: URL) -> bool:
    """Tell whether the URL names a SQLite file."""
    return url.get_backend_name() == "sqlite"


def sqlite_path(url: URL) -> Path:
    """The file of a SQLite URL."""
    return Path(str(url.database))
