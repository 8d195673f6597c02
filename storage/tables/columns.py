"""What the tables share: their metadata, and columns of common shape."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index

from storage.types import Id, SafeText

NO_DEADLINE = date.max  # what `due_on` holds for a case without a date: sorts last on both databases

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def row_id() -> Column[int]:
    """A primary key that the database gives."""
    return Column("id", Id, primary_key=True)


def to(table: str, name: str, *, nullable: bool = False) -> Column[int]:
    """A column that names a row of another table."""
    return Column(name, Id, ForeignKey(f"{table}.id"), nullable=nullable)


def text(name: str, *, primary_key: bool = False) -> Column[str]:
    """Text that may not be missing."""
    return Column(name, SafeText, nullable=False, primary_key=primary_key)


def partial(name: str, *columns: Column[object], where: sa.ColumnElement[bool], unique: bool = False) -> Index:
    """An index of some rows alone, the same on both databases."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where, unique=unique)
