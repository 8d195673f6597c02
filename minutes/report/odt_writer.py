"""Write the report as .odt (A4 landscape), the government's standard format.

The few XML parts of the package are written as they are: what a library's template brings along (another language,
fonts and printer settings of its maker, times) has no place in a document that must be the same for the same data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from minutes.report import phrases
from minutes.report.archive import pack
from minutes.report.layout import Layout, TableRow, lay_out
from minutes.report.marker import marker_of
from minutes.report.odt_styles import MANIFEST, META, MIMETYPE, NAMESPACES, STYLES
from minutes.report.sheet import ReportSheet
from minutes.report.table import COLUMNS, Style, headings

_CELL_STYLES = {
    "Cell": 'fo:padding="1mm"',
    "BoxCell": 'fo:padding="1mm" style:vertical-align="middle"',
    "HeadCell": 'fo:padding="1mm" style:vertical-align="middle" fo:background-color="#e7e6e6"',
}
_BLANKS = re.compile(r"(?<= ) +")


def write_odt(sheet: ReportSheet) -> bytes:
    layout = lay_out(sheet)
    parts = {
        "mimetype": MIMETYPE,
        "META-INF/manifest.xml": MANIFEST,
        "meta.xml": META.format(
            title=escape(layout.title), marker=escape(marker_of(sheet).encode()), day=sheet.made_on.isoformat()
        ),
        "styles.xml": STYLES.format(before=phrases.PAGE[0], between=phrases.PAGE[1], after=phrases.PAGE[2]),
        "content.xml": _content(layout),
    }
    return pack({name: part.encode() for name, part in parts.items()}, first="mimetype")


def _content(layout: Layout) -> str:
    body = (
        _paragraph(layout.title, "Title")
        + _paragraph(layout.facts, "Facts")
        + _table(layout)
        + _paragraph(layout.closing, Style.BODY)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} office:version="1.3">'
        f"<office:automatic-styles>{''.join(_automatic_styles())}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def _automatic_styles() -> Iterator[str]:
    width = sum(column.width_mm for column in COLUMNS)
    yield _style(
        "Table",
        "table",
        f'<style:table-properties style:width="{width}mm" table:align="center" table:border-model="collapsing"/>',
    )
    for at, column in enumerate(COLUMNS):
        yield _style(
            f"Column{at}", "table-column", f'<style:table-column-properties style:column-width="{column.width_mm}mm"/>'
        )
    for name, keep in (("Keep", "always"), ("Split", "auto")):
        yield _style(name, "table-row", f'<style:table-row-properties fo:keep-together="{keep}"/>')
    for name, extra in _CELL_STYLES.items():
        yield _style(name, "table-cell", f'<style:table-cell-properties fo:border="0.5pt solid #000000" {extra}/>')


def _style(name: str, family: str, properties: str) -> str:
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


def _table(layout: Layout) -> str:
    if not layout.blocks:
        return ""
    columns = "".join(f'<table:table-column table:style-name="Column{at}"/>' for at in range(len(COLUMNS)))
    rows = "".join(_row(row, len(block.rows)) for block in layout.blocks for row in block.rows)
    return (
        f'<table:table table:name="{phrases.SHEET_NAME}" table:style-name="Table">{columns}'
        f"<table:table-header-rows>{_header()}</table:table-header-rows>{rows}</table:table>"
    )


def _header() -> str:
    cells = "".join(
        f'<table:table-cell table:style-name="HeadCell" table:number-columns-spanned="{each.width}">'
        f"{_paragraph(each.text, Style.HEAD)}</table:table-cell>{'<table:covered-table-cell/>' * (each.width - 1)}"
        for each in headings()
    )
    return f'<table:table-row table:style-name="Keep">{cells}</table:table-row>'


def _row(row: TableRow, height: int) -> str:
    keep = "Keep" if row.stays_whole else "Split"
    return f'<table:table-row table:style-name="{keep}">{"".join(_cells(row, height))}</table:table-row>'


def _cells(row: TableRow, height: int) -> Iterator[str]:
    for cell, column in zip(row.cells, COLUMNS, strict=True):
        if cell is None:
            yield "<table:covered-table-cell/>"
            continue
        span = f' table:number-rows-spanned="{height}"' if column.of_case and height > 1 else ""
        style = "BoxCell" if cell[0].style is Style.BOX and row.stays_whole else "Cell"
        content = "".join(_paragraph(each.text, each.style) for each in cell)
        yield f'<table:table-cell table:style-name="{style}"{span}>{content}</table:table-cell>'


def _paragraph(text: str, style: str) -> str:
    """A paragraph; ODF folds blanks, so each further one is an element."""
    kept = _BLANKS.sub(lambda blanks: f'<text:s text:c="{len(blanks[0])}"/>', escape(text))
    return f'<text:p text:style-name="Report{style}">{kept}</text:p>'
