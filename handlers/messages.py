"""What to say, as data. Knows nothing of LINE: `bot/line/render.py` turns it into LINE's message objects."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A button on a phone. `said` is the typed form of the same command, for LINE for PC."""

    label: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One answer or reminder. `case_ids` is what it is about, so that a quote of it says which case is meant."""

    text: str
    choices: tuple[Choice, ...] = ()
    case_ids: tuple[int, ...] = ()
    more: tuple[str, ...] = ()  # further bubbles behind the text


SILENT = Message(text="")  # done, and nothing to say
