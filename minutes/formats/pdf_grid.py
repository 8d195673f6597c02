"""Ruling lines → grids: the rows and columns that lines enclose, and which of their fields are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from minutes.formats.pdf_rules import NEAR, Rule, Rules

_OPEN_SIDE = 8.0  # points that lines reach beyond the last crossing one: a table without its outer line
_MOST_RULES = 600  # of one page
_MOST_FIELDS = 20_000

Field = tuple[int, int]  # row from the top, column from the left


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of a grid: its first field, and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """A grid: `xs` ascending, `ys` ascending as on the page (from below), and the cell of each field."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: dict[Field, Span]

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def cell_at(self, x: float, y: float) -> Span | None:
        """The cell that holds a point."""
        column, row = bisect_right(self.xs, x) - 1, len(self.ys) - 1 - bisect_right(self.ys, y)
        return self.spans.get((row, column))


def lattices(rules: Rules) -> list[Lattice]:
    """The grids of two columns or more, the smallest first: a table within a cell comes before the one around it."""
    if len(rules.level) + len(rules.upright) > _MOST_RULES:
        return []
    found = (_lattice(level, upright) for level, upright in _crossing(rules))
    return sorted(filter(None, found), key=attrgetter("area"))


def _crossing(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that hang together."""
    left = set(rules.level) | set(rules.upright)
    level, upright = set(rules.level), set(rules.upright)
    while left & upright:
        group, edge = set[Rule](), {next(rule for rule in rules.upright if rule in left)}
        is_upright = True
        while edge:
            group |= edge
            others = (level if is_upright else upright) - group
            edge = {other for other in others if any(_meet(other, rule) for rule in edge)}
            is_upright = not is_upright
        left -= group
        yield [rule for rule in rules.level if rule in group], [rule for rule in rules.upright if rule in group]


def _meet(one: Rule, other: Rule) -> bool:
    return one.covers(other.at) and other.covers(one.at)


def _lattice(level: Sequence[Rule], upright: Sequence[Rule]) -> Lattice | None:
    xs, ys = _places(upright, level), _places(level, upright)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_FIELDS:
        return None
    return Lattice(xs, ys, _spans(xs, ys, level, upright))


def _places(lines: Iterable[Rule], crossing: Sequence[Rule]) -> tuple[float, ...]:
    """Where lines stand, and where the lines across them end, if that is well beyond."""
    places = sorted({line.at for line in lines})
    if not places or not crossing:
        return ()
    first, last = min(line.start for line in crossing), max(line.end for line in crossing)
    before = [first] if places[0] - first > _OPEN_SIDE else []
    after = [last] if last - places[-1] > _OPEN_SIDE else []
    return (*before, *places, *after)


def _spans(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> dict[Field, Span]:
    """The cell of each field: fields without a line between them are one cell."""
    rows, columns = len(ys) - 1, len(xs) - 1
    across = [(low + high) / 2 for low, high in pairwise(ys)][::-1]  # the middle of each row, from the top
    down = [(left + right) / 2 for left, right in pairwise(xs)]
    owner: dict[Field, Field] = {}
    for row in range(rows):
        for column in range(columns):
            field = (row, column)
            if column and not _drawn(upright, xs[column], across[row]):
                owner[field] = owner[row, column - 1]
            elif row and not _drawn(level, ys[rows - row], down[column]):
                owner[field] = owner[row - 1, column]
            else:
                owner[field] = field
    return _as_spans(owner)


def _drawn(lines: Iterable[Rule], at: float, place: float) -> bool:
    return any(abs(line.at - at) <= NEAR and line.start - NEAR <= place <= line.end + NEAR for line in lines)


def _as_spans(owner: dict[Field, Field]) -> dict[Field, Span]:
    last: dict[Field, Field] = {}
    for (row, column), (first_row, first_column) in owner.items():
        far_row, far_column = last.get((first_row, first_column), (row, column))
        last[first_row, first_column] = (max(far_row, row), max(far_column, column))
    spans = {
        first: Span(*first, far_row - first[0] + 1, far_column - first[1] + 1)
        for first, (far_row, far_column) in last.items()
    }
    return {field: spans[first] for field, first in owner.items()}
