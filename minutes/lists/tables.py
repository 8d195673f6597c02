"""Where the tables of a sheet are: heading rows (one or two deep, repeated, side by side) and the rows under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minutes.lists.model import Column, Field, Ground, Table
from minutes.lists.words import field_of, pattern, plain

Row = tuple[str, ...]

JOINT = "／"  # between the two rows of a heading
_LONGEST_HEADING = 30
_LONGEST_SUBHEADING = 12
_VALUE = re.compile(r"[A-Za-z]{0,4}-?\d[\d./:\s-]*%?|(?:民國)?\d{2,4}年\d{1,2}月\d{1,2}日?")
_MANY = frozenset({Field.LEAD, Field.SUPPORT, Field.PROGRESS, Field.NOTE})  # several columns may hold it
_CONFIDENCE = {Ground.HEADING: 0.95, Ground.SHAPE: 0.8}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A table and the rows under its headings, counted from 0: first … last, last not included."""

    table: Table
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Heading:
    names: tuple[str, ...]  # one for each column, from the left edge of the sheet
    rows: tuple[int, ...]


def find_stretches(rows: Sequence[Row]) -> tuple[Stretch, ...]:
    """The tables of a sheet that have headings, from top to bottom and left to right; a repeated heading makes none."""
    headings: list[_Heading] = []
    at = 0
    while at < len(rows):
        heading = _heading(rows, at)
        if heading is None:
            at += 1
            continue
        at = max(heading.rows) + 1
        if headings and _same(headings[-1], heading):
            headings[-1] = replace(headings[-1], rows=(*headings[-1].rows, *heading.rows))
        else:
            headings.append(heading)
    stretches = []
    for place, heading in enumerate(headings):
        last = min(headings[place + 1].rows) if place + 1 < len(headings) else len(rows)
        stretches += [Stretch(table, min(heading.rows), last) for table in _tables(heading)]
    return tuple(stretches)


def _same(one: _Heading, other: _Heading) -> bool:
    return [plain(name) for name in one.names] == [plain(name) for name in other.names]


def _heading(rows: Sequence[Row], at: int) -> _Heading | None:
    """The heading that begins at a row, with the row above or below where it is two rows deep."""
    if not _names_columns(rows[at]):
        return None
    if at + 1 < len(rows) and _goes_on(rows[at], rows[at + 1]):
        return _Heading(tuple(_joined(rows[at], rows[at + 1])), (at, at + 1))
    if at > 0 and len(_filled(rows[at - 1])) > 1 and not _names_columns(rows[at - 1]):
        helped = tuple(_helped(name, up) for name, up in zip(rows[at], _spread(rows[at - 1]), strict=True))
        if helped != rows[at]:
            return _Heading(helped, (at - 1, at))
    return _Heading(rows[at], (at,))


def _helped(name: str, above: str) -> str:
    """A heading that says nothing known, under one that does."""
    return f"{above}{JOINT}{name}" if name and not _known(name) and _known(above) else name


def _names_columns(row: Row) -> bool:
    """A heading row names at least two fields, knows half of its cells, and holds no value."""
    filled = _filled(row)
    if len(filled) < 2 or any(len(text) > _LONGEST_HEADING or _VALUE.fullmatch(text.strip()) for text in filled):
        return False
    fields = [found[0] for text in filled if (found := field_of(text))]
    return len(set(fields) - {Field.NONE}) >= 2 and 2 * len(fields) >= len(filled)


def _goes_on(row: Row, below: Row) -> bool:
    """Tell whether the row below is the second row of the heading: it repeats or divides the cells above."""
    if _filled(below) == _filled(row):
        return False
    spans = [not right and bool(up) for up, right in zip(row, (*row[1:], "x"), strict=True)]
    new = [(up, over, text) for up, over, text in zip(row, spans, below, strict=True) if text and text != up]
    if not new or any(len(text) > _LONGEST_SUBHEADING or _VALUE.fullmatch(text.strip()) for _, _, text in new):
        return False
    return any(_known(text) for _, _, text in new) and all(_known(text) or not up or over for up, over, text in new)


def _joined(row: Row, below: Row) -> list[str]:
    return [
        text if not over or text == over else f"{over}{JOINT}{text}" if text else up
        for up, over, text in zip(row, _spread(row), below, strict=True)
    ]


