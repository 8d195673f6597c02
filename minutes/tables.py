"""Tracking tables in plain text: rows parted by tabs or bars, read with their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutes.columns import DUE, LEAD, RULING, RULINGS, STATUS, SUBJECT, column_of
from minutes.lines import Paragraph, is_row

_SEPARATOR = re.compile(r"[|\s:=+-]+")


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Row:
    """One row under a recognised heading; `cells` by column, `paragraph` the whole source row."""

    cells: dict[str, Cell]
    paragraph: Paragraph

    def text(self, column: str) -> str:
        return self.cells[column].text if column in self.cells else ""


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str | None, ...]
    rows: tuple[Row, ...]

    @property
    def tracks(self) -> bool:
        """Something to do, and who or by when or how it stands: no timetable, no list of prices."""
        named = set(self.columns)
        return bool(named & {SUBJECT, RULING}) and bool(named & {LEAD, DUE, STATUS, RULING})


def tables(paragraphs: Iterable[Paragraph]) -> Iterator[Table]:
    """The tables among paragraphs; rows before any recognised heading make none."""
    columns: tuple[str | None, ...] = ()
    rows: list[Row] = []
    for paragraph in paragraphs:
        cells = _cells(paragraph) if is_row(paragraph.text) else ()
        heading = _columns(cells)
        if heading or not cells:
            if rows:
                yield Table(columns, tuple(rows))
            columns, rows = heading, []
        elif columns and not _SEPARATOR.fullmatch(paragraph.text):
            rows = _taken(rows, columns, cells, paragraph)
    if rows:
        yield Table(columns, tuple(rows))


def _taken(
    rows: list[Row], columns: tuple[str | None, ...], cells: tuple[Cell, ...], paragraph: Paragraph
) -> list[Row]:
    named = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell.text}
    return [*rows, Row(named, paragraph)] if named else rows


def _cells(paragraph: Paragraph) -> tuple[Cell, ...]:
    text = paragraph.text
    divider = "|" if text.count("|") >= 2 else "\t"
    start, end = (1 if text.startswith("|") else 0), len(text) - (1 if text.endswith("|") else 0)
    found, place = [], start
    for at in [*(at for at in range(start, end) if text[at] == divider), end]:
        piece = paragraph.slice(place, at).strip()
        found.append(Cell(piece.text, piece))
        place = at + 1
    return tuple(found)


def _columns(cells: tuple[Cell, ...]) -> tuple[str | None, ...]:
    """The columns that a heading row names, or nothing where it is no heading row."""
    names = [re.sub(r"\s|\(.*?\)", "", cell.text) for cell in cells]
    columns = [column_of(name) for name in names]
    if sum(column is not None for column in columns) < 2:
        return ()
    subjects = [at for at, column in enumerate(columns) if column == SUBJECT]
    rulings = [at for at in subjects if RULINGS.match(names[at])]
    if len(subjects) > 1 and rulings:
        columns[rulings[-1]] = RULING
    return tuple(columns)
