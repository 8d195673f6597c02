"""Delivery: signed, in time, in order, and out of order when told to."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from linebot.v3 import SignatureValidator
from linebot.v3.webhooks import Event

from bot.line.standin import BOT_USER_ID, TEST_SECRET, Happening, Platform, Settings, StandInServer, sign
from tests.line_openapi import check_webhook
from tests.standin.conftest import Chat, MovableClock
from tests.standin.receiver import Receiver

pytestmark = pytest.mark.usefixtures("line")


def say(platform: Platform, chat: Chat, words: str = "列管") -> Happening:
    return platform.say(chat.id, chat.contact.user_id, words)


def said(receiver: Receiver) -> list[str]:
    return [event["message"]["text"] for event in receiver.events]


def test_signature_is_the_published_one() -> None:
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'

    assert sign("8c570fa6dd201bb328f1c1eac23a96d8", body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_webhook_is_signed_over_its_raw_bytes(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    say(platform, chat, "列管 😀").wait()

    post = receiver.posts[0]
    validator = SignatureValidator(TEST_SECRET)
    assert validator.validate(post.body.decode(), post.headers["x-line-signature"])
    assert json.loads(post.body)["destination"] == BOT_USER_ID
    assert post.headers["content-type"] == "application/json; charset=utf-8"


def test_signature_header_may_be_spelt_otherwise(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.settings.signature_header = "X-LINE-SIGNATURE"

    say(platform, chat).wait()

    assert receiver.posts[0].headers["x-line-signature"]


def test_event_holds_the_common_properties(
    platform: Platform, receiver: Receiver, clock: MovableClock, chat: Chat
) -> None:
    happening = say(platform, chat).wait()

    (event,) = receiver.events
    assert event["timestamp"] == int(clock.now.timestamp() * 1000)
    assert event["source"] == {"type": "group", "groupId": chat.id, "userId": chat.contact.user_id}
    assert (event["mode"], event["deliveryContext"]) == ("active", {"isRedelivery": False})
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", event["webhookEventId"])
    assert re.fullmatch(r"[0-9]{18}", event["message"]["id"])
    assert event["message"]["id"] == happening.message_id


def test_every_kind_of_event_is_read_by_the_sdk_and_fits_lines_description(
    platform: Platform, receiver: Receiver, chat: Chat
) -> None:
    user = chat.contact.user_id
    message_id = say(platform, chat).message_id
    platform.edit(message_id, "列管 2")
    platform.unsend(message_id)
    platform.send_file(chat.id, user, "a.txt", b"a")
    platform.send_message(chat.id, user, {"type": "location", "latitude": 25.0, "longitude": 121.5})
    platform.postback(chat.id, user, "d", {"date": "2026-11-30"})
    platform.leave_members(chat.id, [user])
    platform.join_members(chat.id, [user])
    platform.remove_bot(chat.id)
    platform.invite_bot(chat.id)
    platform.block(user)
    platform.follow(user)
    platform.webhooks.settle()

    kinds = {type(Event.from_dict(event)).__name__ for event in receiver.events}
    assert len(receiver.events) == 12
    assert kinds == {
        "MessageEvent",
        "MessageEditedEvent",
        "UnsendEvent",
        "PostbackEvent",
        "MemberLeftEvent",
        "MemberJoinedEvent",
        "LeaveEvent",
        "JoinEvent",
        "UnfollowEvent",
        "FollowEvent",
    }
    for post in receiver.posts:
        check_webhook(post.body)


def test_only_replyable_events_have_a_token(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.invite_bot(chat.id).wait()
    platform.block(chat.contact.user_id).wait()
    platform.leave_members(chat.id, [chat.contact.user_id]).wait()
    platform.say(chat.id, chat.coordinator.user_id, "列管", mode="standby").wait()
    platform.remove_bot(chat.id).wait()

    assert [("replyToken" in e) for e in receiver.events] == [True, False, False, False, False]


def test_user_can_be_missing_in_a_group(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.say(chat.id, chat.contact.user_id, "列管", hide_user=True).wait()

    assert receiver.events[0]["source"] == {"type": "group", "groupId": chat.id}


def test_slow_bot_is_given_up_and_noted(receiver: Receiver, platform: Platform, chat: Chat) -> None:
    assert Settings().webhook_timeout == 2.0
    platform.settings.webhook_timeout = 0.1
    receiver.gate.clear()

    delivery = say(platform, chat).wait().delivery

    assert delivery is not None
    assert (delivery.status, delivery.error) == (None, "ReadTimeoutError")
    assert delivery.duration >= 0.1


def test_delivery_notes_the_status_and_is_not_repeated_by_default(
    platform: Platform, receiver: Receiver, chat: Chat
) -> None:
    receiver.statuses = [503]

    delivery = say(platform, chat).wait().delivery
    platform.webhooks.settle()

    assert delivery is not None
    assert delivery.status == 503
    assert len(receiver.posts) == 1


def test_delivery_without_a_webhook_says_so(platform: Platform, chat: Chat) -> None:
    platform.settings.webhook_url = None

    delivery = say(platform, chat).wait().delivery

    assert delivery is not None
    assert delivery.error == "no webhook URL is set"


def test_redelivery_repeats_the_same_event_until_it_is_taken(
    platform: Platform, receiver: Receiver, chat: Chat
) -> None:
    platform.settings.redelivery, platform.settings.redelivery_delay = True, 0.01
    receiver.statuses = [503, 500]

    say(platform, chat)
    platform.webhooks.settle()

    first, second, third = receiver.events
    assert [e["deliveryContext"]["isRedelivery"] for e in (first, second, third)] == [False, True, True]
    assert {**third, "deliveryContext": first["deliveryContext"]} == first


def test_redelivery_ends_after_its_attempts(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.settings.redelivery, platform.settings.redelivery_delay = True, 0.01
    platform.settings.redelivery_attempts = 2
    receiver.statuses = [503] * 10

    say(platform, chat)
    platform.webhooks.settle()

    assert len(receiver.posts) == 3


def test_one_chat_is_delivered_in_order(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    for number in range(30):
        say(platform, chat, str(number))
    platform.webhooks.settle()

    assert said(receiver) == [str(n) for n in range(30)]


def test_slow_chat_does_not_hold_up_another(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    receiver.gate.clear()
    say(platform, chat)
    platform.say(chat.contact.user_id, chat.contact.user_id, "列管")
    both_arrived = receiver.wait_for(2)
    receiver.gate.set()

    assert both_arrived


def test_held_deliveries_leave_in_the_order_told(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.webhooks.hold()
    for words in ("一", "二", "三"):
        say(platform, chat, words)

    platform.webhooks.release(order=[2, 0, 1])
    platform.webhooks.settle()

    assert said(receiver) == ["三", "一", "二"]


def test_held_deliveries_leave_as_one_batch(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.webhooks.hold()
    say(platform, chat, "一")
    platform.say(chat.coordinator.user_id, chat.coordinator.user_id, "二")

    platform.webhooks.release(batch=True)
    platform.webhooks.settle()

    (post,) = receiver.posts
    assert [e["source"]["type"] for e in post.events] == ["group", "user"]


def test_held_delivery_that_is_left_out_is_lost(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.webhooks.hold()
    kept, lost = say(platform, chat, "一"), say(platform, chat, "二")

    platform.webhooks.release(order=[0])

    assert kept.wait().delivery is not None
    assert lost.delivery is not None
    assert lost.delivery.wait().error == "lost on purpose"
    assert said(receiver) == ["一"]


def test_same_event_can_arrive_side_by_side(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    event: Any = say(platform, chat).wait().event
    receiver.gate.clear()

    platform.post_at_once([event], 5)
    all_arrived = receiver.wait_for(6)
    receiver.gate.set()

    assert all_arrived
    assert len({e["webhookEventId"] for e in receiver.events}) == 1


def test_held_deliveries_leave_several_times(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.webhooks.hold()
    say(platform, chat)

    platform.webhooks.release(copies=5)
    platform.webhooks.settle()

    assert len(receiver.events) == 5
    assert len({e["webhookEventId"] for e in receiver.events}) == 1
    assert {e["deliveryContext"]["isRedelivery"] for e in receiver.events} == {False}


def test_chance_duplicates_repeat_each_event_once(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.settings.duplicate_probability = 1.0

    say(platform, chat)
    platform.webhooks.settle()

    assert len(receiver.events) == 2


def test_chance_reordering_keeps_every_event(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.settings.reorder_probability = 1.0
    platform.webhooks.seed(3)
    platform.webhooks.hold()
    for number in range(20):
        say(platform, chat, str(number))
    platform.webhooks.release()
    platform.webhooks.settle()

    assert said(receiver) != [str(n) for n in range(20)]
    assert sorted(said(receiver), key=int) == [str(n) for n in range(20)]


@pytest.mark.parametrize(("signature", "sent"), [("", None), ("forged", "forged")])
def test_raw_body_leaves_as_it_is_with_any_signature(
    platform: Platform, receiver: Receiver, signature: str, sent: str | None
) -> None:
    platform.post_raw(b"\xff{", signature).wait()

    assert receiver.posts[0].body == b"\xff{"
    assert receiver.posts[0].headers.get("x-line-signature") == sent


def test_verify_button_posts_no_events(platform: Platform, receiver: Receiver) -> None:
    delivery = platform.post_events([]).wait()

    assert delivery.status == 200
    assert receiver.events == []


def test_ready_made_events_leave_in_one_signed_request(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    event: Any = say(platform, chat).wait().event

    platform.post_events([event, event]).wait()

    assert receiver.posts[1].events == [event, event]


def test_stopped_stand_in_ends_its_threads(receiver: Receiver, clock: MovableClock) -> None:
    platform = Platform(Settings(webhook_url=receiver.url), clock)
    with StandInServer(platform) as server:
        user = platform.add_user("窗口")
        platform.say(user.user_id, user.user_id, "列管").wait()
        port = server.port

    with StandInServer(Platform(), port) as again:
        assert again.port == port