def _spread(row: Row) -> list[str]:
    """Each cell, or the last filled one to its left: a heading over several columns stands in the first of them."""
    spread: list[str] = []
    for text in row:
        spread.append(text or (spread[-1] if spread else ""))
    return spread


def _filled(row: Row) -> list[str]:
    return [text for text in row if text.strip()]


def _known(heading: str) -> bool:
    return field_of(heading) is not None


def column_of(index: int, heading: str) -> Column:
    """A column as its heading says. Of a heading two rows deep the lower one decides, else the upper."""
    for part in [heading, *reversed(heading.split(JOINT))]:
        if found := field_of(part):
            return Column(index, heading, *found, _CONFIDENCE[found[1]])
    return Column(index, heading, Field.NONE)


def _tables(heading: _Heading) -> list[Table]:
    columns = [column_of(index, name) for index, name in enumerate(heading.names, 1)]
    rows = tuple(row + 1 for row in heading.rows)
    return [Table(settled(part), rows) for part in _side_by_side(columns)]


def _side_by_side(columns: list[Column]) -> list[list[Column]]:
    """Part the columns where the first heading comes again together with that of the subject."""
    named = [column for column in columns if column.heading]
    first = plain(named[0].heading)
    starts = [at for at, column in enumerate(columns) if plain(column.heading) == first]
    subjects = {plain(column.heading) for column in columns if column.field in (Field.SUBJECT, Field.RULING)}
    parts = [columns[begin:end] for begin, end in zip([0, *starts[1:]], [*starts[1:], len(columns)], strict=True)]
    whole = all(subjects <= {plain(column.heading) for column in part} for part in parts)
    return parts if len(parts) > 1 and subjects and whole else [columns]


def settled(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns after what only one of them can be was settled; what a person said stands."""
    kept = list(columns)
    for field in {column.field for column in columns if column.ground is Ground.SAID} - _MANY:
        _change(kept, _at(kept, field), Field.NONE, 0.5)
    _only_first(kept, Field.NUMBER, Field.NONE)
    _only_first(kept, Field.SUBJECT, Field.RULING)
    _only_first(kept, Field.RULING, Field.NOTE)
    _settle_contracts(kept)
    if _at(kept, Field.NUMBER):
        return _without_persons(kept)
    orders = _at(kept, Field.ORDER)
    _change(kept, orders[:1], Field.NUMBER, 0.5)
    return _without_persons(kept)


def _settle_contracts(columns: list[Column]) -> None:
    """A table holds contracts or cases: a day is a contract's end where the headings speak of contracts.

    Where there are days of both kinds, those that do not fit what the table holds are notes, unless a person said so.
    """
    dues = _at(columns, Field.DUE)
    named = any(pattern("contracts", "naming").search(columns[at].heading) for at in _at(columns, Field.SUBJECT))
    if not _at(columns, Field.END):
        of_contracts = [at for at in dues if named or pattern("contracts", "end").search(columns[at].heading)]
        _change(columns, of_contracts, Field.END, 0.7)
    dues, ends = _at(columns, Field.DUE), _at(columns, Field.END)
    if dues and ends:
        holds_contracts = _any_said(columns, ends) or (named and not _any_said(columns, dues))
        _change(columns, dues if holds_contracts else ends, Field.NOTE, 0.5)
    if not _at(columns, Field.END):
        _change(columns, _at(columns, Field.STAGE), Field.NOTE, 0.5)


def _any_said(columns: list[Column], places: Sequence[int]) -> bool:
    return any(columns[at].ground is Ground.SAID for at in places)


def _at(columns: list[Column], field: Field) -> list[int]:
    return [at for at, column in enumerate(columns) if column.field is field]


def _change(columns: list[Column], places: Sequence[int], field: Field, confidence: float) -> None:
    for at in places:
        if columns[at].ground is not Ground.SAID:
            columns[at] = replace(columns[at], field=field, confidence=confidence)


def _only_first(columns: list[Column], field: Field, others: Field) -> None:
    """Keep the field for the first column that has it; the rest become something else."""
    _change(columns, _at(columns, field)[1:], others, 0.5)


def _without_persons(columns: list[Column]) -> tuple[Column, ...]:
    """Where units have a column of their own, a column of persons (承辦人) names no further unit."""
    persons = [at for at in _at(columns, Field.LEAD) if pattern("marks", "person").search(plain(columns[at].heading))]
    if len(persons) < len(_at(columns, Field.LEAD)):
        _change(columns, persons, Field.NONE, 0.5)
    return tuple(columns)
