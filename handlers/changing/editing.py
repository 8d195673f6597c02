"""修改: title, deadline and units of a case, by its coordinator. Another's fresh change is told, not overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.case import Assignment, Case, Closing, Deadline, Duty
from domain.member import Action
from domain.ports import AuditEntry
from domain.unit import Unit, suggest
from handlers.change_commands import CaseField, EditCase
from handlers.changes import move, record
from handlers.changing import editing_phrases as words
from handlers.changing.coordinating import coordinated_case
from handlers.context import Context
from handlers.language.day_words import read_deadline
from handlers.lookup import lines_of
from handlers.messages import Message
from handlers.recurring import kept, reschedule, save_case
from handlers.refs import CaseRef
from handlers.reviewing.case_desk import case_data
from handlers.reviewing.review_edit import LONGEST_TITLE, NOTHING

FRESH = timedelta(minutes=30)  # how long somebody else's change of the same field is asked about before it is replaced
Edit = Callable[[EditCase, Case, Context], Message]


def edit_case(command: EditCase, context: Context) -> Message:
    """Change one field of a case."""

    def say(ref: CaseRef) -> str:
        return words.typed(replace(command, ref=ref))

    case = coordinated_case(command.ref, Action.EDIT_CASE, say, context)
    if isinstance(case, Message):
        return case
    if not command.value:
        return words.how_to_edit(case, command.field, context.today)
    return EDITS[command.field](command, case, context)


def _title(command: EditCase, case: Case, context: Context) -> Message:
    if len(command.value) > LONGEST_TITLE:
        return words.too_long(case, LONGEST_TITLE)
    return _save(command, case, replace(case, title=command.value), context)


def _deadline(command: EditCase, case: Case, context: Context) -> Message:
    if command.value.strip() in NOTHING:
        return _save(command, case, replace(case, deadline=Deadline()), context)
    deadline = read_deadline(command.value, context)
    if isinstance(deadline, str):
        return words.no_day(case, deadline, context.today)
    return _save(command, case, replace(case, deadline=kept(deadline, case.deadline)), context)


def _save(command: EditCase, case: Case, changed: Case, context: Context) -> Message:
    if changed == case:
        return words.as_it_is(case, context.day)
    fresh = None if command.confirmed else _by_another(command.field, case, context)
    if fresh is not None:
        return words.changed_by_another(command, case, fresh, context.day)
    saved = save_case(case, changed, context)
    record("edit_case", "case", case.id, case_data(case), case_data(saved), context)
    return words.edited(case, saved, context.day)


def _by_another(field: CaseField, case: Case, context: Context) -> AuditEntry | None:
    """Somebody else's change of the same field just now."""
    entries = context.uow.audit.of_subject("case", case.id)
    for entry in reversed(entries):
        if entry.at < context.now - FRESH:
            return None
        before: dict[str, Any] = entry.before or {}
        changed = entry.action == "edit_case" and before.get(field.value) != (entry.after or {}).get(field.value)
        if changed and not entry.undone and entry.member_id != context.member_id:
            return entry
    return None


def _add_unit(command: EditCase, case: Case, context: Context) -> Message:
    unit = _unit(command, case, context)
    if isinstance(unit, Message):
        return unit
    duty = Duty.SUPPORT if command.field is CaseField.SUPPORT else Duty.LEAD
    there = next((line for line in case.assignments if line.unit_id == unit.id), None)
    if there is not None and there.is_open:
        return words.has_unit_already(case, there)
    if there is not None:
        moved = move(case, there, replace(there.continue_(), duty=duty), "reopen", context)
        return words.unit_added(case, moved)
    nobody = next((line for line in case.assignments if line.unit_id is None and line.is_open), None)
    if nobody is not None:
        moved = move(case, nobody, replace(nobody, unit_id=unit.id, duty=duty), "assign_line", context)
        return words.unit_added(case, moved)
    line = context.uow.cases.add_line(case, unit.id, duty, next_look_at=context.next_look(case))
    reschedule(case, line, context)
    after = {"case_id": case.id, "number": case.number, "unit": line.unit, "version": line.version}
    record("add_line", "line", line.id, None, after, context)
    return words.unit_added(case, line)


def _remove_unit(command: EditCase, case: Case, context: Context) -> Message:
    found = [line for line in lines_of(command.value, case.assignments, context.uow) if line.is_open]
    if len(found) != 1:
        return words.no_such_unit(case, command.value)
    if sum(line.is_open for line in case.assignments) == 1:
        return words.last_unit(case)
    line: Assignment = found[0]
    moved = move(case, line, line.release(Closing.VOID), "void_line", context)
    return words.unit_removed(case, moved)


def _unit(command: EditCase, case: Case, context: Context) -> Unit | Message:
    unit = context.uow.units.by_name(command.value)
    if unit is not None:
        return unit
    near = suggest(command.value, context.uow.units.all())
    return words.unknown_unit(case, command, near)


EDITS: dict[CaseField, Edit] = {
    CaseField.TITLE: _title,
    CaseField.DEADLINE: _deadline,
    CaseField.LEAD: _add_unit,
    CaseField.SUPPORT: _add_unit,
    CaseField.REMOVE: _remove_unit,
}
