"""Open the written files with the libraries of their formats, as another program would, and tick their boxes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import openpyxl
from docx import Document as Docx
from odfdo import Document as Odf
from openpyxl.cell.cell import MergedCell

from minutes.report.docx_writer import write_docx
from minutes.report.odt_writer import write_odt
from minutes.report.sheet import ReportSheet
from minutes.report.xlsx_writer import write_xlsx

Marks = Sequence[tuple[str, str]]  # what is written into the two boxes of each line, in order
WRITERS: dict[str, Callable[[ReportSheet], bytes]] = {"odt": write_odt, "docx": write_docx, "xlsx": write_xlsx}
FIRST_SHEET_ROW = 5


def open_lines(sheet: ReportSheet) -> dict[str, list[str]]:
    return {row.number: [line.unit for line in row.units] for row in sheet.rows}


def tick(kind: str, data: bytes, marks: Marks) -> bytes:
    """Write marks into the boxes of a file, one pair for each line, and save it by the library."""
    return {"odt": _tick_odt, "docx": _tick_docx, "xlsx": _tick_xlsx}[kind](data, marks)


def docx_rows(data: bytes) -> list[Any]:
    return list(Docx(io.BytesIO(data)).tables[0]._tbl.tr_lst)


def docx_cell_texts(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Docx(io.BytesIO(data)).tables[0].rows]


def odt_rows(document: Any) -> list[Any]:
    return list(document.body.get_elements("//table:table-row"))


def odt_cell_texts(data: bytes) -> list[list[str]]:
    return [
        ["\n".join(p.inner_text for p in cell.get_elements("text:p")) for cell in row.get_elements("table:table-cell")]
        for row in odt_rows(Odf(io.BytesIO(data)))
    ]


def xlsx_page(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def _tick_docx(data: bytes, marks: Marks) -> bytes:
    document = Docx(io.BytesIO(data))
    table = document.tables[0]
    for row, pair in zip(table._tbl.tr_lst[1:], marks, strict=True):
        for cell, mark in zip(row.tc_lst[-2:], pair, strict=True):
            paragraph = cell.p_lst[0]
            for run in paragraph.r_lst[1:]:
                paragraph.remove(run)
            paragraph.r_lst[0].text = mark
    return _saved(document.save)


def _tick_odt(data: bytes, marks: Marks) -> bytes:
    document = Odf(io.BytesIO(data))
    for row, pair in zip(odt_rows(document)[1:], marks, strict=True):
        for cell, mark in zip(row.get_elements("table:table-cell")[-2:], pair, strict=True):
            cell.get_elements("text:p")[0].text = mark
    return _saved(document.save)


def _tick_xlsx(data: bytes, marks: Marks) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    rows = (row for row in page.iter_rows(min_row=FIRST_SHEET_ROW) if not isinstance(row[2], MergedCell))
    for row, pair in zip(rows, marks, strict=True):
        for cell, mark in zip(row[-2:], pair, strict=True):
            cell.value = mark
    return _saved(book.save)


def _saved(save: Callable[[io.BytesIO], Any]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def joined(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(text for row in rows for text in row)
