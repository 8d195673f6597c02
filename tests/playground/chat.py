"""What tests do on the chat page, in the words of a user."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from bot.playground.runner import Playground


@dataclass
class ChatPage:
    page: Page
    playground: Playground

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("訊息", exact=True).and_(self.page.locator("textarea"))

    @property
    def quick_replies(self) -> Locator:
        return self.page.get_by_role("group", name="快速回覆").get_by_role("button")

    @property
    def warning(self) -> Locator:
        return self.page.get_by_role("alert")

    def bubbles(self, sender: str | None = None) -> Locator:
        line = self.page.locator("#log .line")
        if sender:
            line = line.filter(has=self.page.locator(".sender").get_by_text(sender, exact=False))
        return line.locator(".bubble, .cards")

    def words(self, sender: str | None = None) -> list[str]:
        """What was said, a card by its alternative text."""
        said: list[str] = self.bubbles(sender).evaluate_all("all => all.map((one) => one.ariaLabel ?? one.textContent)")
        return said

    def chat(self, name: str) -> None:
        self.page.get_by_label("聊天列表").get_by_role("button", name=re.compile(name)).click()
        expect(self.page.locator("#chat-name")).to_have_text(name)

    def speak_as(self, name: str) -> None:
        self.page.get_by_role("radio", name=name).check()

    def device(self, name: str) -> None:
        self.page.get_by_role("radio", name=name, exact=True).check()

    def say(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.box).to_have_value("")

    def line_of(self, text: str) -> Locator:
        return self.page.locator("#log .line").filter(has_text=text).last

    def heard(self) -> None:
        """Return when the bot has heard everything that was said."""
        assert self.playground.platform.webhooks.settle()

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wider
