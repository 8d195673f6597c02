"""Minutes that come as chat text: in one long message, or in several between 貼上 and 讀完.

Reading takes a moment, so it happens before the transaction; what the reader needs from the database is read first.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from domain.member import Action
from domain.ports import NewReview, Review, ReviewState, UnitOfWork
from handlers.changes import message_of
from handlers.context import Context
from handlers.messages import Message
from handlers.people import people_phrases
from handlers.review_commands import FinishPasting, StartPasting
from handlers.reviewing import pieces, review_notes
from handlers.reviewing.confirming import owner_of
from handlers.reviewing.drafting import drafts_of_minutes
from handlers.reviewing.import_minutes import ImportRefused, Source, resembles
from handlers.reviewing.reviews import may_import, start
from minutes.model import Minutes
from minutes.parse import parse

MOST = 60_000  # characters in one pasting: some thirty pages
SHORTEST = 60  # a shorter text is no minutes
LINES = 3


@dataclass(frozen=True, slots=True)
class PastedText:
    """A text that may be minutes, or a piece of them."""

    text: str


def looks_like_minutes(text: str) -> bool:
    """Tell whether a text is long enough to be tried as minutes."""
    return len(text) >= SHORTEST and sum(1 for line in text.splitlines() if line.strip()) >= LINES


def start_pasting(command: StartPasting, context: Context) -> Message:
    """Collect what comes next; what was collected before is dropped."""
    if not context.is_private:
        return review_notes.only_private()
    if not may_import(context):
        return review_notes.no_review(False)
    for old in context.uow.reviews.open_of(owner_of(context), ReviewState.PASTING):
        context.uow.reviews.save(replace(old, state=ReviewState.DROPPED, data=""), context.now)
    new = NewReview(
        owner=owner_of(context), series="", ordinal=None, held_on=None, digest="", data="", state=ReviewState.PASTING
    )
    context.uow.reviews.add(new, context.now)
    return review_notes.pasting_started()


def pasting(context: Context) -> Review | None:
    """What the actor is pasting."""
    if not context.is_private or not may_import(context):
        return None
    return next(iter(context.uow.reviews.open_of(owner_of(context), ReviewState.PASTING)), None)


def take_piece(piece: str, review: Review, context: Context) -> Message:
    """Add a message to what was pasted; the same text sent twice counts once."""
    taken = pieces.decode(review.data)
    if any(one.text == piece for one in taken):
        return review_notes.piece_repeated(len(taken), len(pieces.text_of(taken)))
    kept = [*taken, pieces.Piece(message_of(context) or "", piece)]
    size = len(pieces.text_of(kept))
    if size > MOST:
        return review_notes.too_much(MOST)
    context.uow.reviews.save(replace(review, data=pieces.encode(kept)), context.now)
    return review_notes.piece_taken(len(kept), size)


def finish_pasting(command: FinishPasting, context: Context, read: tuple[str, Minutes] | None = None) -> Message:
    """Read what was pasted as one text and begin its review. `read` is a text with its reading, made beforehand."""
    if not context.is_private:
        return review_notes.only_private()
    if context.member_id is None:
        return people_phrases.stranger()
    found = pasting(context)
    kept = pieces.decode(found.data) if found else []
    text = pieces.text_of(kept)
    if found is None or not text.strip():
        return review_notes.nothing_pasted()
    minutes = read[1] if read and read[0] == text else parse(text, calendar=context.calendar)
    messages = tuple(piece.message_id for piece in kept if piece.message_id)
    shown, begun = read_pasted(text, minutes, command, context, messages)
    if begun:
        context.uow.reviews.save(replace(found, state=ReviewState.DROPPED, data=""), context.now)
    return shown


def read_pasted(
    text: str, minutes: Minutes, command: FinishPasting, context: Context, messages: tuple[str, ...] = ()
) -> tuple[Message, bool]:
    """Begin the review of a text, or ask what it does not say; tells whether the text is done with.

    `messages` are those that brought the text; none: the one that is heard.
    """
    names = coordinated(context)
    series = _series(command.series or minutes.header.series, names)
    if series is None:
        return review_notes.which_series(command.series or minutes.header.series, names), False
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    source = Source(minutes=minutes, digest=digest, series=series, ordinal=command.ordinal)
    try:
        return start(replace(drafts_of_minutes(source, context.uow), messages=messages), context), True
    except ImportRefused:
        return review_notes.which_meeting(series), False


def keep_for_later(text: str, context: Context) -> None:
    """Keep a text whose series or meeting had to be asked about, so that 讀完 … reads it."""
    start_pasting(StartPasting(), context)
    held = pasting(context)
    if held is not None:
        take_piece(text[:MOST], held, context)


def coordinated(context: Context) -> list[str]:
    """The series whose minutes the actor may import."""
    ids = [series_id for series_id in context.series_ids if context.may(Action.IMPORT, series_id=series_id)]
    return [context.uow.series.get(series_id).name for series_id in ids]


def pasted_text(user_id: str | None, uow: UnitOfWork) -> str:
    """What a person has pasted so far."""
    member = uow.people.by_user_id(user_id) if user_id else None
    found = uow.reviews.open_of(f"member:{member.id}", ReviewState.PASTING) if member else ()
    return pieces.text_of(pieces.decode(found[0].data)) if found else ""


def hear_pasted(text: str, minutes: Minutes | None, context: Context) -> Message | None:
    """Take a text as a piece of what is pasted, or as minutes with their reading; None if it is neither."""
    review = pasting(context)
    if review is not None:
        return take_piece(text, review, context)
    if minutes is None or not may_import(context):
        return None
    if not (minutes.has_conclusions or minutes.drafts or minutes.decisions or minutes.header.series):
        return None
    shown, begun = read_pasted(text, minutes, FinishPasting(), context)
    if not begun:
        keep_for_later(text, context)
    return shown


def _series(said: str | None, names: list[str]) -> str | None:
    """The one series that is meant; what the minutes do not say is the only one there is."""
    if said in names:
        return said
    fitting = [name for name in names if said is None or resembles(said, name)]
    return fitting[0] if len(fitting) == 1 else None
