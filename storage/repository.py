"""What the repositories share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Insert, insert  # SQLite's compiler takes its ON CONFLICT clauses as well
from sqlalchemy.engine import Connection


class Repository:
    """Statements on the connection of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _rows(self, statement: sa.Executable, **values: Any) -> Sequence[sa.Row[Any]]:
        return self._connection.execute(statement, values).all()

    def _row(self, statement: sa.Executable, **values: Any) -> sa.Row[Any] | None:
        return self._connection.execute(statement, values).first()

    def _value(self, statement: sa.Executable, **values: Any) -> Any:
        return self._connection.execute(statement, values).scalar()

    def _count(self, statement: sa.Executable, **values: Any) -> int:
        """Run a change and count its rows."""
        return self._connection.execute(statement, values).rowcount

    def _many(self, statement: sa.Executable, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run a change once for each of the rows, in one round trip, and count what changed."""
        return self._connection.execute(statement, rows).rowcount if rows else 0


def insert_new(table: sa.Table) -> Insert:
    """INSERT that leaves a row alone whose key is there already, and counts those that it added."""
    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def one_of(name: str) -> sa.BindParameter[Any]:
    """A parameter for a list of values: `column.in_(one_of("ids"))`."""
    return sa.bindparam(name, expanding=True)
