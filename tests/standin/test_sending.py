"""Push, multicast and reply, asked by the real SDK where it can ask."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from linebot.v3.messaging import (
    ApiException,
    MessagingApi,
    MulticastRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    TextMessage,
    ValidateMessageRequest,
)

from bot.line.standin import Platform
from tests.standin.conftest import Chat, Http, MovableClock

PUSH, REPLY, MULTICAST = "/v2/bot/message/push", "/v2/bot/message/reply", "/v2/bot/message/multicast"


def text(words: str = "提醒") -> dict[str, Any]:
    return {"type": "text", "text": words}


def push_to(to: str, **more: Any) -> PushMessageRequest:
    return PushMessageRequest(to=to, messages=[TextMessage(text="提醒")], **more)


def reply_to(token: str) -> ReplyMessageRequest:
    return ReplyMessageRequest(replyToken=token, messages=[TextMessage(text="收到")])


def spoken(platform: Platform, chat: Chat) -> str:
    event = platform.say(chat.id, chat.contact.user_id, "列管").wait().event
    assert event is not None
    token: str = event["replyToken"]
    return token


def test_push_to_a_group_stands_in_its_timeline(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    sent = api.push_message(push_to(chat.id, notificationDisabled=True)).sent_messages

    (line,) = platform.timeline(chat.id)["entries"]
    assert line["messageId"] == sent[0].id
    assert line["message"] == text()
    assert line["sender"]["type"] == "bot"
    assert (line["via"], line["silent"]) == ("push", True)


def test_push_to_a_group_costs_one_per_person_however_many_messages(http: Http, platform: Platform, chat: Chat) -> None:
    http.post(PUSH, {"to": chat.id, "messages": [text("一"), text("二"), text("三")]})

    assert platform.settings.quota_used == 3


def test_push_to_a_friend_costs_one(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    api.push_message(push_to(chat.contact.user_id))

    assert platform.settings.quota_used == 1
    assert platform.said_by_bot(chat.contact.user_id) == [text()]


@pytest.mark.parametrize("blocked", [False, True])
def test_push_to_who_is_no_friend_is_accepted_and_not_delivered(
    api: MessagingApi, platform: Platform, chat: Chat, blocked: bool
) -> None:
    user = chat.contact if blocked else chat.stranger
    if blocked:
        platform.block(user.user_id)

    sent = api.push_message(push_to(user.user_id)).sent_messages

    assert len(sent) == 1
    assert platform.said_by_bot(user.user_id) == []
    assert platform.settings.quota_used == 0


def test_push_to_a_group_that_the_bot_left_fails(http: Http, platform: Platform, chat: Chat) -> None:
    platform.remove_bot(chat.id)

    answer = http.post(PUSH, {"to": chat.id, "messages": [text()]})

    assert (answer.status, answer.json()) == (400, {"message": "Failed to send messages"})


@pytest.mark.parametrize("to", ["nobody", "", None, "C123", 7])
def test_push_to_what_is_no_id_is_refused(http: Http, to: object) -> None:
    answer = http.post(PUSH, {"to": to, "messages": [text()]})

    assert answer.status == 400
    assert answer.json()["message"].startswith("The property, 'to', in the request body is invalid")


def test_multicast_reaches_friends_and_costs_one_each(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    users = [chat.coordinator.user_id, chat.contact.user_id, chat.stranger.user_id]

    api.multicast(MulticastRequest(to=users, messages=[TextMessage(text="提醒")]))

    assert [platform.said_by_bot(u) for u in users] == [[text()], [text()], []]
    assert platform.settings.quota_used == 2


def test_multicast_to_a_group_is_refused(http: Http, chat: Chat) -> None:
    assert http.post(MULTICAST, {"to": [chat.id], "messages": [text()]}).status == 400


def test_push_beyond_the_months_quota_sends_nothing(http: Http, platform: Platform, chat: Chat) -> None:
    platform.settings.quota_limit, platform.settings.quota_used = 10, 8

    answer = http.post(PUSH, {"to": chat.id, "messages": [text()]})

    assert (answer.status, answer.json()) == (429, {"message": "You have reached your monthly limit."})
    assert platform.said_by_bot(chat.id) == []
    assert platform.settings.quota_used == 8


def test_push_that_just_fits_the_quota_is_sent(http: Http, platform: Platform, chat: Chat) -> None:
    platform.settings.quota_limit, platform.settings.quota_used = 10, 7

    assert http.post(PUSH, {"to": chat.id, "messages": [text()]}).status == 200


def test_rate_limit_refuses_a_burst_and_refills_with_time(
    http: Http, platform: Platform, clock: MovableClock, chat: Chat
) -> None:
    platform.settings.rate_limit = 2
    asked = {"to": chat.id, "messages": [text()]}

    statuses = [http.post(PUSH, asked).status for _ in range(3)]
    other_endpoint = http.call("GET", "/v2/bot/info").status
    refused = http.post(PUSH, asked).json()
    clock.move(seconds=1)

    assert (statuses, other_endpoint) == ([200, 200, 429], 200)
    assert refused == {"message": "The API rate limit has been exceeded. Try again later."}
    assert http.post(PUSH, asked).status == 200


def test_same_retry_key_is_sent_once_and_then_answered_409(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    key = str(uuid4())
    first = api.push_message_with_http_info(push_to(chat.id), x_line_retry_key=key)

    with pytest.raises(ApiException) as refused:
        api.push_message(push_to(chat.id), x_line_retry_key=key)

    body = json.loads(refused.value.body)
    assert refused.value.status == 409
    assert refused.value.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert refused.value.headers["x-line-request-id"] != first.headers["x-line-request-id"]
    assert body["message"] == "The retry key is already accepted"
    assert body["sentMessages"][0]["id"] == first.data.sent_messages[0].id
    assert (len(platform.said_by_bot(chat.id)), platform.settings.quota_used) == (1, 3)


def test_retry_key_of_a_refused_request_can_still_be_used(http: Http, platform: Platform, chat: Chat) -> None:
    key = str(uuid4())
    platform.settings.quota_limit = 0
    refused = http.post(PUSH, {"to": chat.id, "messages": [text()]}, x_line_retry_key=key)
    platform.settings.quota_limit = None

    again = http.post(PUSH, {"to": chat.id, "messages": [text()]}, x_line_retry_key=key)

    assert (refused.status, again.status) == (429, 200)


@pytest.mark.parametrize(("seconds", "status"), [(24 * 3600 - 1, 409), (24 * 3600, 200)])
def test_retry_key_is_forgotten_after_24_hours(
    http: Http, clock: MovableClock, chat: Chat, seconds: int, status: int
) -> None:
    key = str(uuid4())
    http.post(PUSH, {"to": chat.id, "messages": [text()]}, x_line_retry_key=key)

    clock.move(seconds=seconds)

    assert http.post(PUSH, {"to": chat.id, "messages": [text()]}, x_line_retry_key=key).status == status


def test_retry_key_with_another_body_is_not_sent_and_noted(http: Http, platform: Platform, chat: Chat) -> None:
    key = str(uuid4())
    http.post(PUSH, {"to": chat.id, "messages": [text("一")]}, x_line_retry_key=key)

    answer = http.post(PUSH, {"to": chat.id, "messages": [text("二")]}, x_line_retry_key=key)

    assert answer.status == 409
    assert platform.said_by_bot(chat.id) == [text("一")]
    assert platform.ledger.since()[-1].notes == ["retry key used again with another body"]


@pytest.mark.parametrize(
    "key", ["", "1", "not-a-uuid", "123e4567e89b12d3a456426614174000", "{123e4567-e89b-12d3-a456-426614174000}"]
)
def test_retry_key_that_is_no_uuid_is_refused(http: Http, chat: Chat, key: str) -> None:
    assert http.post(PUSH, {"to": chat.id, "messages": [text()]}, x_line_retry_key=key).status == 400


def test_retry_key_on_a_reply_is_refused_and_the_token_lives_on(http: Http, platform: Platform, chat: Chat) -> None:
    token = spoken(platform, chat)

    refused = http.post(REPLY, {"replyToken": token, "messages": [text()]}, x_line_retry_key=str(uuid4()))

    assert refused.status == 400
    assert http.post(REPLY, {"replyToken": token, "messages": [text()]}).status == 200


def test_reply_is_free_and_stands_in_the_chat(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    api.reply_message(reply_to(spoken(platform, chat)))

    assert platform.said_by_bot(chat.id) == [text("收到")]
    assert platform.settings.quota_used == 0


def test_reply_reaches_a_stranger_in_a_private_chat(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    stranger = chat.stranger.user_id
    event = platform.say(stranger, stranger, "列管").wait().event
    assert event is not None

    api.reply_message(reply_to(event["replyToken"]))

    assert platform.said_by_bot(stranger) == [text("收到")]


def test_reply_to_a_group_that_the_bot_left_fails(http: Http, platform: Platform, chat: Chat) -> None:
    token = spoken(platform, chat)
    platform.remove_bot(chat.id)

    answer = http.post(REPLY, {"replyToken": token, "messages": [text()]})

    assert (answer.status, answer.json()) == (400, {"message": "Failed to send messages"})


def test_reply_token_works_once(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    token = spoken(platform, chat)
    api.reply_message(reply_to(token))

    with pytest.raises(ApiException) as refused:
        api.reply_message(reply_to(token))

    assert (refused.value.status, json.loads(refused.value.body)) == (400, {"message": "Invalid reply token"})


@pytest.mark.parametrize(("seconds", "status"), [(60, 200), (61, 400)])
def test_reply_token_runs_out_after_a_minute(
    http: Http, platform: Platform, clock: MovableClock, chat: Chat, seconds: int, status: int
) -> None:
    token = spoken(platform, chat)

    clock.move(seconds=seconds)

    assert http.post(REPLY, {"replyToken": token, "messages": [text()]}).status == status


@pytest.mark.parametrize(("minutes", "status"), [(20, 200), (21, 400)])
def test_redelivery_renews_the_reply_token_for_twenty_minutes(
    http: Http, platform: Platform, clock: MovableClock, chat: Chat, minutes: int, status: int
) -> None:
    happening = platform.say(chat.id, chat.contact.user_id, "列管").wait()
    assert happening.event is not None
    assert happening.delivery is not None
    clock.move(minutes=minutes)

    platform.webhooks.redeliver(happening.delivery.number).wait()

    answer = http.post(REPLY, {"replyToken": happening.event["replyToken"], "messages": [text()]})
    assert answer.status == status


def test_used_reply_token_stays_used_after_a_redelivery(http: Http, platform: Platform, chat: Chat) -> None:
    happening = platform.say(chat.id, chat.contact.user_id, "列管").wait()
    assert happening.event is not None
    assert happening.delivery is not None
    asked = {"replyToken": happening.event["replyToken"], "messages": [text()]}
    http.post(REPLY, asked)

    platform.webhooks.redeliver(happening.delivery.number).wait()

    assert http.post(REPLY, asked).status == 400


def test_reply_that_is_not_valid_does_not_use_the_token(http: Http, platform: Platform, chat: Chat) -> None:
    token = spoken(platform, chat)

    refused = http.post(REPLY, {"replyToken": token, "messages": [text("字" * 5001)]})

    assert refused.status == 400
    assert http.post(REPLY, {"replyToken": token, "messages": [text()]}).status == 200


def test_validate_checks_and_sends_nothing(api: MessagingApi, http: Http, platform: Platform) -> None:
    api.validate_push(ValidateMessageRequest(messages=[TextMessage(text="提醒")]))
    api.validate_reply(ValidateMessageRequest(messages=[TextMessage(text="提醒")]))
    refused = http.post("/v2/bot/message/validate/push", {"messages": [text("")]})

    assert refused.status == 400
    assert platform.timeline()["entries"] == []
