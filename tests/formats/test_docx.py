"""Word documents: what a person sees on the page is what comes out, in order."""

from __future__ import annotations

import io

import docx
import pytest

from minutes.formats import Kind, Note, NoteKind, Reason, Unreadable, read_document
from tests.formats.packages import paragraph, word, zipped

_LEVELS = (
    ("ideographLegalTraditional", "%1、"),
    ("taiwaneseCountingThousand", "%2、"),
    ("taiwaneseCountingThousand", "（%3）"),
    ("decimal", "%4."),
    ("decimal", "%4.%5"),
)


def level(at: int, style: str, text: str, extra: str = "") -> str:
    shown = f'<w:numFmt w:val="{style}"/>{extra}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/>{shown}</w:lvl>'


def scheme(*levels: str, number: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def use(number: int, of: int = 0, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


OUTLINE = scheme(*(level(at, *found) for at, found in enumerate(_LEVELS)))


def lines(body: str, **parts: str) -> list[str]:
    return read_document(word(body, **parts), "a.docx").text.split("\n")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*texts: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, texts))}</w:tc>"


def test_outline_numbers_are_written_out() -> None:
    body = "".join(
        paragraph(text, number="1", level=at)
        for text, at in [
            ("報告事項", 0),
            ("甲案", 1),
            ("請資訊局", 2),
            ("同意", 2),
            ("110年", 3),
            ("細項", 4),
            ("乙案", 1),
            ("備查", 2),
        ]
    ) + paragraph("臨時動議", number="1")

    assert lines(body, numbering=OUTLINE + use(1)) == [
        "壹、報告事項",
        "一、甲案",
        "（一）請資訊局",
        "（二）同意",
        "1. 110年",
        "1.1 細項",
        "二、乙案",
        "（一）備查",
        "貳、臨時動議",
    ]


def test_second_use_of_a_scheme_goes_on_and_an_override_restarts() -> None:
    body = "".join(paragraph("項", number=number, level=1) for number in ("1", "2", "3", "3"))
    restart = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride>'

    assert lines(body, numbering=OUTLINE + use(1) + use(2) + use(3, override=restart)) == [
        "一、項",
        "二、項",
        "一、項",
        "二、項",
    ]


