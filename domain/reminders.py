"""The ladder of reminders: pure functions from a deadline to its rungs.

A rung is due at a time of day on a working day. A rung before the deadline that would fall on a day off moves to the
last working day before it; one after the deadline moves to the next working day (product rule 7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from itertools import count

from domain.calendar import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """When to remind, counted in working days from the deadline."""

    before: tuple[int, ...] = (7, 3, 1, 0)  # descending; 0 is the day itself
    after: tuple[int, ...] = (1, 3)  # ascending
    then_every: int = 5  # after the last of `after`, again and again
    at: time = time(9, 0)


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder of a line: `offset` working days from the deadline (negative: before), due at an instant."""

    offset: int
    at: datetime

    @property
    def name(self) -> str:
        """The key under which the outbox knows this rung: "-3", "+0", "+1"."""
        return f"{self.offset:+d}"


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a line found."""

    due: Rung | None  # the latest rung whose time has come
    missed: tuple[Rung, ...]  # earlier rungs that nobody sent: one reminder covers them
    next_at: datetime


def rungs(deadline: date, ladder: Ladder, calendar: WorkCalendar, zone: tzinfo) -> Iterator[Rung]:
    """Every rung of a deadline in order of time, without end."""
    last_day = calendar.last_working_day(deadline)
    for days in ladder.before:
        yield Rung(-days, _instant(calendar.add_working_days(last_day, -days), ladder, zone))
    day, reached = deadline, 0
    for days in _days_after(ladder):
        day, reached = calendar.add_working_days(day, days - reached), days
        yield Rung(days, _instant(day, ladder, zone))


def look(
    deadline: date, ladder: Ladder, calendar: WorkCalendar, zone: tzinfo, *, since: datetime | None, now: datetime
) -> Look:
    """Tell which rung is due now, which were missed after `since` (the last look), and when to look again."""
    coming = rungs(deadline, ladder, calendar, zone)
    passed: list[Rung] = []
    for rung in coming:
        if rung.at > now:
            break
        if since is None or rung.at > since:
            passed.append(rung)
    return Look(passed[-1] if passed else None, tuple(passed[:-1]), rung.at)


def first_look(deadline: date, ladder: Ladder, calendar: WorkCalendar, zone: tzinfo, *, since: datetime) -> datetime:
    """The first rung after `since`: when a new line wants its first look."""
    return next(rung.at for rung in rungs(deadline, ladder, calendar, zone) if rung.at > since)


def _days_after(ladder: Ladder) -> Iterator[int]:
    yield from ladder.after
    last = ladder.after[-1] if ladder.after else 0
    yield from count(last + ladder.then_every, ladder.then_every)


def _instant(day: date, ladder: Ladder, zone: tzinfo) -> datetime:
    return datetime.combine(day, ladder.at, tzinfo=zone)
