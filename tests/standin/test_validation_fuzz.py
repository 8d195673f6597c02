"""Whatever is sent, the stand-in answers yes or no; it never breaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.line.standin import TEST_TOKEN, Platform, Settings, api
from bot.line.standin.model import Call

KEYS = st.sampled_from(
    [
        "type",
        "text",
        "altText",
        "contents",
        "body",
        "template",
        "actions",
        "action",
        "label",
        "data",
        "uri",
        "mode",
        "initial",
        "quickReply",
        "items",
        "substitution",
        "mentionee",
        "columns",
        "size",
        "hero",
        "footer",
        "layout",
        "title",
        "k",
    ]
)
WORDS = st.sampled_from(
    [
        "text",
        "textV2",
        "flex",
        "template",
        "bubble",
        "carousel",
        "box",
        "button",
        "buttons",
        "confirm",
        "message",
        "postback",
        "uri",
        "datetimepicker",
        "mention",
        "emoji",
        "user",
        "all",
        "date",
        "vertical",
        "{k}",
        "}",
        "字",
        "\ud800",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | WORDS
VALUES = st.recursive(LEAVES, lambda v: st.lists(v, max_size=3) | st.dictionaries(KEYS, v, max_size=5), max_leaves=12)
TYPES = st.sampled_from(["text", "textV2", "flex", "template", "image", "sticker", "imagemap"])
MESSAGES = st.builds(lambda kind, rest: {**rest, "type": kind}, TYPES, st.dictionaries(KEYS, VALUES, max_size=6))


@pytest.mark.parametrize("mode", ["full", "limits", "off"])
@settings(max_examples=150, deadline=None)
@given(message=MESSAGES)
def test_any_message_is_accepted_or_refused(mode: Any, message: dict[str, Any]) -> None:
    platform = Platform(Settings(validate=mode, quota_limit=None))
    user = platform.add_user("窗口", friend=True)
    body = json.dumps({"to": user.user_id, "messages": [message]}).encode()
    headers = {"authorization": f"Bearer {TEST_TOKEN}", "content-type": "application/json"}

    answer = api.answer(platform, Call("POST", "/v2/bot/message/push", headers, body))

    assert answer.status in (200, 400)
    assert len(platform.said_by_bot(user.user_id)) == int(answer.status == 200)
