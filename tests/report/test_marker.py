"""The mark by which a report is known again."""

from __future__ import annotations

from datetime import date

import pytest

from minutes.report.filled import read_filled
from minutes.report.marker import ReportMarker, find_marker, marker_of
from minutes.report.sheet import ReportHeader, ReportSheet
from tests.report.files import WRITERS

DAY = date(2021, 10, 18)


@pytest.mark.parametrize("series", ["主任秘書會報", "秘書處 處務會議", "a,b;c:d/e%20_-", "", "第1組（二）"])
@pytest.mark.parametrize("ordinal", [None, 213])
def test_marker_is_found_among_other_keywords(series: str, ordinal: int | None) -> None:
    marker = ReportMarker(series, ordinal, DAY)

    assert find_marker(f"列管 {marker.encode()} 會議") == marker


@pytest.mark.parametrize(
    "keywords", ["", "會議", "lieguan-report/1/2021-13-40/213/會報", "lieguan-report/9/2021-10-18/1/會報"]
)
def test_other_keywords_are_no_marker(keywords: str) -> None:
    assert find_marker(keywords) is None


def test_marker_has_nothing_at_which_office_programs_part_keywords() -> None:
    encoded = ReportMarker("會報:一,二;三 四", 213, DAY).encode()

    assert set(",;: \t") & set(encoded) == set()


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_endless_name_of_a_series_still_leaves_a_marker(kind: str) -> None:
    sheet = ReportSheet(header=ReportHeader(series="🗂" * 400), rows=(), made_on=DAY)

    report = read_filled(WRITERS[kind](sheet))

    assert report is not None
    assert report.marker == marker_of(sheet) == ReportMarker("🗂" * 16, None, DAY)
