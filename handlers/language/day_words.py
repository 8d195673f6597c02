"""A day that somebody typed: read as minutes are read, never guessed."""

from __future__ import annotations

from datetime import date

from domain.case import Deadline
from domain.dates import Kind, Reading, read
from handlers.context import Context
from handlers.language.date_words import explain
from handlers.recurring import duty_of, tracked


def read_day(words: str, context: Context, *, since: date | None = None) -> Reading | str:
    """Read a day as said today; a mere length (兩週) counts from `since`. Else why it is no day, in words."""
    reading = read(words, on=context.today, calendar=context.calendar)
    if reading.kind is Kind.NONE and since is not None:
        reading = read(f"{words}內", on=since, calendar=context.calendar)
    if reading.deadline is None or reading.kind is Kind.AMBIGUOUS or "impossible_date" in reading.flags:
        return explain(reading)
    return reading


def read_deadline(words: str, context: Context) -> Deadline | str:
    """Read a deadline as said today: a day, or what recurs (每月5日前). Else why it is none, in words.

    Of a time that has no day yet (儘速, 俟議會通過後) the words are kept; no day is invented.
    """
    said = read(words, on=context.today, calendar=context.calendar)
    if duty := duty_of(said):
        return tracked(duty, context.today, context.calendar)
    if said.kind in (Kind.VAGUE, Kind.EVENT):
        return Deadline(text=words.strip())
    reading = read_day(words, context)
    if isinstance(reading, str):
        return reading
    return Deadline(on=reading.deadline, text=reading.text, rule=reading.rule)
