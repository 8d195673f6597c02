"""Changes of a line, each with its entry in the audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.case import Assignment, Case, Report, State
from domain.ports import AuditEntry
from domain.unit import Unit
from handlers.changing.figure_phrases import figures_of
from handlers.context import Context
from handlers.recurring import oldest_open, resumed

SAID_IN = "line:"  # the source of a command that came as a message, in front of LINE's id of it


def move(
    case: Case,
    before: Assignment,
    after: Assignment,
    action: str,
    context: Context,
    *,
    extra: Mapping[str, Any] | None = None,
    words: str = "",
) -> Assignment:
    """Write a line's new state, with what else the audit is to know. Raises StaleVersion if somebody was quicker."""
    if before.state is State.RELEASED:
        after = resumed(case, after, context)
    saved = _save(case, after, context)
    told = {**_as_data(case, saved), **(extra or {})}
    record(action, "assignment", saved.id, _as_data(case, before), told, context, words=words)
    return saved


def move_back(case: Case, before: Assignment, after: Assignment, context: Context) -> Assignment:
    """Write the state that a line had before a change. The entry counts as undone, so 復原 passes it over."""
    if before.state is State.RELEASED:
        after = resumed(case, after, context)
    saved = _save(case, after, context)
    record("undo", "assignment", saved.id, _as_data(case, before), _as_data(case, saved), context, undone=True)
    return saved


def _save(case: Case, line: Assignment, context: Context) -> Assignment:
    """Only lines that nobody asked to release are looked at by the clock."""
    context.touched.add(case.id)
    look = context.next_look(case) if line.state is State.OPEN else None
    return context.uow.cases.save_line(line, next_look_at=look)


def keep_report(case: Case, line: Assignment, text: str, context: Context, unit: Unit | None = None) -> Report:
    """Keep what was said about a line, verbatim; on a line of every unit, `unit` is the one that it is from.

    On a recurring duty it closes the oldest period that is open; on a line of every unit, only what is said for all.
    The audit names the report and not its text, which may be purged.
    """
    member = context.actor.member
    assert member is not None, "permission was checked before"
    occurrence = oldest_open(case, line) if unit is None else None
    report = Report(
        assignment_id=line.id,
        member_id=member.id,
        text=text,
        at=context.now,
        message_id=message_of(context),
        figures=figures_of(text, case, line, unit, context),
        unit_id=unit.id if unit else None,
        unit=unit.name if unit else "",
        period=occurrence.period if occurrence else None,
    )
    after = {
        "case_id": case.id,
        "number": case.number,
        "assignment_id": line.id,
        "unit": report.unit or line.unit,
    }
    if occurrence is not None:
        context.uow.occurrences.save(case.id, occurrence.close(), next_look_at=None)
        after |= {"period": occurrence.period.isoformat()}
    record("report", "report", context.uow.cases.add_report(report), None, after, context)
    return report


def message_of(context: Context) -> str | None:
    """LINE's id of the message that the actor speaks by, if a message it is."""
    source = context.actor.source
    return source.removeprefix(SAID_IN) if source.startswith(SAID_IN) else None


def record(
    action: str,
    subject: str,
    subject_id: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    context: Context,
    *,
    undone: bool = False,
    words: str = "",
) -> None:
    """Add an entry to the audit. What somebody said goes into `words` alone, so that it can be unsent."""
    entry = AuditEntry(
        at=context.now,
        action=action,
        subject=subject,
        subject_id=subject_id,
        member_id=context.member_id,
        source=context.actor.source,
        before=before,
        after=after,
        undone=undone,
        words=words or None,
    )
    context.uow.audit.add(entry)


def _as_data(case: Case, line: Assignment) -> dict[str, Any]:
    return {
        "case_id": case.id,
        "number": case.number,
        "unit": line.unit,
        "unit_id": line.unit_id,
        "duty": line.duty.value,
        "state": line.state.value,
        "closing": line.closing.value if line.closing else None,
        "merged_into": line.merged_into,
        "version": line.version,
    }
