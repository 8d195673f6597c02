"""Guess a column by its cells, where its heading is missing or says nothing known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from minutes.fold import fold_text
from minutes.lists.days import DayReader
from minutes.lists.model import Column, Field, Ground, Table
from minutes.lists.status import looks_like_status
from minutes.lists.units import UnitReader
from minutes.lists.words import is_ditto, is_empty, pattern

_SAMPLE = 60
_LEAST_SHARE = 0.6
_LEAST_SUBJECT = 4.0  # characters, on average
_CASE_NUMBER = re.compile(r"[A-Za-z]{0,4}-?\d{1,7}(?:-\d{1,4}){1,2}|[A-Za-z]{1,4}-?\d{1,5}|\d{3,6}")
_COUNT = re.compile(r"\d{1,3}")
_LONGEST_DATE = 24
_DONE_OR_DOING = re.compile(r"已|刻正|刻|業|目前|預計|將於|辦理中|完成|尚")


class Guesser:
    """Completes the columns of a table by what their cells hold."""

    def __init__(self, days: DayReader, units: UnitReader) -> None:
        self._days = days
        self._units = units

    def complete(self, table: Table, rows: Sequence[tuple[str, ...]]) -> Table:
        """Guess the columns that no heading named. A known heading or a person's word is never overruled."""
        columns = list(table.columns)
        open_columns = [at for at, column in enumerate(columns) if column.ground is Ground.UNKNOWN]
        samples = {at: _sample(rows, columns[at].index) for at in open_columns}
        for field, judge in self._judges(bool(table.heading_rows)):
            if any(column.field is field for column in columns):
                continue
            shares = {at: judge(samples[at]) for at in open_columns if samples[at]}
            self._assign(columns, field, shares)
            open_columns = [at for at in open_columns if columns[at].ground is Ground.UNKNOWN]
        self._texts(columns, {at: samples[at] for at in open_columns if samples[at]})
        return replace(table, columns=tuple(columns))

    def _judges(self, has_headings: bool) -> list[tuple[Field, Callable[[list[str]], float]]]:
        """What cells can tell. Under headings a column of days or numbers has a name of its own and is no deadline."""
        always: list[tuple[Field, Callable[[list[str]], float]]] = [
            (Field.STATUS, lambda cells: _share(cells, looks_like_status)),
            (Field.LEAD, lambda cells: _share(cells, self._is_units)),
        ]
        if has_headings:
            return always
        return [
            (Field.DUE, lambda cells: _share(cells, self._is_day)),
            (Field.NUMBER, _numbers),
            (Field.ORDER, _counts),
            *always,
            (Field.SUPPORT, lambda cells: _share(cells, self._is_units)),
        ]

    @staticmethod
    def _assign(columns: list[Column], field: Field, shares: dict[int, float]) -> None:
        """Give a field to the column that fits best. Two columns of days: nobody can tell which is the deadline."""
        fitting = [at for at, share in shares.items() if share >= _LEAST_SHARE]
        if not fitting or (field is Field.DUE and len(fitting) > 1):
            return
        best = max(fitting, key=lambda at: (shares[at], -at))
        columns[best] = _guessed(columns[best], field, shares[best] * 0.8)

    @staticmethod
    def _texts(columns: list[Column], samples: dict[int, list[str]]) -> None:
        """Of columns of text the first is what it is about, a later one that says what was done the progress."""
        if not any(column.field in (Field.SUBJECT, Field.RULING) for column in columns):
            texts = [at for at, cells in samples.items() if _mean_length(cells) >= _LEAST_SUBJECT]
            if texts:
                columns[texts[0]] = _guessed(columns[texts[0]], Field.SUBJECT, 0.5)
                samples.pop(texts[0])
        if not any(column.field is Field.PROGRESS for column in columns):
            for at, cells in samples.items():
                if not columns[at].heading and _share(cells, lambda cell: bool(_DONE_OR_DOING.search(cell))) >= 0.5:
                    columns[at] = _guessed(columns[at], Field.PROGRESS, 0.4)
                    return

    def _is_day(self, cell: str) -> bool:
        return len(cell) <= _LONGEST_DATE and self._days.due(cell).due.on is not None

    def _is_units(self, cell: str) -> bool:
        named = self._units.read(cell)
        names = (*named.lead, *named.support)
        return bool(names) and not named.odd and all(self._units.is_unit(name) for name in names)


def _guessed(column: Column, field: Field, confidence: float) -> Column:
    return replace(column, field=field, ground=Ground.CONTENT, confidence=round(confidence, 2))


def _sample(rows: Sequence[tuple[str, ...]], index: int) -> list[str]:
    found: list[str] = []
    for row in rows:
        cell = row[index - 1] if index <= len(row) else ""
        if not (is_empty(cell) or is_ditto(cell) or pattern("rows", "footnote").match(cell)):
            found.append(cell.strip())
        if len(found) >= _SAMPLE:
            break
    return found


def _share(cells: list[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, cells)) / len(cells) if cells else 0.0


def _numbers(cells: list[str]) -> float:
    """Case numbers: written like them, and hardly ever twice."""
    if len(set(cells)) < 0.7 * len(cells):
        return 0.0
    return _share(cells, lambda cell: bool(_CASE_NUMBER.fullmatch(fold_text(cell))))


def _counts(cells: list[str]) -> float:
    return _share(cells, lambda cell: bool(_COUNT.fullmatch(fold_text(cell))))


def _mean_length(cells: list[str]) -> float:
    return sum(map(len, cells)) / len(cells)
