"""Write the report as .xlsx. Every cell is a string: nothing in it can become a formula, a link or a number."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from itertools import chain, count
from math import ceil
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # the package ships no types

from minutes.report import phrases
from minutes.report.archive import repack
from minutes.report.layout import Block, Layout, lay_out
from minutes.report.marker import marker_of
from minutes.report.sheet import ReportSheet
from minutes.report.table import COLUMNS, Cell, Style, headings
from minutes.report.xlsx_pages import SheetBlock, SheetRow, page_breaks

FONT = "標楷體"
MAX_CELL = 32_767  # characters, Excel's limit
MAX_ROW_POINTS = 130  # Excel's limit is 409; a page break cannot cut a row
_LINE_POINTS = 17.0
_CHARACTERS_PER_MM = 0.48
_HEADER_ROW = 3
_TITLE_POINTS = (28, 20, 20)  # title, facts, how to tick
_HEADING_POINTS = 22
_DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class _Formats:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": FONT, "font_charset": 136, "font_size": 12, "text_wrap": True, "valign": "vcenter"}
        framed = base | {"border": 1, "valign": "top"}
        centred = framed | {"align": "center"}
        self.title = book.add_format(base | {"bold": True, "font_size": 18, "align": "center", "text_wrap": False})
        self.facts = book.add_format(base | {"align": "center"})
        self.note = book.add_format(base)
        self.head = book.add_format(centred | {"bold": True, "bg_color": "#E7E6E6", "valign": "vcenter"})
        self._cells = {
            Style.BOX: book.add_format(centred | {"font_size": 16, "valign": "vcenter"}),
            Style.CENTRED: book.add_format(centred),
            Style.STRONG: book.add_format(framed | {"bold": True}),
        }
        self._text = book.add_format(framed)
        self._quoted = book.add_format(framed | {"quote_prefix": True})
        self._tall_box = book.add_format(centred | {"font_size": 16})
        self._pieces = {
            Style.STRONG: book.add_format({"font_name": FONT, "font_size": 12, "bold": True}),
            Style.SMALL: book.add_format({"font_name": FONT, "font_size": 10}),
        }
        self._piece = book.add_format({"font_name": FONT, "font_size": 12})

    def of_cell(self, cell: Cell, text: str, is_tall: bool) -> Any:
        """The format of a cell; what Excel would take for a formula after an edit is marked as text."""
        if text.startswith(_DANGEROUS):
            return self._quoted
        if is_tall and cell[0].style is Style.BOX:
            return self._tall_box
        return self._cells.get(cell[0].style, self._text)

    def of_piece(self, style: Style) -> Any:
        return self._pieces.get(style, self._piece)


def write_xlsx(sheet: ReportSheet) -> bytes:
    layout = lay_out(sheet)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {
            "title": layout.title[:255],
            "keywords": marker_of(sheet).encode(),
            "created": datetime.combine(sheet.made_on, time()),
        }
    )
    page = book.add_worksheet(phrases.SHEET_NAME)
    _set_page(page)
    _fill(page, layout, _Formats(book))
    book.close()
    return repack(buffer.getvalue())


def _set_page(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.59, right=0.59, top=0.59, bottom=0.75)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEADER_ROW)
    page.freeze_panes(_HEADER_ROW + 1, 1)
    before, between, after = phrases.PAGE
    page.set_footer(f"&C{before}&P{between}&N{after}")
    for at, column in enumerate(COLUMNS):
        page.set_column(at, at, column.width_mm * _CHARACTERS_PER_MM)


def _fill(page: Any, layout: Layout, formats: _Formats) -> None:
    last = len(COLUMNS) - 1
    for row, (text, look) in enumerate(
        ((layout.title, formats.title), (layout.facts, formats.facts), (layout.closing, formats.note))
    ):
        page.merge_range(row, 0, row, last, "", look)
        page.write_string(row, 0, text, look)
        page.set_row(row, _TITLE_POINTS[row])
    if layout.blocks:
        for each in headings():
            _merge(page, (_HEADER_ROW, each.first, _HEADER_ROW, each.first + each.width - 1), formats.head)
            page.write_string(_HEADER_ROW, each.first, each.text, formats.head)
        page.set_row(_HEADER_ROW, _HEADING_POINTS)
        _fill_blocks(page, layout, formats)


def _fill_blocks(page: Any, layout: Layout, formats: _Formats) -> None:
    placed = _place(layout.blocks)
    for block, rows in zip(layout.blocks, placed, strict=True):
        _fill_block(page, block, rows, formats)
        for row in chain.from_iterable(rows):
            page.set_row(row.at, row.points)
    cases: list[list[SheetBlock]] = []
    for block, rows in zip(layout.blocks, placed, strict=True):
        cases += [] if block.is_continued else [[]]
        cases[-1].append(list(chain.from_iterable(rows)))
    page.set_h_pagebreaks(page_breaks(cases, first=sum(_TITLE_POINTS), repeated=_HEADING_POINTS))
    _offer_ticks(page, placed[-1][-1][-1].at)


def _place(blocks: Iterable[Block]) -> list[list[list[SheetRow]]]:
    """The rows of the sheet that each unit's row of each block takes: several where it is too tall for one."""
    free = count(_HEADER_ROW + 1)
    placed = []
    for block in blocks:
        heights = [row.lines * _LINE_POINTS + 4 for row in block.rows]
        parts = [ceil(points / MAX_ROW_POINTS) for points in heights]
        placed.append(
            [[SheetRow(next(free), points / n) for _ in range(n)] for points, n in zip(heights, parts, strict=True)]
        )
    return placed


def _fill_block(page: Any, block: Block, placed: Sequence[SheetBlock], formats: _Formats) -> None:
    last = placed[-1][-1].at
    for row, own in zip(block.rows, placed, strict=True):
        for at, (cell, column) in enumerate(zip(row.cells, COLUMNS, strict=True)):
            if cell is None:
                continue
            text = "\n".join(paragraph.text for paragraph in cell)
            look = formats.of_cell(cell, text, is_tall=not row.stays_whole)
            _merge(page, (own[0].at, at, last if column.of_case else own[-1].at, at), look)
            _write(page, (own[0].at, at), cell, text, look, formats)


def _merge(page: Any, area: tuple[int, int, int, int], look: Any) -> None:
    if area[:2] != area[2:]:
        page.merge_range(*area, "", look)


def _write(page: Any, place: tuple[int, int], cell: Cell, text: str, look: Any, formats: _Formats) -> None:
    """Write a cell as a string, its paragraphs each in their own look where Excel takes so much."""
    if len(text) > MAX_CELL:
        page.write_string(*place, text[: MAX_CELL - len(phrases.CUT_CELL)] + phrases.CUT_CELL, look)
    elif len(cell) == 1:
        page.write_string(*place, text, look)
    else:
        ends = ["\n"] * (len(cell) - 1) + [""]
        pieces = [(formats.of_piece(each.style), each.text + end) for each, end in zip(cell, ends, strict=True)]
        page.write_rich_string(*place, *chain.from_iterable(pieces), look)


def _offer_ticks(page: Any, last_row: int) -> None:
    """Let a box be ticked by choosing, and still take whatever is typed."""
    for at, column in enumerate(COLUMNS):
        if column.heading in (phrases.RELEASE, phrases.CONTINUE):
            choices = {"validate": "list", "source": [phrases.BOX, "■"], "show_error": False}
            page.data_validation(_HEADER_ROW + 1, at, last_row, at, choices)
