"""The sheets of an .xlsx, with merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from minutes.formats.archive import Archive
from minutes.formats.model import Limits
from minutes.formats.xml import integer, parse
from minutes.report.cells import Cells, Grid

MAIN = "xl/workbook.xml"

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS = "xl/sharedStrings.xml"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how Excel writes a character that XML does not take
_WHOLE = re.compile(r"(-?\d+)\.0+")


def tables(archive: Archive, limits: Limits) -> Iterator[Grid]:
    """The sheets, one grid each. Raises Unreadable."""
    strings = _shared_strings(archive, limits)
    for name in sorted(name for name in archive.names if _SHEET.fullmatch(name)):
        yield _grid(parse(archive.read(name), limits, name), strings, limits)


def _shared_strings(archive: Archive, limits: Limits) -> Sequence[str]:
    if _STRINGS not in archive:
        return ()
    return [_string(item) for item in parse(archive.read(_STRINGS), limits, _STRINGS) if item.tag == "si"]


def _string(item: Element) -> str:
    """The text of a plain or rich string, without its phonetic readings."""
    runs = [item, *(run for run in item if run.tag == "r")]
    written = "".join(text.text or "" for run in runs for text in run if text.tag == "t")
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), written)


def _grid(sheet: Element, strings: Sequence[str], limits: Limits) -> Grid:
    cells = Cells(limits)
    row_number = -1
    for row in sheet.iter("row"):
        row_number = integer(row.get("r"), row_number + 2) - 1
        column = -1
        for cell in row:
            place = _place(cell.get("r", ""))
            column = place[1] if place else column + 1
            cells.put(row_number, column, _value(cell, strings))
    for merge in sheet.iter("mergeCell"):
        _merge(cells, merge.get("ref", ""))
    return cells.grid()


def _merge(cells: Cells, area: str) -> None:
    start, end = (_place(part) for part in (area.split(":") * 2)[:2])
    if start and end:
        cells.merge(*start, *end)


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _value(cell: Element, strings: Sequence[str]) -> str:
    """What a cell shows: its string, its number without a needless fraction, true or false; a formula's last result."""
    inline = cell.find("is")
    if inline is not None:
        return _string(inline)
    written = cell.findtext("v", "")
    match cell.get("t"):
        case "s":
            at = integer(written, -1, most=10_000_000)
            return strings[at] if 0 <= at < len(strings) else ""
        case "b":
            return "true" if written == "1" else "false"
        case _:
            return _WHOLE.sub(r"\1", written)
