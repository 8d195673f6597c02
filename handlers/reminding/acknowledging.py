"""收到: a contact has seen the reminder; the clock then keeps quiet about the line until the deadline itself."""

from __future__ import annotations

from dataclasses import dataclass

from domain.case import Assignment, Case, State
from domain.member import Action
from domain.ports import AuditEntry
from handlers import phrases
from handlers.change_commands import Acknowledge
from handlers.changes import record
from handlers.context import Context
from handlers.lookup import find_case, refuse
from handlers.messages import Message
from handlers.recurring import lines_by_id, parts_of
from handlers.refs import CaseRef, naming_all
from handlers.reminding import acknowledging_phrases as words
from handlers.undoing.undo_review import CannotUndo, Step


@dataclass(frozen=True, slots=True)
class Seen:
    """The lines of one case that the actor looks after: those with a reminder to come, and all."""

    case: Case
    waiting: tuple[tuple[Case, Assignment], ...]  # of a recurring duty, its open periods
    own: tuple[Assignment, ...]


def acknowledge(command: Acknowledge, context: Context) -> Message | None:
    """Note that reminders were seen. A quote that has nothing to note is a courtesy: silence."""
    seen: list[Seen] = []
    for ref in command.refs:

        def say(exact: CaseRef, ref: CaseRef = ref) -> str:
            return f"收到 {naming_all(command.refs, ref, exact)}"

        case = find_case(ref, context, say)
        if isinstance(case, Message):
            return None if command.quoting else case
        seen.append(_seen(case, context))
    noted = [pair for one in seen for pair in one.waiting]
    if not noted:
        return None if command.quoting else _nothing(seen[0], context)
    for case, line in noted:
        _note(case, line, context)
    return words.noted(noted, context.day)


def _seen(case: Case, context: Context) -> Seen:
    own = [
        line
        for line in case.assignments
        if context.may(Action.ACKNOWLEDGE, series_id=case.series_id, unit_id=line.unit_id)
    ]
    parts = [part for line in own for part in parts_of(case, line)]
    waiting = [(about, line) for about, line in parts if line.state is State.OPEN and about.deadline.on is not None]
    return Seen(case, tuple(waiting), tuple(own))


def _nothing(seen: Seen, context: Context) -> Message:
    if seen.own:
        return words.nothing_to_note(seen.case, seen.own)
    member = context.actor.member
    return words.contacts_only(seen.case) if member and member.memberships else refuse(seen.case, context)


def _note(case: Case, line: Assignment, context: Context) -> None:
    before = context.uow.reminders.acknowledge(line.id, context.now)
    told = {"case_id": case.id, "number": case.number, "unit": line.unit}
    record("acknowledge", "assignment", line.id, {"first": before is None}, told, context)


def undo_acknowledgement(entry: AuditEntry, context: Context) -> Step:
    """Let the clock remind again."""
    case = context.uow.cases.by_ids([(entry.after or {})["case_id"]])[0]
    if entry.subject_id not in lines_by_id(case):
        raise CannotUndo(f"{phrases.name_of(case)} 這一期已經填報。")
    case, line = lines_by_id(case)[entry.subject_id]
    if not context.may(Action.UNDO, series_id=case.series_id, unit_id=line.unit_id):
        raise CannotUndo("您目前的身分不能變更這一案，請洽管考幕僚。")

    def step() -> str:
        context.uow.reminders.acknowledge(line.id, None)
        record("undo_acknowledge", "assignment", line.id, entry.after, None, context, undone=True)
        return f"{phrases.name_of(case)}\n　{line.unit}照常提醒"

    return step
