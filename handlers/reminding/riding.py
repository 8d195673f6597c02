"""The free ride: what waits for a chat travels behind the answer to somebody who speaks there.

A reply is an answer to a person who is there, and costs nothing: it carries notices at any hour. The answer itself
stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.errors import StorageUnavailable
from domain.member import Action
from domain.outbox import NewMessage
from domain.ports import Departure
from handlers.context import Context
from handlers.messages import Message
from handlers.people.staffing_phrases import departed
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


def queue(answer: NewMessage, context: Context, append: Append | None) -> None:
    """Queue an answer with what waits for its chat behind it; alone, without `append`. Raises RideFailedError."""
    riding = _ride(answer.payload, context, append) if append else None
    if riding is not None:
        answer = replace(answer, payload=riding.payload, riding_case_ids=riding.case_ids)
    row = context.uow.outbox.add(answer)
    if riding is not None and row is not None:
        context.uow.notices.carry(riding.notice_ids, row, context.now)


def _ride(payload: str, context: Context, append: Append) -> Ride | None:
    try:
        return ride(payload, context, append)
    except StorageUnavailable:
        raise
    except Exception as error:
        raise RideFailedError from error


def ride(payload: str, context: Context, append: Append) -> Ride | None:
    """Put what waits for this chat behind an answer; None if nothing waits, or there is no room."""
    entries, gone = waiting_here(context)[:MOST], departures_for(context)
    if not entries and not gone:
        return None
    message = _aside(entries, gone, context)
    ridden = append(payload, message)
    if ridden is None:
        return None
    context.uow.people.departures_told(gone, context.now)
    return Ride(ridden, tuple(one.notice.id for one in entries), message.case_ids)


def departures_for(context: Context) -> Sequence[Departure]:
    """Who left, if a coordinator is spoken to: the first who is told has been told for all."""
    series_ids = [one for one in context.series_ids if context.may(Action.APPOINT, series_id=one)]
    named = context.actor.member is not None and series_ids
    return context.uow.people.departures(series_ids, limit=MOST) if named else ()


def _aside(entries: Sequence[Entry], gone: Sequence[Departure], context: Context) -> Message:
    if not gone:
        return aside(entries, context.day)
    left = departed(gone)
    if not entries:
        return left
    reminded = aside(entries, context.day)
    return replace(reminded, text=f"{left.text}\n\n{reminded.text}")


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
