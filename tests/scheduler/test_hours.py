"""From which instant to which a push may leave."""

from __future__ import annotations

import pytest

from domain.outbox import Hours
from scheduler.hours import hours_at
from tests.scheduler.office import POLICY, taipei


@pytest.mark.parametrize(
    ("day", "clock", "closes", "reopens"),
    [
        ("2021-09-30", "09:00", "2021-09-30", "2021-10-01"),
        ("2021-09-30", "17:59", "2021-09-30", "2021-10-01"),
        ("2021-10-01", "12:00", "2021-10-01", "2021-10-04"),  # Friday
        ("2021-12-30", "12:00", "2021-12-30", "2022-01-03"),  # the year ends on a day off
        ("2024-02-29", "12:00", "2024-02-29", "2024-03-01"),
        ("2021-02-19", "12:00", "2021-02-19", "2021-02-20"),  # a Saturday to make up for
    ],
)
def test_hours_end_today_and_begin_on_the_next_working_day(day: str, clock: str, closes: str, reopens: str) -> None:
    assert hours_at(POLICY, taipei(day, clock)) == Hours(taipei(closes, "18:00"), taipei(reopens, "09:00"))


@pytest.mark.parametrize(("day", "clock"), [("2021-09-30", "08:59"), ("2021-09-30", "18:00"), ("2021-10-02", "12:00")])
def test_outside_the_hours_there_are_none(day: str, clock: str) -> None:
    assert hours_at(POLICY, taipei(day, clock)) is None
