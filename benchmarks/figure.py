"""A figure beside its floor and its aim, and the table of them all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

NEAR = 0.8  # the share of an aim that simple code may stop at


class Verdict(StrEnum):
    """How a figure stands to its aim."""

    MET = "met"
    NEAR = "80 %"
    MISSED = "missed"
    NONE = "–"  # no aim: told for orientation
    VOID = "void"  # answers were wrong or effects were missing: the figure says nothing


@dataclass(frozen=True, slots=True)
class Aim:
    """A bound on the ratio to the floor or, without `of_ratio`, on the figure itself."""

    bound: float
    at_least: bool
    of_ratio: bool

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}{' ×' if self.of_ratio else ''}"

    def judge(self, figure: Figure) -> Verdict:
        """Tell how a figure stands to this aim."""
        value = figure.ratio if self.of_ratio else figure.ours
        if value is None:
            return Verdict.NONE
        reached = value / self.bound if self.at_least else self.bound / value
        return Verdict.MET if reached >= 1 else Verdict.NEAR if reached >= NEAR else Verdict.MISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table."""

    name: str
    unit: str
    ours: float
    floor: float | None = None
    aim: Aim | None = None
    is_void: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours divided by the floor."""
        return self.ours / self.floor if self.floor else None

    @property
    def verdict(self) -> Verdict:
        """How it stands to its aim."""
        if self.is_void:
            return Verdict.VOID
        return self.aim.judge(self) if self.aim else Verdict.NONE

    def cells(self) -> tuple[str, ...]:
        """The line's cells, as text."""
        floor = "" if self.floor is None else _short(self.floor)
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return self.name, _short(self.ours), floor, self.unit, ratio, str(self.aim or ""), self.verdict


HEADS = ("figure", "ours", "floor", "unit", "ratio", "aim", "verdict")


def table(figures: Iterable[Figure]) -> str:
    """Lay the figures out as a Markdown table whose columns stand below each other."""
    rows: list[Sequence[str]] = [HEADS, *(figure.cells() for figure in figures)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = [
        "| " + " | ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-len(ordered) * share // 1) - 1))]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
