"""Files that mean harm, or are no report at all."""

from __future__ import annotations

import io
import zipfile

import pytest

from minutes.formats import Limits, Reason, Unreadable
from minutes.report.archive import pack
from minutes.report.filled import read_filled
from tests.report.files import WRITERS
from tests.report.sheets import USUAL

KINDS = pytest.mark.parametrize("kind", sorted(WRITERS))


def replaced(kind: str, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(WRITERS[kind](USUAL))) as source:
        parts = {part: source.read(part) for part in source.namelist()}
    return pack(parts | {name: content}, first="mimetype" if kind == "odt" else None)


BODIES = {"docx": "word/document.xml", "odt": "content.xml", "xlsx": "xl/worksheets/sheet1.xml"}
HOSTILE = {
    "entities": (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', Reason.UNSAFE_XML),
    "nesting": (b"<a>" * 5000, Reason.UNSAFE_XML),
    "bomb": (b" " * 50_000_000, Reason.ZIP_BOMB),
    "not XML": (b"\x00\x01", Reason.DAMAGED),
}


@KINDS
@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_file_is_refused(kind: str, content: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_filled(replaced(kind, BODIES[kind], content))

    assert refusal.value.reason is reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"no zip", Reason.DAMAGED),
        (b"PK\x03\x04", Reason.DAMAGED),
        (b"x" * 2000, Reason.TOO_LARGE),
    ],
)
def test_file_that_is_no_office_file_is_refused(content: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_filled(content, limits=Limits(size=1000))

    assert refusal.value.reason is reason


SHEET = """<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData>
<mergeCells>{merges}</mergeCells></worksheet>"""
REPEATS = """<a xmlns:t="t"><t:table><t:table-row t:number-rows-repeated="1048576">
<t:table-cell t:number-columns-repeated="16384"><p>{text}</p></t:table-cell></t:table-row></t:table></a>"""


def test_xlsx_merges_over_the_whole_sheet_cost_no_more_than_its_cells() -> None:
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 50

    report = read_filled(replaced("xlsx", BODIES["xlsx"], SHEET.format(merges=merges).encode()))

    assert report is not None
    assert report.rows == ()


def test_odt_empty_rows_repeated_without_end_are_passed_over() -> None:
    report = read_filled(replaced("odt", BODIES["odt"], REPEATS.format(text="").encode()))

    assert report is not None
    assert report.rows == ()


def test_odt_rows_repeated_without_end_are_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_filled(replaced("odt", BODIES["odt"], REPEATS.format(text="x").encode()))

    assert refusal.value.reason is Reason.TOO_LARGE
