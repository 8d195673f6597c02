"""撤回完成: a unit takes its request for release back before the chair decides."""

from __future__ import annotations

from domain.case import Assignment, Case, State
from domain.member import Action
from handlers import unclear
from handlers.change_commands import WithdrawRelease
from handlers.changes import move
from handlers.changing import editing_phrases as words
from handlers.context import Context
from handlers.lookup import find_case, named_lines, refuse, unit_names
from handlers.messages import Message
from handlers.refs import CaseRef, Say, naming_all


def withdraw_release(command: WithdrawRelease, context: Context) -> Message:
    """Take requests for release back: all those named, or none."""
    targets: list[tuple[Case, Assignment]] = []
    for ref in command.refs:

        def say(exact: CaseRef, ref: CaseRef = ref) -> str:
            return f"撤回完成 {naming_all(command.refs, ref, exact)}"

        case = find_case(ref, context, say)
        if isinstance(case, Message):
            return case
        line = _requested_line(case, ref, say, context)
        if isinstance(line, Message):
            return line
        targets.append((case, line))
    moved = [(case, move(case, line, line.withdraw_request(), "withdraw_release", context)) for case, line in targets]
    return words.withdrawn(moved)


def _requested_line(case: Case, ref: CaseRef, say: Say, context: Context) -> Assignment | Message:
    lines = named_lines(case, ref, context)
    if not lines:
        return unclear.no_such_line(case, unit_names(ref, case, context))
    own = [
        line for line in lines if context.may(Action.WITHDRAW_REQUEST, series_id=case.series_id, unit_id=line.unit_id)
    ]
    if not own:
        return refuse(case, context)
    requested = [line for line in own if line.state is State.RELEASE_REQUESTED]
    if not requested:
        return words.nothing_requested(case, own)
    return requested[0] if len(requested) == 1 else unclear.which_line(case, requested, ref, say)
