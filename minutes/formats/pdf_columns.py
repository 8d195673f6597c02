"""Tables without ruling lines: a heading row parts the page into columns, and the lines below keep to them.

A table that reaches the end of its page goes on at the top of the next one, under the same heading, where lines keep to
its columns; in a table of numbered rows, what stands in the first column there must be a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from minutes.columns import is_row_number, names_columns
from minutes.formats.blocks import Block, Cell, Table
from minutes.formats.pdf_layer import Glyph, TextLine, lines_of, paragraphs
from minutes.formats.pdf_text import mend

_GAP = 0.6  # of a character: a wider gap parts columns
_LONGEST_NAME = 12
_APART = 1.25  # a step between lines so much larger than the least one begins a row
_FAR = 4.0  # lines: a larger step ends the table
_EDGE = 2  # lines of a page header or footer between the parts of a table
_NUMBER = re.compile(r"[(（]?(?:\d[\d\-–.之]*|[一二三四五六七八九十百]+)[)）、.]?")


@dataclass(slots=True)
class _Column:
    left: float
    right: float

    def meets(self, piece: TextLine) -> bool:
        return piece.left < self.right and self.left < piece.right

    def widen(self, piece: TextLine) -> None:
        self.left, self.right = min(self.left, piece.left), max(self.right, piece.right)


@dataclass(frozen=True, slots=True)
class _Found:
    """The lines of a table, from its heading on; each as the piece that every column has of it."""

    lines: list[TextLine]
    pieces: list[dict[int, TextLine]]
    columns: list[_Column]


@dataclass(slots=True, kw_only=True)
class ColumnTable(Table):
    """A table without ruling lines, with its lines and columns: it may go on on the next page."""

    found: _Found


def may_have_columns(text: str) -> bool:
    """Tell whether a page has words beside each other that may be the heading row of a table."""
    words = text.split()
    return any(_is_heading(words[at : at + 3]) for at in range(len(words) - 2))


def columned(glyphs: Sequence[Glyph], above: ColumnTable | None = None) -> list[Block]:
    """Text in its order, its tables as tables; first what goes on from the table `above`, of the page before."""
    text = "".join(glyph.text for glyph in glyphs).strip("\r\n")
    if not (above or may_have_columns(text)):
        return [text] if text else []
    lines = lines_of(glyphs)
    found = _continued(lines, above.found) if above else None
    if found is not None:
        return _with_table(glyphs, found, list(_rows(found))[1:])
    heading = next((number for number, line in enumerate(lines) if _heads(line)), None)
    found = _table_from(lines[heading:]) if heading is not None else None
    if found is not None:
        return _with_table(glyphs, found, list(_rows(found)))
    return [text] if text else []


def open_table(blocks: Sequence[Block]) -> ColumnTable | None:
    """The table that reaches the end of a page: below it stands at most a page number."""
    below = blocks[-1:]
    if below and isinstance(below[0], str) and "\n" not in below[0].strip():
        blocks = blocks[:-1]
    last = blocks[-1] if blocks else None
    return last if isinstance(last, ColumnTable) else None


def _with_table(glyphs: Sequence[Glyph], found: _Found, rows: list[list[Cell]]) -> list[Block]:
    inside = {id(glyph) for line in found.lines for glyph in line.glyphs}
    first = next(at for at, glyph in enumerate(glyphs) if id(glyph) in inside)
    before = "".join(glyph.text for glyph in glyphs[:first])
    after = [glyph for glyph in glyphs[first:] if id(glyph) not in inside]
    table = ColumnTable(rows, found=found)
    return [*([before.strip("\r\n")] if before.strip() else []), table, *columned(after)]


def _heads(line: TextLine) -> bool:
    return _is_heading([piece.text for piece in _pieces(line)])


def _is_heading(names: Sequence[str]) -> bool:
    return (
        len(names) >= 3
        and all(len(name) <= _LONGEST_NAME and name[-1] not in ":：。" for name in names)
        and names_columns(names)
    )


def _pieces(line: TextLine) -> list[TextLine]:
    """A line parted where a gap is wider than one between words."""
    pieces: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if pieces and glyph.left - pieces[-1][-1].right < _GAP * line.size:
            pieces[-1].append(glyph)
        elif glyph.text.strip():
            pieces.append([glyph])
    return [TextLine(tuple(piece)) for piece in pieces]


def _table_from(lines: Sequence[TextLine]) -> _Found | None:
    """The table that begins with its heading row; None where no line below keeps to its columns."""
    heading = _pieces(lines[0])
    columns = [_Column(piece.left, piece.right) for piece in heading]
    table = _Found([lines[0]], [dict(enumerate(heading))], columns)
    return _extended(table, lines[1:], lines[0])


def _continued(lines: Sequence[TextLine], above: _Found) -> _Found | None:
    """What goes on at the top of a page under the heading of the page before; None where nothing does."""
    for first in range(min(_EDGE + 1, len(lines))):
        if _heads(lines[first]):
            return None
        table = _Found(above.lines[:1], above.pieces[:1], [replace(column) for column in above.columns])
        found = _extended(table, lines[first:], None)
        if found is not None:
            return found
    return None


def _extended(table: _Found, lines: Sequence[TextLine], above: TextLine | None) -> _Found | None:
    """The table with the lines that keep to its columns; None where none of them has several cells."""
    goes_on = above is None
    for line in lines:
        placed = _placed(_pieces(line), table.columns)
        if placed is None or (above is not None and above.y - line.y > _FAR * line.size):
            break
        if set(placed) == {0} and _step(table.lines, line) > _APART:
            break
        if goes_on and not _may_go_on(placed, table):
            break
        for at, piece in placed.items():
            table.columns[at].widen(piece)
        table.pieces.append(placed)
        table.lines.append(line)
        above = line
    return table if any(len(placed) > 1 for placed in table.pieces[1:]) else None


def _may_go_on(placed: dict[int, TextLine], table: _Found) -> bool:
    """Tell whether a line with no heading above it is of the table: where numbers lead it has one, or no first cell."""
    if 0 not in placed or not is_row_number(table.pieces[0][0].text):
        return True
    return bool(_NUMBER.fullmatch(placed[0].text))


def _placed(pieces: Sequence[TextLine], columns: Sequence[_Column]) -> dict[int, TextLine] | None:
    """The piece of each column; None where a piece lies across two columns or beside all."""
    placed: dict[int, TextLine] = {}
    for piece in pieces:
        own = [at for at, column in enumerate(columns) if column.meets(piece)]
        if len(own) != 1:
            return None
        before = placed.get(own[0])
        placed[own[0]] = TextLine((*before.glyphs, *piece.glyphs)) if before else piece
    return placed


def _step(taken: Sequence[TextLine], line: TextLine) -> float:
    """How far a line stands below the last one, by the least step of the table so far."""
    steps = [above.y - below.y for above, below in pairwise([*taken[1:], line])] or [line.size]
    return steps[-1] / max(min(steps), 1.0)


def _rows(found: _Found) -> Iterator[list[Cell]]:
    """The rows; a column has as much room as its longest line takes."""
    for row in _grouped(found):
        lines = [[placed[at] for placed in row if at in placed] for at in range(len(found.columns))]
        yield [
            Cell([mend(text) for text in paragraphs(own, column.left, column.right)])
            for column, own in zip(found.columns, lines, strict=True)
        ]


def _grouped(found: _Found) -> Iterator[list[dict[int, TextLine]]]:
    """The lines of each row, the heading first."""
    yield [found.pieces[0]]
    starts = _starts(found)
    row: list[dict[int, TextLine]] = []
    for number, placed in enumerate(found.pieces[1:], 1):
        if number in starts and row:
            yield row
            row = []
        row.append(placed)
    if row:
        yield row


def _starts(found: _Found) -> set[int]:
    """The lines that begin a row: those with a number where numbers lead, else those after a wide step."""
    numbered = {number for number, placed in enumerate(found.pieces) if number and 0 in placed}
    if is_row_number(found.pieces[0][0].text) and 1 in numbered:
        return numbered
    steps = [above.y - below.y for above, below in pairwise(found.lines)]
    least = min(steps[1:], default=0.0)
    if max(steps[1:], default=0.0) > _APART * least:
        return {number for number, step in enumerate(steps, 1) if step > _APART * least}
    return {number for number, placed in enumerate(found.pieces) if 2 * len(placed) >= len(found.columns)}
