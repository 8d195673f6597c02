"""Items written in parts instead of a sentence: 更換燈管 總務組 5/31前, 修繕/總務組/5月31日, 印手冊(教務處)6/3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from minutes.lines import Paragraph, is_row
from minutes.parties import only_units
from minutes.timing import Clock, Timing, due_in
from minutes.units import Directory
from minutes.words import any_of, words

_DIVIDER = re.compile(r"[,;@→⇒|()\[\]【】\s]+|(?<!\d)[/-](?!\d)|(?<=\d)[/-](?=[一-鿿])|(?<=[一-鿿])[/-](?=\d)")
_BARS = re.compile(r"[|\t]")
_SENTENCE = re.compile("[請由應須。:]|已|業經|預[計定]|解除|列管")
_VERB = re.compile(any_of(words("orders", "verbs")))
_LONGEST, _MOST_PARTS = 70, 6
_LEFT_OVER = 3  # characters beside a day that it may stand with: 完成, 前


@dataclass(slots=True)
class Parts:
    """What the parts of an item say; `work` is what is to be done."""

    work: str = ""
    units: tuple[str, ...] = ()
    due: Timing = field(default_factory=Timing)


def read_parts(paragraph: Paragraph, directory: Directory, clock: Clock) -> Parts | None:
    """Read an item whose every part is units, a day, or the work; None for a sentence."""
    if len(paragraph.text) > _LONGEST or _SENTENCE.search(paragraph.text.rstrip("。")):
        return None
    pieces = list(_pieces(paragraph))
    if not 2 <= len(pieces) <= _MOST_PARTS:
        return None
    parts = Parts()
    work = [piece for piece in pieces if not _take(piece, parts, directory, clock)]
    parts.work = " ".join(work)
    told = bool(parts.due.deadline or parts.due.others or (_VERB.search(parts.work) and _parted_visibly(paragraph)))
    return parts if parts.units and 1 <= len(work) <= 2 and told else None


def _take(piece: str, parts: Parts, directory: Directory, clock: Clock) -> bool:
    """Take a piece that is nothing but units or a day; leave work."""
    if not parts.units and (units := only_units(piece, directory)):
        parts.units = units
        return True
    timing = due_in(piece, clock)
    reading = timing.deadline or next(iter(timing.others), None)
    if reading is None or parts.due.deadline or len(piece) > len(reading.text) + _LEFT_OVER:
        return False
    parts.due = timing
    return True


def _pieces(paragraph: Paragraph) -> Iterator[str]:
    """The parts between dividers; single blanks, which folding drops, are found in the source."""
    text, folded = paragraph.text.rstrip("。;,. "), paragraph.folded
    if is_row(text):
        yield from (piece.strip() for piece in _BARS.split(text) if piece.strip())
        return
    gaps = {at for at in range(1, len(text)) if folded.raw[folded.origin[at - 1] + 1 : folded.origin[at]].isspace()}
    places = sorted([*((m.start(), m.end()) for m in _DIVIDER.finditer(text)), *((at, at) for at in gaps)])
    start = 0
    for stop, following in [*places, (len(text), len(text))]:
        if piece := text[start:stop].strip():
            yield piece
        start = max(start, following)


def _parted_visibly(paragraph: Paragraph) -> bool:
    """Commas alone part the clauses of any sentence."""
    return bool(re.search(r"[/→⇒|()【】\[\]@-]", paragraph.text) or re.search(r"\s", paragraph.folded.verbatim()))
