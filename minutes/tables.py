"""Tracking tables in plain text: rows parted by tabs or bars, read with their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutes.lines import Paragraph, is_row
from minutes.words import words

NUMBER, ROW_NUMBER, SUBJECT, RULING, LEAD, SUPPORT, DUE, STATUS, PROGRESS = (
    "number", "row_number", "subject", "ruling", "lead", "support", "due", "status", "progress",
)  # fmt: skip
_COLUMNS: dict[str, str] = {
    word: column
    for column, table, name in (
        (SUBJECT, "columns", "subject"),
        (PROGRESS, "columns", "progress"),
        (NUMBER, "columns", "number"),
        (LEAD, "labels", "attribute_lead"),
        (SUPPORT, "labels", "attribute_support"),
        (DUE, "labels", "attribute_due"),
        (STATUS, "labels", "attribute_status"),
    )
    for word in words(table, name)
} | {"單位": LEAD, "追蹤": STATUS, "管考": STATUS}
_RULINGS = re.compile(r"^(?:主席|會議|市長|校長)?(?:決議|裁示|結論|指示|決定)(?:事項)?$")
_ROW_NUMBERS = frozenset({"項次", "序號", "次序", "No", "NO", "No.", "號次"})
_SHAPES = (
    (SUPPORT, re.compile(r"^(?:協辦|配合|協助)")),
    (LEAD, re.compile(r"^(?:主辦|主責|權責|承辦|負責|執行|辦理)(?:單位|機關|人|科室|處室|局處)")),
    (DUE, re.compile(r"(?:期限|時限|限期|完成日期?|完成時間)$")),
    (STATUS, re.compile(r"^(?:列管|追蹤|管考).{0,4}(?:情形|狀態|結果|建議|與否)$")),
    (SUBJECT, re.compile(r"(?:裁示|指示|決議|結論|列管|交辦|待辦|追蹤|工作|應辦)(?:事項|項目|內容)$")),
)
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


def names_columns(names: Iterable[str]) -> bool:
    """Tell whether names are those of a heading row."""
    return sum(_column(name) is not None for name in names) >= 2


def is_row_number(name: str) -> bool:
    """Tell whether a column of that name numbers the rows or names the case."""
    return _column(name) in (ROW_NUMBER, NUMBER)


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


def _column(name: str) -> str | None:
    if name in _ROW_NUMBERS:
        return ROW_NUMBER
    return _COLUMNS.get(name) or next((column for column, pattern in _SHAPES if pattern.search(name)), None)


def _columns(cells: tuple[Cell, ...]) -> tuple[str | None, ...]:
    """The columns that a heading row names, or nothing where it is no heading row."""
    names = [re.sub(r"\s|\(.*?\)", "", cell.text) for cell in cells]
    columns = [_column(name) for name in names]
    if sum(column is not None for column in columns) < 2:
        return ()
    subjects = [at for at, column in enumerate(columns) if column == SUBJECT]
    rulings = [at for at in subjects if _RULINGS.match(names[at])]
    if len(subjects) > 1 and rulings:
        columns[rulings[-1]] = RULING
    return tuple(columns)
