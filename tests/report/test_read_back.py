"""What offices do to a report before it comes back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
from docx import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from minutes.report.archive import pack
from minutes.report.filled import FilledReport, FilledRow, read_filled
from minutes.report.read_back import Doubt, LineKey, ReadBack, TickedDecision, read_back
from tests.report.files import WRITERS, Marks, open_lines, tick
from tests.report.sheets import USUAL, case, line, sheet

KINDS = pytest.mark.parametrize("kind", sorted(WRITERS))
OPEN = open_lines(USUAL)
KEYS = [LineKey(number, unit) for number, units in OPEN.items() for unit in units]
NO, YES = ("□", "□"), ("■", "□")
MARKS: Marks = [("V", "□"), ("■", "□"), ("□", "■"), ("□", "Ｖ"), ("■", "■"), NO]
DECISIONS = (
    TickedDecision("204-2", "財政局", "release"),
    TickedDecision("211-2", "捷運公司", "release"),
    TickedDecision("211-2", "觀光傳播局", "continue"),
    TickedDecision("211-2", "法務局", "continue"),
)


def read(content: bytes) -> ReadBack:
    report = read_filled(content)
    assert report is not None
    return read_back(report, OPEN)


def edit_docx(data: bytes, edit: Callable[[Any], None]) -> bytes:
    document = Docx(io.BytesIO(data))
    edit(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def typed_xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows_of(*rows: tuple[str, str, str, str]) -> FilledReport:
    return FilledReport(None, tuple(FilledRow(at, *row) for at, row in enumerate(rows, 2)))


@KINDS
def test_ticks_are_read_line_by_line(kind: str) -> None:
    result = read(tick(kind, WRITERS[kind](USUAL), MARKS))

    assert (result.decisions, result.conflicts, result.undecided) == (DECISIONS, (KEYS[4],), (KEYS[5],))
    assert (result.missing, result.not_understood) == ((), ())


@KINDS
def test_report_without_properties_is_known_by_its_headings(kind: str) -> None:
    data = tick(kind, WRITERS[kind](USUAL), MARKS)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist() if name not in ("meta.xml", "docProps/core.xml")}

    report = read_filled(pack(parts, first="mimetype" if kind == "odt" else None))

    assert report is not None
    assert report.marker is None
    assert read_back(report, OPEN).decisions == DECISIONS


def test_docx_rows_in_another_order_are_read_by_their_numbers() -> None:
    def reverse(document: Any) -> None:
        table = document.tables[0]._tbl
        rows = table.tr_lst
        table.append(rows[1])  # the first case goes to the end

    result = read(edit_docx(tick("docx", WRITERS["docx"](USUAL), MARKS), reverse))

    assert set(result.decisions) == set(DECISIONS)


def test_docx_line_that_was_deleted_is_missing() -> None:
    def delete(document: Any) -> None:
        table = document.tables[0]._tbl
        table.remove(table.tr_lst[3])

    result = read(edit_docx(tick("docx", WRITERS["docx"](USUAL), MARKS), delete))

    assert result.missing == (LineKey("211-2", "觀光傳播局"),)
    assert result.decisions == (*DECISIONS[:2], DECISIONS[3])


def test_docx_line_that_lost_the_head_of_its_case_is_not_taken_for_another_case() -> None:
    def delete_head(document: Any) -> None:
        table = document.tables[0]._tbl
        table.remove(table.tr_lst[2])  # 211-2 捷運公司: its other lines now hang under 204-2

    result = read(edit_docx(tick("docx", WRITERS["docx"](USUAL), MARKS), delete_head))

    assert result.decisions == DECISIONS[:1]
    assert [each.doubt for each in result.not_understood] == [Doubt.UNKNOWN_UNIT, Doubt.UNKNOWN_UNIT]


def _runs(texts: str) -> str:
    return "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts)


def _form_box(state: str) -> str:
    return f"<w:r><w:fldChar><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r>"


BOX = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
RELEASE_CELLS = {
    "split runs": _runs("□V"),
    "content control": BOX,
    "Wingdings tick": '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
    "old form box": _form_box("<w:checked/>"),
    "tracked insertion": "<w:del><w:r><w:delText>□</w:delText></w:r></w:del><w:ins><w:r><w:t>■</w:t></w:r></w:ins>",
}
OTHER_CELLS = {
    "Wingdings box": ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', ()),
    "old form box": (_form_box('<w:checked w:val="0"/>'), ()),
    "tracked deletion": ("<w:del><w:r><w:delText>■</w:delText></w:r></w:del>", ()),
    "picture": ("<w:r><w:drawing/></w:r>", (Doubt.UNCLEAR_MARK,)),
}


def with_release_cell(content: str) -> bytes:
    """The usual report, with this in the first release box."""

    def replace(document: Any) -> None:
        paragraph = document.tables[0]._tbl.tr_lst[1].tc_lst[-2].p_lst[0]
        for run in list(paragraph.r_lst):
            paragraph.remove(run)
        for element in parse_xml(f"<w:p {nsdecls('w')}>{content}</w:p>"):
            paragraph.append(element)

    return edit_docx(WRITERS["docx"](USUAL), replace)


@pytest.mark.parametrize("content", RELEASE_CELLS.values(), ids=list(RELEASE_CELLS))
def test_docx_tick_is_read_however_word_keeps_it(content: str) -> None:
    assert read(with_release_cell(content)).decisions == DECISIONS[:1]


@pytest.mark.parametrize(("content", "doubts"), OTHER_CELLS.values(), ids=list(OTHER_CELLS))
def test_docx_box_without_a_tick_decides_nothing(content: str, doubts: tuple[Doubt, ...]) -> None:
    result = read(with_release_cell(content))

    assert result.decisions == ()
    assert tuple(each.doubt for each in result.not_understood) == doubts


def test_docx_row_deleted_with_tracking_is_left_out() -> None:
    def delete(document: Any) -> None:
        row = document.tables[0]._tbl.tr_lst[1]
        row.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))

    assert read(edit_docx(tick("docx", WRITERS["docx"](USUAL), MARKS), delete)).decisions == DECISIONS[1:]


def test_docx_table_cut_in_two_goes_on_under_its_headings() -> None:
    def cut(document: Any) -> None:
        table = document.tables[0]._tbl
        below = parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/></w:tbl>")
        for row in table.tr_lst[5:]:
            below.append(row)
        table.addnext(below)
        table.addnext(parse_xml(f"<w:p {nsdecls('w')}/>"))

    marks = [NO] * 5 + [YES]

    assert read(edit_docx(tick("docx", WRITERS["docx"](USUAL), marks), cut)).decisions == (
        TickedDecision("212-1", "資訊局", "release"),
    )


def test_docx_tick_in_boxes_merged_for_a_whole_case_holds_for_each_of_its_lines() -> None:
    def merge(document: Any) -> None:
        for at, row in enumerate(document.tables[0]._tbl.tr_lst[2:5]):
            kind = "restart" if at == 0 else "continue"
            row.tc_lst[-2].tcPr.append(parse_xml(f'<w:vMerge {nsdecls("w")} w:val="{kind}"/>'))

    marks = [NO, YES, *[NO] * 4]

    result = read(edit_docx(tick("docx", WRITERS["docx"](USUAL), marks), merge))

    assert [(each.unit, each.decision) for each in result.decisions] == [
        ("捷運公司", "release"), ("觀光傳播局", "release"), ("法務局", "release"),
    ]  # fmt: skip


def test_xlsx_with_columns_moved_and_added_is_read_by_its_headings() -> None:
    content = typed_xlsx(
        [
            ["某會報執行情形"],
            ["備註", "列管案號", "賡續列管", "解除列管", "承辦單位", "案由"],
            ["", "２０４－２", "", "V", "財政局", "清冊"],
            ["", "第211-2案", "○", None, "法務局(協辦)", "分工"],
        ]
    )

    assert read(content).decisions == (DECISIONS[0], DECISIONS[3])


def test_xlsx_number_and_true_are_read_as_number_and_tick() -> None:
    content = typed_xlsx(
        [["編號", "單位", "解除列管", "繼續列管"], [10601, "資訊局", True, False], [10602.0, "資訊局", 0, 1]]
    )

    report = read_filled(content)

    assert report is not None
    assert read_back(report, {"10601": ["資訊局"], "10602": ["資訊局"]}).decisions == (
        TickedDecision("10601", "資訊局", "release"),
        TickedDecision("10602", "資訊局", "continue"),
    )


def test_xlsx_cells_that_came_apart_take_the_number_above() -> None:
    heading = ["編號", "單位", "解除列管", "繼續列管"]

    content = typed_xlsx([heading, ["211-2", "捷運公司", "", ""], [None, "法務局", "", "■"], [None, None, None, None]])

    assert read(content).decisions == (DECISIONS[3],)


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        (("999-9", "財政局", "■", "□"), Doubt.UNKNOWN_NUMBER),
        (("清冊", "財政局", "■", "□"), Doubt.UNKNOWN_NUMBER),
        (("204-2", "市場處", "■", "□"), Doubt.UNKNOWN_UNIT),
        (("211-2", "", "■", "□"), Doubt.UNKNOWN_UNIT),
        (("204-2", "財政局", "下次再議", "□"), Doubt.UNCLEAR_MARK),
    ],
)
def test_row_that_is_not_understood_is_listed(row: tuple[str, str, str, str], doubt: Doubt) -> None:
    result = read_back(rows_of(row), OPEN)

    assert result.decisions == ()
    assert [(each.row, each.doubt) for each in result.not_understood] == [(FilledRow(2, *row), doubt)]


def test_line_without_unit_is_taken_where_the_case_has_but_one() -> None:
    assert read_back(rows_of(("204-2", "", "■", "□")), OPEN).decisions == DECISIONS[:1]


def test_line_that_stands_twice_with_different_ticks_decides_nothing() -> None:
    result = read_back(rows_of(("204-2", "財政局", "■", "□"), ("204-2", "財政局", "□", "□")), OPEN)

    assert result.decisions == ()
    assert [each.doubt for each in result.not_understood] == [Doubt.CONTRADICTION, Doubt.CONTRADICTION]


def test_unit_whose_name_begins_another_is_not_taken_for_it() -> None:
    result = read_back(rows_of(("1-1", "工務局養工處\n（主辦）", "■", "□")), {"1-1": ["工務局", "工務局養工處"]})

    assert [each.unit for each in result.decisions] == ["工務局養工處"]


def test_remark_beside_a_tick_is_handed_on() -> None:
    (decision,) = read_back(rows_of(("204-2", "財政局", "■併212-3案", "□")), OPEN).decisions

    assert decision == TickedDecision("204-2", "財政局", "release", "併212-3案")


def test_other_document_is_no_report() -> None:
    document = Docx()
    document.add_table(2, 2).cell(0, 0).text = "編號"
    buffer = io.BytesIO()
    document.save(buffer)

    assert read_filled(buffer.getvalue()) is None


def test_very_tall_xlsx_row_is_one_line() -> None:
    report = read_filled(WRITERS["xlsx"](sheet(case("1-1", line("資訊局", "研議中。" * 800), line("法務局")))))

    assert report is not None
    assert read_back(report, {"1-1": ["資訊局", "法務局"]}).undecided == (
        LineKey("1-1", "資訊局"),
        LineKey("1-1", "法務局"),
    )
