"""A decision that was applied and that a corrected version drops: what taking it back restores."""

from __future__ import annotations

from dataclasses import replace

from domain.case import Assignment, Closing, State
from domain.ports import UnitOfWork
from handlers.commands import Verdict

TAKE_BACK = "take_back"
DECIDE = "decide_"  # the action of a decision's entry in the audit, in front of the verdict


def before_decision(line: Assignment, verdict: Verdict, uow: UnitOfWork) -> Assignment | None:
    """The line as it was before it was decided so; None if that was not the last that happened to it."""
    entries = [entry for entry in uow.audit.of_subject("assignment", line.id) if not entry.undone]
    if not entries or entries[-1].action != f"{DECIDE}{verdict.value}":
        return None
    before, after = entries[-1].before or {}, entries[-1].after or {}
    if (after["state"], after["closing"]) != (line.state.value, line.closing.value if line.closing else None):
        return None
    closing = Closing(before["closing"]) if before["closing"] else None
    return replace(line, state=State(before["state"]), closing=closing, merged_into=before["merged_into"])
