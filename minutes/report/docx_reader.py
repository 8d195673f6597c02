"""The tables of a .docx, as Word or LibreOffice saved it: split runs, tracked changes, content controls, symbols."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from minutes.formats.archive import Archive
from minutes.formats.model import Limits
from minutes.formats.xml import child, integer, parse, value
from minutes.report.cells import Cells, Grid

MAIN = "word/document.xml"
PICTURE = "\ufffc"

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "body", "document"})
_SILENT = frozenset({"del", "moveFrom", "pPr", "rPr", "tcPr", "sdtPr", "instrText", "delText", "Fallback", "rt"})
_LITERAL = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "pict": PICTURE,
    "object": PICTURE,
    "drawing": PICTURE,
}
_OFF = frozenset({"0", "false", "off"})


def tables(archive: Archive, limits: Limits) -> Iterator[Grid]:
    """The top tables of the body in order. Raises Unreadable."""
    for table in _inside(parse(archive.read(MAIN), limits, MAIN), "tbl"):
        yield _grid(table, limits)


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """The elements of a name, looking through what merely wraps them."""
    for each in element:
        if each.tag == tag:
            yield each
        elif each.tag in _WRAPPERS:
            yield from _inside(each, tag)


def _grid(table: Element, limits: Limits) -> Grid:
    cells = Cells(limits)
    rows = (row for row in _inside(table, "tr") if child(row, "trPr", "del") is None)
    for at, row in enumerate(rows):
        _put_row(cells, at, row)
    return cells.grid()


def _put_row(cells: Cells, at: int, row: Element) -> None:
    before = child(row, "trPr", "gridBefore")
    column = 0 if before is None else integer(before.get("val"), 0, most=1000)
    for cell in _inside(row, "tc"):
        span = max(1, integer(value(cell, "tcPr", "gridSpan"), 1, most=1000))
        cells.put(at, column, cells.at(at - 1, column) if _continues(cell) else "".join(_texts(cell)))
        cells.merge(at, column, at, column + span - 1)
        column += span


def _continues(cell: Element) -> bool:
    """Tell whether the cell above reaches down over this one."""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and merge.get("val", "continue") == "continue"


def _texts(element: Element) -> Iterator[str]:
    for each in element:
        if each.tag == "t":
            yield each.text or ""
        elif each.tag == "sym":
            yield _symbol(each)
        elif each.tag == "checkBox":
            yield _form_box(each)
        elif each.tag in _LITERAL:
            yield _LITERAL[each.tag]
        elif each.tag not in _SILENT:
            yield from _texts(each)
            if each.tag == "p":
                yield "\n"


def _symbol(element: Element) -> str:
    """A character of a symbol font, in the private-use area where such fonts have theirs."""
    try:
        code = int(element.get("char", ""), 16)
    except ValueError:
        return PICTURE
    return chr(0xF000 | code & 0xFF) if code < 0x100 or 0xF000 <= code <= 0xF0FF else PICTURE


def _form_box(box: Element) -> str:
    """A tick box of an old form: what was clicked, else what it began with."""
    for name in ("checked", "default"):
        state = box.find(name)
        if state is not None:
            return "□" if state.get("val", "1") in _OFF else "☒"
    return "□"
