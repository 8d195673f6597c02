"""The stand-in as the people in the chats use it: they speak, tap, send files, come and go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.line.standin import events, ids
from bot.line.standin.model import Entry, Group, Json, StandInError, User
from bot.line.standin.state import State
from bot.line.standin.webhooks import RAW, Delivery

BOT = "bot"
ALL = "all"
REPLYABLE = frozenset({"message", "messageEdited", "follow", "join", "memberJoined", "postback"})


@dataclass(frozen=True)
class Happening:
    """What an action of a user led to. `delivery` is None when the bot does not hear of it."""

    entry: Entry
    event: Json | None = None
    delivery: Delivery | None = None

    def wait(self, timeout: float = 10.0) -> Happening:
        """Return when the bot has answered the webhook, or has failed to."""
        if self.delivery is not None:
            self.delivery.wait(timeout)
        return self

    @property
    def message_id(self) -> str:
        return self.entry.message_id or ""


class Platform(State):
    """All of LINE that the bot can notice. Every method may be called from any thread."""

    def add_user(self, display_name: str, user_id: str | None = None, *, friend: bool = False) -> User:
        """Create a person, silently: no follow event leaves."""
        with self.lock:
            return self.directory.add_user(display_name, user_id, friend)

    def add_group(
        self, name: str, members: Sequence[str] = (), group_id: str | None = None, *, bot_member: bool = True
    ) -> Group:
        """Create a group of the given user ids, silently: no join event leaves."""
        with self.lock:
            return self.directory.add_group(name, list(members), group_id, bot_member)

    def say(
        self,
        chat_id: str,
        user_id: str,
        text: str,
        *,
        mentions: Sequence[str] = (),
        quoted: str | None = None,
        hide_user: bool = False,
        mode: str = "active",
    ) -> Happening:
        """Say text in a chat. `mentions` lists BOT, ALL or user ids whose `@name` stands in the text, in order."""
        with self.lock:
            message = self._text_message(text, mentions) | ({"quotedMessageId": quoted} if quoted else {})
            return self._message(chat_id, user_id, message, hide_user, mode)

    def send_file(self, chat_id: str, user_id: str, file_name: str, content: bytes) -> Happening:
        """Send a file; the bot may fetch the content from the data host."""
        with self.lock:
            message_id = self.new_message_id()
            self.files[message_id] = content
            message = {"type": "file", "id": message_id, "fileName": file_name, "fileSize": len(content)}
            return self._message(chat_id, user_id, message | {"markAsReadToken": ids.opaque_token()})

    def send_message(self, chat_id: str, user_id: str, message: Json) -> Happening:
        """Send any other kind of message content (sticker, image, location); an id is added."""
        with self.lock:
            return self._message(chat_id, user_id, {"id": self.new_message_id(), **message})

    def edit(self, message_id: str, text: str, mentions: Sequence[str] = ()) -> Happening:
        """Change the text of a message said in a group."""
        with self.lock:
            said = self._said(message_id)
            if said.chat_id not in self.directory.groups:
                raise StandInError("messages can be edited in groups only")
            message = {**self._text_message(text, mentions), "id": message_id}
            return self._happen("messageEdited", said.chat_id, said.sender["userId"], message=message)

    def unsend(self, message_id: str) -> Happening:
        with self.lock:
            said = self._said(message_id)
            return self._happen("unsend", said.chat_id, said.sender["userId"], unsend={"messageId": message_id})

    def postback(
        self, chat_id: str, user_id: str, data: str, params: dict[str, str] | None = None, shown: str | None = None
    ) -> Happening:
        """Tap a button with postback data; `shown` is its displayText, `params` what a picker yields."""
        with self.lock:
            content: Json = {"data": data, **({"params": params} if params else {})}
            return self._happen("postback", chat_id, user_id, {"displayText": shown}, postback=content)

    def tap(self, chat_id: str, user_id: str, action: Json, picked: str | None = None) -> Happening:
        """Tap an action object of a card or quick reply; `picked` is the date or time chosen in a picker."""
        if action["type"] == "message":
            return self.say(chat_id, user_id, action["text"])
        if action["type"] == "postback":
            return self.postback(chat_id, user_id, action["data"], shown=action.get("displayText"))
        if action["type"] == "datetimepicker" and picked:
            return self.postback(chat_id, user_id, action["data"], {action["mode"]: picked})
        raise StandInError(f"nothing reaches the bot when this is tapped: {action['type']}")

    def follow(self, user_id: str) -> Happening:
        """Add the bot as a friend, or unblock it."""
        with self.lock:
            user = self.directory.user(user_id)
            unblocked, user.friend, user.blocked = user.blocked, True, False
            return self._happen("follow", user_id, user_id, follow={"isUnblocked": unblocked})

    def block(self, user_id: str) -> Happening:
        """Block the bot: it gets an unfollow event and reaches the user no more."""
        with self.lock:
            happening = self._happen("unfollow", user_id, user_id)
            self.directory.user(user_id).blocked = True
            return happening

    def join_members(self, group_id: str, user_ids: Sequence[str]) -> Happening:
        with self.lock:
            group = self.directory.group(group_id)
            group.members += [self.directory.user(u).user_id for u in user_ids if u not in group.members]
            return self._happen("memberJoined", group_id, None, joined=_members(user_ids))

    def leave_members(self, group_id: str, user_ids: Sequence[str]) -> Happening:
        with self.lock:
            group = self.directory.group(group_id)
            group.members = [m for m in group.members if m not in user_ids]
            return self._happen("memberLeft", group_id, None, left=_members(user_ids))

    def invite_bot(self, group_id: str) -> Happening:
        with self.lock:
            self.directory.group(group_id).bot_member = True
            return self._happen("join", group_id, None)

    def remove_bot(self, group_id: str) -> Happening:
        """Put the bot out of a group, by a member or by the bot's own leave call."""
        with self.lock:
            happening = self._happen("leave", group_id, None)
            self.directory.group(group_id).bot_member = False
            return happening

    def post_raw(self, body: bytes, signature: str | None = None) -> Delivery:
        """Post any bytes to the webhook. `signature` None signs them rightly, "" sends no signature."""
        return self.webhooks.submit(Delivery(RAW, body=body, signature=signature))

    def post_events(self, batch: Sequence[Json]) -> Delivery:
        """Post ready-made events in one signed request, in the given order."""
        return self.webhooks.submit(Delivery(RAW, list(batch)))

    def post_at_once(self, batch: Sequence[Json], copies: int) -> list[Delivery]:
        """Post the same events several times side by side, each over a connection of its own."""
        return [self.webhooks.submit(Delivery(f"{RAW} {n}", list(batch))) for n in range(copies)]

    def timeline(self, chat_id: str | None = None, since: int = 0) -> Json:
        """Return a chat's lines (or all chats') after a cursor, the new cursor and the quick replies now on show."""
        with self.lock:
            lines = [e for e in self.entries[max(0, since) :] if chat_id in (None, e.chat_id)]
            answer: Json = {"cursor": len(self.entries), "entries": [e.to_json() for e in lines]}
            if chat_id is not None:
                answer["quickReply"] = self._quick_reply(chat_id)
            return answer

    def said_by_bot(self, chat_id: str) -> list[Json]:
        """Return the message objects that the bot sent to a chat, as accepted."""
        with self.lock:
            return [e.message for e in self.entries if e.chat_id == chat_id and e.message and e.sender["type"] == BOT]

    def _quick_reply(self, chat_id: str) -> Json | None:
        last = next(
            (e for e in reversed(self.entries) if e.chat_id == chat_id and e.kind in ("message", "postback")), None
        )
        shown = last.message.get("quickReply") if last and last.message and last.sender["type"] == BOT else None
        return shown if isinstance(shown, dict) else None

    def _text_message(self, text: str, mentions: Sequence[str]) -> Json:
        made: Json = {"type": "text", "id": self.new_message_id(), "text": text}
        made |= {"quoteToken": ids.opaque_token(), "markAsReadToken": ids.opaque_token()}
        if mentions:
            named = [self._mention(m) for m in mentions]
            made["mention"] = {"mentionees": events.mentionees(text, named)}
        return made

    def _mention(self, target: str) -> tuple[str, Json]:
        if target == ALL:
            return "All", {"type": "all"}
        if target in (BOT, self.settings.bot_user_id):
            return self.settings.bot_name, {"type": "user", "userId": self.settings.bot_user_id, "isSelf": True}
        return self.directory.user(target).display_name, {"type": "user", "userId": target, "isSelf": False}

    def _said(self, message_id: str) -> Entry:
        entry = self.entry_of(message_id)
        if entry is None or entry.sender["type"] != "user":
            raise StandInError(f"no user said {message_id}")
        return entry

    def _message(
        self, chat_id: str, user_id: str, message: Json, hide_user: bool = False, mode: str = "active"
    ) -> Happening:
        self.directory.check_speaker(chat_id, user_id)
        return self._happen("message", chat_id, user_id, hide_user=hide_user, mode=mode, message=message)

    def _happen(
        self,
        kind: str,
        chat_id: str,
        user_id: str | None,
        extra: Json | None = None,
        *,
        hide_user: bool = False,
        mode: str = "active",
        **fields: Json,
    ) -> Happening:
        """Write a line into the chat and, where the bot hears, send the event."""
        entry = self._write(kind, chat_id, user_id, {**(extra or {}), **fields})
        if not self.directory.bot_hears(chat_id):
            return Happening(entry)
        origin = events.source(chat_id, None if hide_user else user_id)
        token = self.reply_tokens.issue(chat_id, entry.at) if kind in REPLYABLE else None
        event = events.event(kind, origin, entry.at, token=token, mode=mode, **fields)
        return Happening(entry, event, self.webhooks.submit(Delivery(chat_id, [event])))

    def _write(self, kind: str, chat_id: str, user_id: str | None, details: Json) -> Entry:
        sender = self.user_sender(user_id) if user_id else {"type": "system"}
        message: Any = details.pop("message", None)
        message_id = message["id"] if message and kind == "message" else None
        return self.append(chat_id, kind, sender, message_id=message_id, message=message, **details)


def _members(user_ids: Sequence[str]) -> Json:
    return {"members": [{"type": "user", "userId": user_id} for user_id in user_ids]}
