from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from bot.config import Line
from bot.playground.runner import Playground
from tests.browser import PATIENCE, browser
from tests.playground.scripted import ScriptedBot

__all__ = ["browser"]

SIZES = {"small": (360, 640), "phone": (390, 844), "desktop": (1280, 800)}
OpenPage = Callable[..., Page]


@pytest.fixture
def bot() -> Iterator[ScriptedBot]:
    bot = ScriptedBot()
    yield bot
    bot.close()


@pytest.fixture
def playground(bot: ScriptedBot) -> Iterator[Playground]:
    with Playground(line=Line(), port=0, webhook_url=bot.url) as playground:
        bot.secret, bot.token, bot.api_base = playground.channel_secret, playground.access_token, playground.api_base
        yield playground
        playground.platform.webhooks.settle()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open an address at a size and in a colour scheme; at the end no page may have raised or logged an error.

    `may_fail` lets the page log errors, for tests in which its server goes away.
    """
    contexts, errors = [], []

    def open_page(url: str, *, size: str = "desktop", scheme: str = "light", may_fail: bool = False) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-TW")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        if not may_fail:
            page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
