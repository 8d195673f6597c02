"""Bring a database to the shape this version needs. Alembic is imported only when there is something to do."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy import exc
from sqlalchemy.engine import URL, Connection, Engine

from domain.errors import StorageUnavailable
from storage.engine import is_sqlite, parse_url, postgresql, prepare_file, sqlite_path, sqlite_writer
from storage.failures import unavailable

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0022"  # the newest revision under migrations/versions
LOCK = 0x6C696567  # PostgreSQL's advisory lock while one process migrates

_VERSION = sa.text("SELECT version_num FROM alembic_version")


class UnknownRevision(Exception):
    """The database was made by a newer version of the program; its revision is the argument."""


def upgrade(url: str) -> bool:
    """Migrate the database if need be; returns whether anything was done.

    One transaction, safe when several processes start at once. A SQLite file is made where there is none (its folder
    must exist). Raises StorageUnavailable, or UnknownRevision for a database from the future.
    """
    parsed = parse_url(url)
    engine = sqlite_writer(parsed) if is_sqlite(parsed) else postgresql(parsed)
    try:
        with _alone(parsed):
            return _upgrade(engine)
    except OSError as error:
        raise StorageUnavailable("no_lock_file") from error
    except exc.SQLAlchemyError as error:
        if outage := unavailable(error):
            raise outage from error
        raise
    finally:
        engine.dispose()


def revision(engine: Engine) -> str | None:
    """The revision of the database; None where there is none yet."""
    with engine.connect() as connection:
        return _revision(connection)


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for our environment on this connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _upgrade(engine: Engine) -> bool:
    if revision(engine) == HEAD:
        return False
    if engine.dialect.name == "sqlite":
        prepare_file(engine)
    with engine.begin() as connection:
        _lock(connection)
        found = _revision(connection)
        if found != HEAD:
            _run(connection, found)
    return found != HEAD


def _alone(url: URL) -> AbstractContextManager[object]:
    """Let one process at a time migrate a SQLite file: SQLite does not wait where two change its journal mode."""
    if not is_sqlite(url) or not sqlite_path(url).parent.is_dir():  # the lock would make the folder
        return nullcontext()
    return FileLock(f"{sqlite_path(url)}.migration.lock")


def _run(connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = alembic_config(connection)
    try:
        if found is not None:
            ScriptDirectory.from_config(config).get_revision(found)
    except CommandError as error:
        raise UnknownRevision(found) from error
    command.upgrade(config, HEAD)


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))


def _revision(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(_VERSION).scalar()
    return found
