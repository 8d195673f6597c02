"""Cards of every kind, drawn at every width and in both colour schemes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.playground.people import CHIEFS_GROUP
from bot.playground.runner import Playground
from tests.playground.chat import ChatPage
from tests.playground.conftest import SIZES, OpenPage
from tests.playground.scripted import ScriptedBot
from tests.playground.shown import CARDS, messages
from tests.playground.test_looks import CONTRAST

TOO_WIDE = """() => [...document.querySelectorAll(".card *")]
    .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline")
    .map((part) => part.outerHTML.slice(0, 200))"""
TOO_SMALL = """() => [...document.querySelectorAll(".card button, .card .tappable")]
    .filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cards_fit_and_are_readable(
    playground: Playground, bot: ScriptedBot, open_page: OpenPage, size: str, scheme: str
) -> None:
    chat = ChatPage(open_page(playground.url, size=size, scheme=scheme), playground)

    bot.push(CHIEFS_GROUP, messages())

    expect(chat.page.locator(".card")).to_have_count(len(CARDS))
    assert chat.overflow() == 0
    assert chat.page.locator("#log").evaluate("log => log.scrollWidth - log.clientWidth") == 0
    assert chat.page.evaluate(CONTRAST) == []
    assert chat.page.evaluate(TOO_WIDE) == []
    assert chat.page.evaluate(TOO_SMALL) == []


def test_report_button_opens_the_keyboard_of_a_phone_prefilled(
    playground: Playground, bot: ScriptedBot, open_page: OpenPage
) -> None:
    chat = ChatPage(open_page(playground.url, size="phone"), playground)
    bot.push(CHIEFS_GROUP, messages())

    chat.page.get_by_role("button", name="回報", exact=True).click()

    expect(chat.box).to_have_value("回報 211-2 ")
    expect(chat.box).to_be_focused()
    chat.heard()
    assert [event["postback"]["data"] for event in bot.events] == ["1 report {}"]


def test_report_button_on_a_pc_only_tells_the_bot(
    playground: Playground, bot: ScriptedBot, open_page: OpenPage
) -> None:
    chat = ChatPage(open_page(playground.url), playground)
    bot.push(CHIEFS_GROUP, messages())

    with chat.page.expect_response("**/taps"):
        chat.page.get_by_role("button", name="回報", exact=True).click()

    expect(chat.box).to_have_value("")
    chat.heard()
    assert [event["type"] for event in bot.events] == ["postback"]
