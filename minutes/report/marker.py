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

_PREFIX = "lieguan-report:1"
_MARK = re.compile(rf"{_PREFIX}:(?P<made_on>\d{{4}}-\d\d-\d\d):(?P<ordinal>\d{{0,9}}):(?P<series>[^:,;\s]*)")
MAX_SERIES = 60  # characters; Word takes 255 for all keywords
_SEPARATOR = re.compile(r"[%:,;\s<>&\"']")


@dataclass(frozen=True, slots=True)
class ReportMarker:
    """`series` is the first 60 characters of its name."""

    series: str
    meeting_ordinal: int | None
    made_on: date

    def encode(self) -> str:
        series = _SEPARATOR.sub(lambda match: quote(match[0], safe=""), self.series)
        ordinal = "" if self.meeting_ordinal is None else self.meeting_ordinal
        return f"{_PREFIX}:{self.made_on.isoformat()}:{ordinal}:{series}"


def marker_of(sheet: ReportSheet) -> ReportMarker:
    return ReportMarker(one_line(sheet.header.series)[:MAX_SERIES], sheet.header.meeting_ordinal, sheet.made_on)


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
