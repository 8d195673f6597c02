"""Text → pairs of neighbouring characters, by which Chinese words of any length are found without a dictionary."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

_BROKEN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
"""Where converters and line ends have cut a Chinese word in two."""


def runs(text: str) -> list[str]:
    """The unbroken runs of letters and digits, folded in width and case; a single character is left out."""
    folded = _BROKEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
    found = ("".join(group) for is_word, group in groupby(folded, str.isalnum) if is_word)
    return [run for run in found if len(run) > 1]


def bigrams(run: str) -> list[str]:
    """The pairs of neighbouring characters of a run, in order: 契約延長 → 契約 約延 延長."""
    return [run[at : at + 2] for at in range(len(run) - 1)]
