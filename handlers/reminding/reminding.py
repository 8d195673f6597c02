"""提醒: on which days a case is reminded of; a coordinator may change that for one case."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

from domain.case import Case, Priority
from domain.member import Action
from domain.ports import AuditEntry
from domain.reminders import Ladder, Rung, rungs
from domain.rules import Climb, ladder_of
from handlers import phrases
from handlers.changes import record
from handlers.clock_commands import SetLadder
from handlers.context import Context
from handlers.lookup import find_case
from handlers.messages import Message
from handlers.refs import CaseRef
from handlers.reminding import reminding_phrases as words
from handlers.undoing.undo_review import CannotUndo, Step

MOST_DAYS = 12
FARTHEST = 250  # working days: a year
SHOWN = 4


def set_ladder(command: SetLadder, context: Context) -> Message:
    """Change or show the days on which a case is reminded of."""

    def say(ref: CaseRef) -> str:
        return words.typed(ref, command.before, command.priority)

    case = find_case(command.ref, context, say)
    if isinstance(case, Message):
        return case
    if not command.before and command.priority is None:
        return words.shown(case, ladder_for(case, context), coming(case, context), context.day)
    if not context.may(Action.SET_REMINDERS, series_id=case.series_id):
        return words.may_not_set(case)
    before = tuple(sorted({*command.before, 0}, reverse=True)) if command.before else ()
    if len(before) > MOST_DAYS or max(before, default=0) > FARTHEST:
        return words.too_many_days(case, MOST_DAYS - 1, FARTHEST)
    changed = replace(case, remind_before=before, priority=command.priority or case.priority)
    if changed == case:
        return words.unchanged(case, ladder_for(case, context), coming(case, context), context.day)
    saved = _save(changed, context)
    record("set_ladder", "ladder", case.id, _data(case), _data(saved), context)
    return words.changed(saved, ladder_for(saved, context), coming(saved, context), context.day)


def undo_ladder(entry: AuditEntry, context: Context) -> Step:
    """Remind as before the change."""
    before, after = entry.before or {}, entry.after or {}
    found = context.uow.cases.by_ids([entry.subject_id])
    if not found:
        raise CannotUndo("這一案已經不在了。")
    [case] = found
    if not context.may(Action.SET_REMINDERS, series_id=case.series_id):
        raise CannotUndo("您目前的身分不能變更這一案的提醒，請洽管考幕僚。")
    if _data(case) != after:
        raise CannotUndo(f"{phrases.name_of(case)}的提醒之後已有人變更。")

    def step() -> str:
        restored = replace(case, remind_before=tuple(before["before"]), priority=Priority(before["priority"]))
        saved = _save(restored, context)
        record("undo_ladder", "ladder", case.id, after, _data(saved), context, undone=True)
        return f"{phrases.name_of(saved)}\n　{words.days_of(ladder_for(saved, context))}"

    return step


def ladder_for(case: Case, context: Context) -> Ladder:
    """The ladder that a case climbs."""
    climb = Climb(
        series=context.uow.series.get(case.series_id).name,
        kind=case.kind,
        priority=case.priority,
        before=case.remind_before,
    )
    return ladder_of(climb, context.settings.ladder, context.settings.rules)


def coming(case: Case, context: Context) -> list[Rung]:
    """The next rungs of a case with a deadline."""
    if case.deadline.on is None or not case.is_open:
        return []
    ladder, zone = ladder_for(case, context), context.settings.zone
    later = (rung for rung in rungs(case.deadline.on, ladder, context.calendar, zone) if rung.at > context.now)
    return list(islice(later, SHOWN))


def _save(case: Case, context: Context) -> Case:
    saved = context.uow.cases.save_case(case, next_look_at=context.next_look(case))
    if case.deadline.on is not None:
        context.uow.reminders.look_from(case.id, context.now)
    return saved


def _data(case: Case) -> dict[str, Any]:
    return {"number": case.number, "before": list(case.remind_before), "priority": case.priority.value}
