"""Write the report as .docx (A4 landscape)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from minutes.report import phrases
from minutes.report.archive import repack
from minutes.report.layout import Block, Layout, TableRow, lay_out
from minutes.report.marker import marker_of
from minutes.report.sheet import ReportSheet
from minutes.report.table import COLUMNS, Cell, Paragraph, Style, headings

LATIN = "Times New Roman"
CHINESE = "標楷體"

_UNUSED = ("/stylesWithEffects", "/customXml", "/thumbnail", "/numbering")
_CENTRED = {Style.CENTRED, Style.BOX, Style.HEAD}
_SIZES = {Style.BOX: 16, Style.SMALL: 10, Style.HEAD: 11}
_TWIPS_PER_MM = 56.7
_MARGINS = "<w:tblCellMar>{}</w:tblCellMar>".format(
    "".join(
        f'<w:{side} w:w="{twips}" w:type="dxa"/>'
        for side, twips in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))
    )
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_docx(sheet: ReportSheet) -> bytes:
    layout = lay_out(sheet)
    document = Document()
    _strip(document)
    _set_page(document)
    _set_styles(document)
    _set_properties(document, layout, sheet)
    _set_footer(document)
    document.add_paragraph(layout.title, style="Report Title")
    document.add_paragraph(layout.facts, style="Report Facts")
    if layout.blocks:
        _add_table(document, layout)
    document.add_paragraph(layout.closing, style="Report Body")
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _strip(document: DocumentObject) -> None:
    """Take out what the library's template brings along: its styles but the defaults, picture and extras."""
    styles = document.styles.element
    for style in [each for each in styles.iterchildren(qn("w:style")) if each.get(qn("w:default")) != "1"]:
        styles.remove(style)
    for owner in (document.part, document.part.package):
        for name in [name for name, relation in owner.rels.items() if relation.reltype.endswith(_UNUSED)]:
            owner.rels.pop(name)


def _set_page(document: DocumentObject) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    section.header_distance = section.footer_distance = Mm(8)


def _set_styles(document: DocumentObject) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")):
        _set_fonts(fonts)
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-TW")
    for style in Style:
        _add_style(
            document, f"Report {style}", _SIZES.get(style, 12), style in {Style.STRONG, Style.HEAD}, style in _CENTRED
        )
    _add_style(document, "Report Title", 18, bold=True, centred=True)
    _add_style(document, "Report Facts", 12, bold=False, centred=True)
    _declare_font(document)


def _add_style(document: DocumentObject, name: str, points: int, bold: bool, centred: bool) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles["Normal"]
    style.font.name, style.font.size, style.font.bold = LATIN, Pt(points), bold
    _set_fonts(style.element.get_or_add_rPr().find(qn("w:rFonts")))
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(4 if name in {"Report Title", "Report Facts"} else 0)
    style.paragraph_format.line_spacing = 1.0
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT


def _set_fonts(fonts: Any) -> None:
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", CHINESE)):
        fonts.set(qn(f"w:{script}"), font)


def _declare_font(document: DocumentObject) -> None:
    """Name the substitute by which Word finds the font on a system in another language."""
    table = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    declared = (
        f'<w:font w:name="{CHINESE}"><w:altName w:val="DFKai-SB"/><w:panose1 w:val="03000509000000000000"/>'
        '<w:charset w:val="88"/><w:family w:val="script"/><w:pitch w:val="fixed"/></w:font></w:fonts>'
    )
    table._blob = table.blob.replace(b"</w:fonts>", declared.encode())  # a part without a public setter


def _set_properties(document: DocumentObject, layout: Layout, sheet: ReportSheet) -> None:
    properties = document.core_properties
    properties.title = layout.title[:255]
    properties.keywords = marker_of(sheet).encode()
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime.combine(sheet.made_on, time())
    properties.revision = 1
    properties.language = "zh-TW"


def _set_footer(document: DocumentObject) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    footer.style = document.styles["Report Centred"]
    before, between, after = phrases.PAGE
    for piece in (_run(before), _field("PAGE"), _run(between), _field("NUMPAGES"), _run(after)):
        footer._p.append(parse_xml(piece.replace(">", f" {nsdecls('w')}>", 1)))


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}">{_run("1")}</w:fldSimple>'


def _add_table(document: DocumentObject, layout: Layout) -> None:
    grid = "".join(f'<w:gridCol w:w="{_twips(column.width_mm)}"/>' for column in COLUMNS)
    rows = "".join(row for block in layout.blocks for row in _rows(block))
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_width(0, len(COLUMNS))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>{_MARGINS}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_header()}{rows}</w:tbl>"
    )
    document.element.body.insert_element_before(table, "w:sectPr")


def _rows(block: Block) -> Iterator[str]:
    """Draw a block; in a short one each row is bound to the next, so that no page break parts them."""
    for at, row in enumerate(block.rows):
        yield _row(row, keep_next=block.stays_whole and at < len(block.rows) - 1)


def _header() -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_width(each.first, each.width)}" w:type="dxa"/><w:gridSpan w:val="{each.width}"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(Paragraph(each.text, Style.HEAD), keep_next=True)}</w:tc>"
        for each in headings()
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(row: TableRow, keep_next: bool) -> str:
    keep = "<w:cantSplit/>" if row.stays_whole else ""
    cells = "".join(_cells(row, keep_next))
    return f"<w:tr><w:trPr>{keep}</w:trPr>{cells}</w:tr>"


def _cells(row: TableRow, keep_next: bool) -> Iterator[str]:
    for at, (cell, column) in enumerate(zip(row.cells, COLUMNS, strict=True)):
        merge = "" if not column.of_case else "<w:vMerge/>" if cell is None else '<w:vMerge w:val="restart"/>'
        properties = f'<w:tcW w:w="{_width(at, 1)}" w:type="dxa"/>{merge}{_vertical(cell, row)}'
        content = "".join(_paragraph(each, keep_next) for each in cell or (Paragraph(""),))
        yield f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _vertical(cell: Cell | None, row: TableRow) -> str:
    """Centre a box, except in a row so tall that its middle may be on another page."""
    is_centred = cell and cell[0].style is Style.BOX and row.stays_whole
    return '<w:vAlign w:val="center"/>' if is_centred else ""


def _paragraph(paragraph: Paragraph, keep_next: bool) -> str:
    keep = "<w:keepNext/>" if keep_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="Report{paragraph.style}"/>{keep}</w:pPr>{_run(paragraph.text)}</w:p>'


def _run(text: str) -> str:
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return f'<w:r>{hint}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _width(first: int, count: int) -> int:
    return sum(_twips(column.width_mm) for column in COLUMNS[first : first + count])


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)
