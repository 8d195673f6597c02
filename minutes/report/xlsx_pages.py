"""Where the pages of the .xlsx report end: no case is cut that fits on a page, and no block of rows.

A program breaks a page at any row unless the file says where. The columns fit the width of the page at full size; where
a machine lacks the fonts and scales the sheet down, more fits on a page than is counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

POINTS_PER_PAGE = 470  # A4 landscape less margins (499), with room for a program that draws rows a little taller


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet, counted from 0, and its height."""

    at: int
    points: float


SheetBlock = Sequence[SheetRow]
SheetCase = Sequence[SheetBlock]


def page_breaks(cases: Iterable[SheetCase], *, first: float, repeated: float) -> list[int]:
    """The rows that begin a page; `first` is what stands above the table, `repeated` its heading on every page.

    A case goes whole onto a page if it can, else block by block; only a block taller than a page is cut, between rows.
    """
    room = POINTS_PER_PAGE - repeated
    left = room - first
    breaks = []
    for part in chain.from_iterable(_parts(case, room) for case in cases):
        height = sum(row.points for row in part)
        if height > left:
            breaks.append(part[0].at)
            left = room
        left -= height
    return breaks


def _parts(case: SheetCase, room: float) -> Iterator[SheetBlock]:
    """What stays together."""
    rows = list(chain.from_iterable(case))
    if _height(rows) <= room:
        yield rows
        return
    for block in case:
        if _height(block) <= room:
            yield block
        else:
            yield from ([row] for row in block)


def _height(rows: SheetBlock) -> float:
    return sum(row.points for row in rows)
