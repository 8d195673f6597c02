"""The report as blocks of table rows that every writer draws alike.

A case takes one row per unit, so that each unit's line has tick boxes of its own; what belongs to the case spans them.
A case of many units is cut into blocks that fit on a page, each with number and title: no page has nameless rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar import roc
from minutes.report import phrases
from minutes.report.clean import one_line
from minutes.report.metrics import line_height, spanning_height
from minutes.report.sheet import ReportHeader, ReportRow, ReportSheet
from minutes.report.table import COLUMNS, Cell, Place

_PAGE_PART = 14  # lines; a block up to this height is better moved to the next page than cut


@dataclass(frozen=True, slots=True)
class TableRow:
    """One unit's row. A cell is None where the cell of the case reaches down from above."""

    cells: tuple[Cell | None, ...]
    lines: int  # its height, estimated

    @property
    def stays_whole(self) -> bool:
        """Tell whether the row is so short that a page break should not cut it."""
        return self.lines <= _PAGE_PART


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one number cell."""

    rows: tuple[TableRow, ...]
    is_continued: bool  # the case began in the block before

    @property
    def stays_whole(self) -> bool:
        return sum(row.lines for row in self.rows) <= _PAGE_PART


@dataclass(frozen=True, slots=True)
class Layout:
    title: str
    facts: str  # the day of the meeting, counts
    blocks: tuple[Block, ...]
    closing: str  # how to tick, or that there is nothing to tick


def lay_out(sheet: ReportSheet) -> Layout:
    return Layout(
        title=title_of(sheet.header),
        facts="　".join(_facts(sheet)),
        blocks=tuple(block for row in sheet.rows for block in _blocks(row, sheet.made_on)),
        closing=phrases.HOW_TO_TICK if sheet.rows else phrases.EMPTY,
    )


def title_of(header: ReportHeader) -> str:
    template = phrases.TITLE_WITHOUT_ORDINAL if header.meeting_ordinal is None else phrases.TITLE
    return template.format(series=one_line(header.series), ordinal=header.meeting_ordinal)


def counts_of(sheet: ReportSheet) -> str:
    """How much there is and what stands out, on one line."""
    counts = [phrases.COUNTS.format(cases=len(sheet.rows), lines=len(sheet.lines))]
    outstanding = (
        (phrases.COUNTS_RELEASE, sum(line.asks_release for line in sheet.lines)),
        (phrases.COUNTS_SILENT, sum(line.unreported for line in sheet.lines)),
        (phrases.COUNTS_OVERDUE, sum(row.is_overdue(sheet.made_on) for row in sheet.rows)),
    )
    return "、".join(counts + [template.format(count=count) for template, count in outstanding if count])


def _facts(sheet: ReportSheet) -> Iterator[str]:
    if sheet.header.held_on:
        yield phrases.HELD_ON.format(day=roc(sheet.header.held_on))
    yield phrases.MADE_ON.format(day=roc(sheet.made_on))
    yield counts_of(sheet)


def _blocks(row: ReportRow, made_on: date) -> Iterator[Block]:
    first = 0
    while first < len(row.units):
        block = _block(row, first, made_on)
        yield block
        first += len(block.rows)


def _block(row: ReportRow, first: int, made_on: date) -> Block:
    """Take lines from the first one on while they fit on part of a page; at least one."""
    places = (Place(row, line, made_on, is_continued=first > 0) for line in row.units[first:])
    taken: list[tuple[Cell, ...]] = []
    height = 0
    for place in places:
        cells = tuple(column.cell(place) for column in COLUMNS)
        height += line_height(cells)
        if taken and height > _PAGE_PART:
            break
        taken.append(cells)
    return Block(tuple(_table_rows(taken)), is_continued=first > 0)


def _table_rows(taken: list[tuple[Cell, ...]]) -> Iterator[TableRow]:
    """Rows with the case's cells in the first alone; the last is as tall as those need beyond the others."""
    room = spanning_height(taken[0])
    for at, cells in enumerate(taken):
        lines = line_height(cells)
        room -= lines
        extra = max(0, room) if at == len(taken) - 1 else 0
        kept = (None if at and column.of_case else cell for cell, column in zip(cells, COLUMNS, strict=True))
        yield TableRow(tuple(kept), lines + extra)
