"""Figures in a report: 目標 113.5 萬份，已登錄 75 萬份. Only what is said plainly is read; a doubt is no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_MEASURES = (
    "人次|場次|梯次|公里|公尺|公頃|公噸|平方公尺"
    "|份|套|件|人|戶|棟|台|臺|輛|座|處|場|筆|張|個|家|間|支|盞|株|里|校|班|組|元|%"
)
_AMOUNT = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(?:\.\d{{1,4}})?\s*(?:[千萬億](?:{_MEASURES})?|(?:{_MEASURES}))"
_GAP = r"(?:(?!目標|尚|未|第)[^\d]){0,8}?"
_TARGET = re.compile(rf"目標(?:值|量|數)?{_GAP}({_AMOUNT})")
_OUT_OF = re.compile(rf"({_AMOUNT})[中,]?(?=(?:目前|現)?已)")
_ACTUAL = re.compile(rf"(?:已|累計|達成|完成|迄今|目前)(?!於){_GAP}(?<![\d.])({_AMOUNT})")
_TO_COME = re.compile(r"目標|預[定計估]|將|擬|須|應|尚|未|請|若|如(?!期)|俟|(?<![目提])前")
_CLAUSE = re.compile(r"[;。!?\n、()]|(?<!\d),|,(?!\d{3})")
_PARTS = re.compile(r"([\d,.]+)\s*([千萬億]?)(.*)")
_SCALES = {"": 1, "千": 10**3, "萬": 10**4, "億": 10**8}


@dataclass(frozen=True, slots=True)
class Figures:
    """How much is to be done and how much is done, as they were said: 113.5 萬份, 75 萬份. Empty: not said."""

    actual: str = ""
    target: str = ""


NO_FIGURES = Figures()


def read_figures(folded: str) -> Figures:
    """Read a report's figures. The text has half-width digits and signs."""
    clauses = _CLAUSE.split(folded)
    targets = [match[1] for clause in clauses for match in _TARGET.finditer(clause)]
    if not targets:
        targets = [match[1] for clause in clauses if not _TO_COME.search(clause) for match in _OUT_OF.finditer(clause)]
    return Figures(_only(_actuals(clauses)), _only(targets))


def share(figures: Figures) -> int | None:
    """How much of the target is done, in whole percent, rounded down; None where the two cannot be compared."""
    done, due = _value(figures.actual), _value(figures.target)
    if done is None or due is None or not due[0] or (done[1] and due[1] and done[1] != due[1]):
        return None
    return int(done[0] * 100 / due[0])


def _actuals(clauses: Iterable[str]) -> list[str]:
    """What is done; an amount behind words of what is to come is not."""
    return [
        match[1]
        for clause in map(_without_target, clauses)
        for match in _ACTUAL.finditer(clause)
        if not _TO_COME.search(clause, 0, match.start(1))
    ]


def _without_target(clause: str) -> str:
    return _TARGET.sub(lambda target: " " * len(target[0]), clause)


def _only(amounts: Iterable[str]) -> str:
    """The one amount; several that differ are nobody's figure."""
    distinct = {_written(amount) for amount in amounts}
    return distinct.pop() if len(distinct) == 1 else ""


def _written(amount: str) -> str:
    parts = _PARTS.fullmatch(amount)
    assert parts is not None, "an amount has a number and what it counts"
    number, scale, measure = parts.groups()
    return f"{number}%" if measure == "%" else f"{number} {scale}{measure}"


def _value(amount: str) -> tuple[Decimal, str] | None:
    parts = _PARTS.fullmatch(amount)
    if parts is None:
        return None
    number, scale, measure = parts.groups()
    return Decimal(number.replace(",", "")) * _SCALES[scale], measure
