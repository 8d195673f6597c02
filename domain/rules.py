"""How a house reminds: the ladders as data, what a series does differently, and which ladder a line climbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.calendar import WorkCalendar
from domain.case import CaseKind, Priority
from domain.notice import Urgency
from domain.reminders import Ladder

HIGH = Ladder(before=(14, 10, 7, 5, 3, 2, 1, 0), after=(1, 2, 3), then_every=2)
CONTRACT = Ladder(before=(90, 60, 30, 10, 8, 6, 4, 3, 2, 1, 0), after=(1, 2, 3), then_every=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRules:
    """What a meeting series does differently; None: as the house."""

    before: tuple[int, ...] | None = None
    after: tuple[int, ...] | None = None
    then_every: int | None = None
    city: str | None = None
    overdue_in_group: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The ladders of the house besides the ordinary one, how long notices may wait, and each series' own ways."""

    high: Ladder = HIGH
    contract: Ladder = CONTRACT
    waits: Mapping[Urgency, int] = field(default_factory=lambda: {Urgency.LOW: 3, Urgency.NORMAL: 1, Urgency.HIGH: 0})
    """For how many working days a notice may wait for a reply to travel on."""
    city: str = ""
    chase: tuple[int, ...] = (3,)
    """On which working days before a meeting those are chased who have not reported; the first is the report date."""
    escalate_after: int = 3
    """After so many working days overdue without progress the unit's chief is told."""
    overdue_in_group: bool = False
    by_series: Mapping[str, SeriesRules] = field(default_factory=dict)

    def of(self, series: str) -> SeriesRules:
        """What a series does differently, by its name."""
        return self.by_series.get(series, _LIKE_THE_HOUSE)

    def tells_group_of_overdue(self, series: str) -> bool:
        """Tell whether groups hear what is overdue; by default only its contacts do."""
        own = self.of(series).overdue_in_group
        return self.overdue_in_group if own is None else own

    def city_of(self, series: str) -> str:
        """The city whose typhoon days are days off for a series."""
        own = self.of(series).city
        return self.city if own is None else own


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """What of a case says which ladder its lines climb. `before` is the case's own, in place of the ladder's."""

    series: str
    kind: CaseKind = CaseKind.CASE
    priority: Priority = Priority.NORMAL
    before: tuple[int, ...] = ()


def ladder_of(climb: Climb, ordinary: Ladder, rules: Rules) -> Ladder:
    """The ladder of a case: a contract's, a dense one, or its series' or the house's; with its own days before."""
    ladder = _ladder(climb, ordinary, rules)
    after = tuple(sorted({*ladder.after, rules.escalate_after}))
    return replace(ladder, before=climb.before or ladder.before, after=after, at=ordinary.at)


def _ladder(climb: Climb, ordinary: Ladder, rules: Rules) -> Ladder:
    if climb.kind is CaseKind.CONTRACT:
        return rules.contract
    if climb.priority is Priority.HIGH:
        return rules.high
    own = rules.of(climb.series)
    return replace(
        ordinary,
        before=ordinary.before if own.before is None else own.before,
        after=ordinary.after if own.after is None else own.after,
        then_every=ordinary.then_every if own.then_every is None else own.then_every,
    )


def ride_until(due_at: datetime, next_at: datetime, working_days: int, calendar: WorkCalendar) -> datetime:
    """Until when a notice may wait for a reply to travel on: its working days, and never past the next rung.

    It ends at the same time of day as it began, on a working day that comes before the next rung's. Aware instants in
    the zone of the house.
    """
    if not working_days:
        return due_at
    day = due_at.date()
    last = calendar.add_working_days(next_at.date(), -1)
    until = min(calendar.add_working_days(day, working_days), last)
    return max(due_at, datetime.combine(until, due_at.timetz()))


_LIKE_THE_HOUSE = SeriesRules()
