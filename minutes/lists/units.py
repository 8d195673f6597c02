"""Several units in one cell: who leads, who supports, and what is no unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from minutes.fold import fold_text
from minutes.lists.words import pattern
from minutes.units import Directory

_LONGEST = 20
_LONGEST_LIST = 80  # bounds the search for a list that 及 joins
_HARD = re.compile(r"[、,;/|+\n]+|\s{2,}|(?<=[^\d\s])\s*(?:\d{1,2}[.、)])\s*")
_JOINED = re.compile(r"及|和|與|暨|並|或|偕同|會同")
_BLANKS = re.compile(r"\s+")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_NOISE = re.compile(r"^\d{1,2}[.、)]\s*|(?:分機|轉|#)?\s*\d{3,}(?:-\d+)*$|等(?:單位|機關|局處|處室)?$|[。.]$")


@dataclass(frozen=True, slots=True)
class Named:
    """The units of a cell; `odd` are parts that are too long to be one."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


class UnitReader:
    """Reads cells that hold units. `known` are the names and aliases that the bot has already."""

    def __init__(self, known: Collection[str] = ()) -> None:
        self._directory = Directory(known)
        self._known = frozenset(known)
        self.read = lru_cache(maxsize=4096)(self._read)

    def is_unit(self, name: str) -> bool:
        """Tell whether a whole text is one unit, by its name or its shape."""
        if name in self._known:
            return True
        unit = self._directory.read(name, 0)
        return unit is not None and unit.end == len(name)

    def addressee(self, sentence: str) -> tuple[tuple[str, ...], int]:
        """The units behind a leading 請 of a folded sentence, and where what they are asked begins."""
        at = 1 if sentence.startswith("請") else 0
        units = self._directory.read_list(sentence, at, sure=not at)
        return tuple(unit.name for unit in units), units[-1].end if units else at

    def _read(self, cell: str) -> Named:
        lead: list[str] = []
        support: list[str] = []
        odd: list[str] = []
        into = lead
        for part in self._parts(cell):
            role = _role_pattern().match(part)
            if role:
                into = support if pattern("units", "support").fullmatch(role[1]) else lead
                part = part[role.end() :]
            name, own = _stripped(part)
            if name:
                (odd if len(name) > _LONGEST else self._place(own, into, lead, support)).append(name)
        unique = tuple(dict.fromkeys(lead))
        return Named(unique, tuple(n for n in dict.fromkeys(support) if n not in unique), tuple(odd))

    @staticmethod
    def _place(own: str, into: list[str], lead: list[str], support: list[str]) -> list[str]:
        """Where a name goes: its own bracket (協辦) decides before the heading of the list it stands in."""
        if own:
            return support if pattern("units", "support").fullmatch(own) else lead
        return into

    def _parts(self, cell: str) -> Iterator[str]:
        text = "\n".join(fold_text(line) if line.isascii() else _folded(line) for line in cell.splitlines())
        for part in _HARD.split(text):
            if part and part.strip():
                yield from self._parted(part.strip())

    def _parted(self, part: str) -> Iterator[str]:
        """Part at 及, 和, 與 or a blank only where units stand on all sides: 教育及文化處 is one."""
        parted = (self._split(part, joint) for joint in (_JOINED, _BLANKS))
        yield from next((pieces for pieces in parted if pieces and len(pieces) > 1), [part])

    def _split(self, part: str, joint: re.Pattern[str]) -> list[str] | None:
        """The units that a joint parts, or None where any piece is none."""
        if len(part) > _LONGEST_LIST:
            return None
        if part in self._known:
            return [part]
        for match in joint.finditer(part):
            left = part[: match.start()].strip()
            if self._is_named(left) and (rest := self._split(part[match.end() :].strip(), joint)):
                return [left, *rest]
        return [part] if self._is_named(part) else None

    def _is_named(self, piece: str) -> bool:
        role = _role_pattern().match(piece)
        name, _ = _stripped(piece[role.end() :] if role else piece)
        return len(name) > 1 and self.is_unit(name)


@lru_cache(maxsize=1)
def _role_pattern() -> re.Pattern[str]:
    roles = f"{pattern('units', 'lead').pattern}|{pattern('units', 'support').pattern}"
    return re.compile(rf"^\s*[(\[]?({roles})(?:單位|機關|處室|科室|局處)?[)\]]?\s*:\s*")


def _folded(line: str) -> str:
    """Folded width with the blanks kept, for they may part two names."""
    return " ".join(fold_text(word) for word in line.split())


def _stripped(part: str) -> tuple[str, str]:
    """A name without numbering, brackets and 等, and the duty that its bracket states, if any."""
    own = ""
    for bracket in _BRACKETS.findall(part):
        word = re.sub(r"(?:單位|機關)$", "", bracket.strip())
        if pattern("units", "lead").fullmatch(word) or pattern("units", "support").fullmatch(word):
            own = word
    name = _BRACKETS.sub("", part).strip(" ()[]:")
    return _NOISE.sub("", _NOISE.sub("", name)).replace(" ", "").strip(), own
