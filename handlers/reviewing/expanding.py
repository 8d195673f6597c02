"""Which units a draft for 各局處 gets a line for, when the coordinator wants one for each."""

from __future__ import annotations

from domain.case import Series
from handlers.context import Context
from handlers.unit_reports import contact_units, is_for_all


def units_of_everybody(series: str, context: Context) -> tuple[str, ...]:
    """The names of the directory's units: none that is part of another, a word for all, or other series' alone."""
    every = context.uow.series.all()
    own = set().union(*(_known_to(one, context) for one in every if one.name == series))
    foreign = set().union(*(_known_to(one, context) for one in every if one.name != series)) - own
    units = [unit for unit in context.uow.units.all() if unit.parent_id is None and unit.id not in foreign]
    return tuple(unit.name for unit in units if not is_for_all(unit.name))


def _known_to(series: Series, context: Context) -> set[int | None]:
    """The units that have a contact or an open line in a series."""
    tallies = context.uow.survey.tally(series.id, today=context.today, soon=context.today, since=context.now)
    return {*contact_units(series.id, context.uow), *(tally.unit_id for tally in tallies)}
