"""復原 of what was said about a wait: back to the one before, with the deadline of then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.case import Case
from domain.member import Action
from domain.ports import AuditEntry
from domain.wait import Wait
from handlers import phrases
from handlers.changes import record
from handlers.context import Context
from handlers.reviewing.case_desk import deadline_data, deadline_in
from handlers.stages import sleeping
from handlers.stages import stage_phrases as words
from handlers.undoing.undo_review import CannotUndo, Step


def undo_wait(entry: AuditEntry, context: Context) -> Step:
    """Go back to the wait before an entry, if the one that it left is still the case's and nobody has begun.

    Of a case that was opened in the same breath, what becomes of the case says enough.
    """
    before, after = entry.before or {}, entry.after or {}
    found = context.uow.cases.by_ids([entry.subject_id])
    if not found:
        raise CannotUndo("這一案已經不在了。")
    [case] = found
    _check(case, entry, context)

    def step() -> str:
        _go_back(case, sleeping.restored(before, context), context)
        if deadline_data(case.deadline) == after["deadline"] != before["deadline"]:
            changed = replace(sleeping.again(case, context), deadline=deadline_in(before))
            context.uow.cases.save_case(changed, next_look_at=None)
        restored = sleeping.again(case, context)
        record("undo_wait", "wait", case.id, after, sleeping.wait_data(restored), context, undone=True)
        return "" if case.created_at == entry.at else words.restored(restored, context.day)

    return step


def _check(case: Case, entry: AuditEntry, context: Context) -> None:
    units = [line.unit_id for line in case.assignments]
    if not any(context.may(Action.WAKE, series_id=case.series_id, unit_id=unit) for unit in units):
        raise CannotUndo("您目前的身分不能變更這一案，請洽管考幕僚。")
    if sleeping.wait_data(case)["wait"] != (entry.after or {})["wait"]:
        raise CannotUndo(f"{phrases.name_of(case)}的等待之後已有人變更。")
    if entry.action == "wake" and sleeping.is_touched(case, entry.at, context):
        raise CannotUndo(f"{phrases.name_of(case)} 開始辦理後已有回報。要再等請輸入：等待 {case.number} 案號或事項")


def _go_back(case: Case, wait: Wait | None, context: Context) -> None:
    look: datetime | None = context.first_look(case.deadline)
    if case.wait is not None and (wait is None or wait.id != case.wait.id):
        context.uow.waits.save(replace(case.wait, ended_at=context.now), next_look_at=look)
    if wait is not None:
        context.uow.waits.save(wait, next_look_at=look)
