"""The free ride: what waits for a chat travels behind the answer to somebody who speaks there.

A reply is an answer to a person who is there, and costs nothing: it carries notices at any hour. The answer itself
stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers.context import Context
from handlers.messages import Message
from handlers.reminding.audience import Audiences, among_readers, audiences_of, sole_reader
from handlers.reminding.notices import in_words
from handlers.reminding.reminders import Entry, aside

MOST = 5  # notices behind one answer: more would bury it
SEEN = 100  # notices of the chat's series that are looked through for them

Append = Callable[[str, Message], str | None]
"""Puts a message behind a payload, as one more message object; None where there is no room for it."""


@dataclass(frozen=True, slots=True)
class Ride:
    """A payload with what rides on it."""

    payload: str
    notice_ids: tuple[int, ...]
    case_ids: tuple[int, ...]


class RideFailedError(Exception):
    """What was to ride raised. The answer is to go without it."""


def ride(payload: str, context: Context, append: Append) -> Ride | None:
    """Put what waits for this chat behind an answer; None if nothing waits, or there is no room."""
    entries = waiting_here(context)[:MOST]
    if not entries:
        return None
    message = aside(entries, context.day)
    ridden = append(payload, message)
    return None if ridden is None else Ride(ridden, tuple(one.notice.id for one in entries), message.case_ids)


def waiting_here(context: Context) -> list[Entry]:
    """What may be told in this chat, the most urgent first.

    While a notice may still be pushed, it rides only where all who are to be told read along; after that, anywhere
    among them.
    """
    chat, uow = context.chat, context.uow
    notices = uow.notices.waiting_in(context.series_ids, audiences_of(context.is_private), context.now, limit=SEEN)
    if not notices:
        return []
    found = Audiences(uow)
    return [
        entry
        for entry in sorted(in_words(notices, uow, context.day), key=lambda entry: -entry.notice.urgency)
        if sole_reader(readers := found.of(entry), chat, context.actor.user_id)
        or (entry.notice.ride_until < context.now and among_readers(readers, chat))
    ]
