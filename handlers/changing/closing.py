"""合併, 停止, 作廢: a coordinator closes a case for another reason than that it is done."""

from __future__ import annotations

from domain.case import Assignment, Case, Closing
from domain.member import Action
from handlers import phrases, unclear
from handlers.change_commands import CloseCase
from handlers.changes import move
from handlers.changing import editing_phrases as words
from handlers.changing.coordinating import coordinated_case
from handlers.context import Context
from handlers.lookup import named_lines, unit_names
from handlers.messages import Message
from handlers.refs import CaseRef

ACTIONS = {Closing.MERGED: "merge_case", Closing.STOPPED: "stop_case", Closing.VOID: "void_case"}


def close_case(command: CloseCase, context: Context) -> Message:
    """Close the open lines of a case, or that of the unit named, with the reason."""

    def say(ref: CaseRef) -> str:
        return words.typed_closing(ref, command)

    case = coordinated_case(command.ref, Action.CLOSE_CASE, say, context)
    if isinstance(case, Message):
        return case
    lines = named_lines(case, command.ref, context)
    if not lines:
        return unclear.no_such_line(case, unit_names(command.ref, case, context))
    tracked = [line for line in lines if line.is_open]
    if not tracked:
        return phrases.closed(case)
    refusal = _lacks(command, case, context)
    return refusal or _close(command, case, tracked, context)


def _lacks(command: CloseCase, case: Case, context: Context) -> Message | None:
    """What the command lacks: the case that goes on, or the reason."""
    if command.closing is not Closing.MERGED:
        return None if command.reason else words.reason_wanted(case, command)
    if not command.into:
        return words.target_wanted(case)
    found = context.uow.cases.by_number([case.series_id], command.into)
    if not found or not found[0].is_open or found[0].id == case.id:
        return words.no_target(case, command.into)
    return None


def _close(command: CloseCase, case: Case, lines: list[Assignment], context: Context) -> Message:
    action = ACTIONS[command.closing]
    closed = [
        move(case, line, line.release(command.closing, command.into), action, context, words=command.reason)
        for line in lines
    ]
    goes_on = context.uow.cases.by_number([case.series_id], command.into)[0] if command.into else None
    return words.case_closed(case, closed, command, goes_on)
