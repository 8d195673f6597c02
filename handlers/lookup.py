"""Which case, and which unit's line, somebody means. What is not clear is asked, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.case import Assignment, Case
from domain.member import Action
from domain.ports import UnitOfWork
from domain.unit import is_subsequence
from handlers import phrases, unclear
from handlers.changing.all_units import may_report, shared_lines
from handlers.commands import CaseRef
from handlers.context import Context
from handlers.messages import Message
from handlers.people import people_phrases
from handlers.refs import Say

NEAR = 3


def find_case(ref: CaseRef, context: Context, say: Say) -> Case | Message:
    """The one case that a reference means here, or what to answer instead."""
    found = context.uow.cases.by_number(context.series_ids, ref.number)
    named = [case for case in found if _names_series(ref, case, context)]
    candidates = named or list(found)
    if not candidates:
        return unknown(ref, context)
    if len(candidates) > 1:
        series = [context.uow.series.get(case.series_id) for case in candidates]
        return unclear.which_series(ref, series, say)
    return candidates[0]


def find_line(case: Case, ref: CaseRef, action: Action, context: Context, say: Say) -> Assignment | Message:
    """The one line of a case that the actor may act on and means, or what to answer instead."""
    lines = named_lines(case, ref, context)
    if not lines and action is Action.REPORT:
        lines = shared_lines(case, unit_names(ref, case, context), context.uow)
    if not lines:
        return unclear.no_such_line(case, unit_names(ref, case, context))
    own = [line for line in lines if context.may(action, series_id=case.series_id, unit_id=line.unit_id)]
    if not own and action is Action.REPORT:
        own = [line for line in lines if may_report(case, line, context)]
    if not own:
        return refuse(case, context)
    tracked = [line for line in own if line.is_open]
    if not tracked:
        return phrases.closed(case)
    return tracked[0] if len(tracked) == 1 else unclear.which_line(case, tracked, ref, say)


def refuse(case: Case, context: Context) -> Message:
    """Say that the actor may not change the case's lines, and who can."""
    if context.actor.user_id is None:
        return people_phrases.no_user_id()
    member = context.actor.member
    return phrases.may_not_report(case, known=member is not None and bool(member.memberships))


def named_lines(case: Case, ref: CaseRef, context: Context) -> Sequence[Assignment]:
    """The lines whose unit a reference names; all of them if it names none."""
    lines: Sequence[Assignment] = case.assignments
    for name in unit_names(ref, case, context):
        lines = lines_of(name, lines, context.uow)
    return lines


def unit_names(ref: CaseRef, case: Case, context: Context) -> list[str]:
    """What a reference says in brackets that is not the case's series."""
    series = context.uow.series.get(case.series_id).name if ref.within else ""
    return [name for name in ref.within if not is_subsequence(name, series)]


def unknown(ref: CaseRef, context: Context) -> Message:
    """Say that nothing here has the number: offer those one slip away, or else the first open ones."""
    near = context.uow.cases.by_numbers(context.series_ids, sorted(_slips(ref.number)), limit=NEAR)
    tracked = () if near else context.uow.cases.open(context.series_ids, limit=NEAR)
    return unclear.unknown_case(ref, near, tracked)


def _names_series(ref: CaseRef, case: Case, context: Context) -> bool:
    series = context.uow.series.get(case.series_id) if ref.within else None
    return series is not None and any(is_subsequence(name, series.name) for name in ref.within)


def lines_of(name: str, lines: Iterable[Assignment], uow: UnitOfWork) -> list[Assignment]:
    """The lines of a unit: by its name or alias, else by the one name that holds its characters in order."""
    unit = uow.units.by_name(name)
    exact = [line for line in lines if line.unit == name or (unit and line.unit_id == unit.id)]
    similar = [line for line in lines if is_subsequence(name, line.unit)]
    return exact or (similar if len(similar) == 1 else [])


def _slips(number: str) -> set[str]:
    """Numbers that differ by one digit wrong, missing, doubled or swapped."""
    slips = {number[:at] + number[at + 1 :] for at in range(len(number)) if number[at].isdecimal()}
    for at, character in enumerate(number):
        if character.isdecimal():
            slips |= {number[:at] + digit + number[at + 1 :] for digit in "0123456789"}
            slips |= {number[:at] + digit + number[at:] for digit in "0123456789"}
    slips |= {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(len(number) - 1)}
    return slips - {number}
