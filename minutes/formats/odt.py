"""OpenDocument texts (.odt, .ott): the body in order, with list numbers, tables and text boxes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from minutes.formats import text
from minutes.formats.archive import Archive
from minutes.formats.blocks import Block, Cell, Table, render
from minutes.formats.model import Document, Kind, Limits, Note, NoteKind, Reason, Unreadable
from minutes.formats.odt_lists import Lists, Run
from minutes.formats.xml import child, integer, parse

_WRAPPERS = frozenset(("section", "index-body", "index-title", "numbered-paragraph"))
_INDEXES = frozenset(("table-of-content", "illustration-index", "table-index", "user-index", "alphabetical-index"))
_NOTED = {
    "note": NoteKind.NOTES_LEFT_OUT,
    "annotation": NoteKind.NOTES_LEFT_OUT,
    "image": NoteKind.PICTURES,
    "object": NoteKind.EMBEDDED_LEFT_OUT,
    "object-ole": NoteKind.EMBEDDED_LEFT_OUT,
    "hidden-text": NoteKind.HIDDEN_LEFT_OUT,
    "hidden-paragraph": NoteKind.HIDDEN_LEFT_OUT,
}
_SKIPPED = frozenset(("ruby-text", "number", "desc", "title", "annotation-end"))
_LITERAL = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_REPEATED = 1_000


def read(archive: Archive, limits: Limits) -> Document:
    """Read an OpenDocument text. Raises Unreadable."""
    refuse_encrypted(archive)
    root = parse(archive.read("content.xml"), limits, "content.xml")
    body = child(root, "body", "text")
    if body is None:
        raise Unreadable(Reason.DAMAGED, "content.xml")
    roots = [parse(archive.read("styles.xml"), limits, "styles.xml")] if "styles.xml" in archive else []
    reader = _Reader(Lists([*roots, root]), limits)
    lines = "\n".join(render(reader.blocks(body)))
    return text.finish(lines, Kind.ODT, reader.notes(body), limits)


def refuse_encrypted(archive: Archive) -> None:
    """OpenDocument encrypts each member and says so in the manifest."""
    part = "META-INF/manifest.xml"
    if part in archive and b"encryption-data" in archive.read(part):
        raise Unreadable(Reason.ENCRYPTED)
    if any(name.startswith("encrypted-package") for name in archive.names):
        raise Unreadable(Reason.ENCRYPTED)


class _Reader:
    def __init__(self, lists: Lists, limits: Limits) -> None:
        self._lists = lists
        self._cells = limits.cells
        self._boxes: list[Element] = []
        self._seen: Counter[NoteKind] = Counter()

    def notes(self, body: Element) -> tuple[Note, ...]:
        self._seen[NoteKind.DELETIONS_LEFT_OUT] += sum(1 for _ in body.iter("deletion"))
        return tuple(Note(kind, str(count)) for kind, count in self._seen.items() if count)

    def blocks(self, container: Element) -> Iterator[Block]:
        """Paragraphs, lists and tables in order, through sections."""
        for element in container:
            if element.tag == "p":
                yield from self._paragraph(element, "")
            elif element.tag == "h":
                yield from self._paragraph(element, self._lists.heading(element))
            elif element.tag == "list":
                yield from self._list(element, self._lists.open(element), 1)
            elif element.tag == "table":
                yield self._table(element)
            elif element.tag in _WRAPPERS:
                yield from self._wrapped(element)
            elif element.tag in _INDEXES:
                yield from (block for body in element.iter("index-body") for block in self.blocks(body))
            elif element.tag == "frame":
                yield from self._frame(element)

    def _wrapped(self, element: Element) -> Iterator[Block]:
        if element.get("display") == "none":
            self._seen[NoteKind.HIDDEN_LEFT_OUT] += 1
        else:
            yield from self.blocks(element)

    def _list(self, element: Element, run: Run, level: int) -> Iterator[Block]:
        if level > 1 and element.get("style-name"):
            run = Run(element.get("style-name", ""), run.counts)
        for item in element:
            if item.tag in ("list-item", "list-header"):
                yield from self._item(item, run, level)

    def _item(self, item: Element, run: Run, level: int) -> Iterator[Block]:
        """Only the first paragraph of an item bears its number; an item that just wraps a deeper list has none."""
        numbered = item.tag == "list-header"
        for element in item:
            if element.tag == "list":
                yield from self._list(element, run, level + 1)
            elif element.tag in ("p", "h"):
                yield from self._paragraph(element, "" if numbered else self._lists.number(run, level, item))
                numbered = True
            else:
                yield from self.blocks([element])  # type: ignore[arg-type]  # iterated only

    def _paragraph(self, element: Element, label: str) -> Iterator[Block]:
        words = "".join(self._inline(element)).strip(" ")
        yield label + words if words.strip() else words
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _inline(self, element: Element) -> Iterator[str]:
        yield _BLANKS.sub(" ", element.text or "")
        for part in element:
            yield from self._part(part)
            yield _BLANKS.sub(" ", part.tail or "")

    def _part(self, part: Element) -> Iterator[str]:
        if part.tag == "s":
            yield " " * max(1, integer(part.get("c"), 1, most=_MOST_REPEATED))
        elif part.tag in _LITERAL:
            yield _LITERAL[part.tag]
        elif part.tag == "text-box":
            self._boxes.append(part)
        elif part.tag in _NOTED:
            self._seen[_NOTED[part.tag]] += 1
        elif part.tag not in _SKIPPED:
            yield from self._inline(part)

    def _frame(self, element: Element) -> Iterator[Block]:
        for part in element:
            if part.tag == "text-box":
                yield from self.blocks(part)
            elif part.tag in _NOTED:
                self._seen[_NOTED[part.tag]] += 1

    def _table(self, element: Element) -> Table:
        table = Table()
        below: dict[int, tuple[int, int]] = {}
        for row in _rows(element):
            for _ in range(min(integer(row.get("number-rows-repeated"), 1), _MOST_REPEATED)):
                table.rows.append(self._row(row, below))
        return table

    def _row(self, element: Element, below: dict[int, tuple[int, int]]) -> list[Cell]:
        """One row of the grid; `below` maps a column to the rows still covered from above and their width."""
        cells: list[Cell] = []
        at = 0
        for part in element:
            if part.tag == "table-cell":
                cells += self._cell(part, at, below)
            elif part.tag == "covered-table-cell" and below.get(at, (0, 0))[0] > 0:
                rows, columns = below[at]
                below[at] = (rows - 1, columns)
                cells.append(Cell(columns=columns, continues=True))
            at += _repeats(part)
        return cells

    def _cell(self, element: Element, at: int, below: dict[int, tuple[int, int]]) -> list[Cell]:
        repeats = _repeats(element)
        self._cells -= repeats
        if self._cells < 0:
            raise Unreadable(Reason.TOO_LARGE, "cells")
        columns = max(1, integer(element.get("number-columns-spanned"), 1, most=_MOST_REPEATED))
        rows = integer(element.get("number-rows-spanned"), 1)
        if rows > 1:
            below[at] = (rows - 1, columns)
        blocks = list(self.blocks(element))
        return [Cell(blocks, columns) for _ in range(repeats)]


def _repeats(cell: Element) -> int:
    return max(1, min(integer(cell.get("number-columns-repeated"), 1), _MOST_REPEATED))


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == "table-row":
            yield element
        elif element.tag in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(element)
