"""A page of a PDF as text with its tables: what stands within ruling lines, or under a heading row, becomes rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pypdfium2  # type: ignore[import-untyped]  # ships no type information

from minutes.formats.blocks import Block, Cell, Table
from minutes.formats.pdf_columns import ColumnTable, columned, may_have_columns
from minutes.formats.pdf_grid import Lattice, Span, lattices
from minutes.formats.pdf_layer import Glyph, Turn, glyphs_of, lines_of, paragraphs
from minutes.formats.pdf_rules import Rules
from minutes.formats.pdf_text import mend

_MOST_PADDING = 8.0  # points between a cell's line and its text


def blocks_of(
    layer: pypdfium2.PdfTextPage, text: str, rules: Rules, turn: Turn, above: ColumnTable | None = None
) -> list[Block]:
    """The page's text, in its own order, each table where its first character stands.

    `above` is the table without ruling lines at the end of the page before: it may go on here.
    """
    grids = lattices(rules)
    if not (grids or above or may_have_columns(text)):
        return [text]
    glyphs = glyphs_of(layer, turn)
    owners = _owners(glyphs, grids)
    blocks: list[Block] = []
    placed: set[int | None] = set()
    rest: list[Glyph] = []
    for glyph, owner in zip(glyphs, owners, strict=True):
        if owner is None:
            rest.append(glyph)
        elif owner not in placed:
            placed.add(owner)
            blocks += [*columned(rest, above), _table(grids[owner], _own(glyphs, owners, owner))]
            rest, above = [], None
        elif rest and rest[-1].text != "\n":
            rest.append(Glyph("\n", 0, 0, 0, 0))
    return [*blocks, *columned(rest, above)]


def _owners(glyphs: Sequence[Glyph], grids: Sequence[Lattice]) -> list[int | None]:
    """The grid that holds each character; a blank belongs where the character before it does."""
    owners: list[int | None] = []
    for glyph in glyphs:
        if glyph.text.strip():
            owners.append(next((n for n, grid in enumerate(grids) if grid.cell_at(glyph.x, glyph.y)), None))
        else:
            owners.append(owners[-1] if owners else None)
    return owners


def _own(glyphs: Sequence[Glyph], owners: Sequence[int | None], owner: int) -> list[Glyph]:
    return [glyph for glyph, its in zip(glyphs, owners, strict=True) if its == owner]


def _table(grid: Lattice, glyphs: Iterable[Glyph]) -> Table:
    inside: dict[Span, list[Glyph]] = {}
    for glyph in glyphs:
        span = grid.cell_at(glyph.x, glyph.y)
        if span is not None:
            inside.setdefault(span, []).append(glyph)
    lines = {span: lines_of(found) for span, found in inside.items()}
    insets = [line.left - grid.xs[span.column] for span, found in lines.items() for line in found]
    padding = max(0.0, min([_MOST_PADDING, *insets]))
    texts: dict[Span, list[Block]] = {}
    for span, found in lines.items():
        left, right = grid.xs[span.column] + padding, grid.xs[span.column + span.columns] - padding
        texts[span] = [mend(text) for text in paragraphs(found, left, right)]
    return Table([row for row in (_row(grid, number, texts) for number in range(grid.rows)) if row])


def _row(grid: Lattice, number: int, texts: dict[Span, list[Block]]) -> list[Cell]:
    columns = range(len(grid.xs) - 1)
    spans = [(column, grid.spans[number, column]) for column in columns]
    return [
        Cell([] if number > span.row else texts.get(span, []), span.columns, continues=number > span.row)
        for column, span in spans
        if column == span.column
    ]
