"""Statements that run on the driver's cursor mean what they mean to SQLAlchemy, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import Connection

from storage.engine import is_sqlite, parse_url, postgresql, sqlite_writer
from storage.prepared import prepare
from storage.repository import among, insert_new, one_of
from storage.tables import audit, heartbeat, meetings, series, units

AT = datetime(2021, 9, 23, 1, 2, 3, 456789, tzinfo=UTC)
ENTRY = {"at": AT, "action": "report", "subject": "report", "subject_id": 1, "source": "line:1", "undone": True}


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    url = parse_url(database_url)
    engine = sqlite_writer(url) if is_sqlite(url) else postgresql(url)
    with engine.connect() as opened:
        yield opened
        opened.rollback()
    engine.dispose()


def rows(connection: Connection, statement: Any, **values: Any) -> list[Any]:
    prepared = prepare(statement, connection, values)
    return prepared.rows(prepared.run(connection, values))


def test_every_type_comes_back_as_sqlalchemy_gives_it(connection: Connection) -> None:
    connection.execute(sa.insert(series), {"id": 1, "name": "會報", "scheme": "{n}", "release": "chair"})
    day = {"series_id": 1, "ordinal": 2**40, "held_on": date(2021, 9, 23), "digest": "a\0b", "created_at": AT}
    connection.execute(sa.insert(meetings), day)
    connection.execute(sa.insert(audit), ENTRY)

    for table in (series, meetings, audit):
        assert rows(connection, sa.select(table)) == [tuple(row) for row in connection.execute(sa.select(table))]


def test_insert_returns_and_stores_what_was_given(connection: Connection) -> None:
    (added,) = rows(connection, sa.insert(audit).returning(audit.c.id), **ENTRY)

    stored = connection.execute(sa.select(audit).where(audit.c.id == added.id)).one()
    assert {name: stored._asdict()[name] for name in ENTRY} == ENTRY


@pytest.mark.parametrize("names", [[], ["甲"], ["甲", "丙"], ["甲", "甲", "丁"]])
def test_a_list_of_any_length_finds_its_members(connection: Connection, names: list[str]) -> None:
    connection.execute(sa.insert(units), [{"name": name} for name in "甲乙丙"])
    named = sa.select(units.c.name).where(units.c.name.in_(one_of("names"))).order_by(units.c.id)

    assert [row.name for row in rows(connection, named, names=names)] == [name for name in "甲乙丙" if name in names]


@pytest.mark.parametrize("ids", [(), (2,), (1, 3, 3, 99), tuple(range(2, 40_000))])
def test_any_number_of_ids_is_one_parameter(connection: Connection, ids: tuple[int, ...]) -> None:
    connection.execute(sa.insert(units), [{"id": n, "name": name} for n, name in enumerate("甲乙丙", start=1)])
    chosen = sa.select(units.c.id).where(among(units.c.id, "ids")).order_by(units.c.id)

    assert [row.id for row in rows(connection, chosen, ids=ids)] == [n for n in (1, 2, 3) if n in ids]


def test_many_rows_are_stored_as_sqlalchemy_stores_them(connection: Connection) -> None:
    days = [
        {"series_id": 1, "ordinal": 1, "held_on": date(2021, 9, 23), "digest": "a\0b", "created_at": AT},
        {"series_id": 1, "ordinal": 2, "held_on": None, "digest": "b", "created_at": AT},
    ]
    connection.execute(sa.insert(series), {"id": 1, "name": "會報", "scheme": "{n}", "release": "chair"})
    prepare(insert_new(meetings), connection, days[0]).run_many(connection, days)
    ours = connection.execute(sa.select(meetings.c.held_on, meetings.c.digest, meetings.c.created_at)).all()
    connection.execute(sa.delete(meetings))
    connection.execute(sa.insert(meetings), days)

    assert ours == connection.execute(sa.select(meetings.c.held_on, meetings.c.digest, meetings.c.created_at)).all()


def test_the_same_statement_runs_with_other_parameters(connection: Connection) -> None:
    statement = insert_new(units)

    counts = [
        prepare(statement, connection, given).run(connection, given).rowcount
        for given in ({"name": "甲"}, {"name": "甲"}, {"name": "乙", "parent_id": None})
    ]

    assert counts == [1, 0, 1]


def test_a_constant_in_the_statement_is_kept(connection: Connection) -> None:
    connection.execute(sa.insert(units), [{"name": "甲"}, {"name": "乙"}])
    constant = sa.select(units.c.name, sa.literal("x").label("mark")).where(units.c.name == "乙").limit(1)

    assert rows(connection, constant) == [("乙", "x")]


def test_a_driver_error_is_raised_as_sqlalchemy_raises_it(connection: Connection) -> None:
    given = {"name": "tick", "at": AT}
    connection.execute(sa.insert(heartbeat), given)

    with pytest.raises(exc.IntegrityError) as caught:
        prepare(sa.insert(heartbeat), connection, given).run(connection, given)

    assert isinstance(caught.value.orig, connection.dialect.loaded_dbapi.Error)
    assert "tick" not in str(caught.value.params)
