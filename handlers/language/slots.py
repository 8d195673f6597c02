"""What the slots of a sentence hold: text → references, pages, keys."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.numbers import find_numbers, normal
from handlers.refs import CaseRef

Slots = Mapping[str, str]
SPACED_DASH = re.compile(r"(?<=\d)\s*[-之]\s*(?=\d)")
MOST_KEYS = 200  # of a range of drafts
_QUALIFIER = re.compile(r"\(([^()\n]{1,30})\)")


def refs_of(listed: str) -> tuple[CaseRef, ...]:
    """Read a list of numbers, each with what its brackets say; ranges are opened."""
    listed = SPACED_DASH.sub("-", listed)
    refs: list[CaseRef] = []
    found = find_numbers(_QUALIFIER.sub(lambda m: " " * len(m[0]), listed))
    for at, number in enumerate(found):
        following = found[at + 1].start if at + 1 < len(found) and found[at + 1].start > number.end else len(listed)
        within = tuple(_name(name) for name in _QUALIFIER.findall(listed[number.end : following]))
        refs.append(CaseRef(number.number, within))
    return tuple(dict.fromkeys(refs))


def _name(qualifier: str) -> str:
    return qualifier.strip().removesuffix("部分").strip()


def refs_in(slots: Slots) -> tuple[CaseRef, ...]:
    """The cases that a sentence names, all of them within the unit that it names."""
    refs = refs_of(slots["numbers"])
    unit = _name(slots.get("unit", ""))
    return tuple(CaseRef(ref.number, (*ref.within, unit)) for ref in refs) if unit else refs


def ref_in(slots: Slots) -> CaseRef:
    """The one case that a sentence names."""
    within = tuple(_name(name) for name in _QUALIFIER.findall(slots["number"]))
    return CaseRef(normal(_QUALIFIER.sub("", slots["number"])) or slots["number"], within)


def other_in(slots: Slots) -> str:
    """The number of a second case that a sentence names, or nothing."""
    return normal(slots["other"]) or slots["other"] if "other" in slots else ""


def page_in(slots: Slots) -> int:
    """The page that a sentence asks for, the first otherwise."""
    return max(1, int(slots.get("page", 1)))


def keys_of(listed: str) -> tuple[int, ...]:
    """Read 1-5、8 as the keys of drafts."""
    keys: dict[int, None] = {}
    for first, last in re.findall(r"(\d+)(?:\s*[-~至到]\s*(\d+))?", listed):
        keys |= dict.fromkeys(range(int(first), min(int(last or first), int(first) + MOST_KEYS) + 1))
    return tuple(keys)
