"""The table of limits: the last value that LINE takes, and the first that it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.line.standin import TEST_TOKEN, Platform, api
from bot.line.standin.model import Call
from bot.line.standin.text import graphemes
from tests.standin.conftest import Chat, Http

EXTENSION_B = "\U00020bb7"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1f9\U0001f1fc"


def action(**fields: Any) -> dict[str, Any]:
    return {"type": "message", "label": "看", "text": "列管"} | fields


def postback(**fields: Any) -> dict[str, Any]:
    return {"type": "postback", "label": "看", "data": "d"} | fields


def uri(address: str) -> dict[str, Any]:
    return {"type": "uri", "label": "看", "uri": address}


def picker(mode: str = "date", **fields: Any) -> dict[str, Any]:
    return {"type": "datetimepicker", "label": "選", "data": "d", "mode": mode} | fields


def text(words: str = "提醒", **fields: Any) -> dict[str, Any]:
    return {"type": "text", "text": words, **fields}


def quick(*actions: dict[str, Any]) -> dict[str, Any]:
    return text(quickReply={"items": [{"type": "action", "action": a} for a in actions]})


def bubble(*components: dict[str, Any], **fields: Any) -> dict[str, Any]:
    contents = list(components) or [{"type": "text", "text": "案"}]
    return {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": contents}, **fields}


def flex(contents: dict[str, Any], alt: str = "替代") -> dict[str, Any]:
    return {"type": "flex", "altText": alt, "contents": contents}


def carousel(*bubbles: dict[str, Any]) -> dict[str, Any]:
    return flex({"type": "carousel", "contents": list(bubbles)})


def button(tapped: dict[str, Any]) -> dict[str, Any]:
    return flex(bubble({"type": "button", "action": tapped}))


def confirm(*actions: dict[str, Any], alt: str = "替代") -> dict[str, Any]:
    return {"type": "template", "altText": alt, "template": {"type": "confirm", "text": "嗎", "actions": list(actions)}}


def v2(words: str, **substitution: Any) -> dict[str, Any]:
    return {"type": "textV2", "text": words, **({"substitution": substitution} if substitution else {})}


def sized(most: int) -> dict[str, Any]:
    """Build a bubble whose JSON measures so many bytes."""
    empty = len('{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":""}]}}')
    return bubble({"type": "text", "text": "a" * (most - empty)})


EVERYBODY = {"type": "mention", "mentionee": {"type": "all"}}
EMOJI = {"type": "emoji", "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}

TAKEN = {
    "text of 5,000": text("字" * 5000),
    "text of 2,500 pairs": text(EXTENSION_B * 2500),
    "text with control characters": text("一\n\t二"),
    "alt text of 1,500": flex(bubble(), "字" * 1500),
    "13 quick replies": quick(*[action()] * 13),
    "quick reply label of 20": quick(action(label="字" * 20)),
    "quick reply label of 20 families": quick(action(label=FAMILY * 20)),
    "template label of 20": confirm(action(label="字" * 20), action()),
    "flex label of 40": button(action(label="字" * 40)),
    "flex label of 40 flags": button(action(label=FLAG * 40)),
    "action text of 300": quick(action(text="字" * 300)),
    "data of 300": quick(postback(data="字" * 300)),
    "displayText of 300": quick(postback(displayText="字" * 300)),
    "URI of 10,000": button(uri("https://example.com/" + "a" * 9980)),
    "line URI": button(uri("line://ti/p/@x")),
    "telephone": button(uri("tel:0912345678")),
    "bubble of 30 KB": flex(sized(30 * 1024)),
    "12 bubbles": carousel(*[bubble()] * 12),
    "12 bubbles of one size": carousel(*[bubble(size="kilo")] * 12),
    "date": quick(picker(initial="2026-02-28", min="2026-01-01", max="2026-12-31")),
    "time": quick(picker("time", initial="09:00")),
    "date and time": quick(picker("datetime", initial="2026-02-28T09:00")),
    "camera as quick reply": quick({"type": "camera", "label": "拍"}),
    "escaped braces": v2("{{x}}"),
    "emoji substitution": v2("{e}", e=EMOJI),
    "key of 20": v2("{" + "k" * 20 + "}", **{"k" * 20: EMOJI}),
    "100 keys": v2("字", **{f"k{n}": EMOJI for n in range(100)}),
}
REFUSED = {
    "no text": (text(""), "messages[0].text"),
    "text of 5,001": (text("字" * 5001), "messages[0].text"),
    "text of 2,501 pairs": (text(EXTENSION_B * 2501), "messages[0].text"),
    "textV2 of 5,001": (v2("字" * 5001), "messages[0].text"),
    "alt text of 1,501": (flex(bubble(), "字" * 1501), "messages[0].altText"),
    "no alt text": (flex(bubble(), ""), "messages[0].altText"),
    "template alt text of 1,501": (confirm(action(), action(), alt="字" * 1501), "messages[0].altText"),
    "14 quick replies": (quick(*[action()] * 14), "messages[0].quickReply.items"),
    "no quick reply": (quick(), "messages[0].quickReply.items"),
    "quick reply label of 21": (quick(action(label="字" * 21)), "messages[0].quickReply.items[0].action.label"),
    "no label": (quick(action(label="")), "messages[0].quickReply.items[0].action.label"),
    "template label of 21": (
        confirm(action(label="字" * 21), action()),
        "messages[0].template.actions[0].label",
    ),
    "flex label of 41": (
        button(action(label="字" * 41)),
        "messages[0].contents.body.contents[0].action.label",
    ),
    "action text of 301": (quick(action(text="字" * 301)), "messages[0].quickReply.items[0].action.text"),
    "data of 301": (quick(postback(data="字" * 301)), "messages[0].quickReply.items[0].action.data"),
    "no data": (quick(postback(data="")), "messages[0].quickReply.items[0].action.data"),
    "displayText of 301": (
        quick(postback(displayText="字" * 301)),
        "messages[0].quickReply.items[0].action.displayText",
    ),
    "displayText with text": (
        quick(postback(displayText="a", text="b")),
        "messages[0].quickReply.items[0].action.text",
    ),
    "URI of 10,001": (
        button(uri("https://example.com/" + "a" * 9981)),
        "messages[0].contents.body.contents[0].action.uri",
    ),
    "URI with a space": (button(uri("https://a b")), "messages[0].contents.body.contents[0].action.uri"),
    "URI not encoded": (button(uri("https://例.tw")), "messages[0].contents.body.contents[0].action.uri"),
    "URI without scheme": (button(uri("/cases/1")), "messages[0].contents.body.contents[0].action.uri"),
    "URI of another scheme": (button(uri("ftp://a")), "messages[0].contents.body.contents[0].action.uri"),
    "bubble over 30 KB": (flex(sized(30 * 1024 + 1)), "messages[0].contents"),
    "carousel over 50 KB": (carousel(sized(26 * 1024), sized(26 * 1024)), "messages[0].contents"),
    "bubble over 30 KB in a carousel": (carousel(sized(30 * 1024 + 1)), "messages[0].contents.contents[0]"),
    "13 bubbles": (carousel(*[bubble()] * 13), "messages[0].contents.contents"),
    "no bubble": (carousel(), "messages[0].contents.contents"),
    "bubbles of two sizes": (carousel(bubble(size="kilo"), bubble()), "messages[0].contents.contents"),
    "empty flex text": (
        flex(bubble({"type": "text", "text": ""})),
        "messages[0].contents.body.contents[0].text",
    ),
    "picker with slashes": (
        quick(picker(initial="2026/02/28")),
        "messages[0].quickReply.items[0].action.initial",
    ),
    "picker on 30 February": (
        quick(picker(initial="2026-02-30")),
        "messages[0].quickReply.items[0].action.initial",
    ),
    "picker with a time zone": (
        quick(picker("datetime", max="2026-02-28T09:00Z")),
        "messages[0].quickReply.items[0].action.max",
    ),
    "picker time of one digit": (quick(picker("time", min="9:00")), "messages[0].quickReply.items[0].action.min"),
    "picker with min after max": (
        quick(picker(min="2026-02-02", max="2026-02-01")),
        "messages[0].quickReply.items[0].action.min",
    ),
    "picker begins outside": (
        quick(picker(initial="2026-01-01", min="2026-02-01")),
        "messages[0].quickReply.items[0].action.initial",
    ),
    "camera on a card": (
        button({"type": "camera", "label": "拍"}),
        "messages[0].contents.body.contents[0].action.type",
    ),
    "one action in a confirmation too many": (confirm(*[action()] * 3), "messages[0].template.actions"),
    "brace": (v2("a { b"), "messages[0].text"),
    "closing brace": (v2("a } b"), "messages[0].text"),
    "unknown placeholder": (v2("{who}"), "messages[0].text"),
    "21 mentions": (v2("{a}" * 21, a=EVERYBODY), "messages[0].text"),
    "key of 21": (v2("字", **{"k" * 21: EMOJI}), "messages[0].substitution." + "k" * 21),
    "key with a hyphen": (v2("字", **{"a-b": EMOJI}), "messages[0].substitution.a-b"),
    "101 keys": (v2("字", **{f"k{n}": EMOJI for n in range(101)}), "messages[0].substitution"),
    "unknown property": (text(colour="red"), "messages[0].colour"),
    "unknown property deep down": (
        flex(bubble({"type": "text", "text": "案", "colour": "red"})),
        "messages[0].contents.body.contents[0].colour",
    ),
    "no text at all": ({"type": "text"}, "messages[0]"),
    "text that is a number": ({"type": "text", "text": 5}, "messages[0]"),
    "unknown type": ({"type": "textV3", "text": "a"}, "messages[0].type"),
    "no type": ({"text": "a"}, "messages[0].type"),
    "no object": ("a", "messages[0].type"),
}


def validated(platform: Platform, *messages: Any) -> tuple[int, Any]:
    """Ask the validation endpoint, short of the wire."""
    headers = {"authorization": f"Bearer {TEST_TOKEN}", "content-type": "application/json"}
    body = json.dumps({"messages": list(messages)}).encode()
    answer = api.answer(platform, Call("POST", "/v2/bot/message/validate/push", headers, body))
    return answer.status, answer.body


@pytest.mark.parametrize("message", TAKEN.values(), ids=TAKEN.keys())
def test_message_within_the_limits_is_taken(platform: Platform, message: dict[str, Any]) -> None:
    assert validated(platform, message) == (200, {})


@pytest.mark.parametrize(("message", "place"), REFUSED.values(), ids=REFUSED.keys())
def test_message_beyond_a_limit_is_refused_with_its_place(platform: Platform, message: Any, place: str) -> None:
    status, body = validated(platform, message)

    assert status == 400
    assert body["message"] == "The request body has 1 error(s)"
    assert [detail["property"] for detail in body["details"]] == [place]


@pytest.mark.parametrize("count", [0, 6])
def test_message_list_must_hold_one_to_five(platform: Platform, count: int) -> None:
    status, body = validated(platform, *[text()] * count)

    assert (status, body["details"][0]["property"]) == (400, "messages")


def test_all_problems_are_listed_at_once(platform: Platform) -> None:
    status, body = validated(platform, text(""), text("字" * 5001))

    assert (status, body["message"]) == (400, "The request body has 2 error(s)")
    assert [d["property"] for d in body["details"]] == ["messages[0].text", "messages[1].text"]


def test_uri_limit_before_the_change_can_be_set(platform: Platform) -> None:
    platform.settings.uri_limit = 1000

    assert validated(platform, button(uri("https://example.com/" + "a" * 980)))[0] == 200
    assert validated(platform, button(uri("https://example.com/" + "a" * 981)))[0] == 400


@pytest.mark.parametrize(("mode", "too_long", "unknown"), [("full", 400, 400), ("limits", 400, 200), ("off", 200, 200)])
def test_validation_can_be_relaxed_for_benchmarks(platform: Platform, mode: Any, too_long: int, unknown: int) -> None:
    platform.settings.validate = mode

    assert validated(platform, text("字" * 5001))[0] == too_long
    assert validated(platform, text(colour="red"))[0] == unknown


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=UTF-8", 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
    ],
)
def test_content_type_must_be_json(http: Http, content_type: str, status: int) -> None:
    answer = http.post("/v2/bot/message/validate/push", {"messages": [text()]}, content_type=content_type)

    assert answer.status == status


def test_body_over_2_mb_is_refused(http: Http) -> None:
    answer = http.post("/v2/bot/message/validate/push", b" " * (2 * 1024 * 1024 + 1))

    assert answer.status == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_body_that_is_no_json_object_is_refused(http: Http, body: bytes) -> None:
    answer = http.post("/v2/bot/message/validate/push", body)

    assert answer.status == 400
    assert answer.json()["message"].startswith("The request body could not be parsed as JSON (line: ")


def mention(user_id: str) -> dict[str, Any]:
    return {"type": "mention", "mentionee": {"type": "user", "userId": user_id}}


def test_mention_of_a_member_or_of_all_is_sent_to_a_group(http: Http, chat: Chat) -> None:
    message = v2("{who} {all}", who=mention(chat.stranger.user_id), all=EVERYBODY)

    assert http.post("/v2/bot/message/push", {"to": chat.id, "messages": [message]}).status == 200


def test_mention_of_who_is_no_member_is_refused(http: Http, platform: Platform, chat: Chat) -> None:
    other = platform.add_user("他局")

    answer = http.post("/v2/bot/message/push", {"to": chat.id, "messages": [v2("{a}", a=mention(other.user_id))]})

    assert answer.status == 400
    assert answer.json()["details"][0]["property"] == "messages[0].substitution.a.mentionee.userId"


def test_mention_in_a_private_chat_is_refused(http: Http, chat: Chat) -> None:
    asked = {"to": chat.contact.user_id, "messages": [v2("{a}", a=mention(chat.contact.user_id))]}

    assert http.post("/v2/bot/message/push", asked).status == 400


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("", 0),
        ("列管", 2),
        ("e\u0301", 1),
        (FAMILY, 1),
        (FLAG * 2, 2),
        ("👍🏽", 1),
        ("❤️", 1),
        (EXTENSION_B, 1),
        ("한", 1),
    ],
)
def test_graphemes_are_what_people_see_as_characters(words: str, count: int) -> None:
    assert graphemes(words) == count
