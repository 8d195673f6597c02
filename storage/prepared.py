"""Statements in the driver's own words: compiled once, then run on the driver's cursor.

SQLAlchemy's execution takes 50-130 µs a statement whatever the database does, more than SQLite needs for all that an
event asks of it. So the statements stay SQLAlchemy's, and so do their types, but a compiled one is kept and runs
without that machinery (measured in docs/benchmarks.md). Errors are raised as SQLAlchemy raises them.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import Connection, Dialect

Values = Mapping[str, Any]
Processor = Callable[[Any], Any] | None
Take = tuple[str, int | None, Processor]


class Prepared:
    """One statement for one dialect, given names of parameters, and given lengths of those that are lists."""

    def __init__(self, statement: Any, dialect: Dialect, values: Values) -> None:
        has_lists = any(isinstance(value, list) for value in values.values())
        compiled = (statement.params(**values) if has_lists else statement).compile(
            dialect=dialect, column_keys=list(values), compile_kwargs={"render_postcompile": has_lists}
        )
        self._sql = str(compiled)
        self._constants = {name: bind.value for name, bind in compiled.binds.items() if name not in values}
        takes = {
            name: take for key in compiled.binds for name, take in _takes(key, compiled.binds[key], dialect, values)
        }
        self._is_positional = compiled.positiontup is not None
        self._names = tuple(compiled.positiontup or takes)
        self._takes = tuple(takes[name] for name in self._names)
        columns = statement.exported_columns.values()
        self._readers = tuple(_reader(column.type, dialect) for column in columns)
        self._row = _row_maker([str(column.name) for column in columns])

    def run(self, connection: Connection, values: Values) -> Any:
        """Run the statement; returns the driver's cursor."""
        parameters = self._parameters({**self._constants, **values})
        with _cursor(connection) as cursor:
            cursor.execute(self._sql, parameters)
        return cursor

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> Any:
        """Run the statement once for each of the rows, in one round trip; returns the driver's cursor."""
        parameters = self._parameters_of_many(rows)
        with _cursor(connection) as cursor:
            cursor.executemany(self._sql, parameters)
        return cursor

    def rows(self, cursor: Any) -> list[Any]:
        """What a cursor found, as named tuples of Python's types."""
        columns = map(_through_all, self._readers, zip(*cursor.fetchall(), strict=True))
        return [self._row(row) for row in zip(*columns, strict=True)]

    def _parameters(self, values: Values) -> Sequence[Any] | Values:
        given = [_through(binder, values[key] if at is None else values[key][at]) for key, at, binder in self._takes]
        return given if self._is_positional else dict(zip(self._names, given, strict=True))

    def _parameters_of_many(self, rows: Sequence[Values]) -> Sequence[Sequence[Any] | Values]:
        """Column by column, which is several times as fast as row by row."""
        columns = [
            _through_all(binder, [row[key] for row in rows] if key in rows[0] else [self._constants[key]] * len(rows))
            for key, _, binder in self._takes
        ]
        given = zip(*columns, strict=True)
        return list(given) if self._is_positional else [dict(zip(self._names, row, strict=True)) for row in given]


_kept: WeakKeyDictionary[sa.Executable, dict[tuple[Any, ...], Prepared]] = WeakKeyDictionary()


def prepare(statement: sa.Executable, connection: Connection, values: Values) -> Prepared:
    """The statement in the words of the connection's driver."""
    shape = tuple([(name, len(value)) if isinstance(value, list) else name for name, value in values.items()])
    forms = _kept.setdefault(statement, {})
    key = (connection.dialect.name, shape)
    found = forms.get(key)
    if found is None:
        found = forms[key] = Prepared(statement, connection.dialect, values)
    return found


@contextmanager
def _cursor(connection: Connection) -> Iterator[Any]:
    driver = connection.connection.driver_connection
    cursor = driver.cursor()  # type: ignore[union-attr] # a connection in a transaction has its driver's
    try:
        yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_raised_by_sqlalchemy(error, connection, cursor) from error


def _takes(key: str, bind: Any, dialect: Dialect, values: Values) -> Iterator[tuple[str, Take]]:
    """Where the driver's parameters of one bind come from: the value, or an item of a list."""
    binder = bind.type.dialect_impl(dialect).bind_processor(dialect)
    value = values.get(key)
    if isinstance(value, list):
        yield from ((f"{key}_{at + 1}", (key, at, binder)) for at in range(len(value)))
    else:
        yield key, (key, None, binder)


def _reader(kind: sa.types.TypeEngine[Any], dialect: Dialect) -> Processor:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _row_maker(names: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    made: Callable[[Iterable[Any]], Any] = namedtuple("Row", names, rename=True)._make  # type: ignore[attr-defined] # names known at run time
    return made


def _through(processor: Processor, value: Any) -> Any:
    return value if processor is None else processor(value)


def _through_all(processor: Processor, values: Iterable[Any]) -> Iterable[Any]:
    return values if processor is None else map(processor, values)


def _as_raised_by_sqlalchemy(error: Exception, connection: Connection, cursor: Any) -> BaseException:
    """Wrap a driver's error, without the parameters; a connection that is lost is given up."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.driver_connection, cursor)  # type: ignore[arg-type]
    if lost:
        connection.invalidate(error)
    return exc.DBAPIError.instance(
        None,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
