"""The ladder of reminders, at the exact minute."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.reminders import Ladder, first_look, look, rungs

CALENDAR = WorkCalendar()
TAIPEI = ZoneInfo("Asia/Taipei")
LADDER = Ladder()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def days(deadline: date, count: int, ladder: Ladder = LADDER) -> list[tuple[str, str]]:
    found = islice(rungs(deadline, ladder, CALENDAR, TAIPEI), count)
    return [(rung.name, rung.at.date().isoformat()) for rung in found]


def test_ladder_counts_working_days_around_a_month_end() -> None:
    assert days(date(2021, 9, 30), 8) == [
        ("-7", "2021-09-17"),  # over the Mid-Autumn holiday of 20 and 21 September
        ("-3", "2021-09-27"),
        ("-1", "2021-09-29"),
        ("+0", "2021-09-30"),
        ("+1", "2021-10-01"),
        ("+3", "2021-10-05"),
        ("+8", "2021-10-13"),  # National Day was observed on Monday the 11th
        ("+13", "2021-10-20"),
    ]


def test_deadline_on_a_day_off_is_reminded_before_it() -> None:
    assert days(date(2021, 12, 31), 5)[2:] == [("-1", "2021-12-29"), ("+0", "2021-12-30"), ("+1", "2022-01-03")]


def test_leap_day_is_a_deadline_like_any_other() -> None:
    assert days(date(2024, 2, 29), 5)[3:] == [("+0", "2024-02-29"), ("+1", "2024-03-01")]


def test_ladder_is_data() -> None:
    ladder = Ladder(before=(2,), after=(), then_every=3, at=time(8, 30))

    assert days(date(2021, 9, 30), 3, ladder) == [("-2", "2021-09-28"), ("+3", "2021-10-05"), ("+6", "2021-10-08")]
    assert next(rungs(date(2021, 9, 30), ladder, CALENDAR, TAIPEI)).at == at("2021-09-28T08:30")


@pytest.mark.parametrize(
    ("now", "due", "missed", "next_at"),
    [
        ("2021-09-27T08:59", None, [], "2021-09-27T09:00"),
        ("2021-09-27T09:00", "-3", [], "2021-09-29T09:00"),
        ("2021-09-30T09:00", "+0", ["-3", "-1"], "2021-10-01T09:00"),
    ],
)
def test_look_tells_what_is_due_missed_and_next(now: str, due: str | None, missed: list[str], next_at: str) -> None:
    found = look(date(2021, 9, 30), LADDER, CALENDAR, TAIPEI, since=at("2021-09-23T12:00"), now=at(now))

    assert (found.due and found.due.name) == due
    assert [rung.name for rung in found.missed] == missed
    assert found.next_at == at(next_at)


def test_first_look_is_the_first_rung_after_an_instant() -> None:
    first = first_look(date(2021, 9, 30), LADDER, CALENDAR, TAIPEI, since=at("2021-09-29T09:00"))

    assert first == at("2021-09-30T09:00")


@given(st.dates(date(2017, 1, 1), date(2026, 6, 30)), st.integers(2, 60))
def test_rungs_come_in_order_on_working_days_only(deadline: date, count: int) -> None:
    found = list(islice(rungs(deadline, LADDER, CALENDAR, TAIPEI), count))

    assert all(one.at < other.at for one, other in pairwise(found))
    assert all(CALENDAR.is_working_day(rung.at.date()) for rung in found)
    assert all((rung.at.date() <= deadline) == (rung.offset <= 0) for rung in found)
