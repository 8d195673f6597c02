"""A message that calls people arrives, whoever has left the group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.line.client import LineMessenger
from bot.line.render import render
from bot.line.standin import TEST_TOKEN, Platform, StandInServer
from domain.errors import SendError
from domain.outbox import Outgoing, Route
from handlers.messages import Mention, Message

KEY = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def line(platform: Platform) -> Iterator[LineMessenger]:
    with StandInServer(platform) as server:
        yield LineMessenger(TEST_TOKEN, server.url)


def push(to: str, called: str) -> Outgoing:
    payload = render(Message(text="提醒", mentions=("請 ", Mention("資訊局窗口", called), " 回報")))
    return Outgoing(
        id=1,
        route=Route.PUSH,
        to=to,
        payload=payload,
        retry_key=KEY,
        reply_token=None,
        attempts=1,
        give_up_at=datetime(2030, 1, 1, tzinfo=UTC),
    )


def test_member_of_the_group_is_mentioned(platform: Platform, line: LineMessenger) -> None:
    contact = platform.add_user("資訊局窗口").user_id
    group = platform.add_group("會報", [contact]).group_id

    line.send(push(group, contact))

    assert platform.said_by_bot(group)[1]["substitution"]["p0"]["mentionee"]["userId"] == contact


def test_somebody_who_left_is_named_instead(platform: Platform, line: LineMessenger) -> None:
    contact = platform.add_user("資訊局窗口").user_id
    group = platform.add_group("會報", [contact]).group_id
    platform.leave_members(group, [contact])

    first = line.send(push(group, contact))
    again = line.send(push(group, contact))

    assert [one["text"] for one in platform.said_by_bot(group)] == ["提醒", "請 @資訊局窗口 回報"]
    assert again.message_ids == first.message_ids


def test_bot_that_left_the_group_is_told_so(platform: Platform, line: LineMessenger) -> None:
    contact = platform.add_user("資訊局窗口").user_id
    group = platform.add_group("會報", [contact]).group_id
    platform.remove_bot(group)

    with pytest.raises(SendError) as refused:
        line.send(push(group, contact))

    assert refused.value.reason == "not_in_chat"
