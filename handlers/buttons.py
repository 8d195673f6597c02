"""What can be pressed, as data. None of it carries authority: anyone in a chat can press, now or in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Choice:
    """A button on a phone. `said` is the typed form of the same command, for LINE for PC."""

    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Prefill:
    """A button that opens a phone's keyboard with the beginning of a command.

    LINE for PC opens none: there only `data` arrives (see `handlers/postback.py`), so it must be worth an answer.
    """

    label: str
    starts: str
    data: str


@dataclass(frozen=True, slots=True)
class PickDate:
    """A button that lets a phone pick a calendar day; `data` comes back with the day that was picked."""

    label: str
    data: str
    initial: date | None = None
    min: date | None = None
    max: date | None = None


Button = Choice | Prefill | PickDate
