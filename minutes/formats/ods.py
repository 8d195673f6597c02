"""OpenDocument spreadsheets (.ods): values as text, dates as ISO days, repeats bounded, merged cells repeated."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from minutes.formats.archive import Archive
from minutes.formats.grid import Grid, number_text
from minutes.formats.model import Limits, Reason, Sheet, Unreadable
from minutes.formats.odt import refuse_encrypted
from minutes.formats.xml import child, integer, parse

_ROW_GROUPS = ("table-rows", "table-header-rows", "table-row-group")
_NUMBERS = ("float", "percentage", "currency")
_MOST = 10_000_000
_NOT_SHOWN = ("annotation", "shapes")


def read(archive: Archive, limits: Limits) -> tuple[Sheet, ...]:
    """Read every sheet with its name. Raises Unreadable."""
    refuse_encrypted(archive)
    root = parse(archive.read("content.xml"), limits, "content.xml")
    body = child(root, "body", "spreadsheet")
    if body is None:
        raise Unreadable(Reason.DAMAGED, "content.xml")
    left = limits.cells
    sheets = []
    for table in body.findall("table"):
        grid = _grid(table, limits, left)
        left -= grid.size
        sheets.append(Sheet(table.get("name", ""), grid.rows()))
    return tuple(sheets)


def _grid(table: Element, limits: Limits, cells: int) -> Grid:
    grid = Grid(limits, cells)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
    at = 0
    for row in _rows(table):
        times = _repeats(row, "number-rows-repeated")
        for column, cell, text in _filled(row):
            for copy in range(times):
                grid.put(at + copy, column, text)
            below = integer(cell.get("number-rows-spanned"), 1) - 1
            merged.append(((at, column), (at + below, column)))
        at += times
    for first, last in merged:
        grid.repeat_down(first, last)
    return grid


def _filled(row: Element) -> Iterator[tuple[int, Element, str]]:
    """The cells of a row that hold text, each with its column; a repeated one counts as often as it is repeated."""
    column = 0
    for cell in row:
        if cell.tag not in ("table-cell", "covered-table-cell"):
            continue
        times = _repeats(cell, "number-columns-repeated")
        text = _text(cell) if cell.tag == "table-cell" else ""
        if text.strip():
            yield from ((column + copy, cell, text) for copy in range(times))
        column += times


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == "table-row":
            yield element
        elif element.tag in _ROW_GROUPS:
            yield from _rows(element)


def _repeats(element: Element, name: str) -> int:
    return max(1, integer(element.get(name), 1, most=_MOST))


def _text(cell: Element) -> str:
    kind = cell.get("value-type", "string")
    if kind == "date":
        return cell.get("date-value", "").removesuffix("T00:00:00").replace("T", " ")
    if kind in _NUMBERS:
        return number_text(cell.get("value", ""))
    if kind == "boolean":
        return cell.get("boolean-value", "").upper()
    return "\n".join("".join(_inline(paragraph)) for paragraph in cell.findall("p"))


def _inline(element: Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if part.tag == "s":
            yield " " * max(1, integer(part.get("c"), 1, most=1000))
        elif part.tag in ("line-break", "tab"):
            yield "\n" if part.tag == "line-break" else " "
        elif part.tag not in _NOT_SHOWN:
            yield from _inline(part)
        yield part.tail or ""
