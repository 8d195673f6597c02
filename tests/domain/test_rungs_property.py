"""However a clock ticks, whatever the ladder and the days off: no rung on a day off, none lost, none twice."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.reminders import Ladder, look, rungs
from domain.rules import CONTRACT, HIGH

TAIPEI = ZoneInfo("Asia/Taipei")
LADDERS = st.sampled_from([Ladder(), HIGH, CONTRACT, Ladder(before=(14, 7, 3, 1, 0)), Ladder(before=(), after=())])
DEADLINES = st.dates(date(2018, 3, 1), date(2025, 10, 31))
TYPHOONS = st.frozensets(st.integers(-20, 20), max_size=4)  # days from the deadline
STEPS = st.lists(st.integers(1, 60 * 24 * 40), min_size=1, max_size=30)  # minutes between ticks
START = timedelta(days=200)


@given(DEADLINES, LADDERS, TYPHOONS, STEPS)
def test_every_rung_is_seen_once_on_a_working_day(
    deadline: date, ladder: Ladder, typhoons: frozenset[int], steps: list[int]
) -> None:
    calendar = WorkCalendar().without(deadline + timedelta(days=days) for days in typhoons)
    since = start = datetime.combine(deadline, time(12), tzinfo=TAIPEI) - START
    now, seen = start, []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        found = look(deadline, ladder, calendar, TAIPEI, since=since, now=now)
        seen += [*found.missed, *([found.due] if found.due else [])]
        since = now

    passed = takewhile(lambda rung: rung.at <= now, rungs(deadline, ladder, calendar, TAIPEI))
    assert seen == [rung for rung in passed if rung.at > start]
    assert len({rung.name for rung in seen}) == len(seen)
    assert all(calendar.is_working_day(rung.at.date()) and rung.at.time() == ladder.at for rung in seen)
