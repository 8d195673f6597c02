"""Whose line of a case a decision is about, where a case is decided unit by unit (product rule 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from minutes.decisions import CONTINUE, RELEASE, Verdict
from minutes.units import Directory
from minutes.words import any_of, words

_LONGEST_NICKNAME = 3  # characters: 211-2(捷運) names a unit, 3-1(頂樓防水) tells what the case is about
_NO_UNIT = re.compile(r"^(?:分[為成]|其中|該|此|上述|前述)")
_NUMBER = re.compile(r"^(?:列管)?(?:編號|案號)?第?\d[\d-]*(?:案|號)?")
_CLAUSE = re.compile(r"[。;:,、]|-(?!\d)")
_BRACKETS = re.compile(r"\(([^()]{2,30})\)(?:部分|部份)?")
_RELEASING = any_of(words("release", "words"), words("release", "cell"))
_CONTINUING = any_of(words("continue", "words"), words("continue", "going_on"))
_RULING = re.compile(
    r"[:,]?(?:部分|部份)?[:,]?(?:已?(?:辦理)?(?:完成|辦竣)[:,])?"
    rf"(?:(?P<release>{_RELEASING})|(?P<continue>{_CONTINUING}))[;、,。\s]*"
)


def by_unit(verdicts: tuple[Verdict, ...], directory: Directory) -> tuple[Verdict, ...]:
    """Give each decision the unit whose line it is about.

    One that names a unit alone is about the case before it: 6-3 第二市場已完成, 結案; 工安室未完成, 續列管.
    """
    parted = len({verdict.decision for verdict in verdicts}) > 1
    found: list[Verdict] = []
    number: str | None = None
    for verdict in verdicts:
        numbers = tuple(_meant(verdict, directory))
        units = _share(verdict, directory) or (_units_before(verdict.before, directory) if parted else ())
        if len(numbers) == 1 and numbers[0][1] is None:
            numbers = tuple((numbers[0][0], unit) for unit in units) or numbers
        elif not numbers and number and "rest" not in verdict.doubts:
            numbers = tuple((number, unit) for unit in units)
        number = numbers[0][0] if len({each for each, _ in numbers}) == 1 else None
        found.append(replace(verdict, numbers=numbers, share=units))
    return tuple(found)


def read_shares(cell: str, directory: Directory) -> tuple[tuple[str, str], ...]:
    """The units of a table's cell that decides unit by unit, each with its decision: 獸醫組解除、園藝組續管."""
    found = list(_shares(cell, directory))
    return tuple(found) if len(found) > 1 else ()


def _shares(cell: str, directory: Directory) -> Iterator[tuple[str, str]]:
    at = 0
    while units := directory.read_list(cell, at):
        ruling = _RULING.match(cell, units[-1].end)
        if not ruling:
            return
        at = ruling.end()
        yield from ((unit.name, RELEASE if ruling["release"] else CONTINUE) for unit in units)


def _meant(verdict: Verdict, directory: Directory) -> Iterator[tuple[str, str | None]]:
    """The numbers; what brackets behind one say counts where it is a unit."""
    for number, part in verdict.numbers:
        is_unit = part is not None and (
            len(part) <= _LONGEST_NICKNAME or f"{part}部" in verdict.before or _is_unit(part, directory)
        )
        yield number, part if is_unit else None


def _share(verdict: Verdict, directory: Directory) -> tuple[str, ...]:
    """The units of `行銷科部分`; of 分為二部分 none."""
    units = tuple(unit for unit in verdict.share if not _NO_UNIT.match(unit))
    return units if all(_is_unit(unit, directory) for unit in units) or len(units) == 1 else ()


def _units_before(text: str, directory: Directory) -> tuple[str, ...]:
    """The units that the last clauses before a decision begin with, or name in brackets."""
    for clause in reversed(_CLAUSE.split(text)):
        if units := directory.read_list(_NUMBER.sub("", clause), 0):
            return tuple(unit.name for unit in units)
        for brackets in _BRACKETS.finditer(clause):
            names = re.split(r"[、,及和與]", re.sub(r"(?:部分|部份)$", "", brackets[1]))
            if all(_is_unit(name, directory) for name in names):
                return tuple(names)
    return ()


def _is_unit(name: str, directory: Directory) -> bool:
    unit = directory.read(name, 0)
    return unit is not None and unit.end == len(name)
