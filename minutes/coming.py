"""The day of the next meeting, where the minutes state it: 下次會議訂於110年10月21日, 下次會議時間：9月17日."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from domain.dates import Kind
from minutes.timing import Clock

_STATED = re.compile(
    r"下[一]?次(?:會議|開會|會報|委員會)?(?:召開|開會|舉行)?(?:時間|日期)?(?:預計|預定|暫)?"
    r"(?:\s*:|(?:為|係)|[訂定擇]?於|[訂定])(?P<when>[^。;,]{2,40})"
)
_HEADING = re.compile(r"(?:[一-鿿\d]{1,3}[、.])?下[一]?次(?:會議|開會|會報|委員會)(?:時間|日期)?:?")
_TIME_LABEL = re.compile(r"(?:會議|開會)?(?:時間|日期)\s*:\s*")
_NAMES_A_DAY = re.compile(r"日|號|\d\s*[./-]\s*\d|\d{7}|(?:週|周|星期|禮拜)[一二三四五六日天]")
_LATEST = timedelta(days=400)  # no series meets more rarely than once a year


def next_meeting_on(texts: Iterable[str], clock: Clock) -> date | None:
    """The one day after the meeting that folded paragraphs state; None where they state none, or several."""
    if clock.held_on is None:
        return None
    days = {
        day
        for text in _with_headings(texts)
        for stated in _STATED.finditer(text)
        for day in _days(stated["when"], clock)
        if clock.held_on < day <= clock.held_on + _LATEST
    }
    return days.pop() if len(days) == 1 else None


def _with_headings(texts: Iterable[str]) -> Iterable[str]:
    """The texts; a heading 下次會議 is read with the line below it."""
    heading = ""
    for text in texts:
        yield f"{heading}:{_TIME_LABEL.sub('', text, count=1)}" if heading else text
        heading = text.rstrip(":") if _HEADING.fullmatch(text) else ""


def _days(when: str, clock: Clock) -> Iterable[date]:
    """The days that the words name; a month or 下旬 is none."""
    for reading in clock.find(when):
        if reading.kind in (Kind.DATE, Kind.NOT_DEADLINE) and reading.date and _NAMES_A_DAY.search(reading.text):
            yield reading.date
