"""A table as it was found in a file: texts by row and column, with merged cells filled into all that they cover."""

from __future__ import annotations

from minutes.formats.model import Limits, Reason, Unreadable

Grid = tuple[tuple[str, ...], ...]


class Cells:
    """Gather the cells of one table, within the limits on rows, columns and cells."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._texts: dict[tuple[int, int], str] = {}
        self._merged: list[tuple[int, int, int, int]] = []

    def put(self, row: int, column: int, text: str) -> None:
        """Keep a text; one beyond the last column that is read is left out. Raises Unreadable: too_large."""
        if not text.strip() or column >= self._limits.columns:
            return
        if row >= self._limits.rows or len(self._texts) >= self._limits.cells:
            raise Unreadable(Reason.TOO_LARGE, f"rows {self._limits.rows}")
        self._texts[row, column] = text

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Have the top left cell stand for the whole area."""
        if (top, left) != (bottom, right):
            self._merged.append((top, left, bottom, right))

    def at(self, row: int, column: int) -> str:
        return self._texts.get((row, column), "")

    def grid(self) -> Grid:
        height = max((row for row, _ in self._texts), default=-1) + 1
        self._fill_merged(height)
        width = max((column for _, column in self._texts), default=-1) + 1
        return tuple(tuple(self.at(row, column) for column in range(width)) for row in range(height))

    def _fill_merged(self, height: int) -> None:
        for top, left, bottom, right in self._merged:
            text = self.at(top, left)
            for row in range(top, min(bottom + 1, height) if text else top):
                for column in range(left, min(right + 1, self._limits.columns)):
                    self.put(row, column, text)
