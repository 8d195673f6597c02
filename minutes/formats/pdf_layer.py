"""The characters of a PDF page with their places, and the lines and paragraphs that they make in a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

import pypdfium2  # type: ignore[import-untyped]  # ships no type information
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # the same

_SLACK = 0.3  # of a character: what justification and padding may take from a line
_ENDED = ("。", "；", ";", "：", ":", "！", "？")
_PIECE = re.compile(r"[「『（(〈《]*(?:[A-Za-z0-9./,:%-]+|.)[，。、；：！？」』）)〉》,;:!?]*")
_ITEM = re.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[、.．)）](?!\d)|\s)")


Turn = Callable[[float, float], tuple[float, float]]
"""From the coordinates that a page is written in to those that it is seen in."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box in points, from the page's lower left; a blank has no width of its own."""

    text: str
    left: float
    low: float
    right: float
    high: float

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class TextLine:
    """Characters that stand beside each other."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs).strip()

    @property
    def left(self) -> float:
        return min(glyph.left for glyph in self.glyphs)

    @property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs)

    @property
    def y(self) -> float:
        return max(self.glyphs, key=lambda glyph: glyph.high - glyph.low).y

    @property
    def size(self) -> float:
        return max(glyph.high - glyph.low for glyph in self.glyphs)


def turn_of(page: pypdfium2.PdfPage) -> Turn:
    """How a page that is shown turned by 90, 180 or 270 degrees is to be read."""
    left, low, right, high = page.get_mediabox()
    turns: dict[int, Turn] = {
        90: lambda x, y: (y - low, right - x),
        180: lambda x, y: (right - x, high - y),
        270: lambda x, y: (high - y, x - left),
    }
    return turns.get(page.get_rotation(), lambda x, y: (x, y))


def glyphs_of(layer: pypdfium2.PdfTextPage, turn: Turn) -> list[Glyph]:
    """All characters in the order of the text layer. Blanks and line breaks stand where the one before them ended."""
    glyphs: list[Glyph] = []
    for at in range(layer.count_chars()):
        text = _character(pdfium.FPDFText_GetUnicode(layer.raw, at))
        if text.strip():
            left, low, right, high = layer.get_charbox(at, loose=True)
            (x, y), (to_x, to_y) = turn(left, low), turn(right, high)
            glyphs.append(Glyph(text, min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)))
        else:
            before = glyphs[-1] if glyphs else Glyph("", 0, 0, 0, 0)
            glyphs.append(Glyph(text, before.right, before.low, before.right, before.high))
    return glyphs


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The lines that characters stand in, from the top; each from the left."""
    lines: list[list[Glyph]] = []
    for glyph in sorted((one for one in glyphs if one.text not in "\r\n"), key=attrgetter("y"), reverse=True):
        if lines and _beside(lines[-1][0], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    sorted_lines = (TextLine(tuple(sorted(line, key=attrgetter("left")))) for line in lines)
    return [line for line in sorted_lines if line.text]


def paragraphs(lines: Sequence[TextLine], left: float, right: float) -> Iterator[str]:
    """Join the lines of a cell whose text has room from `left` to `right`: a line that was full goes on in the next."""
    text = ""
    for number, line in enumerate(lines):
        if number and not _goes_on(lines[number - 1], line, left, right):
            yield text
            text = ""
        text += (" " if _parts_words(text, line.text) else "") + line.text
    if text:
        yield text


def _character(code: int) -> str:
    """A character; half of a pair or a number that is none is a lost one."""
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _beside(one: Glyph, other: Glyph) -> bool:
    return min(one.high, other.high) - max(one.low, other.low) > 0.5 * min(one.high - one.low, other.high - other.low)


def _goes_on(before: TextLine, line: TextLine, left: float, right: float) -> bool:
    """Tell whether a line broke off because what begins the next one had no room in it."""
    if before.text.endswith(_ENDED) and _ITEM.match(line.text):
        return False
    after = right - before.right
    is_centred = abs((before.left - left) - after) < before.size / 2
    return (before.left - left + after if is_centred else after) < _first_piece(line) + _SLACK * line.size


def _first_piece(line: TextLine) -> float:
    """The width of what a line break may not part from the beginning of a line."""
    glyphs = [glyph for glyph in line.glyphs if glyph.text.strip()]
    match = _PIECE.match("".join(glyph.text for glyph in glyphs))
    return glyphs[len(match[0]) - 1].right - glyphs[0].left if match else 0.0


def _parts_words(before: str, after: str) -> bool:
    return bool(re.search(r"[A-Za-z,.]$", before) and re.match(r"[A-Za-z]", after))
