"""What recurs: when each occurrence is due, which period it is for, and when it is opened."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.dates import read
from domain.recurrence import Opening, Recurrence, completed, look_at_duty, names_its_days
from domain.reminders import Ladder
from domain.rules import HIGH

TAIPEI = ZoneInfo("Asia/Taipei")
CALENDAR = WorkCalendar()
TODAY = date(2021, 11, 29)  # a Monday


def duty(words: str, on: date = TODAY) -> Recurrence:
    reading = read(words, on=on, calendar=CALENDAR)
    assert reading.recurrence is not None, words
    return Recurrence(completed(reading.recurrence, on), reading.text)


def coming(recurrence: Recurrence, count: int, since: date = TODAY) -> list[tuple[str, str]]:
    periods = islice(recurrence.periods(since, CALENDAR), count)
    return [(recurrence.name(period.start), period.due_on.isoformat()) for period in periods]


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("每月5日前", ("12月份", "2021-12-05"), ("1月份", "2022-01-05")),
        ("每月結束後5日內", ("11月份", "2021-12-05"), ("12月份", "2022-01-05")),
        ("每季結束後10日內", ("第4季", "2022-01-10"), ("第1季", "2022-04-10")),
        ("每季底前", ("第4季", "2021-12-31"), ("第1季", "2022-03-31")),
        ("每季第一個月10日前", ("第1季", "2022-01-10"), ("第2季", "2022-04-10")),
        ("每季終了後10個工作日內", ("第4季", "2022-01-14"), ("第1季", "2022-04-18")),
        ("每半年底前", ("下半年", "2021-12-31"), ("上半年", "2022-06-30")),
        ("每年12月底前", ("110年度", "2021-12-31"), ("111年度", "2022-12-31")),
        ("每年2月29日前", ("111年度", "2022-02-28"), ("112年度", "2023-02-28")),
        ("每週一前", ("11/29 當週", "2021-11-29"), ("12/6 當週", "2021-12-06")),
        ("隔週三前", ("11/29 當週", "2021-12-01"), ("12/13 當週", "2021-12-15")),
        ("每週二及週四", ("11/30", "2021-11-30"), ("12/2", "2021-12-02")),
        ("每月5日及20日前", ("12/5", "2021-12-05"), ("12/20", "2021-12-20")),
        ("每月31日前", ("11月份", "2021-11-30"), ("12月份", "2021-12-31")),
        ("每月第5個工作日前", ("12月份", "2021-12-07"), ("1月份", "2022-01-07")),
        ("每月最後一個工作日", ("11月份", "2021-11-30"), ("12月份", "2021-12-30")),  # 12/31 is a day off
        ("每月第二個週三前", ("12月份", "2021-12-08"), ("1月份", "2022-01-12")),
        ("按月填報", ("11月份", "2021-11-30"), ("12月份", "2021-12-31")),
        ("每季", ("第4季", "2021-12-31"), ("第1季", "2022-03-31")),
        ("每2個月", ("11月份", "2021-11-30"), ("1月份", "2022-01-31")),
        ("每週", ("11/29 當週", "2021-12-03"), ("12/6 當週", "2021-12-10")),
        ("每個工作日", ("11/29", "2021-11-29"), ("11/30", "2021-11-30")),
    ],
)
def test_periods_are_due_and_called_as_the_words_say(
    words: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert coming(duty(words), 2) == [first, second]


def test_the_29th_exists_in_a_leap_year_alone() -> None:
    since = date(2024, 2, 1)

    assert coming(duty("每月30日前", since), 2, since) == [("2月份", "2024-02-29"), ("3月份", "2024-03-30")]
    assert coming(duty("每年2月29日前", since), 1, since) == [("113年度", "2024-02-29")]


def test_daily_duties_keep_to_working_days_and_know_make_up_saturdays() -> None:
    days = [due for _, due in coming(duty("每日"), 4, date(2022, 1, 21))]

    assert days == ["2022-01-21", "2022-01-22", "2022-01-24", "2022-01-25"]  # 1/22 is a make-up Saturday


def test_what_is_complete_stays_as_it_is() -> None:
    once = completed("FREQ=MONTHLY;INTERVAL=2", TODAY)

    assert completed(once, TODAY + timedelta(days=40)) == once


@pytest.mark.parametrize(("words", "expected"), [("每季結束後", False), ("每季", True), ("每季結束後10日內", True)])
def test_only_since_when_is_no_day(words: str, expected: bool) -> None:
    reading = read(words, on=TODAY, calendar=CALENDAR)

    assert names_its_days(reading.recurrence or "", reading.text) is expected


def test_the_period_before_and_the_day_of_a_period_are_found() -> None:
    monthly = duty("每月5日前")

    assert monthly.due_before(date(2021, 12, 5), CALENDAR) == date(2021, 11, 5)
    assert monthly.due_of(date(2022, 1, 1), CALENDAR) == date(2022, 1, 5)
    assert monthly.due_of(date(2022, 1, 2), CALENDAR) is None
    assert duty("每2個月").due_before(date(2021, 11, 30), CALENDAR) is None


def opened(words: str, since: date, now: datetime) -> list[Opening]:
    found = look_at_duty(duty(words, since), since, Ladder(), CALENDAR, TAIPEI, now=now)
    return list(found.openings)


@pytest.mark.parametrize(
    ("now", "count"),
    [("2021-11-24T08:59", 0), ("2021-11-24T09:00", 1)],  # 7 working days before Friday 12/3; 12/5 is a Sunday
)
def test_a_month_is_opened_at_its_first_rung(now: str, count: int) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=TAIPEI)

    assert len(opened("每月5日前", date(2021, 11, 6), at)) == count


def test_a_week_is_opened_after_the_one_before_was_due() -> None:
    wednesday = datetime(2021, 12, 1, 9, tzinfo=TAIPEI)

    found = opened("每週一前", date(2021, 12, 6), wednesday)

    assert found == [Opening(date(2021, 12, 6), date(2021, 12, 6), wednesday)]


MONTHLY = ["每月5日前", "每月31日前", "每月5日及20日前", "每月第5個工作日前"]
LONGER = ["每季結束後10日內", "每季底前", "每半年底前", "每年2月29日前"]
SHORTER = ["每週一前", "隔週三前", "每個工作日", "每日"]
RULES = st.sampled_from([*MONTHLY, *LONGER, *SHORTER])
DAYS = st.dates(date(2018, 3, 1), date(2024, 12, 31))
LADDERS = st.sampled_from([Ladder(), HIGH, Ladder(before=()), Ladder(before=(3,))])
STEPS = st.lists(st.integers(1, 60 * 24 * 70), min_size=1, max_size=8)  # minutes between ticks


@given(RULES, DAYS)
def test_periods_follow_each_other_and_each_has_its_own_start(words: str, since: date) -> None:
    recurrence = duty(words, since)
    periods = list(islice(recurrence.periods(since, CALENDAR), 8))

    assert periods[0].due_on >= since
    for one, following in pairwise(periods):
        assert (one.due_on, one.start) < (following.due_on, following.start)
        assert one.start < following.start
        assert recurrence.due_before(following.due_on, CALENDAR) == one.due_on
        assert recurrence.due_of(one.start, CALENDAR) == one.due_on


@given(RULES, DAYS, LADDERS, STEPS)
def test_however_a_clock_ticks_each_occurrence_is_opened_once_and_in_time(
    words: str, since: date, ladder: Ladder, steps: list[int]
) -> None:
    recurrence = duty(words, since)
    now = datetime.combine(since, time(12), tzinfo=TAIPEI)
    pointer, seen = since, []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        found = look_at_duty(recurrence, pointer, ladder, CALENDAR, TAIPEI, now=now)
        seen += found.openings
        pointer = found.next_due_on
        assert found.next_at > now

    expected = takewhile(lambda period: period.due_on < pointer, recurrence.periods(since, CALENDAR))
    assert [(one.period, one.due_on) for one in seen] == [(period.start, period.due_on) for period in expected]
    for one in seen:
        before = recurrence.due_before(one.due_on, CALENDAR)
        assert one.look_at.date() <= one.due_on
        if CALENDAR.is_working_day(one.due_on) and before is not None:
            assert one.look_at.date() > before
