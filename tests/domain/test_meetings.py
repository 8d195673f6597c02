"""When a series meets next."""

from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import WorkCalendar
from domain.meetings import NextMeeting, next_meeting, report_day

CALENDAR = WorkCalendar()
HELD = [date(2021, 7, 1), date(2021, 7, 29), date(2021, 8, 26), date(2021, 9, 23)]


@pytest.mark.parametrize(
    ("said", "held", "today", "expected"),
    [
        (date(2021, 10, 20), HELD, date(2021, 9, 27), NextMeeting(date(2021, 10, 20))),
        (date(2021, 10, 20), HELD, date(2021, 10, 20), NextMeeting(date(2021, 10, 20))),  # the day itself
        (date(2021, 9, 24), HELD, date(2021, 9, 27), NextMeeting(date(2021, 10, 21), is_predicted=True)),  # over
        (date(2021, 9, 23), HELD, date(2021, 9, 23), NextMeeting(date(2021, 10, 21), is_predicted=True)),  # was held
        (None, HELD, date(2021, 10, 21), NextMeeting(date(2021, 10, 21), is_predicted=True)),
        (None, HELD, date(2021, 10, 22), NextMeeting(date(2021, 11, 18), is_predicted=True)),  # none was recorded
        (None, HELD[:1], date(2021, 7, 2), None),
        (None, [], date(2021, 7, 2), None),
        (date(2021, 10, 1), [], date(2021, 9, 27), NextMeeting(date(2021, 10, 1))),
        # eight days on is National Day, observed on Monday the 11th
        (None, [date(2021, 9, 27), date(2021, 10, 4)], date(2021, 10, 5), NextMeeting(date(2021, 10, 12), True)),
        # a long break does not change the rhythm
        (None, [*HELD, date(2021, 12, 30)], date(2021, 12, 31), NextMeeting(date(2022, 1, 27), is_predicted=True)),
        # over the ROC new year and the Lunar New Year holiday of 31 January to 4 February
        (None, [date(2021, 12, 6), date(2022, 1, 3)], date(2022, 1, 4), NextMeeting(date(2022, 2, 7), True)),
    ],
)
def test_next_meeting_is_said_or_predicted_from_the_rhythm(
    said: date | None, held: list[date], today: date, expected: NextMeeting | None
) -> None:
    assert next_meeting(said, held, today, CALENDAR) == expected


@pytest.mark.parametrize(
    ("meeting", "days", "due"),
    [
        (date(2021, 10, 21), 3, date(2021, 10, 18)),
        (date(2021, 10, 13), 3, date(2021, 10, 7)),  # over National Day
        (date(2024, 3, 4), 3, date(2024, 2, 27)),  # over 228 and beside a leap day
        (date(2021, 12, 31), 1, date(2021, 12, 29)),  # a day off: counted from the last working day before it
    ],
)
def test_report_day_is_working_days_before_the_meeting(meeting: date, days: int, due: date) -> None:
    assert report_day(meeting, days, CALENDAR) == due
