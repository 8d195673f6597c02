"""A day that somebody typed: read as minutes are read, never guessed."""

from __future__ import annotations

from datetime import date

from domain.dates import Kind, Reading, read
from handlers.context import Context
from handlers.language.date_words import explain


def words_without_day(words: str, context: Context) -> bool:
    """Tell whether a time is meant that has no day yet: 儘速, 俟議會通過後. The words are kept; no day is invented."""
    reading = read(words, on=context.today, calendar=context.calendar)
    return reading.kind in (Kind.VAGUE, Kind.EVENT)


def read_day(words: str, context: Context, *, since: date | None = None) -> Reading | str:
    """Read a day as said today; a mere length (兩週) counts from `since`. Else why it is no day, in words."""
    reading = read(words, on=context.today, calendar=context.calendar)
    if reading.kind is Kind.NONE and since is not None:
        reading = read(f"{words}內", on=since, calendar=context.calendar)
    if reading.deadline is None or reading.kind is Kind.AMBIGUOUS or "impossible_date" in reading.flags:
        return explain(reading)
    return reading
