"""The commands of stages: what a case waits for, that it came about, and what sleeps."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.refs import CaseRef


@dataclass(frozen=True, slots=True)
class SetWait:
    """A case is to sleep until another case (its number), or an event, is reported."""

    ref: CaseRef
    what: str
    within: str = ""  # the period that counts from it: 30日內


@dataclass(frozen=True, slots=True)
class Wake:
    """What a case waits for came about."""

    ref: CaseRef
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TellEvent:
    """An event that a case may be waiting for came about: a command only where the case does wait for it."""

    ref: CaseRef
    event: str


@dataclass(frozen=True, slots=True)
class CancelWait:
    """A case is not to wait any more, though nothing came about."""

    ref: CaseRef


@dataclass(frozen=True, slots=True)
class AskSleeping:
    """What waits for something?"""

    page: int = 1


StageCommand = SetWait | Wake | TellEvent | CancelWait | AskSleeping

STAGE_NAMES: dict[str, type[StageCommand]] = {
    "set_wait": SetWait,
    "wake": Wake,
    "tell_event": TellEvent,
    "cancel_wait": CancelWait,
    "ask_sleeping": AskSleeping,
}

STAGE_CHANGES: frozenset[type[StageCommand]] = frozenset({SetWait, Wake, TellEvent, CancelWait})
"""Those that change something."""
