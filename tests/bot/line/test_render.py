"""A message becomes objects that LINE takes, whatever the text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linebot.v3.messaging import TextMessage

from bot.line.render import MAX_OBJECTS, MAX_TEXT, render, units
from handlers.messages import Choice, Message


def test_choices_become_quick_replies_that_type_the_command() -> None:
    objects = json.loads(render(Message(text="是哪一件？", choices=(Choice("看 211-2", "211-2"),))))

    action = {"type": "message", "label": "看 211-2", "text": "211-2"}
    assert objects == [
        {"type": "text", "text": "是哪一件？", "quickReply": {"items": [{"type": "action", "action": action}]}}
    ]


def test_long_text_is_cut_at_line_ends() -> None:
    line = "一" * 999 + "\n"

    objects = json.loads(render(Message(text=line * 7)))

    assert [len(item["text"]) for item in objects] == [4999, 1999]


def test_text_too_long_for_five_objects_says_so() -> None:
    objects = json.loads(render(Message(text="一" * 30_000)))

    assert len(objects) == MAX_OBJECTS
    assert objects[-1]["text"].endswith("…（內容過長，其餘請分次查詢）")


def test_further_bubbles_follow_the_text_and_the_last_holds_the_choices() -> None:
    sent = json.loads(render(Message(text="一", more=("二", "三"), choices=(Choice("草稿", "草稿"),))))

    assert [(one["text"], "quickReply" in one) for one in sent] == [("一", False), ("二", False), ("三", True)]


def test_further_bubbles_never_exceed_five_objects() -> None:
    sent = json.loads(render(Message(text="x" * MAX_TEXT * 3, more=("y" * MAX_TEXT,) * 4)))

    assert len(sent) == MAX_OBJECTS


def test_more_than_thirteen_choices_keep_the_first_thirteen() -> None:
    objects = json.loads(render(Message(text="哪一件", choices=tuple(Choice(str(n), str(n)) for n in range(20)))))

    assert len(objects[0]["quickReply"]["items"]) == 13


@pytest.mark.parametrize("text", ["", "\n", " \n "])
def test_empty_text_is_never_sent_empty(text: str) -> None:
    assert json.loads(render(Message(text=text))) == [{"type": "text", "text": "（無內容）"}]


@given(st.text(max_size=200).map(lambda part: part * 120), st.text(max_size=60), st.text(max_size=400))
def test_any_text_stays_within_the_limits_of_line(text: str, label: str, said: str) -> None:
    objects = json.loads(render(Message(text=text, choices=(Choice(label, said),))))

    assert 1 <= len(objects) <= MAX_OBJECTS
    for item in objects:
        assert 1 <= units(item["text"]) <= MAX_TEXT
        assert TextMessage.from_dict(item).to_dict() == item


@given(st.text(alphabet="一\n𠮷a", max_size=300).map(lambda part: part * 20))
def test_no_word_is_lost_while_five_objects_hold_it(text: str) -> None:
    objects = json.loads(render(Message(text=text)))

    joined = "".join(item["text"] for item in objects)
    assert joined.replace("\n", "") == text.replace("\n", "") or not text.strip()
