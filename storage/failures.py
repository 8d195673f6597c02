"""Which errors mean that the database could not take the work, as opposed to a fault in the work."""

from __future__ import annotations

from sqlalchemy import exc

from domain.errors import StorageUnavailable

RETRIABLE = frozenset({"40001", "40P01"})  # PostgreSQL: serialization failure, deadlock


def unavailable(error: exc.SQLAlchemyError) -> StorageUnavailable | None:
    """The StorageUnavailable that this error amounts to (its reason a short code), or None for a fault in the work."""
    if isinstance(error, exc.TimeoutError):
        return StorageUnavailable("pool_exhausted")
    if not isinstance(error, exc.DBAPIError) or not _is_outage(error):
        return None
    return StorageUnavailable(reason(error))


def reason(error: exc.DBAPIError) -> str:
    """A short code for logs: SQLite's error name or PostgreSQL's SQLSTATE."""
    original = error.orig
    code = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    return str(code or type(original).__name__).lower()


def is_retriable(error: exc.DBAPIError) -> bool:
    """Tell whether the same work can succeed at once in a new transaction."""
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in RETRIABLE


def _is_outage(error: exc.DBAPIError) -> bool:
    if reason(error) == "sqlite_error":  # a wrong statement, such as an unknown table
        return False
    return isinstance(error, exc.OperationalError | exc.InternalError) or type(error) is exc.DatabaseError
