"""What to say, as data. Knows nothing of LINE: `bot/line/render.py` turns it into LINE's message objects."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers.buttons import Button, Choice, PickDate, Prefill
from handlers.cards import Card, CaseCard

__all__ = ["SILENT", "Choice", "Mention", "Message", "PickDate", "Prefill", "noted"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A person to be called by name. Without `user_id` (unknown, left, a 1:1 chat) only the name is said."""

    name: str
    user_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One answer or reminder. `case_ids` is what it is about, so that a quote of it says which case is meant.

    `text` says all of it. With a `card` it is what notifications, quotes and old clients show; a card that does not fit
    LINE's limits is left out, and the text is sent.
    """

    text: str
    choices: tuple[Button, ...] = ()
    case_ids: tuple[int, ...] = ()
    more: tuple[str, ...] = ()  # further bubbles behind the text
    card: Card | None = None
    mentions: tuple[str | Mention, ...] = ()  # a last line, in pieces, that calls people by name


def noted(message: Message, note: str, *, ahead: bool = False) -> Message:
    """Add a note to an answer, in its text and on its card; a card that takes no notes gives way to the text."""
    text = f"{note}\n{message.text}" if ahead else f"{message.text}\n{note}"
    card = message.card
    if isinstance(card, CaseCard) or card is None:
        return replace(message, text=text, card=None)
    notes = (note, *card.notes) if ahead else (*card.notes, note)
    return replace(message, text=text, card=replace(card, notes=notes))


SILENT = Message(text="")  # done, and nothing to say
