"""A line of 各局處 that nobody opened for each unit: every unit may report on it, and the report says which one did."""

from __future__ import annotations

from domain.case import Assignment, Case
from domain.member import Action
from handlers.context import Context
from minutes.words import words


def is_for_all(name: str) -> bool:
    """Tell whether a name means every unit and not one."""
    return name.startswith(tuple(words("orders", "generic")))


def may_report(case: Case, line: Assignment, context: Context) -> bool:
    """Tell whether the actor may report on a line: as its unit, or as any unit where it is everybody's."""
    if context.may(Action.REPORT, series_id=case.series_id, unit_id=line.unit_id):
        return True
    return is_for_all(line.unit) and own_unit(case, context) is not None


def own_unit(case: Case, context: Context) -> str | None:
    """The unit that the actor speaks for in the case's series."""
    held = context.actor.member.memberships if context.actor.member else ()
    ids = [one.unit_id for one in held if one.series_id == case.series_id and one.unit_id is not None]
    return context.uow.units.get(ids[0]).name if ids else None


def with_unit(text: str, case: Case, line: Assignment, context: Context) -> str:
    """A report's words, headed by the unit where the line does not say it."""
    unit = own_unit(case, context) if is_for_all(line.unit) else None
    return f"{unit}：{text}" if unit else text
