"""Whatever the report, what is ticked is read, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutes.report.filled import read_filled
from minutes.report.line_text import MAX_MESSAGES, MAX_UNITS, utf16_units, write_line_texts
from minutes.report.marker import marker_of
from minutes.report.read_back import LineKey, ReadBack, TickedDecision, read_back
from minutes.report.sheet import ReportSheet
from tests.report.files import WRITERS, open_lines, tick
from tests.report.sheets import any_sheet

KINDS = pytest.mark.parametrize("kind", sorted(WRITERS))
few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

UNTOUCHED = ("□", "□")
RELEASES = [(mark, "□") for mark in ("■", "□V", "ｖ", "☑", "x", "○", "是", "✔", "[√]", "１")]
CONTINUES = [("□", mark) for mark in ("■", "V□", "Ｖ", "☒", "Ｘ", "●", "✓", "ˇ", "＊")]
BOTH = [("■", "■"), ("V", "x")]


def read(content: bytes, sheet: ReportSheet) -> ReadBack:
    report = read_filled(content)
    assert report is not None
    return read_back(report, open_lines(sheet))


def keys(sheet: ReportSheet) -> tuple[LineKey, ...]:
    return tuple(LineKey(row.number, line.unit) for row in sheet.rows for line in row.units)


@KINDS
@few
@given(sheet=any_sheet)
def test_unticked_report_decides_nothing(kind: str, sheet: ReportSheet) -> None:
    result = read(WRITERS[kind](sheet), sheet)

    assert result == ReadBack(decisions=(), conflicts=(), undecided=keys(sheet), missing=(), not_understood=())


@KINDS
@few
@given(sheet=any_sheet.filter(lambda sheet: sheet.rows), data=st.data())
def test_ticked_report_gives_exactly_its_ticks(kind: str, sheet: ReportSheet, data: st.DataObject) -> None:
    choice = st.sampled_from([UNTOUCHED, *RELEASES, *CONTINUES, *BOTH])
    marks = [data.draw(choice) for _ in keys(sheet)]

    result = read(tick(kind, WRITERS[kind](sheet), marks), sheet)

    marked = list(zip(keys(sheet), marks, strict=True))
    assert result == ReadBack(
        decisions=tuple(
            TickedDecision(key.number, key.unit, "release" if pair in RELEASES else "continue")
            for key, pair in marked
            if pair in [*RELEASES, *CONTINUES]
        ),
        conflicts=tuple(key for key, pair in marked if pair in BOTH),
        undecided=tuple(key for key, pair in marked if pair == UNTOUCHED),
        missing=(),
        not_understood=(),
    )


@KINDS
@few
@given(sheet=any_sheet)
def test_report_is_known_again_by_its_marker(kind: str, sheet: ReportSheet) -> None:
    report = read_filled(WRITERS[kind](sheet))

    assert report is not None
    assert report.marker == marker_of(sheet)


@KINDS
@few
@given(sheet=any_sheet)
def test_same_data_gives_same_bytes(kind: str, sheet: ReportSheet) -> None:
    assert WRITERS[kind](sheet) == WRITERS[kind](sheet)


LARGE_ON_PURPOSE = [HealthCheck.too_slow, HealthCheck.data_too_large]  # sheets that no LINE message holds


@settings(max_examples=25, deadline=None, suppress_health_check=LARGE_ON_PURPOSE)
@given(sheet=any_sheet)
def test_line_texts_fit_line(sheet: ReportSheet) -> None:
    messages = write_line_texts(sheet)

    assert 1 <= len(messages) <= MAX_MESSAGES
    assert all(0 < utf16_units(message) <= MAX_UNITS for message in messages)
