"""OpenDocument texts: what a person sees on the page is what comes out, in order."""

from __future__ import annotations

import io

import odfdo
import pytest

from minutes.formats import Kind, Note, NoteKind, Reason, Unreadable, read_document
from tests.formats.packages import ODT, open_text, zipped


def numbered(level: int, style: str, prefix: str = "", suffix: str = "、", extra: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{style}" style:num-prefix="{prefix}"'
        f' style:num-suffix="{suffix}" {extra}/>'
    )


OUTLINE = (
    '<text:list-style style:name="L">'
    + numbered(1, "壹, 貳, 參, ...")
    + numbered(2, "一, 二, 三, ...")
    + numbered(3, "一, 二, 三, ...", "（", "）")
    + numbered(4, "1", suffix=".", extra='text:display-levels="1"')
    + '<text:list-level-style-bullet text:level="5" text:bullet-char="\uf06c"/>'
    + "</text:list-style>"
)


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def items(*contents: str, attributes: str = "") -> str:
    inner = "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)
    return f"<text:list {attributes}>{inner}</text:list>"


def lines(body: str, automatic: str = OUTLINE, styles: str = "") -> list[str]:
    return read_document(open_text(body, automatic=automatic, styles=styles), "a.odt").text.split("\n")


STYLED = 'text:style-name="L"'


def test_outline_numbers_are_written_out() -> None:
    deep = items(p("110年") + items(p("點")))
    body = items(
        p("報告事項") + items(p("甲案") + items(p("請資訊局") + deep, p("同意")), p("乙案") + items(p("備查"))),
        p("臨時動議"),
        attributes=STYLED,
    )

    assert lines(body) == [
        "壹、報告事項",
        "一、甲案",
        "（一）請資訊局",
        "1. 110年",
        "• 點",
        "（二）同意",
        "二、乙案",
        "（一）備查",
        "貳、臨時動議",
    ]


def test_only_the_first_paragraph_of_an_item_bears_the_number() -> None:
    assert lines(items(p("首段") + p("次段"), p("下一項"), attributes=STYLED)) == ["壹、首段", "次段", "貳、下一項"]


def test_list_goes_on_where_it_says_so_and_restarts_elsewhere() -> None:
    body = (
        items(p("甲"), attributes=f'{STYLED} xml:id="x"')
        + p("插話")
        + items(p("乙"), attributes=f'{STYLED} text:continue-numbering="true"')
        + items(p("丙"), attributes=STYLED)
        + items(p("丁"), attributes=f'{STYLED} text:continue-list="x"')
    )

    assert lines(body) == ["壹、甲", "插話", "貳、乙", "壹、丙", "參、丁"]


def test_wrapping_item_does_not_count() -> None:
    body = items(p("甲") + items(p("子")), attributes=STYLED) + items(
        items(p("丑")), attributes=f'{STYLED} text:continue-numbering="true"'
    )

    assert lines(body) == ["壹、甲", "一、子", "二、丑"]


def test_start_value_of_an_item_counts() -> None:
    first = f'<text:list-item text:start-value="5">{p("伍")}</text:list-item>'
    body = f"<text:list {STYLED}>{first}<text:list-item>{p('陸')}</text:list-item></text:list>"

    assert lines(body) == ["伍、伍", "陸、陸"]


def test_several_levels_are_shown_where_the_style_says_so() -> None:
    levels = numbered(1, "1", suffix=".") + numbered(2, "1", suffix="", extra='text:display-levels="2"')
    style = f'<text:list-style style:name="L">{levels}</text:list-style>'

    assert lines(items(p("甲") + items(p("子")), attributes=STYLED), style) == ["1. 甲", "1.1 子"]


def test_headings_are_numbered_by_the_outline_style() -> None:
    styles = (
        '<office:styles><text:outline-style style:name="Outline"><text:outline-level-style text:level="1"'
        ' style:num-format="一, 二, 三, ..." style:num-suffix="、"/></text:outline-style></office:styles>'
    )
    heading = '<text:h text:outline-level="1">報告事項</text:h>'
    silent = '<text:h text:outline-level="1" text:is-list-header="true">前言</text:h>'

    assert lines(silent + heading + heading, styles=styles) == ["前言", "一、報告事項", "二、報告事項"]


def test_blanks_breaks_spans_and_links_make_one_text() -> None:
    body = p(
        '主席：<text:span>甲</text:span><text:s text:c="2"/>\n  <text:a>紀錄</text:a>：乙'
        "<text:line-break/>次行<text:tab/>末"
    )

    assert lines(body) == ["主席：甲   紀錄：乙", "次行  末"]


def test_tracked_deletions_notes_and_comments_are_left_out_and_told() -> None:
    deletion = f"<text:changed-region><text:deletion>{p('刪掉')}</text:deletion></text:changed-region>"
    aside = f"<text:note>{p('註')}</text:note><office:annotation>{p('評')}</office:annotation>"
    body = f"<text:tracked-changes>{deletion}</text:tracked-changes>" + p(f"請<text:change-start/>乙局{aside}辦理")
    document = read_document(open_text(body))

    assert document.text == "請乙局辦理"
    assert set(document.warnings) == {Note(NoteKind.NOTES_LEFT_OUT, "2"), Note(NoteKind.DELETIONS_LEFT_OUT, "1")}


def test_sections_and_text_boxes_are_read_and_hidden_sections_are_told() -> None:
    box = f"<draw:frame><draw:text-box>{p('框內')}</draw:text-box></draw:frame>"
    body = f'<text:section>{p("節" + box)}</text:section><text:section text:display="none">{p("藏")}</text:section>'
    document = read_document(open_text(body))

    assert (document.text, document.warnings) == ("節\n框內", (Note(NoteKind.HIDDEN_LEFT_OUT, "1"),))


def test_table_with_header_rows_and_merges_is_lines_of_cells() -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<table:table-cell {attributes}>{p(text)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"

    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    heading = row(cell("單位"), cell("說明", 'table:number-columns-spanned="2"'), covered)
    header = f"<table:table-header-rows>{heading}</table:table-header-rows>"
    first = row(cell("資訊局", 'table:number-rows-spanned="2"'), cell("甲"), cell("1"))
    second = row(covered, cell("同", 'table:number-columns-repeated="2"'))
    third = row(cell("丙局"), cell("乙"), cell("2"))

    assert lines(f"<table:table>{header}{first}{second}{third}</table:table>") == [
        "單位\t說明\t",
        "資訊局\t甲\t1",
        "資訊局\t同\t同",
        "丙局\t乙\t2",
    ]


def test_document_made_by_odfdo_is_read() -> None:
    made = odfdo.Document("text")
    made.body.clear()
    made.body.append(odfdo.Header(1, "會議紀錄"))
    made.body.append(odfdo.Paragraph("請資訊局  辦理"))
    table = odfdo.Table("表", width=3, height=1)
    table.set_row_values(0, ["甲", "乙", "丙"])
    made.body.append(table)
    out = io.BytesIO()
    made.save(out)

    document = read_document(out.getvalue(), "紀錄.odt")

    assert (document.kind, document.text) == (Kind.ODT, "1. 會議紀錄\n請資訊局  辦理\n甲\t乙\t丙")


def test_encrypted_document_is_refused() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    content = zipped({"mimetype": ODT, "META-INF/manifest.xml": manifest, "content.xml": b"\x8f\x01\x02"})

    with pytest.raises(Unreadable) as caught:
        read_document(content, "a.odt")

    assert caught.value.reason is Reason.ENCRYPTED
