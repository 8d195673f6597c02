"""What units say about their lines: progress, and that it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.case import Assignment, Case, Release, Report, State
from domain.member import Action
from domain.unit import Unit
from handlers import phrases, recurring_phrases
from handlers.change_commands import ReportSeveral
from handlers.changes import keep_report, move
from handlers.changing import planned_days
from handlers.changing.all_units import may_report, reporting_unit
from handlers.changing.report_words import confirm_reports, how_to_report, reported_several
from handlers.commands import CaseRef, ReportProgress, RequestRelease
from handlers.context import Context
from handlers.grammar import is_unfinished, says_something
from handlers.lookup import find_case, find_line, refuse
from handlers.messages import Message, noted
from handlers.refs import naming_all
from handlers.stages.waiting import after_report

MOST_AT_ONCE = 20
DONE = "完成"  # what stands as the report on a period of a recurring duty that was said to be done, and no more


def report_progress(command: ReportProgress, context: Context) -> Message:
    """Keep progress on a line. Without words (a button, a mere 👍) it says how to report."""
    if not says_something(command.text):
        return _how_to_report(command.ref, context)

    def say(ref: CaseRef) -> str:
        return f"回報 {ref} {command.text}"

    found = find_case(command.ref, context, say)
    if isinstance(found, Message):
        return found
    line = find_line(found, command.ref, Action.REPORT, context, say)
    if isinstance(line, Message):
        return line
    unit = reporting_unit(command.ref, found, line, context, say)
    if isinstance(unit, Message):
        return unit
    kept = keep_report(found, line, command.text, context, unit)
    told = _told(found, line, kept, context)
    slept = after_report(found, command.text, context)
    told = noted(told, slept) if slept else told
    planned = planned_days.offer(command.text, found, line, context)
    if planned is None:
        return told
    return replace(noted(told, planned_days.in_words(planned)), choices=(planned, *told.choices))


def _told(case: Case, line: Assignment, kept: Report, context: Context) -> Message:
    """Say that a report was kept; of a recurring duty, which period it was for."""
    if case.deadline.duty is not None:
        return phrases.filled([(case, line, recurring_phrases.reported(case, line, kept, context.calendar))])
    return phrases.reported(case, line, kept, unfinished=is_unfinished(kept.text))


def _how_to_report(ref: CaseRef, context: Context) -> Message:
    found = find_case(ref, context, lambda exact: f"回報 {exact} 辦理情形")
    if isinstance(found, Message):
        return found
    lines = [line for line in found.assignments if may_report(found, line, context)]
    if not lines:
        return refuse(found, context)
    tracked = [line for line in lines if line.is_open]
    return how_to_report(found, tracked, ref) if tracked else phrases.closed(found)


def report_several(command: ReportSeveral, context: Context) -> Message:
    """Keep the same progress on several lines: all or none, after asking once."""
    if len(command.refs) > MOST_AT_ONCE:
        return phrases.too_many(len(command.refs), MOST_AT_ONCE)
    if not says_something(command.text):
        return _how_to_report(command.refs[0], context)
    targets = _targets(command.refs, Action.REPORT, "回報", command.text, context)
    if isinstance(targets, Message):
        return targets
    if not command.confirmed:
        return confirm_reports(command.refs, targets, command.text)
    units = _reporting_units(command, targets, context)
    if isinstance(units, Message):
        return units
    kept = [
        (case, line, keep_report(case, line, command.text, context, unit))
        for (case, line), unit in zip(targets, units, strict=True)
    ]
    others = [(case, line) for case, line, _ in kept if case.deadline.duty is None]
    told = reported_several(others, unfinished=is_unfinished(command.text)) if others else None
    answer = _together(told, _filled([one for one in kept if one[0].deadline.duty is not None], context))
    for case in {case.id: case for case, _ in targets}.values():
        slept = after_report(case, command.text, context)
        answer = noted(answer, slept) if slept else answer
    return answer


def _reporting_units(
    command: ReportSeveral, targets: Sequence[tuple[Case, Assignment]], context: Context
) -> list[Unit | None] | Message:
    units: list[Unit | None] = []
    for ref, (case, line) in zip(command.refs, targets, strict=True):

        def say(exact: CaseRef, ref: CaseRef = ref) -> str:
            return f"回報 {naming_all(command.refs, ref, exact)} {command.text}"

        unit = reporting_unit(ref, case, line, context, say)
        if isinstance(unit, Message):
            return unit
        units.append(unit)
    return units


def request_release(command: RequestRelease, context: Context) -> Message:
    """Ask for release of one line, or of several at once: all or none."""
    refs, text = command.refs, command.text if says_something(command.text) else ""
    if len(refs) > MOST_AT_ONCE:
        return phrases.too_many(len(refs), MOST_AT_ONCE)
    if len(refs) == 1 and text:
        refs, text = _unit_in_text(refs[0], text, context)
    targets = _targets(refs, Action.REQUEST_RELEASE, "完成", text, context)
    if isinstance(targets, Message):
        return targets
    if len(targets) > 1 and not command.confirmed:
        return phrases.confirm_several(refs, [case for case, _ in targets])
    duties = [(case, line) for case, line in targets if case.deadline.duty is not None]
    others = [(case, line) for case, line in targets if case.deadline.duty is None]
    filled = _filled([(*duty, keep_report(*duty, text or DONE, context)) for duty in duties], context)
    if others and text and is_unfinished(text):
        return _keep_only(others[0], text, context)
    return _together(_ask_release(others, text, context) if others else None, filled)


def _filled(kept: Sequence[tuple[Case, Assignment, Report]], context: Context) -> Message | None:
    """Say of reports on recurring duties which periods they were for, and what comes next."""
    told = [(case, line, recurring_phrases.reported(case, line, one, context.calendar)) for case, line, one in kept]
    return phrases.filled(told) if told else None


def _together(told: Message | None, filled: Message | None) -> Message:
    """One answer of two, where some of the cases are recurring duties."""
    if told is None or filled is None:
        only = told or filled
        assert only is not None, "there are targets"
        return only
    case_ids = tuple(dict.fromkeys((*told.case_ids, *filled.case_ids)))
    return replace(noted(told, filled.text, ahead=True), case_ids=case_ids)


def _unit_in_text(ref: CaseRef, text: str, context: Context) -> tuple[tuple[CaseRef, ...], str]:
    """Read 完成 211-2 法務局 as the line of that unit, not as a remark."""
    name = text.strip().removesuffix("部分")
    if context.uow.units.by_name(name) is None:
        return (ref,), text
    return (replace(ref, within=(*ref.within, name)),), ""


def _targets(
    refs: Sequence[CaseRef], action: Action, word: str, text: str, context: Context
) -> list[tuple[Case, Assignment]] | Message:
    targets = []
    for ref in refs:

        def say(exact: CaseRef, ref: CaseRef = ref) -> str:
            return f"{word} {naming_all(refs, ref, exact)} {text}".strip()

        case = find_case(ref, context, say)
        if isinstance(case, Message):
            return case
        line = find_line(case, ref, action, context, say)
        if isinstance(line, Message):
            return line
        targets.append((case, line))
    return targets


def _keep_only(target: tuple[Case, Assignment], text: str, context: Context) -> Message:
    case, line = target
    keep_report(case, line, text, context)
    return phrases.not_release(case, line)


def _ask_release(targets: Sequence[tuple[Case, Assignment]], text: str, context: Context) -> Message:
    waiting = [(case, line) for case, line in targets if line.state is State.OPEN]
    if text:
        for case, line in targets:
            keep_report(case, line, text, context)
    if not waiting:
        return phrases.reported(*targets[0], unfinished=False) if text else phrases.already(*targets[0])
    return phrases.release_asked([(case, _move(case, line, context)) for case, line in waiting])


def _move(case: Case, line: Assignment, context: Context) -> Assignment:
    releases = context.uow.series.get(case.series_id).release is Release.SELF
    return move(case, line, line.release() if releases else line.request_release(), "request_release", context)
