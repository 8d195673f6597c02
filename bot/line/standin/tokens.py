"""Reply tokens and retry keys: what may be used once, and how long."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.line.standin import ids
from bot.line.standin.model import Json, Refusal
from bot.line.standin.settings import Settings

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass
class ReplyToken:
    token: str
    chat_id: str
    issued_at: datetime
    expires_at: datetime
    used: bool = False


class ReplyTokens:
    """Single-use tokens that live about a minute from the (re)delivery of their event."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tokens: dict[str, ReplyToken] = {}

    def issue(self, chat_id: str, now: datetime) -> str:
        token = ids.opaque_token()
        self._tokens[token] = ReplyToken(token, chat_id, now, now + self._life())
        return token

    def renew(self, token: str, now: datetime) -> None:
        """Start the minute again, as a delivery does, unless the token was used or is older than 20 minutes."""
        known = self._tokens.get(token)
        if known is None or known.used:
            return
        if now - known.issued_at <= timedelta(seconds=self._settings.reply_token_renewable_seconds):
            known.expires_at = now + self._life()

    def valid(self, token: object, now: datetime) -> ReplyToken:
        """Return the token's record, or raise the refusal that LINE gives."""
        known = self._tokens.get(token) if isinstance(token, str) else None
        if known is None or known.used or now > known.expires_at:
            raise Refusal(400, "Invalid reply token")
        return known

    def _life(self) -> timedelta:
        return timedelta(seconds=self._settings.reply_token_seconds)


@dataclass
class RetryRecord:
    first_at: datetime
    body: bytes
    request_id: str | None = None
    sent: list[Json] = field(default_factory=list)


class RetryKeys:
    """What was asked under which key. A key counts for 24 hours from its first attempt, then it is forgotten."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._records: dict[str, RetryRecord] = {}

    def attempt(self, key: str, body: bytes, now: datetime) -> RetryRecord:
        """Return the key's record, new when it is the first attempt or the old one has run out."""
        known = self._records.get(key)
        if known is None or now - known.first_at >= timedelta(seconds=self._settings.retry_key_seconds):
            known = self._records[key] = RetryRecord(now, body)
        return known


def check_retry_key(key: str) -> str:
    """Return the key in lower case; refuse what is no UUID."""
    if not UUID.fullmatch(key):
        raise Refusal(400, "The X-Line-Retry-Key header must be a UUID in hexadecimal notation")
    return key.lower()


def already_accepted(record: RetryRecord) -> Refusal:
    """Build the 409 that means success: the request was accepted before."""
    headers = {"x-line-accepted-request-id": record.request_id or ""}
    more: Json = {"sentMessages": record.sent} if record.sent else {}
    return Refusal(409, "The retry key is already accepted", headers=headers, **more)
