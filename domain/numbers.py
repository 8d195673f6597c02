"""Case numbers: any spelling → one normal form, order, proposal of the next, lists and ranges in running text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

DASHES = "-‐‑‒–—―−之"
LONGEST_RANGE = 200

_PART = re.compile(r"\d+")
_SPELLING = re.compile(r"(?:[A-Za-z]{1,4}\s*-?\s*)?\d+(?:\s*-\s*\d+)*")
_WRAPPING = re.compile(r"^[\s「『\"'\[(第#]*(?:列管)?(?:編號|案號|案)?[\s:]*|[\s」』\"'\])案號.。]*$")
_NUMBER = r"(?:[A-Za-z]{1,4}-?)?\d{1,7}(?:-\d{1,7}){0,2}"
_FOUND = re.compile(
    rf"(?:(?<=[Nn][Oo]\.)|(?<![\d/.A-Za-z-]))({_NUMBER})(?:\s*(?:至|到|~)\s*(?:第)?({_NUMBER}))?(?![\d/.A-Za-z%-])"
)
_PLAIN_RANGE = re.compile(r"(\d{4,7})-(\d{4,7})")


def fold(text: str) -> str:
    """Fold width and every kind of dash (之 between digits as well) to ASCII."""
    folded = unicodedata.normalize("NFKC", text)
    folded = re.sub(rf"(?<=\d)\s*[{DASHES}]\s*(?=\d)", "-", folded)
    return re.sub("[～〜∼]", "~", folded)


@dataclass(frozen=True, slots=True)
class NumberScheme:
    """How a series writes its case numbers, such as `{meeting}-{n}` (211-2) or `{meeting}{n:02d}` (10601)."""

    template: str

    def __post_init__(self) -> None:
        if "{meeting" not in self.template or "{n" not in self.template:
            raise ValueError(self.template)

    def render(self, meeting: int, n: int) -> str:
        return self.template.format(meeting=meeting, n=n)

    def split(self, number: str) -> tuple[int, int] | None:
        """Meeting and running number of a spelling, or None where it does not fit the scheme."""
        match = self._pattern().fullmatch(normal(number) or "")
        return (int(match["meeting"]), int(match["n"])) if match else None

    def parse(self, number: str) -> str | None:
        """The normal form of any spelling, or None where it does not fit the scheme."""
        parts = self.split(number)
        return self.render(*parts) if parts else None

    def propose(self, meeting: int, taken: Collection[str]) -> str:
        """The number after the highest one taken in that meeting; a gap is never filled, so none is used twice."""
        used = [parts[1] for number in taken if (parts := self.split(number)) and parts[0] == meeting]
        return self.render(meeting, max(used, default=0) + 1)

    def _pattern(self) -> re.Pattern[str]:
        pattern = re.escape(self.template)
        pattern = re.sub(r"\\\{meeting[^{}]*\\\}", r"(?P<meeting>\\d+)", pattern)
        pattern = re.sub(
            r"\\\{n:0(\d+)d\\\}", r"(?P<n>\\d{\1,})" if "-" in self.template else r"(?P<n>\\d{\1})", pattern
        )
        return re.compile(re.sub(r"\\\{n\\\}", r"(?P<n>\\d+)", pattern))


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A case number in running text; a range yields one for each of its numbers, all with the same place."""

    number: str  # normal form
    spelling: str  # as the text writes it, width and dashes folded: 113-02
    start: int
    end: int


def normal(spelling: str) -> str | None:
    """The normal form of one number in any spelling (２１１－２, 211之2, 211-02, 第211-2案), or None."""
    core = _WRAPPING.sub("", fold(spelling.strip())).strip()
    if not _SPELLING.fullmatch(core):
        return None
    head, *rest = core.replace(" ", "").upper().split("-")
    return "-".join([head, *(str(int(part)) for part in rest)])


def sort_key(number: str) -> tuple[tuple[int, ...], str]:
    """Order numbers by their parts as integers: 99-2 before 211-10, 9903 before 10601."""
    return tuple(int(part) for part in _PART.findall(fold(number))), number


def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Every case number of a list, ranges opened (208-1至208-4, 10601～10605, 10601-10605, 211-1至5)."""
    folded = _fold_in_place(text)
    return tuple(
        FoundNumber(normal(spelling) or spelling, spelling, match.start(), match.end())
        for match in _FOUND.finditer(folded)
        for spelling in _open(match[1], match[2])
    )


def guess_scheme(numbers: Iterable[str]) -> NumberScheme | None:
    """The scheme that most of the numbers follow, or None where there is nothing to go by."""
    votes: dict[str, int] = {}
    for number in numbers:
        if template := _template_of(number):
            votes[template] = votes.get(template, 0) + 1
    return NumberScheme(max(votes, key=lambda template: votes[template])) if votes else None


def _template_of(number: str) -> str | None:
    if re.fullmatch(r"\d+-\d+", number):
        return "{meeting}-{n}"
    return "{meeting}{n:02d}" if re.fullmatch(r"\d{3,6}", number) else None


def _fold_in_place(text: str) -> str:
    """Fold width and dashes, one character for one, so that places stay valid."""
    return "".join(_fold_character(text, at) for at in range(len(text)))


def _fold_character(text: str, at: int) -> str:
    character = text[at]
    if character in DASHES or character == "－":
        return "-" if _between_digits(text, at) else character
    if character in "～〜∼":
        return "~"
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 and narrow.isascii() else character


def _between_digits(text: str, at: int) -> bool:
    """Between digits, or behind the letters of a number such as A-03."""
    if not 0 < at < len(text) - 1 or not text[at + 1].isdecimal():
        return False
    return text[at - 1].isdecimal() or (text[at] != "之" and text[at - 1].isascii() and text[at - 1].isalpha())


def _open(first: str, last: str | None) -> Iterator[str]:
    plain = _PLAIN_RANGE.fullmatch(first)
    if last is None and plain and int(plain[1]) < int(plain[2]):
        yield from _count(plain[1], plain[2])
    elif last is None:
        yield first
    else:
        yield from _count(first, last)


def _count(first: str, last: str) -> Iterator[str]:
    """Count from one number to another that shares its head; otherwise the two ends alone."""
    head, _, low = first.rpartition("-")
    other, _, high = last.rpartition("-")
    if (other and other != head) or not (low.isdecimal() and high.isdecimal()):
        yield from (first, last)
    elif 0 <= int(high) - int(low) < LONGEST_RANGE:
        prefix = f"{head}-" if head else ""
        yield from (f"{prefix}{value:0{len(low)}d}" for value in range(int(low), int(high) + 1))
    else:
        yield from (first, last)
