"""How the page fits screens, colour schemes and people who do not use a mouse or see the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.config import Line
from bot.playground.people import CHIEFS_GROUP
from bot.playground.runner import Playground
from tests.playground.chat import ChatPage
from tests.playground.conftest import SIZES, OpenPage
from tests.playground.scripted import ScriptedBot

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
MORE = {"items": [{"type": "action", "action": {"type": "message", "label": "下一頁", "text": "下一頁"}}]}


def fill(chat: ChatPage, bot: ScriptedBot) -> None:
    """Show every kind of line: own, another's, the bot's, quoted, taken back, not delivered."""
    platform, me = chat.playground.platform, "管考幕僚"
    bot.push(CHIEFS_GROUP, [{"type": "text", "text": "58-1 明天到期" * 20}])
    chat.speak_as("資訊局窗口")
    chat.say("很長的字" * 60 + "https://example.test/" + "a" * 200)
    chat.speak_as(me)
    chat.say("打錯字")
    platform.unsend(platform.entries[-1].message_id or "")
    bot.status = 503
    chat.say("逾期")
    expect(chat.line_of("逾期")).to_contain_text("機器人沒收到")
    bot.push(CHIEFS_GROUP, [{"type": "text", "text": "列管中 6 件", "quickReply": MORE}])
    expect(chat.bubbles().last).to_have_text("列管中 6 件")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_and_is_readable(
    playground: Playground, bot: ScriptedBot, open_page: OpenPage, size: str, scheme: str
) -> None:
    chat = ChatPage(open_page(playground.url, size=size, scheme=scheme), playground)
    fill(chat, bot)

    page = chat.page
    log = page.locator("#log")

    assert chat.overflow() == 0
    assert log.evaluate("log => log.scrollWidth - log.clientWidth") == 0
    assert page.evaluate(CONTRAST) == []
    expect(chat.box).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="傳送", exact=True)).to_be_in_viewport(ratio=1)
    assert log.evaluate("log => log.clientHeight") > 200


@pytest.mark.parametrize("size", SIZES)
def test_last_message_is_in_view(playground: Playground, bot: ScriptedBot, open_page: OpenPage, size: str) -> None:
    chat = ChatPage(open_page(playground.url, size=size), playground)
    chat.device("手機")

    for number in range(30):
        bot.push(CHIEFS_GROUP, [{"type": "text", "text": f"第 {number} 則", "quickReply": MORE}])

    expect(chat.bubbles()).to_have_count(30)
    expect(chat.bubbles().last).to_be_in_viewport(ratio=1)


def test_reader_of_old_messages_is_not_pulled_to_the_end(
    playground: Playground, bot: ScriptedBot, open_page: OpenPage
) -> None:
    chat = ChatPage(open_page(playground.url), playground)
    for number in range(30):
        bot.push(CHIEFS_GROUP, [{"type": "text", "text": f"第 {number} 則"}])
    expect(chat.bubbles()).to_have_count(30)
    chat.bubbles().first.scroll_into_view_if_needed()
    chat.bubbles().first.hover()

    bot.push(CHIEFS_GROUP, [{"type": "text", "text": "新的"}])

    newest = chat.page.get_by_role("button", name="有新訊息")
    expect(newest).to_be_visible()
    expect(chat.bubbles().first).to_be_in_viewport()
    newest.click()
    expect(chat.bubbles().last).to_be_in_viewport(ratio=1)


def test_everything_can_be_reached_and_used_by_keyboard(
    playground: Playground, bot: ScriptedBot, open_page: OpenPage
) -> None:
    chat = ChatPage(open_page(playground.url), playground)
    page = chat.page

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(chat.box).to_be_focused()
    page.keyboard.type("58-1")
    page.keyboard.press("Enter")
    expect(chat.bubbles()).to_have_text(["58-1"])
    page.get_by_role("radio", name="管考幕僚").focus()
    page.keyboard.press("ArrowRight")

    expect(page.get_by_role("radio", name="資訊局窗口")).to_be_checked()
    expect(page.get_by_role("radio", name="資訊局窗口")).to_be_focused()


def test_every_control_has_a_name(playground: Playground, bot: ScriptedBot, open_page: OpenPage) -> None:
    chat = ChatPage(open_page(playground.url), playground)
    fill(chat, bot)

    nameless = chat.page.evaluate(
        """() => [...document.querySelectorAll("button, input, textarea")]
            .filter((control) => !control.closest("dialog") && !control.closest("[hidden]"))
            .filter((control) => !(control.innerText || control.ariaLabel || control.labels?.length))
            .map((control) => control.outerHTML)"""
    )

    assert nameless == []


def test_page_without_its_server_says_so_and_keeps_the_text(bot: ScriptedBot, open_page: OpenPage) -> None:
    with Playground(line=Line(), port=0, webhook_url=bot.url) as playground:
        page = open_page(playground.url, may_fail=True)
        chat = ChatPage(page, playground)
        expect(page.locator("#clock")).not_to_have_text("—")
        chat.box.fill("回報 58-1 已完成報價")
    expect(chat.warning).to_contain_text("連不上")

    chat.box.press("Enter")

    expect(chat.warning).to_contain_text("文字")
    expect(chat.box).to_have_value("回報 58-1 已完成報價")


def test_page_starts_afresh_when_the_program_was_restarted(bot: ScriptedBot, open_page: OpenPage) -> None:
    with Playground(line=Line(), port=0, webhook_url=bot.url) as first:
        chat = ChatPage(open_page(first.url, may_fail=True), first)
        chat.say("列管")
        expect(chat.bubbles()).to_have_count(1)
        chat.box.fill("寫到一半")
        port = int(first.url.rsplit(":", 1)[1])
    expect(chat.warning).to_contain_text("連不上")

    with Playground(line=Line(), port=port, webhook_url=bot.url):
        expect(chat.bubbles()).to_have_count(0)
        expect(chat.page.locator("#offline")).to_be_hidden()
        expect(chat.box).to_have_value("寫到一半")
