"""Lists of our own writing in every shape that offices keep, each in three formats, with what is to be read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import odfdo
import openpyxl
import pytest

from minutes.formats import Sheet
from minutes.formats.sheets import read_sheets
from minutes.lists.read import read_list
from tests.lists.summary import summary, terms

LISTS = sorted((Path(__file__).parents[1] / "data" / "lists").glob("*.csv"))


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))


def _xlsx(path: Path) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("清單", 0)
    for row, cells in enumerate(_rows(path), 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            cell.value = text or None
            cell.data_type = "s" if text else "n"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ods(path: Path) -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("清單")
    for cells in _rows(path):
        row = odfdo.Row()
        for text in cells:
            row.append_cell(odfdo.Cell(text or None, text=text or None))
        table.append_row(row)
    document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _csv(path: Path) -> bytes:
    return path.read_bytes()


def _csv_of_excel(path: Path) -> bytes:
    """As Excel in Taiwan saves it."""
    return path.read_text("utf-8").encode("cp950")


WRITERS = {"utf8.csv": _csv, "cp950.csv": _csv_of_excel, "list.xlsx": _xlsx, "list.ods": _ods}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("path", LISTS, ids=[path.stem for path in LISTS])
def test_a_list_is_read_alike_from_every_format(path: Path, name: str) -> None:
    expected = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))

    reading = read_list(read_sheets(WRITERS[name](path), name), terms())

    assert summary(reading) == expected


@pytest.mark.parametrize("path", LISTS, ids=[path.stem for path in LISTS])
def test_every_row_of_a_list_is_accounted_for(path: Path) -> None:
    (sheet,) = read_sheets(path.read_bytes(), path.name)

    reading = read_list([sheet], terms())

    assert set(reading.rows) == filled_rows(sheet)


def filled_rows(sheet: Sheet) -> set[int]:
    return {at for at, row in enumerate(sheet.rows, 1) if any(text.strip() for text in row)}
