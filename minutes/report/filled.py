"""Recognise a filled report among files, and take its rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from minutes.formats import check_size
from minutes.formats.archive import Archive
from minutes.formats.model import Kind, Limits
from minutes.formats.xml import parse
from minutes.report import docx_reader, odf_reader, phrases, xlsx_reader
from minutes.report.cells import Grid
from minutes.report.clean import clean
from minutes.report.marker import ReportMarker, find_marker

_TABLES: dict[Kind, Callable[[Archive, Limits], Iterator[Grid]]] = {
    Kind.DOCX: docx_reader.tables,
    Kind.ODT: odf_reader.tables,
    Kind.ODS: odf_reader.tables,
    Kind.XLSX: xlsx_reader.tables,
}
_PROPERTIES = {
    Kind.DOCX: "docProps/core.xml",
    Kind.XLSX: "docProps/core.xml",
    Kind.ODT: "meta.xml",
    Kind.ODS: "meta.xml",
}
_KEYWORDS = frozenset({"keywords", "keyword"})
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row as it stands in the file; `row` counts the rows of its table or sheet from 1."""

    row: int
    number: str
    unit: str
    release: str
    continue_: str


@dataclass(frozen=True, slots=True)
class FilledReport:
    """A report that came back. Without a marker it was known by the headings of its table."""

    marker: ReportMarker | None
    rows: tuple[FilledRow, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    number: int
    unit: int
    release: int
    continue_: int


def read_filled(content: bytes, *, limits: Limits | None = None) -> FilledReport | None:
    """Read a report that was filled in; None where the file is another document. Raises Unreadable."""
    limits = limits or Limits()
    check_size(content, limits)
    archive = Archive(content, limits)
    kind = archive.kind()
    marker = _marker(archive, _PROPERTIES[kind], limits)
    found = _rows(_TABLES[kind](archive, limits))
    if marker is None and found is None:
        return None
    return FilledReport(marker, found or ())


def squeeze(text: str) -> str:
    """Fold width and case and take out blanks, to compare what people typed."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", clean(text))).casefold()


def _marker(archive: Archive, name: str, limits: Limits) -> ReportMarker | None:
    if name not in archive:
        return None
    keywords = (each.text or "" for each in parse(archive.read(name), limits, name).iter() if each.tag in _KEYWORDS)
    return find_marker(" ".join(keywords))


def _rows(grids: Iterable[Grid]) -> tuple[FilledRow, ...] | None:
    """The rows below the headings, or None where no table has them; a table cut in two goes on under its headings."""
    columns: _Columns | None = None
    width = 0
    rows: list[FilledRow] = []
    for grid in grids:
        current = columns if grid and len(grid[0]) == width else None
        for at, row in enumerate(grid):
            if found := _columns(row):
                columns = current = found
                width = len(row)
            elif current:
                rows.extend(_take(at + 1, row, current))
    return tuple(_carry_numbers(rows)) if columns else None


def _columns(row: Sequence[str]) -> _Columns | None:
    """Where the columns are, if the row is one of headings."""
    titles = [squeeze(text) for text in row]
    number = _find(titles, phrases.NUMBER_HEADINGS)
    release = _find(titles, phrases.RELEASE_HEADINGS)
    continue_ = _find(titles, phrases.CONTINUE_HEADINGS)
    unit = _find(titles, phrases.UNIT_HEADINGS, phrases.MATTER_HEADINGS)
    if number is None or release is None or continue_ is None or unit is None:
        return None
    return _Columns(number, unit, release, continue_)


def _find(titles: Sequence[str], *headings: frozenset[str]) -> int | None:
    """The last column under the first of the headings that is there; the unit lies at the right under a joined one."""
    places = ([at for at, title in enumerate(titles) if title in words] for words in headings)
    return next((found[-1] for found in places if found), None)


def _take(number: int, row: Sequence[str], columns: _Columns) -> Iterator[FilledRow]:
    """The row, unless there is nothing in it."""
    taken = FilledRow(
        number, row[columns.number].strip(), row[columns.unit].strip(), row[columns.release], row[columns.continue_]
    )
    if taken.number or taken.unit or taken.release.strip() or taken.continue_.strip():
        yield taken


def _carry_numbers(rows: Iterable[FilledRow]) -> Iterator[FilledRow]:
    """Give a row without a number that of the row above: merged cells may have come apart."""
    number = ""
    for row in rows:
        number = row.number or number
        yield replace(row, number=number)
