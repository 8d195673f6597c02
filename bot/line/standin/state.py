"""Everything the stand-in remembers, under one lock."""

from __future__ import annotations

import threading
from typing import Any

from bot.clock import Clock, system_clock
from bot.line.standin import ids
from bot.line.standin.faults import FaultPlan
from bot.line.standin.ledger import Ledger
from bot.line.standin.model import Entry, Json
from bot.line.standin.people import Directory
from bot.line.standin.quota import RateLimiter
from bot.line.standin.settings import Settings
from bot.line.standin.tokens import ReplyTokens, RetryKeys
from bot.line.standin.webhooks import WebhookSender


class State:
    """The platform's memory. `lock` guards all of it but `faults`, `ledger` and `webhooks`, which guard themselves."""

    def __init__(self, settings: Settings | None = None, clock: Clock = system_clock) -> None:
        self.settings = settings or Settings()
        self.clock = clock
        self.lock = threading.RLock()
        self.closing = threading.Event()
        self.directory = Directory()
        self.entries: list[Entry] = []
        self.files: dict[str, bytes] = {}
        self.loading: list[Json] = []
        self.reply_tokens = ReplyTokens(self.settings)
        self.retry_keys = RetryKeys(self.settings)
        self.rates = RateLimiter(self.settings)
        self.faults = FaultPlan()
        self.ledger = Ledger(self.settings.keep_requests)
        self.webhooks = WebhookSender(self.settings, clock, self._renew_tokens)
        self.new_message_id = ids.MessageIds()

    @property
    def bot_sender(self) -> Json:
        return {"type": "bot", "userId": self.settings.bot_user_id, "displayName": self.settings.bot_name}

    def user_sender(self, user_id: str) -> Json:
        return {"type": "user", "userId": user_id, "displayName": self.directory.user(user_id).display_name}

    def append(self, chat_id: str, kind: str, sender: Json, **fields: Any) -> Entry:
        """Add a line to a chat. The caller holds the lock."""
        message_id, message = fields.pop("message_id", None), fields.pop("message", None)
        entry = Entry(len(self.entries) + 1, self.clock(), chat_id, kind, sender, message_id, message, fields)
        self.entries.append(entry)
        return entry

    def entry_of(self, message_id: str) -> Entry | None:
        """Return the line in which a message was first said."""
        return next((e for e in self.entries if e.message_id == message_id), None)

    def close(self) -> None:
        """End hanging calls and the delivery threads."""
        self.closing.set()
        self.webhooks.close()

    def _renew_tokens(self, delivered: list[Json]) -> None:
        with self.lock:
            for event in delivered:
                if "replyToken" in event:
                    self.reply_tokens.renew(event["replyToken"], self.clock())
