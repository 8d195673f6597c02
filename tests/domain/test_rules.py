"""Which ladder a line climbs, and how long its notices may wait."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.case import CaseKind, Priority
from domain.reminders import Ladder
from domain.rules import CONTRACT, HIGH, Climb, Rules, SeriesRules, ladder_of, ride_until

CALENDAR = WorkCalendar()
TAIPEI = ZoneInfo("Asia/Taipei")
RULES = Rules(by_series={"處務會議": SeriesRules(before=(5, 0), city="臺北市")}, city="新北市")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


@pytest.mark.parametrize(
    ("climb", "before"),
    [
        (Climb(series="主任秘書會報"), (7, 3, 1, 0)),
        (Climb(series="處務會議"), (5, 0)),
        (Climb(series="處務會議", priority=Priority.HIGH), HIGH.before),
        (Climb(series="處務會議", kind=CaseKind.CONTRACT), CONTRACT.before),
        (Climb(series="處務會議", kind=CaseKind.CONTRACT, before=(20, 0)), (20, 0)),
        (Climb(series="主任秘書會報", priority=Priority.HIGH, before=(14, 7, 3, 1, 0)), (14, 7, 3, 1, 0)),
    ],
)
def test_most_particular_ladder_wins(climb: Climb, before: tuple[int, ...]) -> None:
    assert ladder_of(climb, Ladder(), RULES).before == before


def test_every_ladder_is_climbed_at_the_hour_of_the_house() -> None:
    early = Ladder(at=time(8, 30))

    assert {ladder_of(Climb(series="", kind=kind), early, RULES).at for kind in CaseKind} == {time(8, 30)}


@pytest.mark.parametrize(("series", "city"), [("處務會議", "臺北市"), ("主任秘書會報", "新北市")])
def test_series_is_in_its_own_city_or_the_houses(series: str, city: str) -> None:
    assert RULES.city_of(series) == city


@pytest.mark.parametrize(
    ("due", "following", "days", "until"),
    [
        ("2021-09-27T09:00", "2021-09-29T09:00", 1, "2021-09-28T09:00"),
        ("2021-09-29T09:00", "2021-09-30T09:00", 1, "2021-09-29T09:00"),  # the next rung is tomorrow: at once
        ("2021-09-17T09:00", "2021-09-27T09:00", 1, "2021-09-22T09:00"),  # over the Mid-Autumn holiday
        ("2021-09-17T09:00", "2021-09-27T09:00", 9, "2021-09-24T09:00"),
        ("2021-09-30T09:00", "2021-10-05T09:00", 0, "2021-09-30T09:00"),
    ],
)
def test_notice_waits_its_working_days_and_never_past_the_next_rung(
    due: str, following: str, days: int, until: str
) -> None:
    assert ride_until(at(due), at(following), days, CALENDAR) == at(until)


@given(st.dates(date(2019, 1, 1), date(2026, 1, 1)), st.integers(1, 9), st.integers(0, 9))
def test_wait_ends_on_a_working_day_before_the_next_rung(day: date, gap: int, days: int) -> None:
    due = datetime.combine(CALENDAR.next_working_day(day), time(9), tzinfo=TAIPEI)
    following = datetime.combine(CALENDAR.add_working_days(due.date(), gap), time(9), tzinfo=TAIPEI)

    until = ride_until(due, following, days, CALENDAR)

    assert due <= until < following
    assert CALENDAR.is_working_day(until.date())
