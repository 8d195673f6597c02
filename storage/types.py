"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
KEPT = 4096  # conversions of instants: the rows of one morning share a few

# SQLite's row id must be declared INTEGER, which holds 64 bits there.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SortKey = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as whole microseconds since 1970 UTC; comes back in UTC."""

    impl = sa.BigInteger
    cache_ok = True

    # Processors instead of `process_bind_param`: a bulk change of 500 rows spends half its time in that extra layer.
    def bind_processor(self, dialect: Dialect) -> Callable[[Any], int | None]:
        return lambda value: None if value is None else to_microseconds(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return lambda value: None if value is None else _from_microseconds(value)


class SafeText(TypeDecorator[str]):
    """Text from people. What no database can hold (NUL, lone surrogates) becomes U+FFFD; all else stays verbatim."""

    impl = sa.Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        return lambda value: None if value is None else storable(value)


class Ids(TypeDecorator[Sequence[int]]):
    """Any number of ids as one parameter: an array on PostgreSQL, a JSON text on SQLite."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.ARRAY(sa.BigInteger))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        return json.dumps if dialect.name == "sqlite" else list


@lru_cache(KEPT)
def to_microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970 UTC. Raises ValueError for a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("an instant must be aware")
    return (instant - EPOCH) // MICROSECOND


@lru_cache(KEPT)
def _from_microseconds(count: int) -> datetime:
    return EPOCH + timedelta(microseconds=count)


def storable(text: str) -> str:
    """Replace NUL and lone surrogates, the two things that UTF-8 text columns refuse."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text


def seen_before(look: datetime | None) -> datetime | None:
    """Up to where rungs count as seen when the clock is to look from an instant on."""
    return None if look is None else look - MICROSECOND


def stored_days(days: Iterable[int]) -> str | None:
    """Days of reminding as text: 14,7,3; None where there are none."""
    return ",".join(map(str, days)) or None


def read_days(text: str | None) -> tuple[int, ...]:
    """Read what `stored_days` wrote."""
    return tuple(map(int, text.split(","))) if text else ()
