"""Do at the start, beside the serving, what would make the first message of each kind slow: compile and load."""

from __future__ import annotations

from datetime import date

from bot.playground.samples import sample_minutes
from domain.calendar import WorkCalendar
from handlers.language.phrasebook import phrasebook
from minutes.parse import parse


def warm(calendar: WorkCalendar, today: date) -> None:
    """Compile every sentence, then read sample minutes, which readies the parser and the calendar. Changes no row.

    In this order: `re` keeps 512 patterns, and the parser's should be the last that came.
    """
    book = phrasebook()
    for sentence in (*book.anywhere, *book.quoted, *(one for group in book.by_first.values() for one in group)):
        _ = sentence.matches
    for text in sample_minutes(today, calendar):
        parse(text, calendar=calendar)
