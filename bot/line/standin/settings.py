"""What can be set on the stand-in, and the figures that LINE publishes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Validation = Literal["full", "limits", "off"]

TEST_SECRET = "standin-channel-secret"
TEST_TOKEN = "standin-channel-access-token"
BOT_USER_ID = "U" + "0b07" * 8


@dataclass
class Settings:
    """Times are seconds. `quota_limit` None is a plan without a limit; `rate_limit` None switches the bucket off."""

    channel_secret: str = TEST_SECRET
    access_token: str = TEST_TOKEN
    bot_user_id: str = BOT_USER_ID
    bot_name: str = "列管小幫手"
    webhook_url: str | None = None
    webhook_timeout: float = 2.0
    signature_header: str = "x-line-signature"
    redelivery: bool = False
    redelivery_attempts: int = 3
    redelivery_delay: float = 1.0
    duplicate_probability: float = 0.0
    reorder_probability: float = 0.0
    reply_token_seconds: float = 60.0
    reply_token_renewable_seconds: float = 20 * 60.0
    retry_key_seconds: float = 24 * 3600.0
    quota_limit: int | None = 200
    quota_used: int = 0
    rate_limit: float | None = 2000.0
    rate_limits: dict[str, float] = field(default_factory=lambda: {"multicast": 200.0, "loading": 100.0})
    verified_account: bool = False
    uri_limit: int = 10_000
    validate: Validation = "full"
    latency: float = 0.0
    keep_requests: int = 100_000
