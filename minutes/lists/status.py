"""What a status cell says about a case: tracked, to be released, or over."""

from __future__ import annotations

import re
from enum import StrEnum

from minutes.decisions import RELEASE, has_boxes, read_verdicts
from minutes.fold import fold_text
from minutes.lists.words import field_of, is_empty, pattern, plain, words


class Standing(StrEnum):
    OPEN = "open"
    ASKS = "asks"  # released once the chair says so
    RELEASED = "released"
    CLOSED = "closed"  # merged into another, stopped
    UNKNOWN = "unknown"


def standing_of(cell: str, heading: str) -> Standing:
    """Read a status under its heading: under 建議 words of release only ask, under 是否結案 a tick releases."""
    if is_empty(cell) and not words("status", "yes") & {plain(cell)}:
        return Standing.OPEN
    found = _by_tick(cell, heading) or _by_word(plain(cell)) or _by_verdict(fold_text(cell))
    if found is Standing.RELEASED and _proposes(heading):
        return Standing.ASKS
    return found


def _proposes(heading: str) -> bool:
    return bool(pattern("marks", "proposing").search(plain(heading)))


def _by_tick(cell: str, heading: str) -> Standing | None:
    name, word = plain(heading), plain(cell)
    ticked = word in words("status", "yes")
    if not (ticked or word in words("status", "no")):
        return None
    if pattern("marks", "continuing").search(name):
        return Standing.OPEN
    if pattern("marks", "yes_no").search(name):
        return Standing.RELEASED if ticked else Standing.OPEN
    return None


def _by_word(word: str) -> Standing | None:
    word = re.sub(r"^(?:建議|擬)(?=繼續|持續|賡續|續)", "", word)
    for name, standing in (
        ("open", Standing.OPEN),
        ("asks", Standing.ASKS),
        ("done", Standing.ASKS),
        ("released", Standing.RELEASED),
        ("closed", Standing.CLOSED),
    ):
        if word in words("status", name):
            return standing
    return None


def _by_verdict(text: str) -> Standing:
    """Read a longer text as minutes' decisions are read: negations, conditions and empty boxes included."""
    verdicts = read_verdicts(text)
    if verdicts:
        last = verdicts[-1]
        if last.decision != RELEASE:
            return Standing.OPEN
        return Standing.CLOSED if last.reason in ("merged", "stopped") else Standing.RELEASED
    if has_boxes(text):
        return Standing.OPEN
    if any(word in text for word in words("status", "asks")):
        return Standing.ASKS
    return Standing.UNKNOWN


def looks_like_status(cell: str) -> bool:
    """Tell whether a cell without a heading holds a status word."""
    return _by_word(plain(cell)) is not None and field_of(cell) is None
