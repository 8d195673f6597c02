"""How long a case has been tracked, in meetings, and since when a report counts for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo

from domain.case import Case, Meeting, Series
from domain.numbers import NumberScheme

EVER = datetime(1970, 1, 1, tzinfo=UTC)


def last_ordinal(meetings: Sequence[Meeting]) -> int | None:
    """The highest ordinal of a meeting that was held."""
    return max((meeting.ordinal for meeting in meetings if meeting.ordinal is not None), default=None)


def age_in_meetings(case: Case, series: Series, meetings: Sequence[Meeting]) -> int | None:
    """Meetings since the case was opened; its number tells better than the bot, which may have learned of it later."""
    last = last_ordinal(meetings)
    if last is None:
        return None
    named = NumberScheme(series.scheme).split(case.number)
    if named and named[0] <= last:
        return last - named[0]
    opened = next((one.ordinal for one in meetings if one.id == case.meeting_id), None)
    return None if opened is None else last - opened


def last_meeting(meetings: Sequence[Meeting]) -> Meeting | None:
    """The meeting held last; where no day is known, the one recorded last."""
    return max(meetings, key=lambda meeting: (meeting.held_on or date.min, meeting.ordinal or 0), default=None)


def reported_since(meetings: Sequence[Meeting], today: date, zone: tzinfo) -> datetime:
    """From when a report counts for the next meeting: the day of the last one that was held until today, or ever."""
    last = last_meeting([meeting for meeting in meetings if meeting.held_on is None or meeting.held_on <= today])
    return datetime.combine(last.held_on, time.min, tzinfo=zone) if last and last.held_on else EVER
