"""Write small PDFs: lines of text on pages, in a font that is not embedded and maps its codes by a ToUnicode table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TypeAlias

_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
)
Line: TypeAlias = "str | tuple[float, float, str]"
"""A text under the one before it, or at x and y in points from the lower left; a font size of 12."""


def write_pdf(
    pages: Sequence[Sequence[Line]],
    *,
    codes: Mapping[int, int] | None = None,
    picture: bool = False,
    count: int = 0,
    drawn: Sequence[str] = (),
) -> bytes:
    """Write a PDF. `codes` changes what a character reads as; `count` repeats the last page that often in the tree.

    `drawn` holds further content of each page (lines: "40 40 m 400 40 l S").
    """
    bodies: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",  # the page tree, when the pages have their numbers
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Ming /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Ming /DW 1000 /FontDescriptor 6 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(_to_unicode(pages, codes or {})),
        b"<< /Type /FontDescriptor /FontName /Ming /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900"
        b" /Descent -200 /CapHeight 700 /StemV 80 >>",
        _PICTURE + b"\nstream\n\x7f\nendstream",
    ]
    kids = []
    for page, more in zip_longest(pages, drawn, fillvalue=""):
        kids.append(len(bodies) + 1)
        bodies += [_page(len(bodies) + 2), _stream(_content(page, picture) + b"\n" + more.encode())]
    kids += kids[-1:] * count
    references = " ".join(f"{kid} 0 R" for kid in kids)
    bodies[1] = f"<< /Type /Pages /Kids [{references}] /Count {len(kids)} >>".encode()
    return assemble(bodies)


def assemble(bodies: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Number the objects and write the table of their places."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, start)
    return bytes(out)


def _page(content: int) -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1200 842] /Contents %d 0 R"
        b" /Resources << /Font << /F 3 0 R >> /XObject << /P 7 0 R >> >> >>" % content
    )


def _content(lines: Sequence[Line], picture: bool) -> bytes:
    drawn = [b"q 1000 0 0 800 20 20 cm /P Do Q"] if picture else []
    for number, line in enumerate(lines):
        x, y, text = (40, 800 - 16 * number, line) if isinstance(line, str) else line
        codes = text.encode("utf-16-be").hex()
        drawn.append(f"BT /F 12 Tf {x} {y} Td <{codes}> Tj ET".encode())
    return b"\n".join(drawn)


def _text(line: Line) -> str:
    return line if isinstance(line, str) else line[2]


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _to_unicode(pages: Sequence[Sequence[Line]], codes: Mapping[int, int]) -> bytes:
    used = sorted({ord(character) for page in pages for line in page for character in _text(line)})
    entries = [f"<{code:04X}> <{codes.get(code, code):04X}>" for code in used]
    blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    mapping = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{mapping}\nendcmap end end"
    ).encode()
