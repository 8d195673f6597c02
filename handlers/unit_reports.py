"""What the units said about the lines of 各局處, and who owes a report.

On such a line a report is expected of the units that have a contact in the series and no line of their own in the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.case import Case, Report, State
from domain.member import Role
from domain.numbers import sort_key
from domain.ports import UnitOfWork, UnreportedLine
from domain.unit import Unit
from minutes.words import words

MOST_CASES = 500  # of one group word in one series


@dataclass(frozen=True, slots=True)
class UnitReports:
    """What the units said about a line of every unit, and which of those that are expected to have not."""

    told: Sequence[Report] = ()  # the latest of each
    silent: Sequence[str] = ()


def is_for_all(name: str) -> bool:
    """Tell whether a name means every unit and not one."""
    return name.startswith(tuple(words("orders", "generic")))


def reports_of(
    cases: Iterable[Case], series_id: int, uow: UnitOfWork, since: datetime | None = None
) -> dict[int, UnitReports]:
    """What is known of the open lines of every unit in a series' cases, by line; silent is who said nothing since."""
    shared = [(case, line) for case in cases for line in case.assignments if line.is_open and is_for_all(line.unit)]
    if not shared:
        return {}
    expected = _expected(series_id, uow)
    told = uow.cases.last_reports_of_units([line.id for _, line in shared])
    return {line.id: _of_line(case, told.get(line.id, ()), expected, since) for case, line in shared}


def owing(series_id: int, since: datetime | None, uow: UnitOfWork) -> list[UnreportedLine]:
    """The units that owe a report since then on the open lines of every unit: one entry for each unit and line."""
    groups = [unit.id for unit in uow.units.all() if is_for_all(unit.name)]
    cases = [case for group in groups for case in uow.cases.of_unit([series_id], group, limit=MOST_CASES)]
    known = reports_of(cases, series_id, uow, since)
    return [
        UnreportedLine(line.id, case.id, case.number, case.title, unit)
        for case in cases
        for line in case.assignments
        if line.id in known and line.state is State.OPEN and not case.is_asleep
        for unit in known[line.id].silent
    ]


def unreported(series_id: int, since: datetime | None, uow: UnitOfWork) -> list[UnreportedLine]:
    """The open lines without a report since then, in order of number; those of every unit once for each that owes."""
    silent = owing(series_id, since, uow)
    split = {line.assignment_id for line in silent}
    whole = [line for line in uow.reminders.unreported(series_id, since) if line.assignment_id not in split]
    return sorted([*whole, *silent], key=lambda line: (sort_key(line.number), line.assignment_id))


def _of_line(case: Case, told: Sequence[Report], expected: Sequence[Unit], since: datetime | None) -> UnitReports:
    recent = {report.unit_id for report in told if since is None or report.at >= since}
    own = {line.unit_id for line in case.assignments}
    silent = [unit.name for unit in expected if unit.id not in own | recent] if None not in recent else []
    return UnitReports(told, silent)


def contact_units(series_id: int, uow: UnitOfWork) -> set[int | None]:
    """The units that have a contact in a series."""
    contacts = uow.people.with_role(series_id, Role.CONTACT)
    return {held.unit_id for one in contacts for held in one.memberships if held.series_id == series_id}


def _expected(series_id: int, uow: UnitOfWork) -> list[Unit]:
    ids = contact_units(series_id, uow)
    return [unit for unit in uow.units.all() if unit.id in ids]
