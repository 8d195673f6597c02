"""People are called by textV2; whom LINE cannot call is named."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.line.limits import MAX_MENTIONS, MAX_TEXT, units
from bot.line.mentions import call, calling, naming
from bot.line.render import render
from bot.line.standin import Settings
from bot.line.standin.validation import check_messages
from handlers.messages import Mention, Message

CALLED = Mention("王窗口", "U" + "1" * 32)


def test_people_are_called_in_a_line_behind_the_answer() -> None:
    objects = json.loads(render(Message(text="提醒", mentions=("請 ", CALLED, " 回報 {58-1}"))))

    mention = {"type": "mention", "mentionee": {"type": "user", "userId": CALLED.user_id}}
    line = {"type": "textV2", "text": "請 {p0} 回報 {{58-1}}", "substitution": {"p0": mention}}
    assert calling(objects) == [{"type": "text", "text": "提醒"}, line]
    assert naming(objects)[1] == {"type": "text", "text": "請 @王窗口 回報 {58-1}"}


def test_people_without_an_id_are_named_in_plain_text() -> None:
    assert call(("請 ", Mention("已離職窗口"), " 回報")) == {"type": "text", "text": "請 @已離職窗口 回報"}


def test_twenty_are_called_and_the_others_named() -> None:
    line = call([Mention(f"窗口{number}", f"U{number:032d}") for number in range(22)])

    assert len(line["substitution"]) == MAX_MENTIONS
    assert line["text"].endswith("{p19}@窗口20@窗口21")


@given(st.lists(st.text(max_size=300) | st.builds(Mention, st.text(max_size=30), st.just("U" + "2" * 32)), min_size=1))
def test_any_call_is_taken_by_line(pieces: list[str | Mention]) -> None:
    objects = json.loads(render(Message(text="提醒", mentions=tuple(pieces))))

    for sent in (calling(objects), naming(objects)):
        check_messages({"messages": sent}, Settings())
        assert all(1 <= units(one["text"]) <= MAX_TEXT for one in sent)
