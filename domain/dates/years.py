"""Which year is meant: ROC, western, relative, bracketed, or left out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.calendar import ROC_OFFSET
from domain.dates.vocabulary import N
from domain.numerals import number

YEAR = (
    rf"(?:(?P<era>中華民國|民國|西元|公元)?(?P<year>{N}|元)年"
    rf"|(?<![以之最目三兩])(?P<ryear>[本今明去後前當次隔翌])(?:\((?P<byear>{N})年?\))?年)(?P<fiscal>度)?"
)
_SHIFTS = {"本": 0, "今": 0, "當": 0, "明": 1, "次": 1, "隔": 1, "翌": 1, "後": 2, "去": -1, "前": -2}
_MONTHS_AHEAD = 6  # a month left without a year belongs to the coming year when it is at most this far away
_FIRST, _LAST = 1912, 2200


@dataclass(frozen=True, slots=True)
class Year:
    """A year as written. `doubt` is the other year where a bracket contradicts the word before it."""

    value: int
    doubt: int | None = None


def read_year(match: re.Match[str], on: date) -> Year | None:
    """Read the groups of YEAR; None where no year is written or the number cannot be one."""
    if match["year"]:
        value = _western(match["year"], match["era"])
        return Year(value) if value else None
    if not match["ryear"]:
        return None
    value = on.year + _SHIFTS[match["ryear"]]
    bracket = _western(match["byear"], "民國") if match["byear"] else value
    return Year(value, None if bracket in (value, None) else bracket)


def western(year: int) -> int | None:
    """Turn a bare ROC or western year number into a western one; None for what is no year (a count, a duration)."""
    value = year + ROC_OFFSET if 60 <= year < 200 else year
    return value if _FIRST <= value <= _LAST else None


def _western(text: str, era: str | None) -> int | None:
    value = 1 if text == "元" else number(text)
    if value is None:
        return None
    if era in ("民國", "中華民國") and 0 < value < 200:
        return value + ROC_OFFSET
    return western(value)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Choice:
    """The year chosen for a date that names none; None with candidates where two years could be meant."""

    year: int | None
    flags: tuple[str, ...] = ()
    candidates: tuple[date, ...] = ()


def nearest_year(last_day: Callable[[int], date], on: date, *, backward: bool) -> Choice:
    """Choose the sensible year: this one while it is ahead, the coming one when it is near, else ask.

    `backward` is for texts that look back (已於, 截至): the latest such day not after the meeting.
    """
    this, following = last_day(on.year), last_day(on.year + 1)
    if backward:
        return Choice(on.year if this <= on else on.year - 1)
    if this >= on:
        return Choice(on.year)
    if (following.year - on.year) * 12 + following.month - on.month <= _MONTHS_AHEAD:
        return Choice(on.year + 1, ("next_year",))
    return Choice(None, ("past", "two_readings"), (this, following))
