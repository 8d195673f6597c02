"""LINE's events as they come, and what of them reaches the handlers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.line.events import read_event
from domain.chat import Chat, ChatKind
from handlers.inbound import (
    ButtonPressed,
    FileSent,
    Followed,
    Joined,
    Left,
    MemberLeft,
    MembersJoined,
    TextEdited,
    TextSaid,
    Unfollowed,
    Unsent,
)

GROUP = Chat(ChatKind.GROUP, "C1")
COMMON: dict[str, Any] = {
    "event_id": "01EV",
    "chat": GROUP,
    "user_id": "U1",
    "at": datetime(2021, 9, 23, 2, 0, tzinfo=UTC),
    "reply_token": "rt",
}


def event(kind: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "mode": "active",
        "timestamp": 1632362400000,
        "source": {"type": "group", "groupId": "C1", "userId": "U1"},
        "webhookEventId": "01EV",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": "rt",
        **fields,
    }


def text(words: str, **fields: Any) -> dict[str, Any]:
    return event("message", message={"type": "text", "id": "1", "text": words, "quoteToken": "q", **fields})


def test_text_is_read_with_its_ids() -> None:
    assert read_event(text("211-2")) == TextSaid(**COMMON, message_id="1", text="211-2")


def test_field_that_is_new_to_us_is_passed_over() -> None:
    assert read_event({**text("211-2"), "novelty": {"a": 1}}) == TextSaid(**COMMON, message_id="1", text="211-2")


def test_quote_keeps_the_id_of_the_quoted_message() -> None:
    said = read_event(text("已換文", quotedMessageId="77"))

    assert isinstance(said, TextSaid)
    assert said.quoted_id == "77"


@pytest.mark.parametrize(
    ("words", "index", "length", "rest"),
    [
        ("@列管小幫手 211-2", 0, 6, "211-2"),
        ("𠮷野家 @列管小幫手 211-2", 5, 6, "𠮷野家  211-2"),
        ("211-2 @列管小幫手", 6, 6, "211-2"),
    ],
)
def test_mention_of_the_bot_is_cut_out_by_utf16_units(words: str, index: int, length: int, rest: str) -> None:
    own = {"index": index, "length": length, "type": "user", "isSelf": True}

    said = read_event(text(words, mention={"mentionees": [own]}))

    assert isinstance(said, TextSaid)
    assert (said.text, said.to_bot) == (rest, True)


def test_mention_of_somebody_else_stays_in_the_text() -> None:
    other = {"index": 0, "length": 3, "type": "user", "userId": "U2", "isSelf": False}

    said = read_event(text("@窗口 好", mention={"mentionees": [other, {"type": "all", "index": 0, "length": 1}]}))

    assert isinstance(said, TextSaid)
    assert (said.text, said.to_bot) == ("@窗口 好", False)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (event("join"), Joined(**COMMON)),
        (event("leave"), Left(**COMMON)),
        (event("follow"), Followed(**COMMON)),
        (event("unfollow"), Unfollowed(**COMMON)),
        (event("unsend", unsend={"messageId": "9"}), Unsent(**COMMON, message_id="9")),
        (event("postback", postback={"data": "x=1"}), ButtonPressed(**COMMON, data="x=1")),
        (
            event("postback", postback={"data": "x=1", "params": {"date": "2021-10-15"}}),
            ButtonPressed(**COMMON, data="x=1", picked=date(2021, 10, 15)),
        ),
        (
            event("postback", postback={"data": "x=1", "params": {"newRichMenuAliasId": "a"}}),
            ButtonPressed(**COMMON, data="x=1"),
        ),
        (
            event("memberLeft", left={"members": [{"type": "user", "userId": "U3"}, {}]}),
            MemberLeft(**COMMON, user_ids=("U3",)),
        ),
        (
            event("memberJoined", joined={"members": [{"type": "user", "userId": "U3"}]}),
            MembersJoined(**COMMON, user_ids=("U3",)),
        ),
        (
            event("messageEdited", message={"type": "text", "id": "1", "text": "改"}),
            TextEdited(**COMMON, message_id="1", text="改"),
        ),
        (
            event("message", message={"type": "file", "id": "5", "fileName": "a.odt", "fileSize": 12}),
            FileSent(**COMMON, message_id="5", name="a.odt", size=12),
        ),
    ],
)
def test_event_is_read_for_what_it_is(given: dict[str, Any], expected: object) -> None:
    assert read_event(given) == expected


@pytest.mark.parametrize(
    "given",
    [
        event("videoPlayComplete"),
        event("somethingNewIn2027"),
        event("message", message={"type": "sticker", "id": "1"}),
        {**text("211-2"), "mode": "standby"},
    ],
)
def test_event_the_bot_has_no_use_for_is_none(given: dict[str, Any]) -> None:
    assert read_event(given) is None


def test_group_event_without_user_id_is_read() -> None:
    said = read_event({**text("211-2"), "source": {"type": "group", "groupId": "C1"}})

    assert isinstance(said, TextSaid)
    assert said.user_id is None


@pytest.mark.parametrize("missing", ["type", "source", "webhookEventId", "timestamp", "message"])
def test_event_without_a_needed_field_raises(missing: str) -> None:
    broken = {key: value for key, value in text("211-2").items() if key != missing}

    with pytest.raises(KeyError):
        read_event(broken)


@pytest.mark.parametrize("odd", [5, ["a"], {"a": 1}, True])
@pytest.mark.parametrize("field", ["replyToken", "source", "message"])
def test_id_that_is_no_text_makes_no_event(field: str, odd: Any) -> None:
    given = text("211-2")
    broken = {
        "replyToken": {"replyToken": odd},
        "source": {"source": {**given["source"], "userId": odd}},
        "message": {"message": {**given["message"], "quotedMessageId": odd}},
    }

    with pytest.raises(ValueError, match="string"):
        read_event({**given, **broken[field]})


@pytest.mark.parametrize("nothing", [None, ""])
def test_reply_token_that_is_empty_is_none(nothing: Any) -> None:
    heard = read_event({**text("211-2"), "replyToken": nothing})

    assert heard is not None
    assert heard.reply_token is None
