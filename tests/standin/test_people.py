"""The people in the chats, as the bot hears of them and as a page shows them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.line.standin import ALL, BOT, Platform, StandInError, StandInServer
from tests.standin.conftest import Chat, Http
from tests.standin.receiver import Receiver


def heard(happening: Any) -> dict[str, Any]:
    event = happening.wait().event
    assert event is not None
    found: dict[str, Any] = event
    return found


@pytest.fixture(autouse=True)
def _running(line: StandInServer) -> None:
    """Every test here runs against a served stand-in."""


def test_mention_of_the_bot_is_located_in_utf16_units(platform: Platform, chat: Chat) -> None:
    event = heard(platform.say(chat.id, chat.contact.user_id, "😀 @列管小幫手 211-2", mentions=[BOT]))

    assert event["message"]["mention"]["mentionees"] == [
        {"index": 3, "length": 6, "type": "user", "userId": platform.settings.bot_user_id, "isSelf": True}
    ]


def test_mentions_of_people_and_of_all_are_located_in_order(platform: Platform, chat: Chat) -> None:
    words = "@資訊局窗口 @資訊局窗口 @All"
    mentions = [chat.contact.user_id, chat.contact.user_id, ALL]

    event = heard(platform.say(chat.id, chat.coordinator.user_id, words, mentions=mentions))

    found = event["message"]["mention"]["mentionees"]
    assert [(m["type"], m["index"], m["length"]) for m in found] == [("user", 0, 6), ("user", 7, 6), ("all", 14, 4)]
    assert found[0]["isSelf"] is False


def test_mention_that_is_not_in_the_text_is_an_error(platform: Platform, chat: Chat) -> None:
    with pytest.raises(StandInError):
        platform.say(chat.id, chat.contact.user_id, "列管", mentions=[BOT])


def test_typed_name_without_a_mention_is_only_text(platform: Platform, chat: Chat) -> None:
    assert "mention" not in heard(platform.say(chat.id, chat.contact.user_id, "@列管小幫手"))["message"]


def test_quote_carries_the_message_id(platform: Platform, chat: Chat) -> None:
    event = heard(platform.say(chat.id, chat.contact.user_id, "已完成", quoted="580000000000000009"))

    assert event["message"]["quotedMessageId"] == "580000000000000009"


def test_who_is_no_member_cannot_speak(platform: Platform, chat: Chat) -> None:
    outsider = platform.add_user("他局")

    with pytest.raises(StandInError):
        platform.say(chat.id, outsider.user_id, "列管")
    with pytest.raises(StandInError):
        platform.say(chat.contact.user_id, chat.coordinator.user_id, "列管")


def test_bot_hears_nothing_of_a_group_it_is_not_in(platform: Platform, receiver: Receiver, chat: Chat) -> None:
    platform.remove_bot(chat.id).wait()

    happening = platform.say(chat.id, chat.contact.user_id, "列管").wait()

    assert (happening.event, happening.delivery) == (None, None)
    assert [e["type"] for e in receiver.events] == ["leave"]
    assert platform.timeline(chat.id)["entries"][-1]["message"]["text"] == "列管"


def test_edited_message_keeps_its_id_and_gets_a_new_token(platform: Platform, chat: Chat) -> None:
    first = heard(platform.say(chat.id, chat.contact.user_id, "完成 211-2"))

    edited = heard(platform.edit(first["message"]["id"], "完成 211-3"))

    assert edited["type"] == "messageEdited"
    assert (edited["message"]["id"], edited["message"]["text"]) == (first["message"]["id"], "完成 211-3")
    assert edited["replyToken"] != first["replyToken"]
    assert edited["source"] == first["source"]


def test_edit_is_for_groups_and_for_what_users_said(platform: Platform, chat: Chat) -> None:
    private = platform.say(chat.contact.user_id, chat.contact.user_id, "列管").message_id

    for message_id in (private, "1"):
        with pytest.raises(StandInError):
            platform.edit(message_id, "改")


def test_unsent_message_is_named_by_its_id(platform: Platform, chat: Chat) -> None:
    message_id = platform.say(chat.id, chat.contact.user_id, "列管").message_id

    assert heard(platform.unsend(message_id))["unsend"] == {"messageId": message_id}


def test_tapped_actions_do_what_they_do_in_line(platform: Platform, chat: Chat) -> None:
    user = chat.contact.user_id
    message = {"type": "message", "label": "看", "text": "列管"}
    postback = {"type": "postback", "label": "看", "data": "d=1", "displayText": "看"}
    picker = {"type": "datetimepicker", "label": "選", "data": "d=2", "mode": "date"}

    events = [
        heard(platform.tap(chat.id, user, message)),
        heard(platform.tap(chat.id, user, postback)),
        heard(platform.tap(chat.id, user, picker, "2026-11-30")),
    ]

    assert events[0]["message"]["text"] == "列管"
    assert events[1]["postback"] == {"data": "d=1"}
    assert events[2]["postback"] == {"data": "d=2", "params": {"date": "2026-11-30"}}
    assert platform.timeline(chat.id)["entries"][1]["displayText"] == "看"


def test_tapped_link_does_not_reach_the_bot(platform: Platform, chat: Chat) -> None:
    with pytest.raises(StandInError):
        platform.tap(chat.id, chat.contact.user_id, {"type": "uri", "label": "看", "uri": "https://example.com"})


def test_follow_tells_whether_it_was_unblocked(platform: Platform, chat: Chat) -> None:
    added = heard(platform.follow(chat.stranger.user_id))
    blocked = heard(platform.block(chat.stranger.user_id))
    again = heard(platform.follow(chat.stranger.user_id))

    assert added["follow"] == {"isUnblocked": False}
    assert blocked["type"] == "unfollow"
    assert again["follow"] == {"isUnblocked": True}


def test_members_come_and_go(platform: Platform, chat: Chat) -> None:
    newcomer = platform.add_user("法務局窗口")

    joined = heard(platform.join_members(chat.id, [newcomer.user_id]))
    left = heard(platform.leave_members(chat.id, [chat.stranger.user_id]))

    assert joined["joined"] == {"members": [{"type": "user", "userId": newcomer.user_id}]}
    assert left["left"] == {"members": [{"type": "user", "userId": chat.stranger.user_id}]}
    assert chat.group.members[-1] == newcomer.user_id
    assert chat.stranger.user_id not in chat.group.members


def test_timeline_continues_from_its_cursor(platform: Platform, chat: Chat) -> None:
    platform.say(chat.id, chat.contact.user_id, "一")
    cursor = platform.timeline(chat.id)["cursor"]
    platform.say(chat.id, chat.coordinator.user_id, "二")

    (entry,) = platform.timeline(chat.id, cursor)["entries"]

    assert (entry["message"]["text"], entry["sender"]["displayName"]) == ("二", "管考幕僚")
    assert entry["seq"] > cursor


def test_quick_replies_are_shown_until_anyone_speaks(platform: Platform, http: Http, chat: Chat) -> None:
    shown = {"items": [{"type": "action", "action": {"type": "message", "label": "看", "text": "列管"}}]}
    message = {"type": "text", "text": "要看嗎", "quickReply": shown}

    http.post("/v2/bot/message/push", {"to": chat.id, "messages": [message]})
    before = platform.timeline(chat.id)["quickReply"]
    platform.say(chat.id, chat.stranger.user_id, "嗯")

    assert (before, platform.timeline(chat.id)["quickReply"]) == (shown, None)


@pytest.mark.parametrize("bad", ["U123", "X" + "0" * 32, ""])
def test_ids_must_have_lines_form(platform: Platform, bad: str) -> None:
    with pytest.raises(StandInError):
        platform.add_user("窗口", bad or "U")


def test_unknown_people_and_groups_are_errors(platform: Platform, chat: Chat) -> None:
    with pytest.raises(StandInError):
        platform.follow("U" + "0" * 32)
    with pytest.raises(StandInError):
        platform.invite_bot("C" + "0" * 32)
    with pytest.raises(StandInError):
        platform.add_group("群", ["U" + "0" * 32])
