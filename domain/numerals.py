"""Chinese and Arabic numerals as they stand in official Taiwanese texts: 110, 一百一十, 二〇二一, 貳拾參, 廿, 卅一."""

from __future__ import annotations

_SPELLINGS = ("〇零○", "一壹", "二貳兩", "三參叁", "四肆", "五伍", "六陸", "七柒", "八捌", "九玖")
_DIGITS = {char: value for value, chars in enumerate(_SPELLINGS) for char in chars}
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}

HAN = "".join([*_DIGITS, *_SCALES, *_TENS])
"""Every character of a Chinese numeral, ready for a character class."""


def number(text: str) -> int | None:
    """Read a numeral; None where the characters do not make one."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(char not in HAN for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _by_scale(text)


def _by_scale(text: str) -> int:
    """Add up 一百一十, 廿三, 二十: a digit waits for the scale that follows it."""
    total, waiting = 0, 0
    for char in text:
        if char in _DIGITS:
            waiting = _DIGITS[char]
        elif char in _TENS:
            total, waiting = total + _TENS[char], 0
        else:
            total, waiting = total + (waiting or 1) * _SCALES[char], 0
    return total + waiting
