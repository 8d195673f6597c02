"""里程碑: a day that a unit plans, kept when it says so; it is reminded of softly and is no deadline."""

from __future__ import annotations

from domain.member import Action
from domain.ports import AuditEntry
from handlers import phrases
from handlers.changes import record
from handlers.clock_commands import AddMilestone
from handlers.context import Context
from handlers.language.day_words import read_day
from handlers.lookup import find_case, find_line
from handlers.messages import Message
from handlers.refs import CaseRef
from handlers.reminding import milestone_phrases as words
from handlers.undoing.undo_review import CannotUndo, Step


def add_milestone(command: AddMilestone, context: Context) -> Message:
    """Keep a planned day of a line."""

    def say(ref: CaseRef) -> str:
        return f"里程碑 {ref} {command.day} {command.text}"

    case = find_case(command.ref, context, say)
    if isinstance(case, Message):
        return case
    line = find_line(case, command.ref, Action.REPORT, context, say)
    if isinstance(line, Message):
        return line
    reading = read_day(command.day, context)
    if isinstance(reading, str):
        return words.no_day(reading, case, context.today)
    assert reading.deadline is not None, "a reading of a day has one"
    if reading.deadline < context.today:
        return words.past(reading.deadline, case)
    text = command.text.strip()
    milestone_id = context.uow.milestones.add(line.id, context.member_id, reading.deadline, text, context.now)
    told = {"case_id": case.id, "number": case.number, "unit": line.unit, "milestone_id": milestone_id}
    record("add_milestone", "assignment", line.id, None, told, context, words=text)
    return words.added(case, line, reading.deadline, text)


def undo_milestone(entry: AuditEntry, context: Context) -> Step:
    """Forget the planned day."""
    after = entry.after or {}
    found = context.uow.cases.by_ids([after["case_id"]])
    lines = [(case, line) for case in found for line in case.assignments if line.id == entry.subject_id]
    if not lines or not context.may(Action.UNDO, series_id=lines[0][0].series_id, unit_id=lines[0][1].unit_id):
        raise CannotUndo("您目前的身分不能變更這一案，請洽管考幕僚。")
    [(case, line)] = lines

    def step() -> str:
        context.uow.milestones.withdraw(after["milestone_id"], context.now)
        record("undo_milestone", "assignment", line.id, after, None, context, undone=True)
        return f"{phrases.name_of(case)}\n　取消{line.unit}的里程碑"

    return step
