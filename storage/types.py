"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

# SQLite's row id must be declared INTEGER, which holds 64 bits there.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SortKey = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as whole microseconds since 1970 UTC; comes back in UTC."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


class SafeText(TypeDecorator[str]):
    """Text from people. What no database can hold (NUL, lone surrogates) becomes U+FFFD; all else stays verbatim."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


def to_microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970 UTC. Raises ValueError for a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("an instant must be aware")
    return (instant - EPOCH) // MICROSECOND


def storable(text: str) -> str:
    """Replace NUL and lone surrogates, the two things that UTF-8 text columns refuse."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text
