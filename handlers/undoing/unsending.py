"""A message that its author takes back: its text goes, the fact stays. LINE keeps no order: it may come first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.ports import AuditEntry, Review, ReviewState, UnitOfWork
from handlers.changes import SAID_IN, record
from handlers.context import Context
from handlers.inbound import FileSent, TextSaid, Unsent
from handlers.messages import SILENT, Message
from handlers.reviewing import pieces
from handlers.reviewing.confirming import owner_of
from handlers.reviewing.review import DraftCase, Drafts, decode, encode

REQUESTS = ("ask_extension", "propose_transfer")
REFUSALS = ("refuse_extension", "decline_transfer")

Effect = Callable[[Context], Message | None]
"""Changes what an event changes and returns the answer; None: nothing to do, nothing to say."""


def unless_unsent(event: TextSaid | FileSent, effect: Effect) -> Effect:
    """The effect of a message, unless its author took it back before it arrived. Only members' words are kept."""

    def work(context: Context) -> Message | None:
        if context.actor.member is not None and context.uow.unsent.knows(event.message_id):
            return None
        return effect(context)

    return work


def purge(event: Unsent, context: Context) -> Message | None:
    """Blank what was kept of a message: reports, reasons, what is planned, pieces being pasted, unconfirmed drafts.

    Of a member's message that is not known its id is kept, for the case that it comes yet.
    """
    reports = context.uow.cases.purge_reports(event.message_id)
    words = _purge_words(f"{SAID_IN}{event.message_id}", context)
    pasted = sum(_purge_review(review, event.message_id, context) for review in _own_reviews(context))
    if reports or words or pasted:
        after = {"message_id": event.message_id, "reports": reports, "words": words, "reviews": pasted}
        record("purge", "message", 0, None, after, context, undone=True)
        return SILENT
    if context.actor.member is None:
        return None
    context.uow.unsent.remember(event.message_id, context.now)
    return SILENT


def _purge_words(source: str, context: Context) -> int:
    """Blank what was said for changes, in the audit and where it is kept besides. The changes stay."""
    entries = context.uow.audit.with_words(source)
    for entry in entries:
        _purge_kept(entry, context.uow)
    context.uow.audit.purge_words([entry.id for entry in entries])
    return len(entries)


def _purge_kept(entry: AuditEntry, uow: UnitOfWork) -> None:
    after = entry.after or {}
    if entry.action == "add_milestone":
        uow.milestones.purge(after["milestone_id"])
    elif entry.action in REQUESTS:
        uow.proposals.purge_reason(after["proposal_id"])
    elif entry.action in REFUSALS:
        uow.proposals.purge_note(after["proposal_id"])


def _own_reviews(context: Context) -> list[Review]:
    if context.actor.member is None:
        return []
    states = (ReviewState.PASTING, ReviewState.OPEN)
    return [one for state in states for one in context.uow.reviews.open_of(owner_of(context), state)]


def _purge_review(review: Review, message_id: str, context: Context) -> bool:
    purged = (
        _without_piece(review, message_id) if review.state is ReviewState.PASTING else _given_up(review, message_id)
    )
    if purged is None:
        return False
    context.uow.reviews.save(purged, context.now)
    return True


def _without_piece(review: Review, message_id: str) -> Review | None:
    kept = pieces.decode(review.data)
    left = [piece for piece in kept if piece.message_id != message_id]
    return replace(review, data=pieces.encode(left)) if len(left) < len(kept) else None


def _given_up(review: Review, message_id: str) -> Review | None:
    """The review without its drafts; what was confirmed of it are cases by now, and stay."""
    drafts = decode(review.data)
    if message_id not in drafts.messages:
        return None
    opened = tuple(draft for draft in drafts.cases if draft.opened)
    state = ReviewState.CONFIRMED if opened else ReviewState.DROPPED
    return replace(review, state=state, data=encode(_only(drafts, opened)))


def _only(drafts: Drafts, opened: tuple[DraftCase, ...]) -> Drafts:
    return replace(drafts, cases=opened, decisions=(), counts=(), unread=(), units=(), seen=(), sheet=None)
