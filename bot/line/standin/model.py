"""The things the stand-in keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


class StandInError(Exception):
    """A request to the stand-in's own side (not LINE's) that makes no sense, such as an unknown group."""


@dataclass
class User:
    user_id: str
    display_name: str
    friend: bool = False
    blocked: bool = False

    @property
    def reachable(self) -> bool:
        """Whether a 1:1 message is delivered: a friend who has not blocked the account."""
        return self.friend and not self.blocked


@dataclass
class Group:
    """A group chat. `members` are people; the bot is counted apart, as LINE does."""

    group_id: str
    name: str
    members: list[str] = field(default_factory=list)
    bot_member: bool = True


@dataclass(frozen=True)
class Entry:
    """One line of a chat as the people in it see it. `seq` counts 1, 2, 3 … over all chats and serves as a cursor."""

    seq: int
    at: datetime
    chat_id: str
    kind: str
    sender: Json
    message_id: str | None = None
    message: Json | None = None
    extra: Json = field(default_factory=dict)

    def to_json(self) -> Json:
        return {
            "seq": self.seq,
            "at": self.at.isoformat(),
            "chatId": self.chat_id,
            "kind": self.kind,
            "sender": self.sender,
            "messageId": self.message_id,
            "message": self.message,
            **self.extra,
        }


@dataclass(frozen=True)
class Call:
    """A request as it came over the wire. Header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    query: str = ""


@dataclass(frozen=True)
class Answer:
    """What goes back: `body` is a JSON value, or bytes as they are; `drop` closes the connection without an answer."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False


class Refusal(Exception):
    """LINE says no. Carries the answer to give."""

    def __init__(self, status: int, message: str, details: list[Json] | None = None, **more: Any) -> None:
        super().__init__(message)
        body: Json = {"message": message}
        if details:
            body["details"] = details
        headers = more.pop("headers", {})
        self.answer = Answer(status, {**body, **more}, headers)
