"""A report is read in the reading process as it is read here."""

from __future__ import annotations

from datetime import date

import pytest

from minutes.formats.model import Limits, Reason, Unreadable
from minutes.report.filled import read_filled
from minutes.report.reading import read_report
from minutes.report.sheet import ReportHeader, ReportSheet
from tests.report.files import WRITERS
from tests.report.sheets import USUAL, case, sheet


@pytest.mark.parametrize("kind", WRITERS)
def test_report_is_read_in_the_reading_process_as_here(kind: str) -> None:
    content = WRITERS[kind](USUAL)

    assert read_report(content, f"彙整表.{kind}") == read_filled(content)


def test_report_without_an_ordinal_keeps_its_marker() -> None:
    empty = ReportSheet(header=ReportHeader(series="處務會議"), rows=(), made_on=date(2021, 10, 18))

    report = read_report(WRITERS["odt"](empty))

    assert report is not None
    assert report.marker is not None
    assert (report.marker.series, report.marker.meeting_ordinal) == ("處務會議", None)


@pytest.mark.parametrize("content", [b"%PDF-1.4 x", "決議：請資訊局辦理。".encode()], ids=["pdf", "text"])
def test_other_kind_of_file_is_no_report(content: bytes) -> None:
    assert read_report(content) is None


def test_file_over_the_limit_is_refused() -> None:
    content = WRITERS["odt"](sheet(case("1-1")))

    with pytest.raises(Unreadable) as refused:
        read_report(content, limits=Limits(size=100))

    assert refused.value.reason is Reason.TOO_LARGE
