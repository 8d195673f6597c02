"""契約: the register of contracts that must not lapse. Each is a case whose deadline is the contract's end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.case import Case, CaseKind, Deadline, Duty, Series
from domain.member import Action
from domain.ports import AuditEntry, NewCase
from domain.unit import Unit
from handlers import phrases
from handlers.asking.ask import unknown_unit
from handlers.asking.report_out import matching
from handlers.changes import keep_report, record
from handlers.changing.opening import next_numbers
from handlers.clock_commands import AskContracts, OpenContract, SetStage
from handlers.context import Context
from handlers.language.day_words import read_day
from handlers.lookup import find_case, find_line
from handlers.messages import Message
from handlers.refs import CaseRef
from handlers.reminding import contract_answers as words
from handlers.undoing.undo_review import CannotUndo, Step


def ask_contracts(command: AskContracts, context: Context) -> Message:
    """List the contracts by their end, the one that ends first in front."""
    size = context.settings.page_size
    cases = context.uow.cases.contracts(context.series_ids)
    shown = cases[(command.page - 1) * size : command.page * size]
    return words.listed(shown, len(cases), command.page, size, context.day)


def open_contract(command: OpenContract, context: Context) -> Message:
    """Register a contract under the next free number."""
    seen = [context.uow.series.get(series_id) for series_id in context.series_ids]
    own = [one for one in seen if context.may(Action.OPEN_CASE, series_id=one.id)]
    if not own:
        return words.may_not_open()
    named = matching(command.series, own)
    if len(named) != 1:
        return words.which_series(named or own, command)
    unit = context.uow.units.by_name(command.unit)
    if unit is None:
        return unknown_unit(command.unit, context)
    reading = read_day(command.end, context)
    if isinstance(reading, str):
        return words.no_day(reading, context.today)
    assert reading.date is not None, "a reading of a day has one"
    if reading.date < context.today:
        return words.over(reading.date, context.today)
    return words.opened(_open(named[0], unit, reading.date, command, context), context.day)


def _open(series: Series, unit: Unit, end: date, command: OpenContract, context: Context) -> Case:
    [number] = next_numbers(series, 1, context)
    deadline = Deadline(on=end, text=f"契約至 {command.end}")
    case = context.uow.cases.add(
        NewCase(
            series_id=series.id,
            meeting_id=None,
            number=number,
            title=command.title,
            sentence=words.sentence(command),
            section=words.section(context.today),
            deadline=deadline,
            lines=((unit.id, Duty.LEAD),),
            next_look_at=context.first_look(deadline),
            at=context.now,
            kind=CaseKind.CONTRACT,
            stage=command.stage,
        )
    )
    lines = {str(line.id): line.version for line in case.assignments}
    after = {"number": case.number, "meeting_id": None, "lines": lines, "merged_into": ""}
    record("open_case", "case", case.id, None, after, context)
    return case


def set_stage(command: SetStage, context: Context) -> Message:
    """Say which stage a contract has reached; it is kept as a report, too."""

    def say(ref: CaseRef) -> str:
        return f"契約 {ref} 階段 {command.stage}"

    case = find_case(command.ref, context, say)
    if isinstance(case, Message):
        return case
    if case.kind is not CaseKind.CONTRACT:
        return words.no_contract(case)
    line = find_line(case, command.ref, Action.REPORT, context, say)
    if isinstance(line, Message):
        return line
    if case.stage == command.stage:
        return words.stage_unchanged(case)
    saved = _save_stage(case, command.stage, context)
    record("set_stage", "stage", case.id, _data(case), _data(saved), context)
    keep_report(saved, line, words.as_report(command.stage), context)
    return words.stage_set(saved, context.day)


def undo_stage(entry: AuditEntry, context: Context) -> Step:
    """Go back to the stage before; the report that went with it has its own entry."""
    found = context.uow.cases.by_ids([entry.subject_id])
    before, after = entry.before or {}, entry.after or {}
    if not found or _data(found[0]) != after:
        raise CannotUndo("這件契約的階段之後已有人變更。")
    [case] = found

    def step() -> str:
        saved = _save_stage(case, before["stage"], context)
        record("undo_stage", "stage", case.id, after, _data(saved), context, undone=True)
        return f"{phrases.name_of(saved)}\n　階段：{saved.stage or '未填'}"

    return step


def _save_stage(case: Case, stage: str, context: Context) -> Case:
    return context.uow.cases.save_case(replace(case, stage=stage), next_look_at=context.next_look(case))


def _data(case: Case) -> dict[str, Any]:
    return {"number": case.number, "stage": case.stage}
