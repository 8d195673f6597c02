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


ClockCommand = SetLadder

CLOCK_NAMES: dict[str, type[ClockCommand]] = {
    "set_ladder": SetLadder,
}
