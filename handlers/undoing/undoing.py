"""復原: the last own change, or any change by its number; what others changed since is shown before it goes as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.calendar import roc
from domain.case import Assignment, Case, Closing, Duty, State
from domain.member import Action
from domain.ports import WHOLE_CASE, AuditEntry
from handlers import phrases
from handlers.changes import move_back
from handlers.commands import Undo
from handlers.context import Context
from handlers.messages import Message
from handlers.people import people_phrases
from handlers.undoing.undo import PREPARE_ACTION, take_back, undo_last

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Chain:
    """A change of a line with the changes of the same line that came after it, oldest first."""

    case: Case
    line: Assignment
    entries: tuple[AuditEntry, ...]


def undo(command: Undo, context: Context) -> Message:
    """Take back the last own change, or the one with a number."""
    if not command.entry:
        return undo_last(context)
    entries = context.uow.audit.change_of(command.entry)
    if not entries:
        return people_phrases.no_such_change(command.entry)
    if not all(_may(entry, context) for entry in entries):
        return people_phrases.may_not_undo_others(command.entry)
    chain = _chain(command.entry, entries, context)
    if chain is None or len(chain.entries) == 1:
        return take_back(entries, context)
    return _back_to(chain, context) if command.confirmed else _show(command.entry, chain, context)


def _may(entry: AuditEntry, context: Context) -> bool:
    """Own changes, and in one's series those of others."""
    if entry.member_id is not None and entry.member_id == context.member_id:
        return True
    case = _case_of(entry, context)
    return case is not None and context.may(Action.UNDO_OTHERS, series_id=case.series_id)


def _case_of(entry: AuditEntry, context: Context) -> Case | None:
    case_id = entry.subject_id if entry.subject in WHOLE_CASE else (entry.after or {}).get("case_id")
    found = context.uow.cases.by_ids([case_id]) if case_id is not None else ()
    return found[0] if found else None


def _chain(entry_id: int, entries: Sequence[AuditEntry], context: Context) -> Chain | None:
    """The later changes of the line, where every one of them changed nothing but the line."""
    first = next((entry for entry in entries if entry.id == entry_id), entries[0])
    case = _case_of(first, context)
    line = next((one for one in case.assignments if one.id == first.subject_id), None) if case else None
    if first.subject != "assignment" or case is None or line is None:
        return None
    changes = context.uow.audit.of_subject("assignment", line.id)
    later = [entry for entry in changes if entry.id >= entry_id and not entry.undone]
    is_whole = all("state" in (entry.before or {}) and entry.action not in PREPARE_ACTION for entry in later)
    is_own = context.may(Action.UNDO_OTHERS, series_id=case.series_id)
    last = (later[-1].after or {}).get("version") if later else None
    return Chain(case, line, tuple(later)) if is_whole and is_own and last == line.version else None


def _show(entry_id: int, chain: Chain, context: Context) -> Message:
    later = [_told(entry, context) for entry in chain.entries[1:]]
    shown = later[:MOST_SHOWN] + ([f"…等 {len(later)} 筆"] if len(later) > MOST_SHOWN else [])
    return people_phrases.later_changes(f"{phrases.name_of(chain.case)}（{chain.line.unit}）", shown, entry_id)


def _told(entry: AuditEntry, context: Context) -> str:
    after = entry.after or {}
    at = entry.at.astimezone(context.settings.zone)
    return f"・#{entry.id} {roc(at.date())} {at:%H:%M} 改為{phrases.STATES[State(after['state'])]}（{after['unit']}）"


def _back_to(chain: Chain, context: Context) -> Message:
    before = chain.entries[0].before or {}
    restored = replace(
        chain.line,
        state=State(before["state"]),
        closing=Closing(before["closing"]) if before["closing"] else None,
        merged_into=before.get("merged_into", ""),
        unit_id=before.get("unit_id", chain.line.unit_id),
        duty=Duty(before.get("duty", chain.line.duty)),
    )
    saved = move_back(chain.case, chain.line, restored, context)
    context.uow.audit.mark_undone([entry.id for entry in chain.entries])
    return people_phrases.undone([f"{phrases.name_of(chain.case)}\n　{phrases.line_state(saved)}"])
