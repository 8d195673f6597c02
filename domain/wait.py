"""Waits: a case that sleeps until another case, or a named event, is reported (俟…後辦理)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What a case waits for: another case of its series, or an event in words.

    It is live until it ends: asleep at first, awake once what it waits for was reported. A live wait that is awake
    still holds: the case sleeps again when the report is taken back before anything was done.
    """

    id: int
    case_id: int
    first_id: int | None = None  # the case that comes first
    first: str = ""  # its number
    event: str = ""  # in words, where no case is waited for: 環評通過
    within: str = ""  # the period that begins when it wakes: 30日內
    at: datetime
    woken_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_asleep(self) -> bool:
        """Tell whether it keeps its case asleep."""
        return self.woken_at is None and self.ended_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWait:
    """A wait to begin: either `first_id` or `event` is given."""

    case_id: int
    first_id: int | None = None
    event: str = ""
    within: str = ""
    at: datetime
