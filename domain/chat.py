"""Where people speak with the bot, and what of it reaches the bot's rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.member import Member


class ChatKind(StrEnum):
    """LINE's three kinds of chat."""

    USER = "user"  # 1:1
    GROUP = "group"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as LINE names it."""

    kind: ChatKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who speaks. `user_id` may be missing in groups; `member` is None for people whom nobody bound."""

    user_id: str | None
    member: Member | None = None
    source: str = ""  # where the command came from: "line:<message id>", "cli"
    is_operator: bool = False  # works on the machine itself, where the database could be changed by hand
