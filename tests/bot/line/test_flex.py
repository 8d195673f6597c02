"""A card becomes a Flex message that LINE takes, whatever it holds, and that anybody can read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linebot.v3.messaging import Message as SdkMessage

from bot.line import colours
from bot.line.flex import draw
from bot.line.limits import MAX_ALT, MAX_BUTTON, MAX_OBJECTS, MAX_SAID, units
from bot.line.mentions import calling
from bot.line.render import render
from bot.line.standin import Settings
from bot.line.standin.text import graphemes
from bot.line.standin.validation import check_messages
from handlers.buttons import Choice, PickDate, Prefill
from handlers.cards import Card, CaseCard, ListCard, Part, Passage, Row, Section, Words
from handlers.messages import Mention, Message
from tests.bot.line.any_cards import cards, words
from tests.line_openapi import check_request

Json = dict[str, Any]
CASE = CaseCard(
    number="211-2",
    title="契約延長",
    due=Words("期限 110/9/30(四)，還有 3 天"),
    parts=(Part("資訊局", Words("待處理")),),
    passages=(Passage("原文", "請資訊局延長契約。"),),
    source="出處：主任秘書會報",
    buttons=(
        Prefill("回報", "回報 211-2 ", "1 report {}"),
        Choice("完成", "完成 211-2"),
        PickDate("展期", "1 extend {}", date(2021, 9, 30), date(2021, 9, 28), date(2022, 9, 30)),
    ),
)


def sent(message: Message) -> list[Json]:
    objects: list[Json] = json.loads(render(message))
    return calling(objects)


def parts(node: Any, kind: str) -> Iterator[Json]:
    """Every component of a type."""
    if isinstance(node, list):
        for one in node:
            yield from parts(one, kind)
    if isinstance(node, dict):
        if node.get("type") == kind:
            yield node
        for one in node.values():
            yield from parts(one, kind)


def test_answer_with_a_card_is_one_flex_whose_alternative_is_the_text() -> None:
    (flex,) = sent(Message(text="【211-2】契約延長", card=CASE, choices=(Choice("完成", "完成 211-2"),)))

    assert (flex["type"], flex["altText"]) == ("flex", "【211-2】契約延長")
    assert flex["quickReply"]["items"][0]["action"]["text"] == "完成 211-2"


def test_buttons_type_open_the_keyboard_or_pick_a_day() -> None:
    actions = [button["action"] for button in parts(draw(CASE), "button")]

    assert actions == [
        {
            "type": "postback",
            "label": "回報",
            "data": "1 report {}",
            "inputOption": "openKeyboard",
            "fillInText": "回報 211-2 ",
        },
        {"type": "message", "label": "完成", "text": "完成 211-2"},
        {
            "type": "datetimepicker",
            "mode": "date",
            "label": "展期",
            "data": "1 extend {}",
            "initial": "2021-09-30",
            "min": "2021-09-28",
            "max": "2022-09-30",
        },
    ]


def test_row_asks_for_its_case() -> None:
    row = Row(head="211-2", title="契約延長", due=Words("未定期限"), said="211-2")

    drawn = draw(ListCard(title="列管中 1 件", sections=(Section((row,)),)))

    actions = [box["action"] for box in parts(drawn, "box") if "action" in box]
    assert actions == [{"type": "message", "label": "211-2", "text": "211-2"}]


def test_card_too_large_for_line_gives_way_to_its_text() -> None:
    row = Row(head="211-2", title="契約延長" * 40, due=Words("未定期限"))
    card = ListCard(title="列管中", sections=(Section((row,) * 60),))

    assert sent(Message(text="列管中 60 件", card=card)) == [{"type": "text", "text": "列管中 60 件"}]


def test_text_longer_than_an_alternative_may_be_is_cut_visibly() -> None:
    (flex,) = sent(Message(text="𠮷" * 900, card=CASE))

    assert flex["altText"] == "𠮷" * 749 + "…"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    cards,
    words,
    st.lists(st.builds(Choice, words, words), max_size=20).map(tuple),
    st.lists(words, max_size=6).map(tuple),
    st.lists(words | st.builds(Mention, words, st.just("U" + "1" * 32)), max_size=3).map(tuple),
)
def test_any_card_stays_within_the_limits_of_line(
    card: Card,
    text: str,
    choices: tuple[Choice, ...],
    more: tuple[str, ...],
    mentions: tuple[str | Mention, ...],
) -> None:
    objects = sent(Message(text=text, card=card, choices=choices, more=more, mentions=mentions))

    body = {"replyToken": "r", "messages": objects}
    check_messages(body, Settings())
    check_request("POST", "/v2/bot/message/reply", {"content-type": "application/json"}, body)
    assert len(objects) <= MAX_OBJECTS
    assert [SdkMessage.from_dict(one).to_dict() for one in objects] == objects
    for flex in (one for one in objects if one["type"] == "flex"):
        assert 1 <= units(flex["altText"]) <= MAX_ALT
        assert len(json.dumps(flex["contents"])) <= 30 * 1024
        check_actions(flex)


def check_actions(flex: Json) -> None:
    for kind in ("message", "postback", "datetimepicker"):
        for action in parts(flex, kind):
            assert 1 <= graphemes(action["label"]) <= MAX_BUTTON
            assert all(units(action.get(key, "")) <= MAX_SAID for key in ("text", "data", "fillInText"))


@given(cards)
def test_every_text_of_a_card_stands_on_a_ground_that_it_was_checked_on(card: Card) -> None:
    drawn = draw(card)

    used = set(grounded(drawn, "")) if drawn else set()
    assert used <= set(colours.PAIRS)


def grounded(node: Any, ground: str) -> Iterator[tuple[str, str]]:
    """Each ink with the ground under it; a button's ground is its own colour, its ink LINE's."""
    if isinstance(node, list):
        for one in node:
            yield from grounded(one, ground)
    if not isinstance(node, dict):
        return
    ground = node.get("backgroundColor", ground)
    if node.get("type") in ("text", "span"):
        yield node["color"], ground
    if node.get("type") == "button":
        yield {"primary": colours.WHITE, "secondary": colours.BLACK}[node["style"]], node["color"]
    for one in node.values():
        yield from grounded(one, ground)


@pytest.mark.parametrize(("ink", "ground"), colours.PAIRS)
def test_pair_of_colours_meets_wcag_aa(ink: str, ground: str) -> None:
    darker, lighter = sorted((luminance(ink), luminance(ground)))

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
