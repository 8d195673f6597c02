"""What the corpus cannot say: spans, several expressions, limits, and any text at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.dates import Kind, Reading, find, read

CALENDAR = WorkCalendar()
MEETING = date(2021, 9, 23)
TIME_CHARS = (
    "0123456789１２一二三四五六七八九十百千廿卅兩〇元年月日號週星期禮拜天季旬底前後內初中末結束本今明昨去下上次每按逐隔俟待於自至到~-/.$()（）、，。;起止"
    "春節連假端午請應預定計文會議儘速第民國工作個半小時CVE \n\t*"
)
texts = st.one_of(st.text(max_size=60), st.text(alphabet=TIME_CHARS, max_size=60))
meeting_days = st.dates(min_value=date(1912, 1, 1), max_value=date(2199, 12, 31))


def readings(sentence: str, on: date = MEETING) -> tuple[Reading, ...]:
    return find(sentence, on=on, calendar=CALENDAR)


def reading(phrase: str, on: date = MEETING) -> Reading:
    return read(phrase, on=on, calendar=CALENDAR)


@settings(deadline=None)
@given(texts, meeting_days)
def test_any_text_ends_in_a_reading(text: str, on: date) -> None:
    assert isinstance(reading(text, on), Reading)


@settings(deadline=None)
@given(texts, meeting_days)
def test_readings_stand_in_the_text_in_order_and_apart(text: str, on: date) -> None:
    found = readings(text, on)

    assert all(one.text and text[one.start_at : one.start_at + len(one.text)] == one.text for one in found)
    ends = [one.start_at + len(one.text) for one in found]
    assert all(end <= later.start_at for end, later in zip(ends, found[1:], strict=False))


@settings(deadline=None)
@given(texts, meeting_days)
def test_readings_keep_their_promises_about_days(text: str, on: date) -> None:
    for one in readings(text, on):
        assert one.kind is not Kind.DATE or one.date is not None
        assert one.kind is not Kind.RANGE or (one.start is not None and one.end is not None and one.start <= one.end)
        assert one.kind is not Kind.AMBIGUOUS or (one.date is None and one.flags)
        assert one.kind is Kind.RANGE or one.kind is Kind.NOT_DEADLINE or one.end is None
        assert one.kind in (Kind.DATE, Kind.RANGE) or one.last_working_day is None


@settings(deadline=None)
@given(st.dates(min_value=date(1998, 1, 1), max_value=date(2099, 12, 31)))
def test_date_in_every_spelling_is_the_same_day(day: date) -> None:
    year = day.year - 1911
    spellings = (
        f"民國{year}年{day.month}月{day.day}日",
        f"{year}.{day.month}.{day.day}前",
        f"{year:03d}{day:%m%d}前",
        f"{day.year}-{day:%m-%d}",
        f"{day.year} 年 {day.month} 月\n{day.day} 日",
        f"{day.year}年{day.month}月{day.day}日({'一二三四五六日'[day.weekday()]})前",
    )

    assert {reading(spelling, day).date for spelling in spellings} == {day}


@settings(deadline=None)
@given(meeting_days, st.integers(min_value=1, max_value=60))
def test_working_day_period_is_what_the_calendar_counts(on: date, count: int) -> None:
    assert reading(f"{count}個工作天內", on).date == CALENDAR.add_working_days(on, count)


@settings(deadline=None)
@given(meeting_days)
def test_deadline_without_a_year_is_never_silently_past(on: date) -> None:
    for month in range(1, 13):
        due = reading(f"請於{month}月底前完成", on)
        assert due.deadline is None or due.deadline >= on


def test_find_gives_every_expression_in_order() -> None:
    found = readings("原訂8月底前完成，請於10月15日前提報，並每月5日前更新，俟核定後儘速公告")

    assert [(one.kind, one.text) for one in found] == [
        (Kind.NOT_DEADLINE, "8月底前"),
        (Kind.DATE, "10月15日前"),
        (Kind.RECURRENCE, "每月5日前"),
        (Kind.EVENT, "俟核定後"),
        (Kind.VAGUE, "儘速"),
    ]


def test_text_of_a_reading_keeps_spaces_and_line_breaks() -> None:
    due = reading("請於 9 月\n 30 日前 完成")

    assert (due.text, due.start_at, due.date) == ("9 月\n 30 日前", 3, date(2021, 9, 30))


def test_numbers_apart_are_not_joined_to_a_date() -> None:
    assert reading("會議室106 12月底前").date == date(2021, 12, 31)


def test_last_working_day_of_a_day_off_is_before_it() -> None:
    due = reading("12月底前")

    assert (due.date, due.last_working_day, due.flags) == (date(2021, 12, 31), date(2021, 12, 30), ("day_off",))


def test_effective_day_of_a_month_period_is_rolled_forward() -> None:
    due = reading("一個月內", date(2022, 1, 31))

    assert (due.date, due.effective, due.last_working_day) == (date(2022, 2, 28), date(2022, 3, 1), date(2022, 2, 25))


def test_typhoon_day_moves_a_period() -> None:
    typhoon = WorkCalendar({date(2021, 9, 30): False})

    assert read("7日內", on=MEETING, calendar=typhoon).date == date(2021, 10, 1)


def test_deadline_of_a_plan_is_none() -> None:
    due = reading("預計於10月底前完成")

    assert (due.date, due.flags, due.deadline) == (date(2021, 10, 31), ("plan", "day_off"), None)


def test_deadline_of_a_range_is_its_end() -> None:
    assert reading("111年第1季").deadline == date(2022, 3, 31)


@pytest.mark.parametrize(
    "words", ["8月底前", "9月30日(五)前", "今(24)日", "截至8月底", "儘速", "下次會議前", "每月5日前", ""]
)
def test_deadline_is_none_for_what_is_not_one_certain_day(words: str) -> None:
    assert reading(words).deadline is None


@pytest.mark.parametrize(("words", "first"), [("每月5日前", date(2021, 10, 5)), ("每週一", date(2021, 9, 27))])
def test_recurrence_starts_on_its_next_day(words: str, first: date) -> None:
    assert reading(words).start == first


def test_start_without_end_is_a_recurrence_without_rule() -> None:
    began = reading("即日起")

    assert (began.kind, began.start, began.end, began.recurrence) == (Kind.RECURRENCE, MEETING, None, None)


def test_event_keeps_its_words() -> None:
    assert reading("請於文到7日內函復").event == "文到7日內"


@pytest.mark.parametrize(
    "unit", ["一", "1", "年", "前", "俟", "於", "每", "12月", " \n", "110.", "十日", "(", "週一、", "下次", "1 "]
)
def test_long_repetition_is_read_in_linear_time(unit: str) -> None:
    """A pattern that backtracks badly would run into the suite's time limit here."""
    assert isinstance(reading(unit * (60_000 // len(unit))), Reading)
