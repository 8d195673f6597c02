"""A real browser, the page, the stand-in, signed webhooks, the bot, its database and LINE's SDK: nothing left out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.bootstrap import Bot, open_house
from bot.clock import now
from bot.config import ClockSettings, Config, Database, Line, Server
from bot.playground.people import CHIEFS_GROUP
from bot.playground.runner import Playground
from bot.playground.seed import seed
from bot.server import WebServer
from tests.playground.chat import ChatPage
from tests.playground.conftest import OpenPage

NO_TICK = 3600.0  # seconds; reminders would come between the answers


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Playground]:
    config = Config(
        database=Database(url=f"sqlite:///{tmp_path / 'playground.db'}"), clock=ClockSettings(tick_seconds=NO_TICK)
    )
    house = open_house(config, now)
    seed(house.store, now=now(), calendar=house.calendar, settings=house.settings)
    with Playground(line=Line(), port=0, webhook_url="") as playground:
        line = Line(
            channel_secrets=(playground.channel_secret,),
            channel_access_token=playground.access_token,
            api_base=playground.api_base,
            data_api_base=playground.api_base,
        )
        bot = Bot(house, line)
        server = WebServer(bot.app, Server(port=0, threads=4))
        playground.platform.settings.webhook_url = f"http://127.0.0.1:{server.port}/callback"
        serving = threading.Thread(target=server.run)
        serving.start()
        bot.start()
        yield playground
        playground.platform.webhooks.settle()
        server.stop()
        serving.join()
        bot.stop()


@pytest.fixture
def chat(served: Playground, open_page: OpenPage) -> ChatPage:
    return ChatPage(open_page(served.url, size="phone"), served)


def answers(chat: ChatPage) -> list[str]:
    return chat.words("列管小幫手")


def asked(chat: ChatPage, text: str) -> str:
    """Say a text and return the bot's answer to it."""
    before = chat.bubbles("列管小幫手").count()
    chat.say(text)
    expect(chat.bubbles("列管小幫手")).to_have_count(before + 1)
    return answers(chat)[-1]


def test_question_is_answered_in_the_group(chat: ChatPage) -> None:
    answer = asked(chat, "列管")

    assert [number for number in ("57-1", "58-1", "3101") if number in answer] == ["57-1", "58-1"]


def test_contact_reports_and_asks_for_release(chat: ChatPage) -> None:
    chat.speak_as("資訊局窗口")

    asked(chat, "回報 58-1 已完成報價")
    asked(chat, "完成 58-1")
    shown = asked(chat, "58-1")

    assert [words for words in ("資訊局：待解列", "已完成報價") if words in shown] == ["資訊局：待解列", "已完成報價"]


def test_stranger_changes_nothing(chat: ChatPage) -> None:
    chat.speak_as("路人")

    refusal = asked(chat, "完成 58-1")
    shown = asked(chat, "58-1")

    assert "申請解除列管" not in refusal
    assert "資訊局：待處理" in shown


def test_quote_of_an_answer_says_which_case_is_reported(chat: ChatPage) -> None:
    chat.speak_as("資訊局窗口")
    asked(chat, "58-1")
    chat.line_of("58-1").get_by_role("button", name="引用").click()

    asked(chat, "廠商已送報價單")
    answer = asked(chat, "58-1")

    assert "廠商已送報價單" in answer


def test_quick_reply_of_an_answer_is_answered(chat: ChatPage) -> None:
    chat.speak_as("資訊局窗口")
    asked(chat, "58-1")
    before = chat.bubbles("列管小幫手").count()

    chat.quick_replies.first.click()

    expect(chat.bubbles("列管小幫手")).to_have_count(before + 1)


def tapped(chat: ChatPage, name: str) -> str:
    """Press a button or a row of the last card that has it, and return the bot's answer."""
    before = chat.bubbles("列管小幫手").count()
    chat.page.locator(".cards").get_by_role("button", name=name).last.click()
    expect(chat.bubbles("列管小幫手")).to_have_count(before + 1)
    return answers(chat)[-1]


def test_case_goes_its_way_by_the_buttons_of_its_cards(chat: ChatPage) -> None:
    chat.speak_as("資訊局窗口")
    asked(chat, "列管")

    case = tapped(chat, "58-1 期限")
    how = tapped(chat, "回報")
    expect(chat.box).to_have_value("回報 58-1 ")
    before = chat.bubbles("列管小幫手").count()
    chat.page.locator(".cards").get_by_role("button", name="展期").last.click()
    chat.page.get_by_role("button", name="確定").click()
    expect(chat.bubbles("列管小幫手")).to_have_count(before + 1)
    extension = answers(chat)[-1]
    kept = asked(chat, "回報 58-1 已完成報價")
    shown = asked(chat, "58-1")
    done = tapped(chat, "完成")
    chat.speak_as("路人")
    refused = tapped(chat, "完成")
    chat.speak_as("資訊局窗口")
    again = tapped(chat, "完成")

    assert case.startswith("【58-1】")
    assert "引用這則訊息直接寫" in how
    assert "展期要寫理由" in extension
    assert kept.startswith("已記錄辦理情形：58-1")
    assert "已完成報價" in shown
    assert done.startswith("已申請解除列管，待主席裁示：\n58-1")
    assert "沒有變更：您還沒有綁定身分" in refused
    assert again.endswith("資訊局：待解列，沒有變更。")


def test_talk_among_people_gets_no_answer(chat: ChatPage, served: Playground) -> None:
    chat.say("大家午餐吃什麼？58-1 的便當訂了嗎")
    chat.heard()
    asked(chat, "列管")

    assert len(served.platform.said_by_bot(CHIEFS_GROUP)) == 1


def test_private_chat_shows_own_cases(chat: ChatPage) -> None:
    chat.chat("列管小幫手")
    chat.speak_as("文書組窗口")

    answer = asked(chat, "我的")

    assert [number for number in ("3001", "3101", "58-1") if number in answer] == ["3001", "3101"]
