"""The calls that send: push, multicast, reply, and their validators."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from bot.line.standin import ids, quota
from bot.line.standin.ledger import Exchange
from bot.line.standin.model import Answer, Json, Refusal
from bot.line.standin.state import State
from bot.line.standin.tokens import RetryRecord, already_accepted, check_retry_key
from bot.line.standin.validation import check_messages, json_object, refuse_details

RETRY_HEADER = "x-line-retry-key"
MULTICAST_MOST = 500


def push(state: State, exchange: Exchange, _params: list[str]) -> Answer:
    """Send to one user or group, for a price."""
    retry = _retry_record(state, exchange)
    body = json_object(exchange.call)
    to = _receiver(body.get("to"))
    check_messages(body, state.settings)
    with state.lock:
        _refuse_repeat(retry)
        delivered = _reachable_chat(state, to)
        _check_mentions(state, to, body["messages"])
        quota.charge(state.settings, _price(state, to))
        sent = _deliver(state, exchange, to if delivered else None, body, "push")
        _remember(retry, exchange, sent)
    return Answer(body={"sentMessages": sent})


def multicast(state: State, exchange: Exchange, _params: list[str]) -> Answer:
    """Send to up to 500 users one by one; groups are not possible."""
    retry = _retry_record(state, exchange)
    body = json_object(exchange.call)
    to = _receivers(body.get("to"))
    check_messages(body, state.settings)
    with state.lock:
        _refuse_repeat(retry)
        chats = [user_id for user_id in dict.fromkeys(to) if _price(state, user_id)]
        _check_mentions(state, to[0], body["messages"])
        quota.charge(state.settings, len(chats))
        for chat_id in chats:
            _deliver(state, exchange, chat_id, body, "multicast")
        exchange.accepted = True
        _remember(retry, exchange, [])
    return Answer(body={})


def reply(state: State, exchange: Exchange, _params: list[str]) -> Answer:
    """Answer an event, free of charge, once, within the minute."""
    if RETRY_HEADER in exchange.call.headers:
        raise Refusal(400, "The X-Line-Retry-Key header is not supported by this endpoint")
    body = json_object(exchange.call)
    check_messages(body, state.settings)
    with state.lock:
        token = state.reply_tokens.valid(body.get("replyToken"), state.clock())
        if not state.directory.bot_hears(token.chat_id):
            raise Refusal(400, "Failed to send messages")
        _check_mentions(state, token.chat_id, body["messages"])
        token.used = True
        sent = _deliver(state, exchange, token.chat_id, body, "reply")
    return Answer(body={"sentMessages": sent})


def validate(state: State, exchange: Exchange, _params: list[str]) -> Answer:
    """Check messages without sending them."""
    check_messages(json_object(exchange.call), state.settings)
    return Answer()


def loading(state: State, exchange: Exchange, _params: list[str]) -> Answer:
    """Show the loading indicator in a 1:1 chat."""
    body = json_object(exchange.call)
    chat_id, seconds = body.get("chatId"), body.get("loadingSeconds", 20)
    if not isinstance(chat_id, str) or not ids.USER_ID.fullmatch(chat_id):
        raise Refusal(400, "The property, 'chatId', in the request body is invalid (line: -, column: -)")
    if seconds not in range(5, 61, 5):
        raise refuse_details([("Must be a multiple of 5 between 5 and 60", "loadingSeconds")])
    with state.lock:
        state.loading.append({"chatId": chat_id, "loadingSeconds": seconds, "at": state.clock().isoformat()})
    exchange.accepted = True
    return Answer(202)


def _retry_record(state: State, exchange: Exchange) -> RetryRecord | None:
    key = exchange.call.headers.get(RETRY_HEADER)
    if key is None:
        return None
    digest = hashlib.sha256(exchange.call.body).digest()
    with state.lock:
        record = state.retry_keys.attempt(check_retry_key(key), digest, state.clock())
        if record.body != digest:
            exchange.notes.append("retry key used again with another body")
        _refuse_repeat(record)
    return record


def _refuse_repeat(record: RetryRecord | None) -> None:
    if record is not None and record.request_id is not None:
        raise already_accepted(record)


def _remember(record: RetryRecord | None, exchange: Exchange, sent: list[Json]) -> None:
    if record is not None:
        record.request_id, record.sent = exchange.request_id, sent


def _receiver(to: Any) -> str:
    if isinstance(to, str) and ids.CHAT_ID.fullmatch(to):
        return to
    raise Refusal(400, "The property, 'to', in the request body is invalid (line: -, column: -)")


def _receivers(to: Any) -> list[str]:
    if not isinstance(to, list) or not to or len(to) > MULTICAST_MOST:
        raise refuse_details([(f"Size must be between 1 and {MULTICAST_MOST}", "to")])
    for receiver in to:
        if not isinstance(receiver, str) or not ids.USER_ID.fullmatch(receiver):
            raise Refusal(400, "The property, 'to', in the request body is invalid (line: -, column: -)")
    return to


def _reachable_chat(state: State, chat_id: str) -> bool:
    """Return whether a message is delivered; refuse what LINE does not even accept."""
    directory = state.directory
    if chat_id in directory.groups and directory.groups[chat_id].bot_member:
        return True
    if chat_id in directory.users:
        return directory.users[chat_id].reachable
    raise Refusal(400, "Failed to send messages")


def _price(state: State, to: str) -> int:
    if to in state.directory.groups:
        return len(state.directory.groups[to].members)
    return int(to in state.directory.users and state.directory.users[to].reachable)


def _check_mentions(state: State, chat_id: str, messages: Sequence[Json]) -> None:
    """Refuse mentions outside groups and of people who are not in the group."""
    group = state.directory.groups.get(chat_id)
    wrong = []
    for number, message in enumerate(messages):
        for key, target in _mention_targets(message):
            place = f"messages[{number}].substitution.{key}"
            if group is None:
                wrong.append(("Mentions can be sent to group chats and multi-person chats only", place))
            elif target.get("type") == "user" and target.get("userId") not in group.members:
                wrong.append(("The mentioned user is not a member of the chat", f"{place}.mentionee.userId"))
    if wrong:
        raise refuse_details(wrong)


def _mention_targets(message: Json) -> list[tuple[str, Json]]:
    """Return the mentions of a message by key; what validation was told to let pass is passed over here."""
    pairs = message.get("substitution") if message["type"] == "textV2" else None
    if not isinstance(pairs, dict):
        return []
    mentions = {key: value for key, value in pairs.items() if isinstance(value, dict) and "mentionee" in value}
    return [(key, v["mentionee"]) for key, v in mentions.items() if isinstance(v["mentionee"], dict)]


def _deliver(state: State, exchange: Exchange, chat_id: str | None, body: Json, via: str) -> list[Json]:
    """Write the messages into the chat (None: accepted, but nobody gets them) and return what LINE reports as sent."""
    sent = []
    for message in body["messages"]:
        message_id = state.new_message_id()
        sent.append({"id": message_id, "quoteToken": ids.opaque_token()})
        if chat_id is not None:
            fields = {"via": via, "requestId": exchange.request_id, "silent": body.get("notificationDisabled", False)}
            state.append(chat_id, "message", state.bot_sender, message_id=message_id, message=message, **fields)
    exchange.message_ids += [s["id"] for s in sent]
    exchange.accepted = True
    return sent
