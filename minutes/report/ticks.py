"""What the marks in the two tick boxes of a row mean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from minutes.report import phrases

_NOISE = re.compile("[\\s\u200b-\u200d\ufe0e\ufe0f()\\[\\]{}〔〕【】「」]")
_EMPTY = re.compile(f"[{phrases.EMPTY_BOXES}]")
_SURE = re.compile(f"[{phrases.SURE_MARKS}]")
_DASHES = re.compile("[-‐‑–—─―−_.。]+")
_SYMBOLS = frozenset({"Sm", "Sk", "So", "Po"})
_STANDS_FOR_SOMETHING = "\ufffc\ufffd"  # a picture, a character that could not be read


class Outcome(StrEnum):
    """What a row decides."""

    RELEASE = "release"
    CONTINUE = "continue"
    CONFLICT = "conflict"  # both boxes are ticked
    UNDECIDED = "undecided"  # neither is
    UNCLEAR = "unclear"  # something is written there that is no mark


@dataclass(frozen=True, slots=True)
class Mark:
    """One box: ticked or not, None where that cannot be told; and the words beside the tick."""

    is_ticked: bool | None
    remark: str = ""


def outcome(release: Mark, continue_: Mark) -> Outcome:
    if release.is_ticked is None or continue_.is_ticked is None:
        return Outcome.UNCLEAR
    if release.is_ticked and continue_.is_ticked:
        return Outcome.CONFLICT
    if release.is_ticked:
        return Outcome.RELEASE
    return Outcome.CONTINUE if continue_.is_ticked else Outcome.UNDECIDED


def read_mark(text: str, column: Outcome) -> Mark:
    """Read the box of a column. Any mark beside or instead of the empty box ticks it; words that are no mark do not."""
    written = unicodedata.normalize("NFKC", text.replace(phrases.CARON_AS_TICK, "✓"))
    written = _EMPTY.sub("", _NOISE.sub("", written)).removeprefix(phrases.EMPTY_BOX_LOOKALIKE)
    folded = written.casefold()
    if not folded or folded in phrases.NOT_MARKS or _DASHES.fullmatch(folded):
        return Mark(False)
    if _SURE.search(folded):
        return _sure(_SURE.sub("", folded), column)
    is_mark = folded in phrases.WEAK_MARKS or folded in phrases.COLUMN_WORDS[column] or _is_symbols(folded)
    return Mark(True) if is_mark else Mark(None, written)


def _sure(remark: str, column: Outcome) -> Mark:
    for word in phrases.COLUMN_WORDS[column]:
        remark = remark.replace(word, "")
    return Mark(None if any(word in remark for word in phrases.DOUBTFUL_IN_REMARK) else True, remark)


def _is_symbols(text: str) -> bool:
    return all(character in phrases.WEAK_MARKS or _is_symbol(character) for character in text)


def _is_symbol(character: str) -> bool:
    return character not in _STANDS_FOR_SOMETHING and unicodedata.category(character) in _SYMBOLS
