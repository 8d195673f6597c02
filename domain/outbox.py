"""What leaves the house: rows written in the transaction of their cause, sent afterwards, each at most once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Route(StrEnum):
    """How a message travels."""

    REPLY = "reply"  # free; needs a reply token that lives about a minute
    PUSH = "push"  # counted by LINE; carries a retry key


class Delivery(StrEnum):
    """Where an outbox row stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"  # a sender holds it until `claimed_until`
    SENT = "sent"
    FAILED = "failed"  # given up, with the reason


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours in which a message may leave: until `closes_at`, and again from `reopens_at` on."""

    closes_at: datetime
    reopens_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message for the outbox. `payload` is LINE's JSON array of message objects, rendered once."""

    route: Route
    to: str  # LINE's id of the chat
    payload: str
    due_at: datetime
    give_up_at: datetime
    reply_token: str | None = None
    unique_key: str | None = None  # a second row with the same key is not taken
    case_ids: tuple[int, ...] = ()  # what it is about: a quote of it means these
    hours: Hours | None = None  # None: it may leave at any time
    silent: bool = False  # it makes no sound
    riding_case_ids: tuple[int, ...] | None = None  # what its last object is about, where notices ride on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A claimed outbox row. `retry_key` was fixed when the row was written and is the same on every attempt."""

    id: int
    route: Route
    to: str
    payload: str
    retry_key: str
    reply_token: str | None
    attempts: int  # including this one
    give_up_at: datetime
    doubtful: bool = False  # LINE may have taken an earlier attempt
    case_ids: tuple[int, ...] = ()
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """LINE took it. `message_ids` are LINE's ids of the message objects, in order."""

    message_ids: tuple[str, ...] = ()
    request_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one claimed row."""

    id: int
    state: Delivery
    at: datetime
    retry_at: datetime | None = None  # for WAITING
    reason: str | None = None
    doubtful: bool = False  # LINE may have taken it, though it did not say so
    request_id: str | None = None
    message_ids: tuple[str, ...] = ()
