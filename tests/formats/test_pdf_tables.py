"""Tables in PDF: rows with their cells, as the same document in Word gives; text around them as it was."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2  # type: ignore[import-untyped]  # ships no type information
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from minutes.formats import Limits, pdf, read_document
from minutes.parse import parse, to_json
from tests.formats.pdf_writer import Line, write_pdf
from tests.formats.table_samples import SAMPLES, sample

PDFS = Path(__file__).parents[1] / "data" / "pdf_tables"
ROW = 40
COLUMNS = (40, 100, 280, 400)  # and a right edge
EDGE = 540
HEADING = ("項次", "裁示事項", "主辦單位", "預定時限")
FIRST = ("1", "請工務局完成路面改善。", "工務局", "110年12月1日")
SECOND = ("2", "請教育局提供校園平面圖。", "教育局", "")


def lines_of(content: bytes) -> list[str]:
    return read_document(content, "a.pdf").text.split("\n")


def placed(rows: list[tuple[str, ...]], top: int = 780, columns: tuple[int, ...] = COLUMNS) -> list[Line]:
    """Each text in its column, a row under the other."""
    return [
        (x + 4, top - ROW * number - 16, text)
        for number, row in enumerate(rows)
        for x, text in zip(columns, row, strict=True)
        if text
    ]


def ruled(rows: int, top: int = 780, columns: tuple[int, ...] = (*COLUMNS, EDGE)) -> str:
    """The strokes of a table."""
    bottom = top - ROW * rows
    level = [f"{columns[0]} {top - ROW * row} m {columns[-1]} {top - ROW * row} l S" for row in range(rows + 1)]
    upright = [f"{x} {top} m {x} {bottom} l S" for x in columns]
    return "\n".join([*level, *upright])


def understood(text: str) -> dict[str, Any]:
    found = to_json(parse(text, calendar=WorkCalendar()))
    items = [{key: item[key] for key in item if key not in ("line", "text")} for item in found["items"]]
    decisions = [{key: one[key] for key in one if key not in ("line", "text")} for one in found["decisions"]]
    return {"items": items, "decisions": decisions}


@pytest.mark.parametrize("name", SAMPLES)
def test_pdf_of_an_office_suite_gives_the_lines_of_its_document(name: str) -> None:
    """LibreOffice sets a thin gap between characters and figures, which a PDF reader gives as a blank."""
    of_pdf, of_word = read_document((PDFS / f"{name}.pdf").read_bytes()).text, read_document(sample(name)).text

    assert of_pdf.replace(" ", "") == of_word.replace(" ", "")


@pytest.mark.parametrize("name", SAMPLES)
def test_pdf_of_an_office_suite_gives_the_drafts_of_its_document(name: str) -> None:
    of_word = understood(read_document(sample(name)).text)

    assert understood(read_document((PDFS / f"{name}.pdf").read_bytes()).text) == of_word
    assert of_word["items"]


def test_table_between_lines_becomes_rows_at_its_place() -> None:
    page: list[Line] = [(40, 800, "壹、會議結論"), *placed([HEADING, FIRST, SECOND]), (40, 600, "貳、散會")]

    expected = ["壹、會議結論", *("\t".join(row) for row in (HEADING, FIRST, SECOND)), "貳、散會"]
    assert lines_of(write_pdf([page], drawn=[ruled(3)])) == expected


def test_bars_and_boxes_are_lines_as_strokes_are() -> None:
    bars = [f"{COLUMNS[0]} {780 - ROW * row} {EDGE - COLUMNS[0]} 0.5 re f" for row in range(3)]
    bars += [f"{x} {780 - 2 * ROW} 0.5 {2 * ROW} re f" for x in (*COLUMNS, EDGE)]
    edges = (*COLUMNS, EDGE)
    boxes = [
        f"{x} {780 - ROW * row - ROW} {edges[at + 1] - x} {ROW} re S"
        for row in range(2)
        for at, x in enumerate(COLUMNS)
    ]
    page = placed([HEADING, FIRST])

    for drawn in ("\n".join(bars), "\n".join(boxes)):
        assert lines_of(write_pdf([page], drawn=[drawn])) == ["\t".join(HEADING), "\t".join(FIRST)]


def test_table_without_its_outer_lines_is_read() -> None:
    inner = [f"{COLUMNS[0]} {780 - ROW * row} m {EDGE} {780 - ROW * row} l S" for row in range(3)]
    inner += [f"{x} 780 m {x} {780 - 2 * ROW} l S" for x in COLUMNS[1:]]

    rows = lines_of(write_pdf([placed([HEADING, FIRST])], drawn=["\n".join(inner)]))

    assert rows == ["\t".join(HEADING), "\t".join(FIRST)]


def test_lines_of_a_cell_are_joined_where_the_cell_was_full_and_parted_where_it_was_not() -> None:
    cell: list[Line] = [
        (104, 730, "請工務局會同教育局完成校園周邊"),
        (104, 714, "路面改善。"),
        (104, 698, "另請警察局協助。"),
    ]
    names: list[Line] = [(284, 730, "工務局"), (284, 714, "教育局")]
    page: list[Line] = [*placed([HEADING]), (44, 730, "1"), *cell, *names]
    drawn = ruled(1) + "\n" + ruled(2, 740)

    row = lines_of(write_pdf([page], drawn=[drawn]))[1]

    assert row == "1\t請工務局會同教育局完成校園周邊路面改善。  另請警察局協助。\t工務局  教育局\t"


def test_row_that_a_page_break_parts_is_one_row() -> None:
    first = placed([HEADING, ("1", "請工務局完成校園周邊道路", "工務局", "110年12月1日")])
    second = placed([HEADING, ("", "之路面改善。", "", ""), SECOND])

    rows = lines_of(write_pdf([first, second], drawn=[ruled(2), ruled(3)]))

    whole = "1\t請工務局完成校園周邊道路之路面改善。\t工務局\t110年12月1日"
    assert rows == ["\t".join(HEADING), whole, "\t".join(SECOND)]


def test_row_without_a_number_after_a_finished_one_stays_a_row() -> None:
    second = placed([("", "請教育局提供校園平面圖。", "教育局", "")])

    rows = lines_of(write_pdf([placed([HEADING, FIRST]), second], drawn=[ruled(2), ruled(1)]))

    assert rows[2] == "\t請教育局提供校園平面圖。\t教育局\t"


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_table_on_a_turned_page_is_read_as_it_is_seen(turned: int) -> None:
    """The content lies on its side, and the page is shown turned back."""
    upright = (PDFS / "decided.pdf").read_bytes()
    writer, out = pypdf.PdfWriter(clone_from=io.BytesIO(upright)), io.BytesIO()
    page = writer.pages[0]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    shift = {90: (height, 0.0), 180: (width, height), 270: (0.0, width)}[turned]
    page.add_transformation(pypdf.Transformation().rotate(turned).translate(*shift))
    page.mediabox.upper_right = (width, height) if turned == 180 else (height, width)
    page.rotate(turned)
    writer.write(out)

    assert lines_of(out.getvalue()) == lines_of(upright)


def test_columns_without_lines_are_rows_under_their_heading() -> None:
    wide = ("1", "請工務局完成路面改善。", "工務局", "110年12月1日")
    page: list[Line] = [(40, 800, "壹、會議結論"), *placed([HEADING, wide, SECOND]), (40, 600, "貳、散會")]

    expected = ["壹、會議結論", *("\t".join(row) for row in (HEADING, wide, SECOND)), "貳、散會"]
    assert lines_of(write_pdf([page])) == expected


THIRD, FOURTH = ("3", "請警察局協助交通疏導。", "警察局", "儘速"), ("4", "請都發局提供圖資。", "都發局", "")
NUMBERED = ["\t".join(row) for row in (HEADING, FIRST, SECOND, THIRD, FOURTH)]


def test_columns_go_on_on_a_page_that_repeats_no_heading() -> None:
    pages = [placed([HEADING, FIRST, SECOND]), [*placed([THIRD, FOURTH]), (40, 600, "貳、散會")]]

    assert lines_of(write_pdf(pages)) == [*NUMBERED, "貳、散會"]


def test_columns_go_on_below_page_numbers_and_the_header_of_a_page() -> None:
    header = (150, 820, "臺北市政府工務局第八次局務會議紀錄彙整表")
    rows = [[HEADING, FIRST], [SECOND], [THIRD, FOURTH]]
    pages = [[header, *placed(some), (300, 20, f"第 {n} 頁")] for n, some in enumerate(rows, 1)]

    assert lines_of(write_pdf(pages)) == [header[2], *NUMBERED]


def test_row_without_lines_that_a_page_break_parts_is_one_row() -> None:
    cut = ("2", "請教育局提供校園", "教育局", "")
    pages = [placed([HEADING, FIRST, cut]), placed([("", "之平面圖。", "", ""), THIRD])]

    whole = "2\t請教育局提供校園之平面圖。\t教育局\t"
    assert lines_of(write_pdf(pages)) == ["\t".join(HEADING), "\t".join(FIRST), whole, "\t".join(THIRD)]


def test_columns_without_numbers_go_on_as_well() -> None:
    heading, *rows = (row[1:] for row in (HEADING, FIRST, SECOND, THIRD))
    first, second = (placed(some, columns=COLUMNS[1:]) for some in ([heading, rows[0]], rows[1:]))

    assert lines_of(write_pdf([first, second])) == ["\t".join(row) for row in (heading, *rows)]


@pytest.mark.parametrize(
    "page",
    [
        ["貳、散會：下午五時。"],
        ["主席：局長    紀錄：專員", "一、上次會議紀錄確認。"],
        [(44, 780, "貳、臨時動議"), (284, 780, "無")],
        [
            "主席裁示：請工務局會同教育局、警察局及都發局於會後另行開會研商，並將結果提報下次會議。",
            "一、照案通過。",
        ],
    ],
    ids=["end", "form-line", "heading", "paragraph"],
)
def test_text_on_the_page_behind_a_table_stays_text(page: list[Line]) -> None:
    table = placed([HEADING, FIRST, SECOND])

    assert lines_of(write_pdf([table, page])) == [*NUMBERED[:3], *lines_of(write_pdf([page]))]


@pytest.mark.parametrize(
    ("page", "drawn"),
    [
        (["主席：局長    紀錄：專員", "主辦單位：工務局    協辦單位：教育局"], ""),
        (["框起來的一段話，", "不是表格。"], "30 700 500 120 re S"),
        (["有底線的標題", "內文一行"], "40 798 m 200 798 l S"),
        (["兩條平行的線", "之間的文字"], "30 700 m 500 700 l S 30 830 m 500 830 l S"),
        (
            ["密密麻麻的圖", "與說明"],
            "\n".join(f"{x} 10 m {x} 500 l S 10 {x} m 900 {x} l S" for x in range(10, 900, 1)),
        ),
    ],
    ids=["form-line", "frame", "underline", "two-lines", "drawing"],
)
def test_what_is_no_table_reads_as_text(page: list[Line], drawn: str) -> None:
    assert lines_of(write_pdf([page], drawn=[drawn])) == lines_of(write_pdf([page]))


@settings(max_examples=60, deadline=None)
@given(
    texts=st.dictionaries(
        st.integers(1, 40),
        st.tuples(st.integers(0, 700), st.text("甲乙丙12主辦單位項次案由期限協辦。", min_size=1, max_size=9)),
        min_size=8,
        max_size=25,
    ),
    strokes=st.lists(st.tuples(*[st.integers(0, 14)] * 3, st.booleans()), max_size=25),
)
def test_no_character_is_lost_whatever_is_drawn(
    texts: dict[int, tuple[int, str]], strokes: list[tuple[int, int, int, bool]]
) -> None:
    """What PDFium finds on a page is all there: each text stands at a height of its own."""
    page: list[Line] = [(x, 20 * y, text) for y, (x, text) in texts.items()]
    lines = [
        f"{50 * a} {50 * b} m {50 * (c if flat else a)} {50 * (b if flat else c)} l S" for a, b, c, flat in strokes
    ]

    content = write_pdf([page], drawn=["\n".join(lines)])
    layer = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()

    assert Counter("".join(layer.split())) - Counter(pdf.read(content, Limits()).text) == Counter()
