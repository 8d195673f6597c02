"""Tables without ruling lines: a heading row parts the page into columns, and the lines below keep to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes.formats.blocks import Block, Cell, Table
from minutes.formats.pdf_layer import Glyph, TextLine, lines_of, paragraphs
from minutes.formats.pdf_text import mend
from minutes.tables import is_row_number, names_columns

_GAP = 0.6  # of a character: a wider gap parts columns
_LONGEST_NAME = 12
_APART = 1.25  # a step between lines so much larger than the least one begins a row
_FAR = 4.0  # lines: a larger step ends the table


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


def may_have_columns(text: str) -> bool:
    """Tell whether a page has words beside each other that may be the heading row of a table."""
    words = text.split()
    return any(_is_heading(words[at : at + 3]) for at in range(len(words) - 2))


def columned(glyphs: Sequence[Glyph]) -> list[Block]:
    """Text in its order, its tables as tables."""
    text = "".join(glyph.text for glyph in glyphs).strip("\r\n")
    if not may_have_columns(text):
        return [text] if text else []
    lines = lines_of(glyphs)
    heading = next((number for number, line in enumerate(lines) if _is_heading([p.text for p in _pieces(line)])), None)
    found = _table_from(lines[heading:]) if heading is not None else None
    if found is None:
        return [text]
    return _with_table(glyphs, found)


def _with_table(glyphs: Sequence[Glyph], found: _Found) -> list[Block]:
    inside = {id(glyph) for line in found.lines for glyph in line.glyphs}
    first = next(at for at, glyph in enumerate(glyphs) if id(glyph) in inside)
    before = "".join(glyph.text for glyph in glyphs[:first])
    after = [glyph for glyph in glyphs[first:] if id(glyph) not in inside]
    return [*([before.strip("\r\n")] if before.strip() else []), Table(list(_rows(found))), *columned(after)]


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
    columns = [_Column(piece.left, piece.right) for piece in _pieces(lines[0])]
    pieces = [dict(enumerate(_pieces(lines[0])))]
    taken = [lines[0]]
    for before, line in pairwise(lines):
        placed = _placed(_pieces(line), columns)
        if placed is None or before.y - line.y > _FAR * line.size:
            break
        if set(placed) == {0} and _step(taken, line) > _APART:
            break
        for at, piece in placed.items():
            columns[at].widen(piece)
        pieces.append(placed)
        taken.append(line)
    return _Found(taken, pieces, columns) if any(len(placed) > 1 for placed in pieces[1:]) else None


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
