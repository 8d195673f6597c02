"""Identifiers in the shapes that LINE uses."""

from __future__ import annotations

import itertools
import re
import secrets
from datetime import datetime

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
USER_ID = re.compile(r"U[0-9a-f]{32}")
CHAT_ID = re.compile(r"[UCR][0-9a-f]{32}")
FIRST_MESSAGE_ID = 580_000_000_000_000_001


def milliseconds(instant: datetime) -> int:
    """Return UNIX time in milliseconds, as webhook timestamps are."""
    return int(instant.timestamp() * 1000)


def user_id() -> str:
    return "U" + secrets.token_hex(16)


def group_id() -> str:
    return "C" + secrets.token_hex(16)


def opaque_token() -> str:
    """Return a reply token, quote token or the like: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def request_id() -> str:
    """Return a value for `x-line-request-id`: a UUID in form."""
    raw = secrets.token_hex(16)
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"


def ulid(instant: datetime) -> str:
    """Return a webhook event id: 10 characters of time, 16 of chance, in Crockford's base 32."""
    number = (milliseconds(instant) << 80) | secrets.randbits(80)
    return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


class MessageIds:
    """Numeric strings that grow, as LINE's message ids do. Safe to share between threads."""

    def __init__(self, first: int = FIRST_MESSAGE_ID) -> None:
        self._numbers = itertools.count(first)

    def __call__(self) -> str:
        return str(next(self._numbers))
