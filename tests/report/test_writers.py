"""The files as other programs see them: content, form, safety, and the same bytes for the same data."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
import time_machine
from docx import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from odfdo import Document as Odf

from domain.figures import Figures
from minutes.report.filled import read_filled
from minutes.report.marker import ReportMarker
from minutes.report.sheet import ReportRow
from minutes.report.table import figures_of
from minutes.report.xlsx_writer import MAX_CELL
from tests.paths import ROOT
from tests.report.files import FIRST_SHEET_ROW, WRITERS, docx_cell_texts, docx_rows, odt_cell_texts, xlsx_page
from tests.report.sheets import COUNTED, EVERYONE, MADE_ON, USUAL, case, line, sheet

KINDS = pytest.mark.parametrize("kind", sorted(WRITERS))


def _xlsx_texts(data: bytes) -> list[list[str]]:
    return [list(row) for row in xlsx_page(data).iter_rows(min_row=FIRST_SHEET_ROW - 1, values_only=True)]


TEXTS = {"docx": docx_cell_texts, "odt": odt_cell_texts, "xlsx": _xlsx_texts}
TITLE = "主任秘書會報第213次會議　上次會議結論事項執行情形彙整表"
FACTS = "開會日期：110/10/21(四)　製表日期：110/10/18(一)　列管 3 案 6 分辦、請求解除列管 1、未填報 2、逾期 1 案"
MATTER = "人孔蓋下地作業\n請捷運公司會同觀傳局及法務局研議權責分工。\n已列管 2 次會議"
DEADLINE = "110/9/30(四)\n已逾期 18 天\n「9月底前」\n展期 1 次"
METRO = ["211-2", MATTER, "捷運公司\n（主辦）", DEADLINE, "110/10/15(五)\n分工表已函送各單位。\n請求解除列管", "□", "□"]
SILENT = ["觀光傳播局\n（協辦）", "未填報", "□", "□"]


def test_docx_table_says_what_is_known_of_each_line() -> None:
    texts = docx_cell_texts(WRITERS["docx"](USUAL))

    assert texts[0] == ["編號", "案由及承辦單位", "案由及承辦單位", "期限", "辦理情形", "解除列管", "繼續列管"]
    assert texts[2] == METRO
    assert texts[3] == ["211-2", MATTER, SILENT[0], DEADLINE, *SILENT[1:]]


def test_odt_table_says_what_is_known_of_each_line() -> None:
    texts = odt_cell_texts(WRITERS["odt"](USUAL))

    assert texts[0] == ["編號", "案由及承辦單位", "期限", "辦理情形", "解除列管", "繼續列管"]
    assert texts[2] == METRO
    assert texts[3] == SILENT


def test_xlsx_table_says_what_is_known_of_each_line() -> None:
    rows = list(xlsx_page(WRITERS["xlsx"](USUAL)).iter_rows(values_only=True))

    assert [row[0] for row in rows[:2]] == [TITLE, FACTS]
    assert rows[3] == ("編號", "案由及承辦單位", None, "期限", "辦理情形", "解除列管", "繼續列管")
    assert list(rows[5]) == METRO
    assert list(rows[6]) == [None, None, SILENT[0], None, *SILENT[1:]]


@KINDS
def test_line_of_every_unit_has_each_report_with_its_day_and_names_who_is_silent(kind: str) -> None:
    texts = TEXTS[kind](WRITERS[kind](sheet(case("1-1", EVERYONE))))

    assert texts[1][4] == (
        "資訊局 110/10/12(二)\n已完成盤點。\n法務局 110/10/14(四)\n無個資檔案。\n未填報：觀光傳播局、交通局"
    )


@KINDS
def test_figures_and_planned_days_stand_below_the_report(kind: str) -> None:
    texts = TEXTS[kind](WRITERS[kind](sheet(case("1-1", COUNTED))))

    assert texts[1][4].split("\n") == [
        "110/10/12(二)",
        "已登錄 75 萬份。",
        "進度 75／113.5 萬份（66%）",
        "預定 110/12/1(三) 公告",
        "預定 110/12/22(三) 開標",
        "預定 111/1/5(三) 決標",
        "另有 1 個預定日",
    ]


@pytest.mark.parametrize(
    ("actual", "target", "said"),
    [
        ("75 萬份", "113.5 萬份", "進度 75／113.5 萬份（66%）"),
        ("8,000 份", "1 萬份", "進度 8,000 份／1 萬份（80%）"),
        ("66%", "100%", "進度 66%／100%（66%）"),
        ("3 場", "100 套", "進度 3 場／100 套"),
        ("75 萬份", "", "已達 75 萬份"),
        ("", "100 套", "目標 100 套"),
        ("", "", ""),
    ],
)
def test_figures_are_said_briefly(actual: str, target: str, said: str) -> None:
    assert figures_of(Figures(actual, target)) == said


def test_silent_units_of_a_line_of_every_unit_are_counted() -> None:
    document = Docx(io.BytesIO(WRITERS["docx"](sheet(case("1-1", EVERYONE), case("1-2")))))

    assert document.paragraphs[1].text.endswith("列管 2 案 2 分辦、未填報 3")


def test_docx_is_headed_by_meeting_and_counts() -> None:
    document = Docx(io.BytesIO(WRITERS["docx"](USUAL)))

    assert [paragraph.text for paragraph in document.paragraphs][:2] == [TITLE, FACTS]
    assert document.core_properties.title == TITLE


def test_title_without_ordinal_names_the_series() -> None:
    document = Docx(io.BytesIO(WRITERS["docx"](sheet(case("1-1"), ordinal=None))))

    assert document.paragraphs[0].text == "主任秘書會報　上次會議結論事項執行情形彙整表"


def test_docx_is_landscape_a4_with_page_fields_and_repeated_heading() -> None:
    data = WRITERS["docx"](USUAL)
    section = Docx(io.BytesIO(data)).sections[0]
    heading, *rows = docx_rows(data)

    assert (section.orientation, round(section.page_width.mm), round(section.page_height.mm)) == (
        WD_ORIENT.LANDSCAPE,
        297,
        210,
    )
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert heading.trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_docx_row_longer_than_a_page_may_split() -> None:
    _, row = docx_rows(WRITERS["docx"](sheet(case("1-1", line("資訊局", "研議中。" * 500)))))

    assert row.trPr.find(qn("w:cantSplit")) is None


def test_odt_is_landscape_a4_with_page_fields_and_repeated_heading() -> None:
    document = Odf(io.BytesIO(WRITERS["odt"](USUAL)))
    page = document.styles.get_element("//style:page-layout-properties")

    assert (page.get_attribute("fo:page-width"), page.get_attribute("fo:page-height")) == ("297mm", "210mm")
    footer = document.styles.get_element("//style:footer/text:p")
    assert [each.tag for each in footer.get_elements("*")] == ["text:page-number", "text:page-count"]
    assert len(document.body.get_elements("//table:table-header-rows/table:table-row")) == 1


def test_xlsx_is_landscape_a4_with_page_fields_and_repeated_heading() -> None:
    page = xlsx_page(WRITERS["xlsx"](USUAL))

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.oddFooter.center.text == "第 &P 頁，共 &N 頁"
    assert page.print_title_rows == "$4:$4"


def test_case_of_many_units_repeats_its_number() -> None:
    units = tuple(line(f"第{at}課") for at in range(30))

    texts = odt_cell_texts(WRITERS["odt"](sheet(case("1-1", *units))))

    named = [row[:2] for row in texts[1:] if len(row) == 7]
    assert named[0] == ["1-1", "人孔蓋下地作業\n請研議權責分工。"]
    assert set(map(tuple, named[1:])) == {("1-1", "人孔蓋下地作業（續）")}


@KINDS
def test_empty_report_says_so(kind: str) -> None:
    report = read_filled(WRITERS[kind](sheet()))

    assert report is not None
    assert (report.marker, report.rows) == (ReportMarker("主任秘書會報", 213, MADE_ON), ())


def test_empty_documents_say_so_in_words() -> None:
    said = "目前沒有列管中的案件。"

    assert Docx(io.BytesIO(WRITERS["docx"](sheet()))).paragraphs[-1].text == said
    assert Odf(io.BytesIO(WRITERS["odt"](sheet()))).body.get_elements("text:p")[-1].inner_text == said
    assert xlsx_page(WRITERS["xlsx"](sheet()))["A3"].value == said


@KINDS
def test_same_data_gives_same_bytes_at_another_time(kind: str) -> None:
    with time_machine.travel(datetime(2021, 1, 1, tzinfo=UTC)):
        earlier = WRITERS[kind](USUAL)
    with time_machine.travel(datetime(2030, 7, 9, 12, 30, tzinfo=UTC)):
        later = WRITERS[kind](USUAL)

    assert earlier == later


@KINDS
def test_same_data_gives_same_bytes_in_another_process(kind: str) -> None:
    code = (
        "import hashlib; from tests.report.files import WRITERS; from tests.report.sheets import USUAL;"
        f"print(hashlib.sha256(WRITERS[{kind!r}](USUAL)).hexdigest())"
    )

    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert other.stdout.strip() == hashlib.sha256(WRITERS[kind](USUAL)).hexdigest()


def test_odt_begins_with_its_mimetype_uncompressed() -> None:
    first = zipfile.ZipFile(io.BytesIO(WRITERS["odt"](USUAL))).infolist()[0]

    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x")', "http://x.y"]
)
def test_xlsx_cell_stays_text_whatever_it_begins_with(text: str) -> None:
    row = ReportRow(
        number=text, title=text, sentence=text, units=(line(text, text),), deadline_note=text, deadline_text=text
    )

    data = WRITERS["xlsx"](sheet(row))

    cells = [
        cell for row in xlsx_page(data).iter_rows(min_row=FIRST_SHEET_ROW) for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.hyperlink for cell in cells} == {None}
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_xlsx_cell_that_looks_like_a_formula_is_quoted() -> None:
    page = xlsx_page(WRITERS["xlsx"](sheet(case("=1"))))

    assert page.cell(FIRST_SHEET_ROW, 1).quotePrefix


def test_xlsx_cell_beyond_the_limit_of_excel_says_that_it_is_cut() -> None:
    page = xlsx_page(WRITERS["xlsx"](sheet(case("1-1", line("資訊局", "長" * 40_000)))))

    text = page.cell(FIRST_SHEET_ROW, 5).value
    assert (len(text), text[-14:]) == (MAX_CELL, "長長…（全文過長，請見文件檔）"[-14:])


@KINDS
def test_control_characters_are_removed_and_rare_characters_kept(kind: str) -> None:
    data = WRITERS[kind](sheet(case("1-1", line("資\x00訊\ud800局", "𠮷祥\x0b里\u202e\ufffe"), title="𡘙\x1b建")))

    texts = TEXTS[kind](data)

    assert texts[1][:5] == ["1-1", "𡘙建\n請研議權責分工。", "資訊局\n（主辦）", "未定日期", "110/10/15(五)\n𠮷祥\n里"]


@KINDS
def test_five_hundred_cases_are_all_written(kind: str) -> None:
    rows = tuple(case(f"211-{n}", line("資訊局", "研議中。"), line("法務局")) for n in range(1, 501))

    report = read_filled(WRITERS[kind](sheet(*rows)))

    assert report is not None
    assert [(row.number, row.unit.split("\n")[0]) for row in report.rows] == [
        (f"211-{n}", unit) for n in range(1, 501) for unit in ("資訊局", "法務局")
    ]


def test_report_row_without_a_line_is_refused() -> None:
    with pytest.raises(ValueError, match="211-2"):
        ReportRow(number="211-2", title="", sentence="", units=())


def test_xlsx_offers_ticks_to_choose_and_takes_any_other() -> None:
    page = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](USUAL))).worksheets[0]

    offered = [(each.sqref, each.formula1, each.showErrorMessage) for each in page.data_validations.dataValidation]
    assert [(str(place), choices, bool(stops)) for place, choices, stops in offered] == [
        ("F5:F10", '"□,■"', False),
        ("G5:G10", '"□,■"', False),
    ]
