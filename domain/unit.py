"""Units (單位), their aliases, and how a typed name finds one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit that can be in charge: a bureau, an office, a committee, a role."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    parent_id: int | None = None


def is_subsequence(short: str, long: str) -> bool:
    """Tell whether the characters of `short` stand in `long` in this order: 觀傳局 in 觀光傳播局."""
    letters = iter(long)
    return all(character in letters for character in short)


def suggest(name: str, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Units that a name could mean: only ever offered as choices, never assigned."""
    return tuple(
        unit for unit in units if any(is_subsequence(name, known) for known in (unit.name, *unit.aliases)) and name
    )
