"""The two kinds of 429: the month's quota and the rate limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.line.standin.model import Json, Refusal
from bot.line.standin.settings import Settings

MONTHLY_LIMIT = "You have reached your monthly limit."
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."


def charge(settings: Settings, cost: int) -> None:
    """Count `cost` recipients, or refuse the whole request when they do not fit into the month any more."""
    if settings.quota_limit is not None and cost and settings.quota_used + cost > settings.quota_limit:
        raise Refusal(429, MONTHLY_LIMIT)
    settings.quota_used += cost


def quota_json(settings: Settings) -> Json:
    if settings.quota_limit is None:
        return {"type": "none"}
    return {"type": "limited", "value": settings.quota_limit}


@dataclass
class Bucket:
    level: float
    filled_at: datetime


class RateLimiter:
    """A token bucket per endpoint that holds one second's worth. The caller holds the platform's lock."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._buckets: dict[str, Bucket] = {}

    def take(self, endpoint: str, now: datetime) -> None:
        if self._settings.rate_limit is None:
            return
        rate = min(self._settings.rate_limits.get(endpoint, self._settings.rate_limit), self._settings.rate_limit)
        bucket = self._buckets.setdefault(endpoint, Bucket(rate, now))
        elapsed = max(0.0, (now - bucket.filled_at).total_seconds())
        bucket.level, bucket.filled_at = min(rate, bucket.level + elapsed * rate), now
        if bucket.level < 1:
            raise Refusal(429, RATE_LIMIT)
        bucket.level -= 1
