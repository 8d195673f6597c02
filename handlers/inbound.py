"""What comes in from a chat, as the handlers see it: LINE's events, stripped of LINE.

`event_id` names the event for ever (LINE: webhookEventId): the same id is applied once. `at` is LINE's instant.
`reply_token` is None where the event cannot be answered. `user_id` can be missing in groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.chat import Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """What all events have."""

    event_id: str
    chat: Chat
    user_id: str | None
    at: datetime
    reply_token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSaid(Inbound):
    """Somebody wrote a text. A mention of the bot is cut out of `text` and told by `to_bot`."""

    message_id: str
    text: str
    to_bot: bool = False
    quoted_id: str | None = None  # LINE's id of the message that is quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEdited(TextSaid):
    """Somebody edited a text (groups only, same message id). Never a command a second time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Inbound):
    """Somebody pressed a button of the bot's. `data` proves nothing: anyone can forge or press it.

    `picked` is the calendar day that a date picker brought.
    """

    data: str
    picked: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSent(Inbound):
    """Somebody sent a file; its content is still with LINE."""

    message_id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent(Inbound):
    """Somebody took a message back: its text is purged, the fact is kept."""

    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Inbound):
    """The bot came into a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Inbound):
    """The bot is out of a group: nothing is sent there any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft(Inbound):
    """People left a group."""

    user_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersJoined(Inbound):
    """People came into a group."""

    user_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed(Inbound):
    """Somebody added the bot as a friend: 1:1 pushes reach them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollowed(Inbound):
    """Somebody blocked the bot."""
