"""Excel workbooks (.xlsx): values as text, dates as ISO days, merged cells repeated. Streamed from the XML, bounded."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element

from minutes.formats.archive import Archive
from minutes.formats.grid import Grid, number_text
from minutes.formats.model import Limits, Reason, Sheet, Unreadable
from minutes.formats.xml import child, integer, parse

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_QUOTED = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.|_.")
_DAY_OR_YEAR = re.compile(r"[ydeEg]", re.I)
_ERRORS = "e"


@dataclass(frozen=True, slots=True)
class _Book:
    strings: list[str]
    date_styles: frozenset[int]
    epoch: date


def read(archive: Archive, limits: Limits) -> tuple[Sheet, ...]:
    """Read every sheet with its name. Raises Unreadable."""
    main = "xl/workbook.xml"
    workbook = parse(archive.read(main), limits, main)
    book = _Book(_strings(archive, limits), _date_styles(archive, limits), _epoch(workbook))
    targets = _targets(archive, limits)
    left = limits.cells
    sheets = []
    for entry in workbook.iterfind("sheets/sheet"):
        path = targets.get(entry.get("id", ""), "")
        if path.startswith("xl/worksheets/"):
            grid = _grid(parse(archive.read(path), limits, path), book, limits, left)
            left -= grid.size
            sheets.append(Sheet(entry.get("name", ""), grid.rows()))
    return tuple(sheets)


def _targets(archive: Archive, limits: Limits) -> dict[str, str]:
    part = "xl/_rels/workbook.xml.rels"
    return {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
        for relation in parse(archive.read(part), limits, part)
    }


def _strings(archive: Archive, limits: Limits) -> list[str]:
    part = "xl/sharedStrings.xml"
    if part not in archive:
        return []
    return [_rich_text(item) for item in parse(archive.read(part), limits, part).findall("si")]


def _rich_text(item: Element) -> str:
    """The text of a string without its phonetic guides."""
    return "".join(text.text or "" for text in [*item.findall("t"), *item.findall("r/t")])


def _epoch(workbook: Element) -> date:
    properties = child(workbook, "workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return date(1904, 1, 1) if is_1904 else date(1899, 12, 30)


def _date_styles(archive: Archive, limits: Limits) -> frozenset[int]:
    """The cell styles that show a number as a day."""
    part = "xl/styles.xml"
    if part not in archive:
        return frozenset()
    root = parse(archive.read(part), limits, part)
    own = {
        integer(found.get("numFmtId"), 0)
        for found in root.iterfind("numFmts/numFmt")
        if _DAY_OR_YEAR.search(_QUOTED.sub("", found.get("formatCode", "").replace("General", "")))
    }
    dates = own | _DATE_FORMATS
    styles = root.findall("cellXfs/xf")
    return frozenset(at for at, style in enumerate(styles) if integer(style.get("numFmtId"), 0) in dates)


def _grid(root: Element, book: _Book, limits: Limits, cells: int) -> Grid:
    grid = Grid(limits, cells)
    for row, column, cell in _cells(root):
        grid.put(row, column, _text(cell, book))
    for merged in root.iterfind("mergeCells/mergeCell"):
        first, _, last = merged.get("ref", "").partition(":")
        corners = _place(first), _place(last)
        if corners[0] and corners[1]:
            grid.repeat_down(corners[0], corners[1])
    return grid


def _cells(root: Element) -> Iterator[tuple[int, int, Element]]:
    """Filled cells with row and column from 0; both references may be left out in the file."""
    row = -1
    for element in root.iterfind("sheetData/row"):
        row = integer(element.get("r"), row + 2, most=10_000_000) - 1
        column = -1
        for cell in element.iterfind("c"):
            place = _place(cell.get("r", ""))
            column = place[1] if place else column + 1
            yield row, column, cell


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _text(cell: Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _rich_text(inline) if inline is not None else ""
    found = child(cell, "v")
    value = (found.text or "") if found is not None else ""
    if kind == "s":
        return _shared(book.strings, value)
    if kind == "n" and value:
        return _number(value, integer(cell.get("s"), 0) in book.date_styles, book.epoch)
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return value.removesuffix("T00:00:00") if kind == "d" else value


def _shared(strings: list[str], value: str) -> str:
    at = integer(value, -1, most=100_000_000)
    if not 0 <= at < len(strings):
        raise Unreadable(Reason.DAMAGED, "sharedStrings")
    return strings[at]


def _number(value: str, is_date: bool, epoch: date) -> str:
    if not is_date:
        return number_text(value)
    try:
        days, part = divmod(float(value), 1)
        moment = datetime.combine(epoch, datetime.min.time()) + timedelta(days=days, seconds=round(part * 86400))
    except (ValueError, OverflowError):
        return value
    if days == 0:
        return moment.time().isoformat()
    return moment.isoformat(" ") if moment.time() != datetime.min.time() else moment.date().isoformat()
