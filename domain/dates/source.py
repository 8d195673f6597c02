"""The text as the rules see it: one width, one spelling, no spaces; and the way back to the text as it stands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SPELLINGS = str.maketrans(
    "内后个两周礼号盡尽间会时于结报每毎‧·．。／－–—−‐‑〜∼〔〕【】［］｛｝",
    "內後個兩週禮號儘儘間會時於結報每每...。/------~~()()()()",
)
_FOLDED_BLOCKS = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0xFF01, 0xFFEF))
_GAP = re.compile(r"(?:[\s\u200b-\u200d\u2060\ufeff]|\*\*)+")
_LIST_DASHES = "-•●*"
_LEFT_DIGITS = re.compile(r"(?:[0-9]\s?){1,4}$")
_RIGHT_DIGITS = re.compile(r"((?:[0-9]\s?){1,4})([年月日號])")
_PLAUSIBLE = {"月": range(1, 13), "日": range(1, 32), "號": range(1, 32), "年": range(60, 2200)}


def _width_table() -> dict[int, str]:
    """Map each compatibility character to its plain form, where that is one character too."""
    table: dict[int, str] = {}
    for block in _FOLDED_BLOCKS:
        for code in block:
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = plain
    return table


_TABLE = _width_table() | _SPELLINGS


@dataclass(frozen=True, slots=True)
class Source:
    """A squeezed text and, where anything was left out, the original index of each of its characters."""

    raw: str
    text: str
    offsets: list[int] | None

    def span(self, begin: int, stop: int) -> tuple[int, int]:
        """Turn a span of the squeezed text into one of the text as it stands."""
        if self.offsets is None:
            return begin, stop
        return self.offsets[begin], self.offsets[stop - 1] + 1


def squeeze(raw: str) -> Source:
    """Fold width and variants one to one, then drop spaces, line breaks, list dashes and bold marks inside words.

    Between two digits a space stays, unless the digits together make the month, day or year that follows them.
    """
    text = raw.translate(_TABLE)
    if _GAP.search(text) is None:
        return Source(raw, text, None)
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for gap in _GAP.finditer(text):
        if gap.start() < at:
            continue
        pieces.append(text[at : gap.start()])
        offsets.extend(range(at, gap.start()))
        at = _after_dash(text, gap)
        if _parts_numbers(text, gap.start(), at):
            pieces.append(" ")
            offsets.append(gap.start())
    pieces.append(text[at:])
    offsets.extend(range(at, len(text)))
    return Source(raw, "".join(pieces), offsets)


def _after_dash(text: str, gap: re.Match[str]) -> int:
    """Where the text goes on after a gap: behind the list dash that a converter put at the start of a line."""
    end = gap.end()
    if "\n" not in gap.group() or text[end : end + 1] not in _LIST_DASHES:
        return end
    behind = _GAP.match(text, end + 1)
    return behind.end() if behind else end


def _parts_numbers(text: str, begin: int, end: int) -> bool:
    """Tell whether a gap stands between two numbers that are not one broken number."""
    if begin == 0 or not (text[begin - 1].isdigit() and text[end : end + 1].isdigit()):
        return False
    left = _LEFT_DIGITS.search(text[max(0, begin - 8) : begin])
    right = _RIGHT_DIGITS.match(text[end : end + 9])
    if left is None or right is None:
        return True
    joined = int("".join((left.group() + right.group(1)).split()))
    return joined not in _PLAUSIBLE[right.group(2)]
