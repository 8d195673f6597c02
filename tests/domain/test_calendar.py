"""Working days against facts of the official calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import WorkCalendar, festival, roc

CALENDAR = WorkCalendar()
days = st.dates(min_value=date(1912, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2021, 9, 23), True),
        (date(2021, 9, 25), False),
        (date(2021, 9, 11), True),  # make-up Saturday
        (date(2021, 9, 20), False),  # given in exchange
        (date(2021, 12, 31), False),  # substitute of 2022-01-01
        (date(2022, 2, 28), False),
        (date(2023, 1, 7), True),  # make-up Saturday
        (date(2023, 1, 20), False),
        (date(2024, 2, 29), True),
        (date(2025, 9, 29), False),  # substitute under the law of 2025
        (date(2025, 10, 6), False),
        (date(2025, 10, 24), False),
        (date(2025, 12, 25), False),
        (date(2027, 4, 30), False),  # substitute of Labour Day
    ],
)
def test_day_is_at_work_as_the_official_calendar_says(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works


@pytest.mark.parametrize("year", [1, 1911, 1990, 2101, 9998])
def test_year_unknown_to_the_calendar_has_plain_weeks(year: int) -> None:
    week = [date(year, 6, 1) + timedelta(days=n) for n in range(7)]

    assert [CALENDAR.is_working_day(day) for day in week] == [day.weekday() < 5 for day in week]


def test_override_goes_before_the_official_calendar() -> None:
    calendar = WorkCalendar({date(2021, 9, 23): False, date(2021, 9, 25): True})

    assert (calendar.is_working_day(date(2021, 9, 23)), calendar.is_working_day(date(2021, 9, 25))) == (False, True)


def test_last_working_day_of_a_day_off_lies_before_it() -> None:
    assert CALENDAR.last_working_day(date(2022, 1, 1)) == date(2021, 12, 30)


def test_next_working_day_of_a_day_off_lies_after_it() -> None:
    assert CALENDAR.next_working_day(date(2021, 12, 31)) == date(2022, 1, 3)


def test_working_day_is_its_own_last_and_next() -> None:
    day = date(2021, 9, 23)

    assert (CALENDAR.last_working_day(day), CALENDAR.next_working_day(day)) == (day, day)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2023, 1, 5), 5, date(2023, 1, 11)),
        (date(2025, 9, 22), 10, date(2025, 10, 8)),
        (date(2027, 4, 29), 2, date(2027, 5, 4)),
        (date(2021, 12, 30), 1, date(2022, 1, 3)),
        (date(2022, 1, 3), -1, date(2021, 12, 30)),
        (date(2021, 9, 23), 0, date(2021, 9, 23)),
    ],
)
def test_working_days_are_counted_from_the_next_day(day: date, count: int, expected: date) -> None:
    assert CALENDAR.add_working_days(day, count) == expected


@settings(deadline=None)
@given(days, st.integers(min_value=1, max_value=80))
def test_counting_back_undoes_counting_forward(day: date, count: int) -> None:
    there = CALENDAR.add_working_days(day, count)

    assert CALENDAR.is_working_day(there)
    assert CALENDAR.add_working_days(there, -count) == CALENDAR.last_working_day(day)


@settings(deadline=None)
@given(days, st.integers(min_value=1, max_value=80))
def test_more_working_days_end_later(day: date, count: int) -> None:
    assert day < CALENDAR.add_working_days(day, count) < CALENDAR.add_working_days(day, count + 1)


@settings(deadline=None)
@given(days)
def test_days_off_around_a_day_are_unbroken(day: date) -> None:
    first, last = CALENDAR.days_off_around(day)

    assert first <= day <= last
    off = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert off == [day] or not any(CALENDAR.is_working_day(one) for one in off)


def test_days_off_around_lunar_new_year_hold_the_weekends() -> None:
    assert CALENDAR.days_off_around(date(2026, 2, 17)) == (date(2026, 2, 14), date(2026, 2, 22))


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("端午節", 2022, date(2022, 6, 3)),
        ("中秋節", 2021, date(2021, 9, 21)),
        ("春節", 2026, date(2026, 2, 17)),
        ("中秋節", 1950, None),
    ],
)
def test_festival_is_on_its_official_day(name: str, year: int, day: date | None) -> None:
    assert festival(name, year) == day


@pytest.mark.parametrize(
    ("day", "text"),
    [(date(2021, 9, 30), "110/9/30(四)"), (date(2022, 1, 1), "111/1/1(六)"), (date(2021, 12, 5), "110/12/5(日)")],
)
def test_roc_day_is_written_as_civil_servants_do(day: date, text: str) -> None:
    assert roc(day) == text
