"""Errors that carry data, not prose; the edge words them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DomainError(Exception):
    """The base of all that the trade's rules refuse."""


@dataclass(eq=False)
class IllegalTransition(DomainError):
    """A line cannot go from `state` to `target`."""

    state: str
    target: str


@dataclass(eq=False)
class StaleVersion(DomainError):
    """Somebody else changed the row between reading and writing."""

    kind: str
    id: int


@dataclass(eq=False)
class DuplicateNumber(DomainError):
    """The number is taken within the series; numbers are never reused."""

    series_id: int
    number: str


class StorageUnavailable(Exception):
    """The database could not take the work; nothing of it was kept."""


class SendFault(StrEnum):
    """What kind of failure a messenger met."""

    PERMANENT = "permanent"  # will never succeed: wrong token, left the group, refused content
    TRANSIENT = "transient"  # try again later with the same key: 5xx, time-out, rate limit
    QUOTA = "quota"  # the month's pushes are used up


class ContentFault(StrEnum):
    """Why the content of a file could not be had."""

    GONE = "gone"  # expired, or taken back
    TOO_LARGE = "too_large"
    TRANSIENT = "transient"  # try again soon: 5xx, time-out, broken connection
    REFUSED = "refused"  # will never succeed: wrong token, forbidden


@dataclass(eq=False)
class ContentError(Exception):
    """The content of a file could not be had. `reason` is a short code for logs."""

    fault: ContentFault
    reason: str


INVALID_REPLY_TOKEN = "invalid_reply_token"  # the reason when a reply token was used or has expired
UNCONFIRMED_LIMIT = "monthly_limit_unconfirmed"  # the reason when a push is too dear, but the quota is not used up


@dataclass(eq=False)
class SendError(Exception):
    """A message did not go out. `reason` is a short code for logs and the outbox, `status` the HTTP status if any."""

    fault: SendFault
    reason: str
    status: int | None = None
