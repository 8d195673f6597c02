"""The commands about time: how a case is reminded of, days off, meetings to come, contracts."""

from __future__ import annotations

from dataclasses import dataclass

from domain.case import Priority
from handlers.refs import CaseRef


@dataclass(frozen=True, slots=True)
class SetLadder:
    """Remind of a case on these working days before its deadline, or more densely; with neither: when will you?"""

    ref: CaseRef
    before: tuple[int, ...] = ()
    priority: Priority | None = None


@dataclass(frozen=True, slots=True)
class SetNextMeeting:
    """A series meets next on that day, in words; without a name the one series that the coordinator means here."""

    day: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class AskNextMeeting:
    """When is the next meeting, and who has not reported?"""

    series: str = ""


@dataclass(frozen=True, slots=True)
class CloseDay:
    """A typhoon day (停班), in words; without a city everywhere."""

    day: str
    city: str = ""


@dataclass(frozen=True, slots=True)
class ReopenDay:
    """Work on a day after all (恢復上班)."""

    day: str
    city: str = ""


@dataclass(frozen=True, slots=True)
class OpenContract:
    """Register a contract that must not lapse: until when, in words, and in which stage it is."""

    title: str
    unit: str
    end: str
    stage: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class SetStage:
    """A contract has reached this stage: 換文, 後續擴充, 議約, 招標, 決標, 簽約."""

    ref: CaseRef
    stage: str


@dataclass(frozen=True, slots=True)
class AskContracts:
    """Which contracts are followed, and when do they end?"""

    page: int = 1


@dataclass(frozen=True, slots=True)
class AddMilestone:
    """A unit plans something for that day, in words: 開標, 決標."""

    ref: CaseRef
    day: str
    text: str


ClockCommand = (
    AddMilestone
    | OpenContract
    | SetStage
    | AskContracts
    | SetLadder
    | SetNextMeeting
    | AskNextMeeting
    | CloseDay
    | ReopenDay
)

CLOCK_NAMES: dict[str, type[ClockCommand]] = {
    "set_ladder": SetLadder,
    "set_next_meeting": SetNextMeeting,
    "ask_next_meeting": AskNextMeeting,
    "close_day": CloseDay,
    "open_contract": OpenContract,
    "set_stage": SetStage,
    "add_milestone": AddMilestone,
    "ask_contracts": AskContracts,
    "reopen_day": ReopenDay,
}

CLOCK_CHANGES: frozenset[type[ClockCommand]] = frozenset(
    {SetLadder, SetNextMeeting, CloseDay, ReopenDay, OpenContract, SetStage, AddMilestone}
)
"""Those that change something."""
