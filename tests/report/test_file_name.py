"""What a report's file is called."""

from __future__ import annotations

import pytest

from minutes.report.file_name import file_name
from minutes.report.sheet import ReportHeader


@pytest.mark.parametrize(
    ("series", "ordinal", "name"),
    [
        ("主任秘書會報", 213, "主任秘書會報第213次會議執行情形彙整表"),
        ("處務會議", None, "處務會議執行情形彙整表"),
        ("../a/b: c?\nd", 1, "a_b_c_d第1次會議執行情形彙整表"),
        ("長" * 300, 2, "長" * 60 + "第2次會議執行情形彙整表"),
    ],
)
def test_file_is_named_after_the_meeting(series: str, ordinal: int | None, name: str) -> None:
    assert file_name(ReportHeader(series=series, meeting_ordinal=ordinal)) == name
