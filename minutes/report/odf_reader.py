"""The tables of an .odt or .ods."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from minutes.formats.archive import Archive
from minutes.formats.model import Limits
from minutes.formats.xml import integer, parse
from minutes.report.cells import Cells, Grid
from minutes.report.docx_reader import PICTURE

MAIN = "content.xml"

_ROW_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_SILENT = frozenset({"annotation", "note", "tracked-changes", "title", "desc"})
_LITERAL = {"tab": "\t", "line-break": "\n", "image": PICTURE, "object": PICTURE, "control": PICTURE}


def tables(archive: Archive, limits: Limits) -> Iterator[Grid]:
    """The top tables of the content in order. Raises Unreadable."""
    yield from (_grid(table, limits) for table in _top_tables(parse(archive.read(MAIN), limits, MAIN)))


def _top_tables(element: Element) -> Iterator[Element]:
    for each in element:
        if each.tag == "table":
            yield each
        elif each.tag not in _SILENT:
            yield from _top_tables(each)


def _grid(table: Element, limits: Limits) -> Grid:
    cells = Cells(limits)
    at = 0
    for row in _inside(table, "table-row", _ROW_GROUPS):
        repeated = _count(row, "number-rows-repeated")
        for again in range(repeated if "".join(_texts(row)).strip() else 0):
            _put_row(cells, at + again, row, limits)
        at += repeated
    return cells.grid()


def _inside(element: Element, tag: str, groups: frozenset[str]) -> Iterator[Element]:
    for each in element:
        if each.tag == tag:
            yield each
        elif each.tag in groups:
            yield from _inside(each, tag, groups)


def _put_row(cells: Cells, at: int, row: Element, limits: Limits) -> None:
    column = 0
    for cell in row:
        if cell.tag not in ("table-cell", "covered-table-cell"):
            continue
        repeated = _count(cell, "number-columns-repeated")
        text = "" if cell.tag == "covered-table-cell" else "".join(_texts(cell))
        for again in range(min(repeated, limits.columns) if text else 0):
            cells.put(at, column + again, text)
        bottom, right = at + _count(cell, "number-rows-spanned"), column + _count(cell, "number-columns-spanned")
        cells.merge(at, column, bottom - 1, right - 1)
        column += repeated


def _count(element: Element, name: str) -> int:
    return max(1, integer(element.get(name), 1, most=2_000_000))


def _texts(element: Element) -> Iterator[str]:
    yield element.text or "" if _holds_text(element) else ""
    for each in element:
        if each.tag == "s":
            yield " " * min(_count(each, "c"), 100)
        elif each.tag in _LITERAL:
            yield _LITERAL[each.tag]
        elif each.tag not in _SILENT:
            yield from _texts(each)
        if each.tag in ("p", "h"):
            yield "\n"
        yield each.tail or "" if _holds_text(element) else ""


def _holds_text(element: Element) -> bool:
    """Tell paragraphs and spans from the elements around them, whose text is the indentation of the file."""
    return not element.tag.startswith(("table", "covered", "list"))
