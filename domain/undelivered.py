"""Messages that did not go out: what is known of them, and what a person may do about them. Never what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.outbox import Delivery, Route

LISTED = timedelta(days=30)  # for so long what was given up is listed and counted
OUTBOX = "outbox"  # what a warning about lost messages is about: "outbox:3" for the coordinators of series 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A row of the outbox that was given up, or that has waited for long."""

    id: int
    route: Route
    to: str  # LINE's id of the chat
    state: Delivery
    reason: str | None
    attempts: int
    due_at: datetime
    doubtful: bool  # LINE may have it
    is_told_anew: bool  # another message tells what it told, or nothing of it holds any more


class Care(StrEnum):
    """What came of looking after one row."""

    DONE = "done"
    UNKNOWN = "unknown"  # no such row
    SENT = "sent"
    SENDING = "sending"  # a sender has it at this moment
    REPLY = "reply"  # its token is gone
    TOLD_ANEW = "told_anew"  # sending it would tell the same twice


class UndeliveredRepository(Protocol):
    """The outbox as somebody sees it who looks after it."""

    def all(self, *, failed_since: datetime, waiting_before: datetime, limit: int) -> Sequence[Undelivered]:
        """Rows given up since then, and rows that have waited since before that instant; the latest first."""
        ...

    def count_lost(self, since: datetime) -> int:
        """How many pushes were given up since then that nothing else tells; one that only warned is not counted."""
        ...

    def warned_at(self, subjects: Sequence[str]) -> datetime | None:
        """When the latest warning about these subjects was due; None: never."""
        ...

    def retry(self, row_id: int, now: datetime) -> Care:
        """Have a row sent now, at any hour, for as long as it was to be tried at first.

        It keeps its retry key as long as LINE may know it, and gets a new one when LINE surely did not take it or the
        key is too old.
        """
        ...

    def drop(self, row_id: int, now: datetime) -> Care:
        """Give a row up for good; what it was to tell is recorded as missed."""
        ...

    def unstick(self, now: datetime, *, held_until: datetime, retried_until: datetime) -> int:
        """Free rows that wait for an instant no sane clock would have set: the clock has jumped back.

        A claim and a reply wait until `held_until` at most, another attempt until `retried_until`.
        """
        ...
