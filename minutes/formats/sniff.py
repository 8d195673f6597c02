"""Judge a file by its content; its name only counts when it contradicts."""

from __future__ import annotations

import re
from enum import StrEnum

from minutes.formats.model import Kind, Reason, Unreadable


class Shell(StrEnum):
    """What the first bytes tell; a zip's members must say the rest."""

    TEXT = "text"
    ZIP = "zip"
    PDF = "pdf"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("hwp", b"HWP Document File"),
    ("hwp", "HwpSummaryInformation".encode("utf-16-le")),
    ("doc", "WordDocument".encode("utf-16-le")),
    ("xls", "Workbook".encode("utf-16-le")),
    ("xls", "Book".encode("utf-16-le")),
    ("presentation", "PowerPoint Document".encode("utf-16-le")),
)
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"HWP Document File", "hwp"),
)
_HEIF = re.compile(rb"^.{4}ftyp(?:heic|heix|mif1|msf1|avif)", re.S)
_HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|meta)\b", re.I | re.S)
_XML = re.compile(rb"^\s*<\?xml\b")
_SPREADSHEETML = re.compile(rb"<html\b", re.I)
_CONTROLS = bytes([*range(9), *range(14, 32)])
_TEXT_SHARE = 0.97  # of bytes that are no controls
_EXTENSIONS: dict[str, Kind] = {
    "txt": Kind.TXT,
    "docx": Kind.DOCX,
    "docm": Kind.DOCX,
    "dotx": Kind.DOCX,
    "dotm": Kind.DOCX,
    "odt": Kind.ODT,
    "ott": Kind.ODT,
    "pdf": Kind.PDF,
    "xlsx": Kind.XLSX,
    "xlsm": Kind.XLSX,
    "xltx": Kind.XLSX,
    "ods": Kind.ODS,
    "ots": Kind.ODS,
    "csv": Kind.CSV,
    "tsv": Kind.CSV,
}
_FOREIGN_EXTENSIONS = frozenset(
    name
    for names in (
        "doc.dot.rtf.hwp.hwpx.htm.html.mht.xml",
        "xls.xlt.ppt.pptx.odp",
        "jpg.jpeg.png.gif.bmp.tif.tiff.heic.webp",
        "zip.7z.rar.gz",
    )
    for name in names.split(".")
)


def shell(content: bytes) -> Shell:
    """Tell text, zip and PDF apart. Raises Unreadable for kinds that are known and not read."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Shell.ZIP
    if _is_pdf(content):
        return Shell.PDF
    if content.startswith(_OLE):
        raise _ole(content)
    foreign = _foreign(content)
    if foreign:
        raise Unreadable(Reason.UNSUPPORTED, foreign)
    return Shell.TEXT


def check_name(kind: Kind, name: str) -> None:
    """Raise wrong_format when the file's extension promises another kind than its content is."""
    claimed = extension(name)
    if claimed in _FOREIGN_EXTENSIONS:
        raise Unreadable(Reason.WRONG_FORMAT, kind.value)
    promised = _EXTENSIONS.get(claimed)
    if promised is None or promised is kind or {promised, kind} == {Kind.TXT, Kind.CSV}:
        return
    raise Unreadable(Reason.WRONG_FORMAT, kind.value)


def no_text(content: bytes, name: str) -> Unreadable:
    """The refusal of bytes that are neither text nor any known kind of file."""
    promised = _EXTENSIONS.get(extension(name), Kind.TXT)
    if promised not in (Kind.TXT, Kind.CSV):
        return Unreadable(Reason.DAMAGED, promised.value)
    if len(content.translate(None, _CONTROLS)) < _TEXT_SHARE * len(content):
        return Unreadable(Reason.UNSUPPORTED, "binary")
    return Unreadable(Reason.UNKNOWN_ENCODING)


def extension(name: str) -> str:
    _, dot, last = name.rpartition(".")
    return last.strip().lower() if dot else ""


def _is_pdf(content: bytes) -> bool:
    head = content[:1024]
    return head.lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(b"%PDF-") or (b"%PDF-" in head and b"endobj" in content)


def _ole(content: bytes) -> Unreadable:
    if _ENCRYPTED_PACKAGE in content:
        return Unreadable(Reason.ENCRYPTED)
    found = [label for label, stream in _OLE_STREAMS if stream in content]
    return Unreadable(Reason.UNSUPPORTED, found[0] if found else "doc")


def _foreign(content: bytes) -> str:
    for magic, label in _MAGIC:
        if content.startswith(magic) and (magic != b"BM" or b"\x00" in content[:32]):
            return label
    if _HEIF.match(content[:16]) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return "image"
    head = content[:4096].lstrip(b"\xef\xbb\xbf")
    if _HTML.match(head) or (_XML.match(head) and _SPREADSHEETML.search(head)):
        return "html"
    return "xml" if _XML.match(head) else ""
