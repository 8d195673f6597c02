"""The ruling lines of a PDF page: level and upright strokes, and bars thin enough to be one, in page coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ctypes import byref, c_float, c_int
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

import pypdfium2  # type: ignore[import-untyped]  # ships no type information
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # the same

from minutes.formats.pdf_layer import Turn

NEAR = 3.0  # points: closer lines are one line, drawn twice or in pieces
_THIN = 4.0  # points: a filled bar no thicker than this is a line
_MOST = 4_000  # segments; a page with more is a drawing

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line at y = `at` from x = `start` to `end`, or at x = `at` from y = `start`."""

    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        """Tell whether it goes through a place."""
        return self.start - NEAR <= place <= self.end + NEAR


@dataclass(frozen=True, slots=True)
class Rules:
    level: tuple[Rule, ...] = ()
    upright: tuple[Rule, ...] = ()


def rules_of(paths: Iterable[pypdfium2.PdfObject], turn: Turn) -> Rules:
    """The lines that paths draw; none where a page holds so many that it is a drawing."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for path in paths:
        for (x, y), (to_x, to_y) in ((turn(*start), turn(*end)) for start, end in _strokes(path)):
            if abs(to_y - y) <= NEAR < abs(to_x - x):
                level.append(Rule((y + to_y) / 2, min(x, to_x), max(x, to_x)))
            elif abs(to_x - x) <= NEAR < abs(to_y - y):
                upright.append(Rule((x + to_x) / 2, min(y, to_y), max(y, to_y)))
        if len(level) + len(upright) > _MOST:
            return Rules()
    return Rules(_merged(level), _merged(upright))


def _strokes(path: pypdfium2.PdfObject) -> Iterator[tuple[Point, Point]]:
    """The pieces of a stroked path; of a filled one the bars that look like lines."""
    fill, stroke = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(path.raw, byref(fill), byref(stroke)):
        return
    if pdfium.FPDFPath_CountSegments(path.raw) > _MOST:
        return
    for points in _figures(path):
        if stroke.value:
            yield from pairwise(points)
        elif fill.value:
            yield from _bar(points)


def _bar(points: list[Point]) -> Iterator[tuple[Point, Point]]:
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    if high - low <= _THIN < right - left:
        yield (left, (low + high) / 2), (right, (low + high) / 2)
    elif right - left <= _THIN < high - low:
        yield ((left + right) / 2, low), ((left + right) / 2, high)


def _figures(path: pypdfium2.PdfObject) -> Iterator[list[Point]]:
    """The figures of a path, each the corners that its pen goes through."""
    matrices = list(_matrices(path))
    points: list[Point] = []
    for number in range(pdfium.FPDFPath_CountSegments(path.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, number)
        x, y = c_float(), c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (x.value, y.value)
        for matrix in matrices:
            point = matrix.on_point(*point)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _matrices(path: pypdfium2.PdfObject) -> Iterator[pypdfium2.PdfMatrix]:
    """What leads from the path's own coordinates, through the forms that hold it, to the page's."""
    holder = path
    while holder is not None:
        yield holder.get_matrix()
        holder = holder.container


def _merged(rules: list[Rule]) -> tuple[Rule, ...]:
    """The same lines, those beside each other as one, and the pieces of one line joined."""
    merged: list[Rule] = []
    for at, beside in groupby(_aligned(rules), key=attrgetter("at")):
        pieces = sorted(beside, key=attrgetter("start"))
        start, end = pieces[0].start, pieces[0].end
        for piece in pieces[1:]:
            if piece.start > end + NEAR:
                merged.append(Rule(at, start, end))
                start = piece.start
            end = max(end, piece.end)
        merged.append(Rule(at, start, end))
    return tuple(merged)


def _aligned(rules: list[Rule]) -> Iterator[Rule]:
    at = float("-inf")
    for rule in sorted(rules, key=attrgetter("at")):
        if rule.at - at > NEAR:
            at = rule.at
        yield Rule(at, rule.start, rule.end)
