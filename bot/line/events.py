"""LINE's webhook events → the handlers' inbound events. Lenient: what is unknown or incomplete is no event.

Fields are those of LINE's "Webhook Event Objects" (Messaging API reference).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from domain.chat import Chat, ChatKind
from handlers.inbound import (
    ButtonPressed,
    FileSent,
    Followed,
    Inbound,
    Joined,
    Left,
    MemberLeft,
    MembersJoined,
    TextEdited,
    TextSaid,
    Unfollowed,
    Unsent,
)

Event = dict[str, Any]
_CHAT_IDS = {ChatKind.USER: "userId", ChatKind.GROUP: "groupId", ChatKind.ROOM: "roomId"}


def read_event(event: Event) -> Inbound | None:
    """Turn one event into what the handlers know; None for what the bot has no use for.

    An event in standby mode belongs to another channel: None. Raises KeyError, TypeError or ValueError on an event
    that is not of the shape LINE documents.
    """
    read = _READERS.get(event["type"])
    if read is None or event.get("mode") == "standby":
        return None
    return read(event, _common(event))


def _common(event: Event) -> dict[str, Any]:
    source = event["source"]
    kind = ChatKind(source["type"])
    return {
        "event_id": _text(event["webhookEventId"]),
        "chat": Chat(kind, _text(source[_CHAT_IDS[kind]])),
        "user_id": _optional(source.get("userId")),
        "at": datetime.fromtimestamp(event["timestamp"] / 1000, UTC),
        "reply_token": _optional(event.get("replyToken")),
    }


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a non-empty string is wanted")
    return value


def _optional(value: Any) -> str | None:
    """An id that may be missing; LINE says so by leaving it out, by null or by an empty string."""
    return _text(value) if value else None


def _message(event: Event, common: dict[str, Any]) -> Inbound | None:
    message = event["message"]
    if message["type"] == "text":
        return TextSaid(**common, **_text_fields(message))
    if message["type"] == "file":
        return FileSent(
            **common,
            message_id=_text(message["id"]),
            name=_text(message["fileName"]),
            size=int(message.get("fileSize", 0)),
        )
    return None


def _edited(event: Event, common: dict[str, Any]) -> Inbound | None:
    message = event["message"]
    return TextEdited(**common, **_text_fields(message)) if message["type"] == "text" else None


def _text_fields(message: Event) -> dict[str, Any]:
    text, to_bot = _without_mention(message["text"], message.get("mention", {}).get("mentionees", []))
    return {
        "message_id": _text(message["id"]),
        "text": text,
        "to_bot": to_bot,
        "quoted_id": _optional(message.get("quotedMessageId")),
    }


def _without_mention(text: str, mentionees: list[Event]) -> tuple[str, bool]:
    """Cut the mention of the bot out of a text; `index` and `length` count UTF-16 units."""
    own = [m for m in mentionees if m.get("isSelf") is True]
    units = text.encode("utf-16-le", "surrogatepass")
    for mention in sorted(own, key=lambda m: int(m["index"]), reverse=True):
        start, end = 2 * mention["index"], 2 * (mention["index"] + mention["length"])
        units = units[:start] + units[end:]
    return units.decode("utf-16-le", "replace").strip() if own else text, bool(own)


def _postback(event: Event, common: dict[str, Any]) -> Inbound:
    postback = event["postback"]
    picked = (postback.get("params") or {}).get("date")  # of a datetimepicker
    day = date.fromisoformat(_text(picked)) if picked else None
    return ButtonPressed(**common, data=_text(postback["data"]), picked=day)


def _unsend(event: Event, common: dict[str, Any]) -> Inbound:
    return Unsent(**common, message_id=_text(event["unsend"]["messageId"]))


def _member_left(event: Event, common: dict[str, Any]) -> Inbound:
    return MemberLeft(**common, user_ids=_user_ids(event["left"]["members"]))


def _members_joined(event: Event, common: dict[str, Any]) -> Inbound:
    return MembersJoined(**common, user_ids=_user_ids(event["joined"]["members"]))


def _user_ids(members: list[Event]) -> tuple[str, ...]:
    return tuple(_text(member["userId"]) for member in members if member.get("userId"))


_READERS: dict[str, Callable[[Event, dict[str, Any]], Inbound | None]] = {
    "message": _message,
    "messageEdited": _edited,
    "postback": _postback,
    "unsend": _unsend,
    "join": lambda _, common: Joined(**common),
    "leave": lambda _, common: Left(**common),
    "memberLeft": _member_left,
    "memberJoined": _members_joined,
    "follow": lambda _, common: Followed(**common),
    "unfollow": lambda _, common: Unfollowed(**common),
}
