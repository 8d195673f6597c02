"""PDF with a text layer: PDFium first, pypdf where PDFium's text is poor, the better of the two."""

from __future__ import annotations

import io
import logging
from contextlib import closing

import pypdfium2  # type: ignore[import-untyped]  # ships no type information
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # the same

from minutes.formats import text
from minutes.formats.blocks import Block, render
from minutes.formats.model import Document, Kind, Limits, Note, NoteKind, Reason, Unreadable
from minutes.formats.pdf_breaks import whole_rows
from minutes.formats.pdf_columns import open_table
from minutes.formats.pdf_layer import turn_of
from minutes.formats.pdf_pages import without_furniture
from minutes.formats.pdf_rules import rules_of
from minutes.formats.pdf_tables import blocks_of
from minutes.formats.pdf_text import faults, mend

_DRAWN = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH)
_POOR = 0.02
_GARBLED = 0.2
_SPARSE = 8  # visible characters a page, on average, below which there is no text layer to speak of
_PATIENCE = 50  # pages that pypdf, which is many times slower, is asked for


def read(content: bytes, limits: Limits) -> Document:
    """Read a PDF. Raises Unreadable: encrypted, damaged, too_large, scanned_pdf, garbled_pdf, empty."""
    with_tables, pages, pictures = _with_pdfium(content, limits)
    share = faults(pages)
    if share > _POOR and len(pages) <= _PATIENCE:
        other, other_share = _with_pypdf(content, pages)
        if other_share < share:
            pages, share = other, other_share
            with_tables = [[page] for page in pages]
    _judge(pages, share, pictures)
    kept, furniture = without_furniture(["\n".join(render(map(_mended, page))) for page in with_tables])
    return text.finish("\n".join(whole_rows(kept)), Kind.PDF, tuple(_notes(pages, furniture)), limits)


def _mended(block: Block) -> Block:
    return mend(block) if isinstance(block, str) else block


def _with_pdfium(content: bytes, limits: Limits) -> tuple[list[list[Block]], list[str], int]:
    """Each page with its tables, the text of each page as it is, and how many pages hold a picture."""
    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            if len(document) > limits.pages:
                raise Unreadable(Reason.TOO_LARGE, f"pages {limits.pages}")
            return _all_pages(document, limits)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Unreadable(Reason.ENCRYPTED if locked else Reason.DAMAGED, "" if locked else "pdf") from error


def _all_pages(document: pypdfium2.PdfDocument, limits: Limits) -> tuple[list[list[Block]], list[str], int]:
    with_tables: list[list[Block]] = []
    pages: list[str] = []
    pictures = size = 0
    for number in range(len(document)):
        with closing(document[number]) as page, closing(page.get_textpage()) as layer:
            pages.append(layer.get_text_range())
            size += len(pages[-1])
            drawn = list(page.get_objects(_DRAWN, max_depth=3))
            pictures += any(one.type == pdfium.FPDF_PAGEOBJ_IMAGE for one in drawn)
            turn = turn_of(page)
            rules = rules_of((one for one in drawn if one.type == pdfium.FPDF_PAGEOBJ_PATH), turn)
            above = open_table(with_tables[-1]) if with_tables else None
            with_tables.append(blocks_of(layer, pages[-1], rules, turn, above))
        if size > limits.characters:
            raise Unreadable(Reason.TOO_LARGE, f"characters {limits.characters}")
    return with_tables, pages, pictures


def _with_pypdf(content: bytes, otherwise: list[str]) -> tuple[list[str], float]:
    """The same by pypdf; the first reading where pypdf cannot read the file at all."""
    import pypdf  # slow to import, and few files need it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        pages = [page.extract_text() for page in reader.pages]
    except (MemoryError, Unreadable):
        raise
    except Exception:  # noqa: BLE001  # pypdf raises many kinds on files that PDFium reads
        pages = otherwise
    return pages, faults(pages)


def _judge(pages: list[str], share: float, pictures: int) -> None:
    visible = sum(len("".join(page.split())) for page in pages)
    if visible < _SPARSE * max(1, len(pages)):
        if pictures:
            raise Unreadable(Reason.SCANNED_PDF)
        if not visible:
            raise Unreadable(Reason.EMPTY)
    if share > _GARBLED:
        raise Unreadable(Reason.GARBLED_PDF)


def _notes(pages: list[str], furniture: list[str]) -> list[Note]:
    notes = [Note(NoteKind.PAGE_FURNITURE, " / ".join(furniture))] if furniture else []
    blank = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    return [*notes, Note(NoteKind.PAGES_WITHOUT_TEXT, "、".join(blank))] if blank else notes
