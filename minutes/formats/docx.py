"""Word documents (.docx, .docm, strict OOXML): the body in order, with list numbers, tables, text boxes."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from minutes.formats import text
from minutes.formats.archive import Archive
from minutes.formats.blocks import Block, Cell, Table, render
from minutes.formats.docx_numbering import Numbering, Styles
from minutes.formats.model import Document, Kind, Limits, Note, NoteKind, Reason, Unreadable
from minutes.formats.xml import child, integer, parse, value

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_DELETED = frozenset(("del", "moveFrom"))
_SKIPPED = frozenset(("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "rt", "rubyPr"))
_LITERAL = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_NOTED = {"footnoteReference": NoteKind.NOTES_LEFT_OUT, "endnoteReference": NoteKind.NOTES_LEFT_OUT}
_NOTED |= {"commentReference": NoteKind.NOTES_LEFT_OUT, "pic": NoteKind.PICTURES, "imagedata": NoteKind.PICTURES}
_NOTED |= {"altChunk": NoteKind.EMBEDDED_LEFT_OUT, "OLEObject": NoteKind.EMBEDDED_LEFT_OUT}
_SYMBOLS = {0xF0FE: "☑", 0xF0FD: "☒", 0xF0A8: "□", 0xF06F: "□", 0xF071: "□", 0xF052: "☑", 0xF0A3: "□", 0xF0FC: "✓"}
_OFF = ("0", "false", "off", "none")


def read(archive: Archive, limits: Limits) -> Document:
    """Read a Word document. Raises Unreadable."""
    main = _main_part(archive, limits)
    root = parse(archive.read(main), limits, main)
    body = child(root, "body")
    if body is None:
        raise Unreadable(Reason.DAMAGED, main)
    styles = Styles(_sibling(archive, main, "styles.xml", limits))
    reader = _Reader(Numbering(_sibling(archive, main, "numbering.xml", limits), styles), limits)
    lines = "\n".join(render(reader.blocks(body)))
    return text.finish(lines, Kind.DOCX, reader.notes, limits)


def _main_part(archive: Archive, limits: Limits) -> str:
    """The part that the package's relationships name as the document."""
    if "_rels/.rels" in archive:
        for relation in parse(archive.read("_rels/.rels"), limits, "_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return posixpath.normpath(relation.get("Target", "").lstrip("/"))
    return "word/document.xml"


def _sibling(archive: Archive, main: str, name: str, limits: Limits) -> Element | None:
    path = posixpath.join(posixpath.dirname(main), name)
    return parse(archive.read(path), limits, path) if path in archive else None


class _Reader:
    def __init__(self, numbering: Numbering, limits: Limits) -> None:
        self._numbering = numbering
        self._cells = limits.cells
        self._carried = ""  # text of a paragraph whose mark was deleted: it runs on into the next
        self._boxes: list[Element] = []
        self._seen: Counter[NoteKind] = Counter()

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(Note(kind, str(count)) for kind, count in self._seen.items())

    def blocks(self, container: Element) -> Iterator[Block]:
        """Paragraphs and tables in order, through content controls and insertions."""
        for element in container:
            if element.tag == "p":
                yield from self._paragraph(element)
            elif element.tag == "tbl":
                yield self._table(element)
            elif element.tag == "sdt" and _is_placeholder(element):
                continue
            elif element.tag in _WRAPPERS:
                yield from self.blocks(element)
            elif element.tag == "AlternateContent":
                yield from self.blocks(_alternative(element))
            elif element.tag in _NOTED:
                self._seen[_NOTED[element.tag]] += 1

    def _paragraph(self, element: Element) -> Iterator[Block]:
        words = self._carried + "".join(self._inline(element))
        properties = child(element, "pPr")
        self._carried = ""
        if properties is not None and child(properties, "rPr", "del") is not None:
            self._carried = words
        else:
            label = self._numbering.label(properties)
            yield label + words if words.strip() else words
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _inline(self, element: Element) -> Iterator[str]:
        for part in element:
            tag = part.tag
            if tag == "t":
                yield part.text or ""
            elif tag in _LITERAL:
                yield _LITERAL[tag]
            elif tag in _DELETED:
                self._seen[NoteKind.DELETIONS_LEFT_OUT] += 1
            elif tag == "txbxContent":
                self._boxes.append(part)
            elif tag == "sym":
                yield _SYMBOLS.get(int(part.get("char", "0"), 16), "")
            elif tag not in _SKIPPED:
                yield from self._nested(part)

    def _nested(self, part: Element) -> Iterator[str]:
        if part.tag in _NOTED:
            self._seen[_NOTED[part.tag]] += 1
        if part.tag == "r" and _is_hidden(part):
            self._seen[NoteKind.HIDDEN_LEFT_OUT] += 1
        elif part.tag == "AlternateContent":
            yield from self._inline(_alternative(part))
        elif part.tag != "sdt" or not _is_placeholder(part):
            yield from self._inline(part)

    def _table(self, element: Element) -> Table:
        return Table([self._row(row) for row in _rows(element)])

    def _row(self, element: Element) -> list[Cell]:
        skipped = integer(value(element, "trPr", "gridBefore"), 0, most=63)
        cells = [Cell(columns=skipped)] if skipped > 0 else []
        return cells + [self._cell(cell) for cell in _unwrapped(element, "tc")]

    def _cell(self, element: Element) -> Cell:
        self._cells -= 1
        if self._cells < 0:
            raise Unreadable(Reason.TOO_LARGE, "cells")
        columns = max(1, integer(value(element, "tcPr", "gridSpan"), 1, most=63))
        merge = child(element, "tcPr", "vMerge")
        continues = merge is not None and merge.get("val", "continue") == "continue"
        return Cell(list(self.blocks(element)), columns, continues)


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in _unwrapped(table, "tr") if child(row, "trPr", "del") is None)


def _unwrapped(element: Element, tag: str) -> Iterator[Element]:
    """Children of a tag, through content controls and other wrappers."""
    for part in element:
        if part.tag == tag:
            yield part
        elif part.tag in _WRAPPERS:
            yield from _unwrapped(part, tag)


def _is_hidden(run: Element) -> bool:
    mark = child(run, "rPr", "vanish")
    return mark is not None and mark.get("val", "1") not in _OFF


def _is_placeholder(control: Element) -> bool:
    """A content control that still shows its prompt (按一下輸入文字)."""
    mark = child(control, "sdtPr", "showingPlcHdr")
    return mark is not None and mark.get("val", "1") not in _OFF


def _alternative(element: Element) -> Element:
    """One of the two spellings of the same content: the newer one, unless it is empty."""
    choice, fallback = child(element, "Choice"), child(element, "Fallback")
    if choice is not None and (fallback is None or next(choice.iter("t"), None) is not None):
        return choice
    return fallback if fallback is not None else element
