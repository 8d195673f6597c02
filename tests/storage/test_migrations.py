from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from storage.engine import is_sqlite, parse_url, postgresql, sqlite_writer
from storage.migrate import HEAD, UnknownRevision, alembic_config, upgrade
from storage.tables import metadata
from tests.paths import ROOT


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    url = parse_url(database_url)
    opened = sqlite_writer(url) if is_sqlite(url) else postgresql(url)
    yield opened
    opened.dispose()


def test_migrations_lead_to_the_tables_that_the_code_expects(engine: Engine) -> None:
    options = {"include_object": lambda _, name, *__: not str(name).startswith(("case_search", "ix_case_search"))}

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    assert differences == []


def test_partial_indexes_are_migrated_as_the_code_expects(engine: Engine) -> None:
    def conditions(bind: Engine) -> dict[str, str]:
        name = bind.dialect.name
        found = [index for table in sa.inspect(bind).get_table_names() for index in sa.inspect(bind).get_indexes(table)]
        options = {str(index["name"]): index.get("dialect_options", {}) for index in found}
        return {key: str(given[f"{name}_where"]) for key, given in options.items() if f"{name}_where" in given}

    migrated = conditions(engine)
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(sa.schema.DropTable(table))
        metadata.create_all(connection)

    assert conditions(engine) == migrated
    assert {"ix_cases_open", "ix_notices_waiting", "ix_outbox_ready"} <= migrated.keys()


def test_the_head_that_start_up_compares_is_the_newest_revision(engine: Engine) -> None:
    with engine.connect() as connection:
        assert ScriptDirectory.from_config(alembic_config(connection)).get_heads() == [HEAD]


def test_a_database_that_is_up_to_date_is_left_alone(database_url: str) -> None:
    assert upgrade(database_url) is False


def test_an_up_to_date_database_needs_no_alembic(sqlite_url: str) -> None:
    script = "import sys; from storage.migrate import upgrade; upgrade(sys.argv[1]); print('alembic' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", script, sqlite_url], cwd=ROOT, capture_output=True, check=True)

    assert done.stdout.split() == [b"False"]


def test_a_database_from_the_future_is_refused(database_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(UnknownRevision, match="9999"):
        upgrade(database_url)


def test_several_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    command = [
        sys.executable,
        "-c",
        "import sys; from storage.migrate import upgrade; print(upgrade(sys.argv[1]))",
        url,
    ]

    with ThreadPoolExecutor(3) as threads:
        done = list(
            threads.map(lambda _: subprocess.run(command, cwd=ROOT, capture_output=True, check=False), range(3))
        )

    assert sorted((process.stdout.strip(), process.stderr) for process in done) == [
        (b"False", b""),
        (b"False", b""),
        (b"True", b""),
    ]
