"""What a reader is given and what it hands back: limits, documents, sheets, notes, and refusals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MIB = 1024 * 1024


class Kind(StrEnum):
    """The formats that are read."""

    TXT = "txt"
    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"


class Reason(StrEnum):
    """Why a file is refused; the set is closed, and advice.py has a sentence for each."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    ZIP_BOMB = "zip_bomb"
    UNSAFE_XML = "unsafe_xml"
    ENCRYPTED = "encrypted"
    SCANNED_PDF = "scanned_pdf"
    GARBLED_PDF = "garbled_pdf"
    DAMAGED = "damaged"
    WRONG_FORMAT = "wrong_format"
    UNSUPPORTED = "unsupported"
    UNKNOWN_ENCODING = "unknown_encoding"


class Unreadable(Exception):
    """A file is refused.

    `detail` is data for the reason: the real kind (wrong_format, unsupported), what was too large and its
    bound (too_large: "bytes 20971520"), the part of the file (damaged, unsafe_xml); never text of the file.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class NoteKind(StrEnum):
    """What a person should know about a document that was read."""

    PAGE_FURNITURE = "page_furniture"  # page headers, footers and numbers left out; detail: the lines, by " / "
    PAGES_WITHOUT_TEXT = "pages_without_text"  # detail: the page numbers, by "、"
    UNREADABLE_CHARACTERS = "unreadable_characters"  # detail: how many; they stand as U+FFFD
    PICTURES = "pictures"  # detail: how many; words in a picture are not read
    NOTES_LEFT_OUT = "notes_left_out"  # footnotes, endnotes or comments; detail: how many
    DELETIONS_LEFT_OUT = "deletions_left_out"  # tracked deletions; detail: how many
    HIDDEN_LEFT_OUT = "hidden_left_out"  # hidden text; detail: how many
    EMBEDDED_LEFT_OUT = "embedded_left_out"  # another file inside the document; detail: how many


@dataclass(frozen=True, slots=True)
class Note:
    kind: NoteKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, lines parted by `\\n`; a table row is one line, its cells parted by tabs."""

    text: str
    kind: Kind
    warnings: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook: rows of equal width; trailing empty rows and columns are gone."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one reading. Sizes in bytes unless said otherwise."""

    size: int = 20 * MIB  # of the file
    inflated: int = 64 * MIB  # of all XML inside a zip together, counted while inflating
    ratio: int = 300  # of inflated to packed size, judged above `ratio_from`
    ratio_from: int = 16 * MIB  # a thousand like pages pack as well as a small bomb
    elements: int = 1_500_000  # of one XML part
    depth: int = 200  # of nested XML elements
    characters: int = 3_000_000  # of the text that comes out
    pages: int = 2_000  # of a PDF
    rows: int = 20_000  # of a sheet
    columns: int = 200  # of a sheet
    cells: int = 500_000  # of a workbook or of one table of a document
    seconds: float = 30.0  # wall clock of the reading process
    memory: int = 1024 * MIB  # address space of the reading process (POSIX)
