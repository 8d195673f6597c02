"""A line of 各局處 that nobody opened for each unit: every unit may report on it, each for itself."""

from __future__ import annotations

from collections.abc import Iterable

from domain.case import Assignment, Case
from domain.member import Action
from domain.ports import UnitOfWork
from domain.unit import Unit
from handlers.changing.report_words import which_unit_reports
from handlers.context import Context
from handlers.messages import Message
from handlers.phrases import may_not_report
from handlers.refs import CaseRef, Say
from handlers.unit_reports import is_for_all


def may_report(case: Case, line: Assignment, context: Context) -> bool:
    """Tell whether the actor may report on a line: as its unit, or as any unit where it is everybody's."""
    if context.may(Action.REPORT, series_id=case.series_id, unit_id=line.unit_id):
        return True
    return is_for_all(line.unit) and bool(_own_units(case, context))


def shared_lines(case: Case, names: Iterable[str], uow: UnitOfWork) -> list[Assignment]:
    """The lines of every unit on which units of these names report; none where a name is no unit's."""
    known = all(uow.units.by_name(name) for name in names)
    return [line for line in case.assignments if known and is_for_all(line.unit)]


def reporting_unit(ref: CaseRef, case: Case, line: Assignment, context: Context, say: Say) -> Unit | Message | None:
    """The unit for which the actor reports on a line of every unit, or an answer; None on a line of one unit.

    None is also a coordinator who names no unit: the report is for all of them.
    """
    if not is_for_all(line.unit):
        return None
    own = _own_units(case, context)
    named = [unit for name in ref.within if (unit := context.uow.units.by_name(name)) and unit.id != line.unit_id]
    for unit in named:
        if unit in own or context.may(Action.REPORT, series_id=case.series_id, unit_id=unit.id):
            return unit
    if named:
        return may_not_report(case, known=True)
    if len(own) > 1:
        return which_unit_reports(case, own, ref, say)
    return own[0] if own else None


def _own_units(case: Case, context: Context) -> list[Unit]:
    """The units that the actor speaks for in the case's series."""
    held = context.actor.member.memberships if context.actor.member else ()
    ids = dict.fromkeys(one.unit_id for one in held if one.series_id == case.series_id and one.unit_id is not None)
    return [context.uow.units.get(unit_id) for unit_id in ids]
