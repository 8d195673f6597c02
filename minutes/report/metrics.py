"""Estimate how many lines a cell takes, for row heights and page breaks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import ceil

from minutes.report.table import COLUMNS, Cell

_PADDING_MM = 4.0
_EM_MM = 4.24  # one full-width character at 12 pt


def ems(text: str) -> float:
    """The width of a text in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.55 for character in text)


def cell_lines(cell: Cell, width_mm: float) -> int:
    """Lines of a cell at 12 pt in a column of that width."""
    per_line = max(1.0, (width_mm - _PADDING_MM) // _EM_MM)
    return sum(max(1, ceil(ems(paragraph.text) / per_line)) for paragraph in cell)


def line_height(cells: Sequence[Cell | None]) -> int:
    """Lines of one unit's row; what spans the whole case does not count."""
    return _tallest(cells, of_case=False)


def spanning_height(cells: Sequence[Cell | None]) -> int:
    """Lines of what spans the whole case."""
    return _tallest(cells, of_case=True)


def _tallest(cells: Sequence[Cell | None], *, of_case: bool) -> int:
    columns = zip(cells, COLUMNS, strict=True)
    return max(cell_lines(cell, column.width_mm) for cell, column in columns if cell and column.of_case is of_case)
