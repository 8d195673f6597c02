"""What the repositories share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Insert, insert  # SQLite's compiler takes its ON CONFLICT clauses as well
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.prepared import prepare
from storage.types import Ids


class Repository:
    """Statements on the connection of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _rows(self, statement: sa.Executable, **values: Any) -> Sequence[Any]:
        prepared = prepare(statement, self._connection, values)
        return prepared.rows(prepared.run(self._connection, values))

    def _row(self, statement: sa.Executable, **values: Any) -> Any:
        rows = self._rows(statement, **values)
        return rows[0] if rows else None

    def _value(self, statement: sa.Executable, **values: Any) -> Any:
        row = self._row(statement, **values)
        return None if row is None else row[0]

    def _count(self, statement: sa.Executable, **values: Any) -> int:
        """Run a change and count its rows."""
        cursor = prepare(statement, self._connection, values).run(self._connection, values)
        return int(cursor.rowcount)

    def _many(self, statement: sa.Executable, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run a change once for each of the rows, in one round trip, and count what changed."""
        if not rows:
            return 0
        return int(prepare(statement, self._connection, rows[0]).run_many(self._connection, rows).rowcount)


def insert_new(table: sa.Table) -> Insert:
    """INSERT that leaves a row alone whose key is there already, and counts those that it added."""
    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def one_of(name: str) -> sa.BindParameter[Any]:
    """A parameter of a SELECT for a short list of values: `column.in_(one_of("ids"))`."""
    return sa.bindparam(name, expanding=True)


def among(column: sa.ColumnElement[int], name: str) -> sa.ColumnElement[bool]:
    """Tell whether a column holds one of any number of ids, given as a tuple.

    They are one parameter: the statement is compiled once however many they are, where `one_of` has a text for each
    length of its list.
    """
    return column.op("IN", is_comparison=True, return_type=sa.Boolean())(_Members(sa.bindparam(name, type_=Ids)))


class _Members(FunctionElement[int]):
    """What a parameter of the type Ids holds, as rows."""

    inherit_cache = True


@compiles(_Members)
def _unnested(members: _Members, compiler: SQLCompiler, **how: Any) -> str:
    return f"(SELECT unnest({compiler.process(members.clauses, **how)}))"


@compiles(_Members, "sqlite")
def _from_json(members: _Members, compiler: SQLCompiler, **how: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(members.clauses, **how)}))"
