"""Write Word and OpenDocument packages from bare XML, so that a test holds the very markup it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_OPEN = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body: str, *, numbering: str = "", styles: str = "", strict: bool = False) -> bytes:
    """A .docx whose body is this XML (prefix w)."""
    names = f'xmlns:w="{_STRICT if strict else _WORD}" xmlns:mc="{_MC}"'
    relation = f'<Relationship Type="{_OFFICE_DOCUMENT}" Target="word/document.xml"/>'
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f"<Relationships>{relation}</Relationships>",
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
    }
    if numbering:
        members["word/numbering.xml"] = f"<w:numbering {names}>{numbering}</w:numbering>"
    if styles:
        members["word/styles.xml"] = f"<w:styles {names}>{styles}</w:styles>"
    return zipped(members)


def paragraph(text: str, *, number: str = "", level: int = 0, style: str = "") -> str:
    """A paragraph of Word, perhaps numbered."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{named}{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def open_text(body: str, *, automatic: str = "", styles: str = "") -> bytes:
    """An .odt whose text is this XML (prefixes text, table, draw)."""
    return _open(ODT, f"<office:text>{body}</office:text>", automatic, styles)


def open_sheets(body: str) -> bytes:
    """An .ods whose tables are this XML."""
    return _open(ODS, f"<office:spreadsheet>{body}</office:spreadsheet>", "", "")


def _open(mimetype: str, body: str, automatic: str, styles: str) -> bytes:
    automatic = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
    content = f"<office:document-content {_OPEN}>{automatic}<office:body>{body}</office:body></office:document-content>"
    members = {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"}
    if styles:
        members["styles.xml"] = f"<office:document-styles {_OPEN}>{styles}</office:document-styles>"
    return zipped(members)
