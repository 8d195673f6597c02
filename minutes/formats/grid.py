"""A sheet while it is read: cells by place, bounded, and in the end rows of equal width."""

from __future__ import annotations

from minutes.formats.model import Limits, Reason, Unreadable


class Grid:
    """Cells that hold text; a file may claim a million empty rows without any cost here."""

    def __init__(self, limits: Limits, cells: int) -> None:
        self._limits = limits
        self._most = cells
        self._cells: dict[tuple[int, int], str] = {}

    @property
    def size(self) -> int:
        return len(self._cells)

    def put(self, row: int, column: int, text: str) -> None:
        """Fill a cell. Raises Unreadable(too_large) outside the limits; empty text fills nothing."""
        if not text.strip():
            return
        self._check(row < self._limits.rows, f"rows {self._limits.rows}")
        self._check(column < self._limits.columns, f"columns {self._limits.columns}")
        self._check(self.size < self._most, "cells")
        self._cells[row, column] = text.replace("\r\n", "\n").strip()

    def repeat_down(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Give the value of a merged block to each of its rows, in the block's first column."""
        text = self._cells.get(first)
        if text:
            for row in range(first[0] + 1, last[0] + 1):
                self.put(row, first[1], text)

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """All rows up to the last filled one, as wide as the widest."""
        height = max((row for row, _ in self._cells), default=-1) + 1
        width = max((column for _, column in self._cells), default=-1) + 1
        if height * width > 4 * self._limits.cells:
            raise Unreadable(Reason.TOO_LARGE, "cells")
        return tuple(tuple(self._cells.get((row, column), "") for column in range(width)) for row in range(height))

    @staticmethod
    def _check(holds: bool, what: str) -> None:
        if not holds:
            raise Unreadable(Reason.TOO_LARGE, what)


def number_text(value: str) -> str:
    """A number as a person writes it: 12 for 12.0, no exponent, at most 15 digits as office programs keep."""
    try:
        number = float(value)
    except ValueError:
        return value
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"
