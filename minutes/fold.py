"""Fold text for matching (width, blanks inside words, control characters); every place in the source stays known."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_KEPT = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳…")
_KEYCAP, _VARIANTS = "\u20e3", frozenset("\ufe0e\ufe0f")  # 1️⃣ is the figure, a variant sign and the keycap
_BARS = frozenset("│┃║")  # of tables drawn with lines
_DASHES = frozenset("–—―‐‑‒−－")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with, for each of its characters, the place in the raw text that it came from."""

    raw: str
    text: str
    origin: tuple[int, ...]

    def slice(self, start: int, end: int) -> Folded:
        return Folded(self.raw, self.text[start:end], self.origin[start:end])

    def verbatim(self, start: int = 0, end: int | None = None) -> str:
        """The source characters behind a stretch of the folded text, as they stand (line breaks mended)."""
        origin = self.origin[start:end]
        return self.raw[origin[0] : origin[-1] + 1].strip() if origin else ""


def fold(raw: str) -> Folded:
    """Fold one paragraph. Single blanks beside a CJK character go, wider gaps become one blank, tabs stay."""
    text: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(raw):
        for piece in _pieces(character):
            if piece != " " or _blank_stays(raw, at, text):
                text.append(piece)
                origin.append(at)
    return Folded(raw, "".join(text), tuple(origin))


def fold_text(raw: str) -> str:
    return fold(raw).text


@lru_cache(maxsize=30_000)
def _pieces(character: str) -> str:
    if character.isascii() and character.isprintable():
        return "" if character == "*" else character
    if character == "\t":
        return character
    if character.isspace():
        return " "
    if character in _KEPT:
        return character
    if character in _DASHES:
        return "-"
    if character in _BARS:
        return "|"
    if character == _KEYCAP:
        return "."
    if character in _VARIANTS or unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    return unicodedata.normalize("NFKC", character).replace("〜", "~")


def _blank_stays(raw: str, at: int, text: list[str]) -> bool:
    """Keep one blank of a wide gap, and a single one only between two Latin words or numbers."""
    if not text or text[-1] in " \t" or at + 1 >= len(raw):
        return False
    if raw[at] != " " or raw[at + 1].isspace():
        return True
    return text[-1].isascii() and bool(after := _pieces(raw[at + 1])) and after.isascii()
