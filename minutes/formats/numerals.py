"""Write a list number the way a word processor shows it: 十二, 拾貳, 甲, ⑫, xii …"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def counting(number: int) -> str:
    """十, 十一, 二十, 一百零一; digits above 999."""
    return _scaled(number, _DIGITS, "十百", "零")


def formal(number: int) -> str:
    """壹, 拾, 拾壹, 貳拾."""
    return _scaled(number, _FORMAL, "拾佰", "零")


def _scaled(number: int, digits: str, scales: str, zero: str) -> str:
    if not 0 < number < 1000:
        return "".join(digits[int(digit)] for digit in str(number)) if number >= 0 else str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = digits[hundreds] + scales[1] if hundreds else ""
    middle = (digits[tens] if tens > 1 or hundreds else "") + scales[0] if tens else (zero if head and ones else "")
    return head + middle + (digits[ones] if ones else "")


def digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))


def full_width(number: int) -> str:
    return str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})


def circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else f"({number})"


def stem(number: int) -> str:
    return _cycle(_STEMS, number)


def branch(number: int) -> str:
    return _cycle(_BRANCHES, number)


def _cycle(symbols: str, number: int) -> str:
    return symbols[(number - 1) % len(symbols)]


def letter(number: int) -> str:
    """a … z, aa, bb …, as word processors go on."""
    if not 1 <= number <= 780:
        return str(number)
    turns, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def roman(number: int) -> str:
    if not 1 <= number < 4000:
        return str(number)
    pieces = []
    for value, symbol in _ROMAN:
        times, number = divmod(number, value)
        pieces.append(symbol * times)
    return "".join(pieces)


def bracketed_counting(number: int) -> str:
    return f"({counting(number)})"


def bracketed(number: int) -> str:
    return f"({number})"


def two_digits(number: int) -> str:
    return f"{number:02d}"


def with_gap(label: str) -> str:
    """Part a number from the text behind it where they would run together (`1.` + `110年`)."""
    return label + " " if label and label[-1].isascii() else label


def _upper(style: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: style(number).upper()


WORD: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": two_digits,
    "decimalFullWidth": full_width,
    "decimalFullWidth2": full_width,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": bracketed,
    "lowerLetter": letter,
    "upperLetter": _upper(letter),
    "lowerRoman": roman,
    "upperRoman": _upper(roman),
    "taiwaneseCounting": counting,
    "taiwaneseCountingThousand": counting,
    "chineseCounting": counting,
    "chineseCountingThousand": counting,
    "japaneseCounting": counting,
    "taiwaneseDigital": digits,
    "ideographDigital": digits,
    "japaneseDigitalTenThousand": digits,
    "ideographEnclosedCircle": bracketed_counting,
    "ideographLegalTraditional": formal,
    "chineseLegalSimplified": formal,
    "japaneseLegal": formal,
    "ideographTraditional": stem,
    "ideographZodiac": branch,
}
"""Word's names of number formats (ST_NumberFormat); any other is written as decimal."""

OPEN_DOCUMENT: dict[str, Callable[[int], str]] = {
    "1": str,
    "１": full_width,
    "a": letter,
    "A": _upper(letter),
    "i": roman,
    "I": _upper(roman),
    "一": counting,
    "〇": digits,
    "壹": formal,
    "甲": stem,
    "子": branch,
    "①": circled,
    "㊀": bracketed_counting,
}
"""First characters of style:num-format (`一, 二, 三, ...`); any other is written as decimal."""
