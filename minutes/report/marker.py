"""The mark in a report's keywords by which it is known again: series, meeting and day of making.

Keywords are the one property that .odt, .docx and .xlsx all have and that office programs keep when they save or
convert.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

from minutes.report.clean import one_line
from minutes.report.sheet import ReportSheet

_PREFIX = "lieguan-report/1"
_MARK = re.compile(rf"{_PREFIX}/(?P<made_on>\d{{4}}-\d\d-\d\d)/(?P<ordinal>\d{{0,9}})/(?P<series>[\w%.~-]*)")
_MAX_SERIES = 200  # characters as encoded; Word takes 255 for all keywords
_NOT_WORD = re.compile(r"\W")  # office programs part keywords at colons, commas and blanks


@dataclass(frozen=True, slots=True)
class ReportMarker:
    """`series` is the beginning of its name, as much as there is room for: the whole of any usual name."""

    series: str
    meeting_ordinal: int | None
    made_on: date

    def encode(self) -> str:
        ordinal = "" if self.meeting_ordinal is None else self.meeting_ordinal
        return f"{_PREFIX}/{self.made_on.isoformat()}/{ordinal}/{_quoted(self.series)}"


def marker_of(sheet: ReportSheet) -> ReportMarker:
    series = one_line(sheet.header.series)[:_MAX_SERIES]
    while len(_quoted(series)) > _MAX_SERIES:
        series = series[:-1]
    return ReportMarker(series, sheet.header.meeting_ordinal, sheet.made_on)


def _quoted(series: str) -> str:
    return _NOT_WORD.sub(lambda match: quote(match[0], safe=""), series)


def find_marker(keywords: str) -> ReportMarker | None:
    """The marker among the keywords, or None where there is none or its day does not exist."""
    match = _MARK.search(keywords)
    if match is None:
        return None
    try:
        made_on = date.fromisoformat(match["made_on"])
    except ValueError:
        return None
    return ReportMarker(unquote(match["series"]), int(match["ordinal"]) if match["ordinal"] else None, made_on)
