"""Read a list of cases: sheets → the one that holds them, its columns, its cases, and all that is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.calendar import WorkCalendar
from minutes.formats import Sheet
from minutes.lists.content import Guesser
from minutes.lists.days import DayReader
from minutes.lists.items import Reader
from minutes.lists.model import Column, Field, Ground, Left, LeftOut, ListReading, NotRead, Table, Unclear
from minutes.lists.rows import Found, TableReader
from minutes.lists.tables import Stretch, find_stretches, settled
from minutes.lists.units import UnitReader

_HISTORY = re.compile("結案|解除|解列|歷史|已完成|範例|說明|代碼|選單|封存|作廢")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a list is read. `today` is a calendar day in Asia/Taipei; `columns` are what a person said, from 1."""

    today: date
    calendar: WorkCalendar
    known_units: Collection[str] = ()
    columns: Mapping[int, Field] = field(default_factory=dict)
    sheet: str | None = None


class NoSuchSheet(Exception):
    """The sheet that was asked for is not there; `names` are those that are."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names


def read_list(sheets: Sequence[Sheet], terms: Terms) -> ListReading:
    """Read the sheet that was named, else the one most like a list of open cases. Raises NoSuchSheet.

    Any sheet is read; nothing else is raised. Every row of it that is not empty is accounted for in the reading.
    """
    chosen = [sheet for sheet in sheets if terms.sheet is None or sheet.name.strip() == terms.sheet.strip()]
    if not chosen:
        raise NoSuchSheet(tuple(sheet.name for sheet in sheets))
    readings = [_read_sheet(sheet, terms) for sheet in chosen]
    best = max(range(len(readings)), key=lambda at: (_likeness(readings[at]), -at))
    others = tuple(sheet.name for sheet in sheets if sheet is not chosen[best])
    return replace(readings[best], other_sheets=others)


def _likeness(reading: ListReading) -> tuple[bool, bool, bool, int]:
    """A sheet with cases goes before one without, one of open cases before an archive, then the longer one."""
    headed = any(table.heading_rows for table in reading.tables)
    return bool(reading.items), not _HISTORY.search(reading.sheet), headed, len(reading.items)


def _read_sheet(sheet: Sheet, terms: Terms) -> ListReading:
    days = DayReader(terms.today, terms.calendar)
    units = UnitReader(terms.known_units)
    guesser = Guesser(days, units)
    stretches = [_completed(found, sheet, guesser, terms) for found in _stretches(sheet)]
    found = _above(sheet, min((stretch.first for stretch in stretches), default=0))
    for stretch in stretches:
        part = TableReader(stretch, Reader(days, units)).read(sheet.rows)
        found.items += part.items
        found.left_out += part.left_out
        found.unread += part.unread
    return ListReading(
        sheet=sheet.name,
        tables=tuple(stretch.table for stretch in stretches),
        items=tuple(found.items),
        left_out=tuple(sorted(found.left_out, key=lambda left: left.row)),
        unread=tuple(sorted(found.unread, key=lambda unread: unread.row)),
    )


def _stretches(sheet: Sheet) -> tuple[Stretch, ...]:
    """The tables that have headings; a sheet without any is one table."""
    if found := find_stretches(sheet.rows):
        return found
    width = max((len(row) for row in sheet.rows), default=0)
    columns = tuple(Column(index, "", Field.NONE) for index in range(1, width + 1))
    first = next((at for at, row in enumerate(sheet.rows) if sum(map(bool, row)) > 1), 0)
    return (Stretch(Table(columns), first, len(sheet.rows)),) if width else ()


def _completed(stretch: Stretch, sheet: Sheet, guesser: Guesser, terms: Terms) -> Stretch:
    """The stretch with what a person said about its columns, and the rest guessed by content."""
    said = tuple(
        replace(column, field=terms.columns[column.index], ground=Ground.SAID, confidence=1.0)
        if column.index in terms.columns
        else column
        for column in stretch.table.columns
    )
    table = replace(stretch.table, columns=settled(said))
    rows = [row for at, row in enumerate(sheet.rows[: stretch.last]) if at >= stretch.first]
    body = [row for at, row in enumerate(rows, stretch.first + 1) if at not in table.heading_rows]
    return replace(stretch, table=guesser.complete(table, body))


def _above(sheet: Sheet, first: int) -> Found:
    """Account for the rows above the first table: titles, and rows that are too full to be one."""
    found = Found()
    for at, row in enumerate(sheet.rows[:first], 1):
        filled = [text for text in row if text.strip()]
        if len(filled) > 2 and len(set(filled)) > 2:
            found.unread.append(NotRead(at, "", " ".join(filled), Unclear.LOOSE_TEXT))
        elif filled:
            found.left_out.append(LeftOut(at, " ".join(filled), Left.TITLE))
    return found
