"""The name of a report's file."""

from __future__ import annotations

import re

from minutes.report import phrases
from minutes.report.clean import one_line
from minutes.report.sheet import ReportHeader

LONGEST = 60  # characters of the series: with the rest under the 255 bytes that file systems allow
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')


def file_name(header: ReportHeader) -> str:
    """Name the file of a report after its meeting, without an ending, as Windows and Linux both take it."""
    series = _UNFIT.sub("_", one_line(header.series)).strip("._")[:LONGEST]
    ordinal = "" if header.meeting_ordinal is None else phrases.CHAT_ORDINAL.format(ordinal=header.meeting_ordinal)
    return f"{series}{ordinal}{phrases.SHEET_NAME}"
