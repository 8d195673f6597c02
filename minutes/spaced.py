"""Tables whose columns are parted by blanks alone: the same lines with tabs, each cell under its heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from minutes.columns import names_columns

if TYPE_CHECKING:
    from minutes.lines import Line

_PIECE = re.compile(r"[一-鿿][\u3000 ][一-鿿](?![^\s\u3000])|[^\s\u3000]+(?:[ ][^\s\u3000]+)*")  # 案　由 is one name
_SPREAD = re.compile(r"^([一-鿿])[\u3000 ]([一-鿿])$")
_FEWEST_COLUMNS = 3
_NEAR = 6  # cells that a typist aligns begin this near to their heading, in half-width columns


def with_tabs(lines: Iterable[Line]) -> Iterator[Line]:
    """Part the rows below a heading row of column names by tabs; every other line stays as it is."""
    heads: list[int] = []
    for line in lines:
        pieces = list(_pieces(line.raw))
        if "\t" in line.raw or not line.raw.strip(" \u3000-─═=_+|"):
            yield line
        elif len(pieces) >= _FEWEST_COLUMNS and names_columns(text for _, text in pieces):
            heads = [at for at, _ in pieces]
            yield replace(line, raw="\t".join(text for _, text in pieces))
        elif cells := _cells(pieces, heads):
            yield replace(line, raw="\t".join(cells))
        else:
            heads = []
            yield line


def _pieces(raw: str) -> Iterator[tuple[int, str]]:
    """The texts between gaps, each with the screen column that it begins in."""
    column, place = 0, 0
    for piece in _PIECE.finditer(raw):
        column, place = column + _width(raw[place : piece.start()]), piece.start()
        yield column, _SPREAD.sub(r"\1\2", piece[0])


def _cells(pieces: list[tuple[int, str]], heads: list[int]) -> list[str]:
    """The cells of a row, empty ones included; none where the line does not fit below the heading."""
    if not heads or len(pieces) < _FEWEST_COLUMNS:
        return []
    if len(pieces) == len(heads):
        return [text for _, text in pieces]
    cells = [""] * len(heads)
    for at, text in pieces:
        nearest = min(range(len(heads)), key=lambda column: abs(heads[column] - at))
        if abs(heads[nearest] - at) > _NEAR or cells[nearest]:
            return []
        cells[nearest] = text
    return cells


def _width(text: str) -> int:
    """Columns that a text takes on a screen: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
