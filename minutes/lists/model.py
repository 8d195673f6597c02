"""What is read out of a list of cases: its columns with the reason for each, items, and what led to none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """What a column of a list holds."""

    NUMBER = "number"  # 案號
    ORDER = "order"  # 項次: counts the rows of this list and names nothing
    SUBJECT = "subject"  # 案由
    RULING = "ruling"  # 會議結論, where a subject stands beside it
    LEAD = "lead"
    SUPPORT = "support"
    DUE = "due"
    END = "end"  # of a contract: the row is one
    STAGE = "stage"  # of a contract
    PROGRESS = "progress"
    REPORTED_ON = "reported_on"  # the day of the progress
    STATUS = "status"
    MEETING = "meeting"
    NOTE = "note"
    NONE = "none"  # not used


class Ground(StrEnum):
    """Why a column was taken for what it is taken for."""

    SAID = "said"  # the person said so
    HEADING = "heading"  # the heading is one of the field's names
    SHAPE = "shape"  # the heading contains such a name
    CONTENT = "content"  # the cells look like it
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, from 1 as people count. `confidence` runs from 0 (nothing known) to 1 (said by a person)."""

    index: int
    heading: str
    field: Field
    ground: Ground = Ground.UNKNOWN
    confidence: float = 0.0


class DoubtKind(StrEnum):
    """What a person should look at before an item becomes a case."""

    DUPLICATE_NUMBER = "duplicate_number"
    ODD_NUMBER = "odd_number"
    NO_UNIT = "no_unit"
    ODD_UNIT = "odd_unit"
    UNIT_FROM_SENTENCE = "unit_from_sentence"
    IMPOSSIBLE_DATE = "impossible_date"
    AMBIGUOUS_DATE = "ambiguous_date"
    SEVERAL_DATES = "several_dates"
    NO_YEAR = "no_year"
    SERIAL_DATE = "serial_date"  # a number that Excel would show as a day
    DUE_NOT_READ = "due_not_read"
    NO_END = "no_end"  # a contract of which nobody knows when it ends
    DUE_FROM_SENTENCE = "due_from_sentence"
    STATUS_NOT_READ = "status_not_read"
    SAYS_DONE = "says_done"
    ROWS_DIFFER = "rows_differ"  # rows of one case say different things in a cell that belongs to the case


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt with the cell it arose from (D7; empty where it is about the whole row) and that cell's words."""

    kind: DoubtKind
    cell: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: the cell's words, the day if they name one, and the rule that read it."""

    text: str = ""
    on: date | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What a list says was done, verbatim; `units` says whose it is where a case has a row for each unit."""

    text: str
    on: date | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One case of the list. `number` is None where the list has none: it is proposed later."""

    rows: tuple[int, ...]
    number: str | None
    title: str
    sentence: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    due: Due = Due()
    progress: tuple[Progress, ...] = ()
    asks_release: bool = False
    status: str = ""
    section: str = ""
    meeting: str = ""
    ordinal: int | None = None
    held_on: date | None = None
    note: str = ""
    doubts: tuple[Doubt, ...] = ()
    is_contract: bool = False  # its deadline is the contract's end
    stage: str = ""


class Left(StrEnum):
    """Why a row makes no case."""

    TITLE = "title"  # above the headings
    HEADING = "heading"
    SECTION = "section"
    TOTAL = "total"
    FOOTNOTE = "footnote"
    BLANK = "blank"  # dashes and the like only
    RELEASED = "released"
    CLOSED = "closed"  # merged into another, stopped


@dataclass(frozen=True, slots=True)
class LeftOut:
    row: int
    text: str
    why: Left


class Unclear(StrEnum):
    """Why a row could not be read."""

    NO_HEADINGS = "no_headings"  # no column of the sheet is known to say what a case is about
    NO_SUBJECT = "no_subject"
    LOOSE_TEXT = "loose_text"


@dataclass(frozen=True, slots=True)
class NotRead:
    """A row or (where `cell` is given) a cell that was not understood."""

    row: int
    cell: str
    text: str
    why: Unclear


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet: its columns, and the row numbers of its headings (none where it has none)."""

    columns: tuple[Column, ...]
    heading_rows: tuple[int, ...] = ()

    def of(self, field: Field) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field is field)

    def has(self, *fields: Field) -> bool:
        return any(column.field in fields for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReading:
    """All of one sheet: every row that is not empty is in an item, left out with a reason, or not read."""

    sheet: str
    tables: tuple[Table, ...]
    items: tuple[Item, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unread: tuple[NotRead, ...] = ()
    other_sheets: tuple[str, ...] = ()

    @property
    def rows(self) -> Iterator[int]:
        """The rows that are accounted for."""
        yield from (row for item in self.items for row in item.rows)
        yield from (left.row for left in self.left_out)
        yield from (unread.row for unread in self.unread)


def letters(index: int) -> str:
    """A column's letters as a spreadsheet shows them: 1 → A, 28 → AB."""
    name = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_index(place: str) -> int | None:
    """A column's number from 1, from its number or its letters (3, C); None for anything else."""
    if place.isascii() and place.isdigit():
        return int(place) or None
    if not (place.isascii() and place.isalpha() and len(place) <= 3):
        return None
    index = 0
    for letter in place.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index


def cell_name(index: int, row: int) -> str:
    return f"{letters(index)}{row}"
