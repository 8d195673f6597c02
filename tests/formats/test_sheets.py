"""Lists of cases as tables: the values that a person sees, whatever the file's format."""

from __future__ import annotations

import io
from datetime import date

import odfdo
import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from minutes.formats import Limits, Reason, Sheet, Unreadable
from minutes.formats.sheets import read_sheets
from tests.formats.packages import open_sheets

ROWS = (
    ("編號", "案由", "主辦單位", "期限"),
    ("211-2", "系統更新", "資訊局", "110/9/23"),
    ("211-3", "管線\n汰換", "工務局", ""),
)


def refusal(content: bytes, name: str = "", limits: Limits | None = None) -> tuple[Reason, str]:
    with pytest.raises(Unreadable) as caught:
        read_sheets(content, name, limits=limits)
    return caught.value.reason, caught.value.detail


def saved(book: openpyxl.Workbook | odfdo.Document) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_xlsx_gives_each_sheet_with_its_name() -> None:
    book = openpyxl.Workbook()
    book.active.title = "列管"
    for row in ROWS:
        book.active.append(row)
    book.create_sheet("空白")
    book.create_sheet("附件").append(["甲", None, "乙"])

    assert read_sheets(saved(book), "list.xlsx") == (Sheet("列管", ROWS), Sheet("附件", (("甲", "", "乙"),)))


def test_xlsx_values_are_text_as_people_write_them() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    roc = book.add_format({"num_format": '[$-404]e"年"m"月"d"日"'})
    time_of_day = book.add_format({"num_format": "yyyy/mm/dd hh:mm"})
    share = book.add_format({"num_format": '0.0"天"'})
    sheet.write_datetime(0, 0, date(2021, 9, 23), roc)
    sheet.write_number(0, 1, 44462 + 14.5 / 24, time_of_day)
    sheet.write_number(0, 2, 10601)
    sheet.write_number(0, 3, 0.1 + 0.2, share)
    sheet.write_boolean(0, 4, True)
    sheet.write_formula(0, 5, "=1+1", value=2)
    sheet.write_rich_string(0, 6, "資", book.add_format({"bold": True}), "訊局")
    sheet.write_number(0, 7, 12_345_678_901)
    book.close()

    assert read_sheets(out.getvalue())[0].rows == (
        ("2021-09-23", "2021-09-23 14:30:00", "10601", "0.3", "TRUE", "2", "資訊局", "12345678901"),
    )


def test_xlsx_with_the_other_epoch_gives_the_same_days() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = date(2021, 9, 23)

    assert read_sheets(saved(book))[0].rows == (("2021-09-23",),)


def test_merged_block_of_xlsx_repeats_downwards() -> None:
    book = openpyxl.Workbook()
    for row in [("單位", "案"), ("資訊局", "甲"), (None, "乙"), (None, "丙")]:
        book.active.append(row)
    book.active.merge_cells("A2:A4")

    assert [row[0] for row in read_sheets(saved(book))[0].rows] == ["單位", "資訊局", "資訊局", "資訊局"]


def test_ods_gives_each_sheet_with_its_name() -> None:
    book = odfdo.Document("spreadsheet")
    book.body.clear()
    for name, rows in (("列管", [["編號", 10601, date(2021, 9, 23)], ["甲", 0.5, True]]), ("附件", [["乙", "丙"]])):
        table = odfdo.Table(name)
        for row in rows:
            table.append_row(odfdo.Row(width=0))
            table.set_row_values(table.height - 1, row)
        book.body.append(table)

    sheets = read_sheets(saved(book), "list.ods")

    assert [sheet.name for sheet in sheets] == ["列管", "附件"]
    assert sheets[0].rows == (("編號", "10601", "2021-09-23"), ("甲", "0.5", "TRUE"))
    assert sheets[1].rows == (("乙", "丙"),)


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def test_ods_repeats_and_merges_are_spelled_out() -> None:
    tall = cell("資訊局", 'table:number-rows-spanned="2"')
    twice = cell("丙", 'table:number-columns-repeated="2"')
    rows = (
        row(tall + cell("甲")),
        row("<table:covered-table-cell/>" + cell("乙")),
        row(twice, 'table:number-rows-repeated="2"'),
        row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048000"'),
    )
    body = f'<table:table table:name="表">{"".join(rows)}</table:table>'

    assert read_sheets(open_sheets(body))[0].rows == (("資訊局", "甲"), ("資訊局", "乙"), ("丙", "丙"), ("丙", "丙"))


@pytest.mark.parametrize("count", [1_000_000, 2**31, 10**15])
def test_ods_that_repeats_a_filled_row_without_end_is_refused(count: int) -> None:
    repeated = row(cell("甲"), f'table:number-rows-repeated="{count}"')
    table = f"<table:table>{repeated}</table:table>"

    assert refusal(open_sheets(table)) == (Reason.TOO_LARGE, f"rows {Limits().rows}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_csv_in_any_encoding_and_with_any_delimiter_gives_its_rows(encoding: str, delimiter: str) -> None:
    lines = [delimiter.join(f'"{cell}"' if "\n" in cell else cell for cell in row) for row in ROWS]

    assert read_sheets("\r\n".join(lines).encode(encoding), "list.csv") == (Sheet("", ROWS),)


def test_csv_with_commas_in_quotes_keeps_its_cells() -> None:
    assert read_sheets('甲,"請資訊局, 法務局辦理","他說""好"""\n1;2,3;4,5\n'.encode())[0].rows == (
        ("甲", "請資訊局, 法務局辦理", '他說"好"'),
        ("1;2", "3;4", "5"),
    )


def test_csv_that_declares_its_delimiter_is_believed() -> None:
    assert read_sheets("sep=;\r\n甲,乙;丙,丁\r\n".encode())[0].rows == (("甲,乙", "丙,丁"),)


def test_csv_of_one_column_has_one_column() -> None:
    assert read_sheets("案由\n系統更新\n".encode())[0].rows == (("案由",), ("系統更新",))


def test_sheet_with_too_many_rows_is_refused() -> None:
    assert refusal(b"a,b\n" * 30, limits=Limits(rows=20)) == (Reason.TOO_LARGE, "rows 20")


def test_workbook_without_a_filled_cell_is_empty() -> None:
    assert refusal(saved(openpyxl.Workbook()), "list.xlsx") == (Reason.EMPTY, "")


def test_far_away_cell_is_refused_without_building_the_rows_before_it() -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "甲"

    assert refusal(saved(book)) == (Reason.TOO_LARGE, f"rows {Limits().rows}")


def test_document_where_a_list_is_wanted_is_told() -> None:
    out = io.BytesIO()
    odfdo.Document("text").save(out)

    assert refusal(out.getvalue(), "a.odt") == (Reason.UNSUPPORTED, "document")
