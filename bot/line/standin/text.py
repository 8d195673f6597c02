"""How LINE measures text."""

from __future__ import annotations

import re
import unicodedata

from bot.line.standin.events import utf16_length

__all__ = ["graphemes", "utf16_length"]

JOINER = "\u200d"
FLAG_HALF = re.compile("[\U0001f1e6-\U0001f1ff]")
EXTENDING = re.compile("[\U0001f3fb-\U0001f3ff\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]")


def graphemes(text: str) -> int:
    """Count user-perceived characters: combining marks, emoji sequences and flags count once.

    Hangul written in single jamo is not composed first; LINE's exact algorithm is not published.
    """
    count, previous, half_flag = 0, "", False
    for char in unicodedata.normalize("NFC", text):
        is_flag = bool(FLAG_HALF.match(char))
        if not (_extends(char) or previous == JOINER or (is_flag and half_flag)):
            count += 1
        half_flag = is_flag and not half_flag
        previous = char
    return count


def _extends(char: str) -> bool:
    return char == JOINER or unicodedata.category(char) in ("Mn", "Me", "Mc") or bool(EXTENDING.match(char))