def test_level_that_never_restarts_counts_through() -> None:
    through = scheme(level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'))
    body = "".join(paragraph("項", number="1", level=at) for at in (0, 1, 0, 1))

    assert lines(body, numbering=through + use(1)) == ["1. 項", "(1) 項", "2. 項", "(2) 項"]


def test_numbers_come_from_the_paragraph_style_and_its_ancestors() -> None:
    base = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Base"><w:pPr>{base}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Item"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    off = paragraph("無號", style="Item", number="0")
    body = paragraph("項", style="Item") + off + paragraph("項", style="Base") + paragraph("迴圈", style="Loop")

    assert lines(body, numbering=OUTLINE + use(1), styles=styles) == ["一、項", "無號", "二、項", "迴圈"]


def test_level_is_the_one_that_names_the_style() -> None:
    linked = scheme(level(0, "decimal", "%1."), level(1, "upperLetter", "%2)", '<w:pStyle w:val="Sub"/>'))
    styles = (
        '<w:style w:type="paragraph" w:styleId="Sub"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )

    assert lines(paragraph("項", style="Sub") * 2, numbering=linked + use(1), styles=styles) == ["A) 項", "B) 項"]


@pytest.mark.parametrize(
    ("style", "number", "shown"),
    [
        ("taiwaneseCountingThousand", 21, "二十一"),
        ("taiwaneseCountingThousand", 105, "一百零五"),
        ("ideographLegalTraditional", 12, "拾貳"),
        ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 12, "亥"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("lowerRoman", 14, "xiv"),
        ("upperLetter", 28, "BB"),
        ("unknownStyle", 3, "3"),
    ],
)
def test_number_styles_look_as_in_word(style: str, number: int, shown: str) -> None:
    start = f'<w:lvl w:ilvl="0"><w:start w:val="{number}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="%1、"/></w:lvl>'

    assert lines(paragraph("項", number="1"), numbering=scheme(start) + use(1)) == [f"{shown}、項"]


def test_bullets_become_one_mark_and_empty_paragraphs_show_no_number() -> None:
    bullets = scheme(level(0, "bullet", "\uf06c"))

    assert lines(paragraph("項", number="1") + paragraph("", number="1"), numbering=bullets + use(1)) == ["• 項", ""]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{run('請')}<w:del><w:r><w:delText>甲局</w:delText></w:r></w:del><w:ins>{run('乙局')}</w:ins>{run('辦理')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前半')}</w:p><w:p>{run('後半')}</w:p>"
    )
    document = read_document(word(body))

    assert document.text == "請乙局辦理\n前半後半"
    assert document.warnings == (Note(NoteKind.DELETIONS_LEFT_OUT, "1"),)


def test_paragraph_is_read_through_links_controls_fields_and_breaks() -> None:
    body = (
        f"<w:p><w:hyperlink>{run('連結')}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{run('控制項')}</w:sdtContent></w:sdt>"
        f"<w:fldSimple>{run('欄位')}</w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><w:br/></w:r><w:smartTag>{run('標籤')}</w:smartTag><w:r><w:noBreakHyphen/><w:sym w:char='F0FE'/></w:r>"
        f"<w:r><w:ruby><w:rt>{run('音')}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby></w:r></w:p>"
    )

    assert lines(body) == ["連結控制項欄位", "標籤-☑字"]


def test_content_control_that_shows_its_prompt_is_empty() -> None:
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('按一下輸入文字')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{paragraph('內文')}</w:sdtContent></w:sdt>"

    assert lines(f"<w:p>{run('地點：')}{prompt}</w:p>{block}") == ["地點：", "內文"]


def test_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框內')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"

    assert lines(f"<w:p>{run('前')}<w:r>{both}</w:r>{run('後')}</w:p>") == ["前後", "框內"]


def test_hidden_text_pictures_and_notes_are_told() -> None:
    body = (
        "<w:p>"
        + run("明")
        + run("暗", "<w:vanish/>")
        + run("亮", '<w:vanish w:val="0"/>')
        + "<w:r><w:footnoteReference/><w:drawing><w:pic/></w:drawing></w:r></w:p><w:altChunk/>"
    )
    document = read_document(word(body))

    assert document.text == "明亮"
    assert set(document.warnings) == {
        Note(NoteKind.HIDDEN_LEFT_OUT, "1"),
        Note(NoteKind.NOTES_LEFT_OUT, "1"),
        Note(NoteKind.PICTURES, "1"),
        Note(NoteKind.EMBEDDED_LEFT_OUT, "1"),
    }


def test_table_rows_are_lines_of_cells() -> None:
    body = table(
        cell("編號") + cell("案由") + cell("主辦單位") + cell("預定時限"),
        cell("211-2") + cell("系統更新", "分兩階段") + cell("資訊局", "法務局") + cell(""),
    )

    assert lines(body) == ["編號\t案由\t主辦單位\t預定時限", "211-2\t系統更新  分兩階段\t資訊局  法務局\t"]


def test_merged_cells_repeat_downwards_and_keep_their_columns() -> None:
    wide = cell("說明", properties='<w:gridSpan w:val="2"/>')
    start = cell("資訊局", properties='<w:vMerge w:val="restart"/>')
    more = cell("", properties="<w:vMerge/>")

    assert lines(table(cell("單位") + wide, start + cell("甲") + cell("1"), more + cell("乙") + cell("2"))) == [
        "單位\t說明\t",
        "資訊局\t甲\t1",
        "資訊局\t乙\t2",
    ]


def test_table_as_a_form_becomes_labelled_lines() -> None:
    body = table(
        cell("時間") + cell("110年9月23日") + cell("地點") + cell("第1會議室"),
        cell("報告事項", properties='<w:gridSpan w:val="4"/>'),
    ) + table(cell("案由") + cell("系統更新"), cell("決議：") + cell("一、請資訊局辦理。", "二、備查。"))

    assert lines(body) == [
        "時間：110年9月23日",
        "地點：第1會議室",
        "報告事項",
        "案由：系統更新",
        "決議：",
        "一、請資訊局辦理。",
        "二、備查。",
    ]


def test_two_columns_with_numbers_become_a_numbered_list() -> None:
    assert lines(table(cell("1") + cell("請資訊局辦理"), cell("2") + cell("備查"))) == ["1. 請資訊局辦理", "2. 備查"]


def test_nested_table_stays_in_its_cell_or_is_read_as_rows() -> None:
    inner = table(cell("甲") + cell("乙") + cell("丙"))
    frame = f"<w:tc>{paragraph('表')}{inner}</w:tc>"

    assert lines(table(frame)) == ["表", "甲\t乙\t丙"]
    assert lines(table(frame + cell("右") + cell("邊"))) == ["表  甲  乙  丙\t右\t邊"]


def test_deleted_row_is_gone() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('刪')}{cell('除')}{cell('列')}</w:tr>"
    kept = f"<w:tr>{cell('留')}{cell('下')}{cell('列')}</w:tr>"

    assert lines(f"<w:tbl>{deleted}{kept}</w:tbl>") == ["留\t下\t列"]


def test_typed_tabs_are_gaps_unless_they_make_a_table() -> None:
    tabbed = "<w:p><w:r><w:t>主席：甲</w:t><w:tab/><w:tab/><w:t>紀錄：乙</w:t></w:r></w:p>"
    typed = "<w:p><w:r><w:t>主辦</w:t><w:tab/><w:t>協辦</w:t><w:tab/><w:t>時限</w:t></w:r></w:p>"

    assert lines(tabbed + typed) == ["主席：甲  紀錄：乙", "主辦\t協辦\t時限"]


def test_strict_package_reads_the_same() -> None:
    assert read_document(word(paragraph("內文"), strict=True)).text == "內文"


def test_document_made_by_python_docx_is_read_without_its_headers() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "頁首"
    made.sections[0].footer.paragraphs[0].text = "頁尾"
    made.add_heading("會議紀錄")
    made.add_paragraph("請資訊局辦理", style="List Number")
    made.add_paragraph("備查", style="List Number")
    made.add_table(1, 3).rows[0].cells[1].text = "中"
    out = io.BytesIO()
    made.save(out)

    document = read_document(out.getvalue(), "會議紀錄.docx")

    assert (document.kind, document.text) == (Kind.DOCX, "會議紀錄\n1. 請資訊局辦理\n2. 備查\n\t中\t")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (word("<w:p/>"), Reason.EMPTY),
        (zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}), Reason.DAMAGED),
        (zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a"}), Reason.DAMAGED),
        (zipped({"[Content_Types].xml": "<Types/>", "word/other.xml": "<a/>"}), Reason.DAMAGED),
        (word("<w:p/>")[:-40], Reason.DAMAGED),
        (word(paragraph("內文"))[:200], Reason.DAMAGED),
    ],
)
def test_broken_document_is_refused(content: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(content, "a.docx")

    assert caught.value.reason is reason
