"""From a filled report to decisions, each checked against the lines that are open now."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from domain import numbers
from domain.case import Duty
from minutes.report import phrases
from minutes.report.filled import FilledReport, FilledRow, squeeze
from minutes.report.ticks import Outcome, outcome, read_mark

_DUTIES = re.compile("|".join(re.escape(squeeze(phrases.DUTY[duty])) for duty in Duty))


class Doubt(StrEnum):
    """Why a row was not understood."""

    UNKNOWN_NUMBER = "unknown_number"  # no open case has it
    UNKNOWN_UNIT = "unknown_unit"  # the case has no open line of it
    UNCLEAR_MARK = "unclear_mark"  # words, or a picture, where a tick should be
    CONTRADICTION = "contradiction"  # the line is there several times, differently ticked


@dataclass(frozen=True, slots=True, order=True)
class LineKey:
    """One unit's line of a case, in the spelling that the caller knows it by."""

    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class TickedDecision:
    """What the meeting ticked for one line; `remark` is what was written beside the tick."""

    number: str
    unit: str
    decision: Literal["release", "continue"]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A row that decides nothing until a person has looked at it."""

    row: FilledRow
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a filled report says. Every row of it is in one of the lists; nothing is decided by guessing."""

    decisions: tuple[TickedDecision, ...]
    conflicts: tuple[LineKey, ...]  # both boxes are ticked
    undecided: tuple[LineKey, ...]  # neither is
    missing: tuple[LineKey, ...]  # open lines that the file does not have
    not_understood: tuple[NotUnderstood, ...]


def read_back(report: FilledReport, open_lines: Mapping[str, Collection[str]]) -> ReadBack:
    """Read the ticks of a report; `open_lines` are the units of each open case of its series, by number."""
    index = _Index(open_lines)
    placed = [(row, index.find(row)) for row in report.rows]
    rows: dict[LineKey, list[FilledRow]] = {}
    for row, place in placed:
        if isinstance(place, LineKey):
            rows.setdefault(place, []).append(row)
    verdicts = {key: _verdict(same) for key, same in rows.items()}
    return ReadBack(
        decisions=tuple(each for key, verdict in verdicts.items() if (each := _decision(key, verdict))),
        conflicts=tuple(key for key, verdict in verdicts.items() if verdict.outcome is Outcome.CONFLICT),
        undecided=tuple(key for key, verdict in verdicts.items() if verdict.outcome is Outcome.UNDECIDED),
        missing=tuple(key for key in index.lines if key not in rows),
        not_understood=(
            *(NotUnderstood(row, place) for row, place in placed if isinstance(place, Doubt)),
            *(
                NotUnderstood(row, verdict.doubt)
                for key, verdict in verdicts.items()
                if verdict.doubt
                for row in rows[key]
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the rows of one line say together."""

    outcome: Outcome
    remark: str = ""
    doubt: Doubt | None = None


def _verdict(rows: Sequence[FilledRow]) -> _Verdict:
    verdicts = {_verdict_of_row(row) for row in rows}
    return verdicts.pop() if len(verdicts) == 1 else _Verdict(Outcome.UNCLEAR, doubt=Doubt.CONTRADICTION)


def _verdict_of_row(row: FilledRow) -> _Verdict:
    release, continue_ = read_mark(row.release, Outcome.RELEASE), read_mark(row.continue_, Outcome.CONTINUE)
    found = outcome(release, continue_)
    if found is Outcome.UNCLEAR:
        return _Verdict(found, doubt=Doubt.UNCLEAR_MARK)
    return _Verdict(found, release.remark or continue_.remark)


def _decision(key: LineKey, verdict: _Verdict) -> TickedDecision | None:
    if verdict.outcome is Outcome.RELEASE:
        return TickedDecision(key.number, key.unit, "release", verdict.remark)
    if verdict.outcome is Outcome.CONTINUE:
        return TickedDecision(key.number, key.unit, "continue", verdict.remark)
    return None


class _Index:
    """The open lines by what people may have typed for them."""

    def __init__(self, open_lines: Mapping[str, Collection[str]]) -> None:
        self.lines = tuple(LineKey(number, unit) for number, units in open_lines.items() for unit in units)
        self._units = open_lines
        self._numbers = {spelling: number for number in open_lines for spelling in _spellings(number)}

    def find(self, row: FilledRow) -> LineKey | Doubt:
        known = (self._numbers[each] for each in _spellings(row.number) if each in self._numbers)
        number = next(known, None)
        if number is None:
            return Doubt.UNKNOWN_NUMBER
        units = self._units[number]
        same = [unit for unit in units if _unit(unit) == _unit(row.unit)]
        if not row.unit and len(units) == 1:
            same = list(units)
        return LineKey(number, same[0]) if len(same) == 1 else Doubt.UNKNOWN_UNIT


def _spellings(number: str) -> tuple[str, ...]:
    """A number as it is and in its normal form, the surer first."""
    normal = numbers.normal(number)
    return (squeeze(number),) if normal is None else (squeeze(number), normal)


def _unit(text: str) -> str:
    return _DUTIES.sub("", squeeze(text))
