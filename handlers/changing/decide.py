"""The chair's decisions, entered by a coordinator."""

from __future__ import annotations

from collections.abc import Sequence

from domain.case import Assignment, Case, State
from domain.member import Action
from handlers import phrases
from handlers.changes import move
from handlers.commands import CaseRef, Decide, Verdict
from handlers.context import Context
from handlers.lookup import find_case, named_lines, unit_names
from handlers.messages import Message

Targets = list[tuple[Case, Assignment]]
TARGET_STATE = {Verdict.RELEASE: State.RELEASED, Verdict.CONTINUE: State.OPEN}
WORDS = {Verdict.RELEASE: "解除", Verdict.CONTINUE: "賡續"}


def decide(command: Decide, context: Context) -> Message:
    """Release or continue lines: those named, all or none."""
    targets: Targets = []
    for ref in command.refs:
        lines = _targets(ref, command, context)
        if isinstance(lines, Message):
            return lines
        targets += lines
    changing = [(case, line) for case, line in targets if line.state is not TARGET_STATE[command.verdict]]
    if not changing:
        return phrases.already(*targets[0])
    moved = [(case, _move(case, line, command.verdict, context)) for case, line in changing]
    return phrases.decided(moved, released=command.verdict is Verdict.RELEASE)


def _targets(ref: CaseRef, command: Decide, context: Context) -> Targets | Message:
    def say(exact: CaseRef) -> str:
        return f"{WORDS[command.verdict]} {exact}"

    case = find_case(ref, context, say)
    if isinstance(case, Message):
        return case
    if not context.may(Action.DECIDE, series_id=case.series_id):
        return phrases.may_not_decide(case)
    lines = named_lines(case, ref, context)
    if not lines:
        return phrases.no_such_line(case, unit_names(ref, case, context))
    return _which(case, lines, ref, command, context)


def _which(
    case: Case, lines: Sequence[Assignment], ref: CaseRef, command: Decide, context: Context
) -> Targets | Message:
    """All lines if that was said or there is one; several are asked about, since a decision is for each unit."""
    if len(lines) == 1 or command.everyone or unit_names(ref, case, context):
        return [(case, line) for line in lines]
    word = WORDS[command.verdict]
    return phrases.which_decision(case, lines, ref, word)


def _move(case: Case, line: Assignment, verdict: Verdict, context: Context) -> Assignment:
    after = line.release() if verdict is Verdict.RELEASE else line.continue_()
    return move(case, line, after, f"decide_{verdict.value}", context)
