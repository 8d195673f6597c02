"""The report's table: its columns, and what each of their cells says. A column is added by a line in COLUMNS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from domain.calendar import roc
from domain.figures import Figures, share
from minutes.report import phrases
from minutes.report.clean import one_line, paragraphs
from minutes.report.sheet import Progress, ReportLine, ReportRow

_PLANNED = 3  # days that a unit plans; a meeting looks at the next ones


class Style(StrEnum):
    """How a paragraph looks."""

    BODY = "Body"
    STRONG = "Strong"
    SMALL = "Small"
    CENTRED = "Centred"
    BOX = "Box"
    HEAD = "Head"


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    style: Style = Style.BODY


Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What a cell is about: a case, one of its lines, and whether the case began in a block above."""

    row: ReportRow
    line: ReportLine
    made_on: date
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table. Without a heading of its own it lies under the heading to its left."""

    heading: str
    width_mm: int
    cell: Callable[[Place], Cell]
    of_case: bool = False  # one cell for all units of the case


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of the header row, over one column or several."""

    text: str
    first: int
    width: int


def headings() -> tuple[Heading, ...]:
    """The header row: a column without a heading is joined to the one on its left."""
    starts = [at for at, column in enumerate(COLUMNS) if column.heading]
    return tuple(
        Heading(COLUMNS[start].heading, start, end - start)
        for start, end in zip(starts, [*starts[1:], len(COLUMNS)], strict=True)
    )


def deadline_of(row: ReportRow, made_on: date) -> tuple[str, ...]:
    """The deadline, how late it is, the words it came from, and its note; each on a line."""
    said = [roc(row.deadline) if row.deadline else phrases.NO_DEADLINE]
    if row.deadline and row.is_overdue(made_on):
        said.append(phrases.OVERDUE.format(days=(made_on - row.deadline).days))
    if words := one_line(row.deadline_text):
        said.append(phrases.DEADLINE_WORDS.format(words=words))
    return (*said, *paragraphs(row.deadline_note))


def _number(place: Place) -> Cell:
    return (Paragraph(one_line(place.row.number), Style.CENTRED),)


def _matter(place: Place) -> Cell:
    title = one_line(place.row.title)
    if place.is_continued:
        return (Paragraph(title + phrases.CONTINUED, Style.STRONG),)
    sentence = tuple(Paragraph(text) for text in paragraphs(place.row.sentence) if text != title)
    meetings = place.row.age_in_meetings
    age = (Paragraph(phrases.AGE.format(count=meetings), Style.SMALL),) if meetings else ()
    return (Paragraph(title, Style.STRONG), *sentence, *age)


def _unit(place: Place) -> Cell:
    return Paragraph(one_line(place.line.unit), Style.CENTRED), Paragraph(phrases.DUTY[place.line.duty], Style.CENTRED)


def _deadline(place: Place) -> Cell:
    first, *rest = deadline_of(place.row, place.made_on)
    return Paragraph(first), *(Paragraph(text, Style.SMALL) for text in rest)


def not_reported(line: ReportLine) -> str:
    """Say that nobody has reported, or which of the units of a line of every unit have not, or why none needs to."""
    if line.waiting:
        return line.waiting
    if line.silent:
        return phrases.SILENT.format(units="、".join(map(one_line, line.silent)))
    return "" if line.progress else phrases.NOT_REPORTED


def figures_of(figures: Figures) -> str:
    """Say how much is done of how much: 進度 75／113.5 萬份（66%）; nothing where the report has no figures."""
    if not (figures.actual and figures.target):
        template = phrases.FIGURES_ACTUAL if figures.actual else phrases.FIGURES_TARGET if figures.target else ""
        return template.format(actual=figures.actual, target=figures.target)
    measure = figures.target.partition(" ")[2]
    actual = figures.actual.removesuffix(f" {measure}") if measure else figures.actual
    percent = share(figures)
    done = phrases.FIGURES.format(actual=actual, target=figures.target)
    return done if percent is None else done + phrases.FIGURES_SHARE.format(percent=percent)


def planned_of(line: ReportLine, most: int) -> Iterator[str]:
    """Say the first of the days that a unit plans, and how many more there are."""
    for planned in line.planned[:most]:
        yield phrases.PLANNED.format(day=roc(planned.on), text=one_line(planned.text))
    if len(line.planned) > most:
        yield phrases.PLANNED_MORE.format(count=len(line.planned) - most)


def _progress(place: Place) -> Cell:
    said = chain.from_iterable(map(_said, place.line.progress))
    planned = (Paragraph(text, Style.SMALL) for text in planned_of(place.line, _PLANNED))
    asks = phrases.ASKS_RELEASE if place.line.asks_release else ""
    strong = (Paragraph(text, Style.STRONG) for text in (not_reported(place.line), asks) if text)
    return *said, *planned, *strong


def _said(progress: Progress) -> Iterator[Paragraph]:
    yield Paragraph(one_line(f"{progress.unit} {roc(progress.on)}"), Style.SMALL)
    yield from (Paragraph(text) for text in paragraphs(progress.text))
    if figures := figures_of(progress.figures):
        yield Paragraph(figures, Style.SMALL)


def _box(_place: Place) -> Cell:
    return (Paragraph(phrases.BOX, Style.BOX),)


# 267 mm: A4 landscape less margins of 15 mm.
COLUMNS = (
    Column(phrases.NUMBER, 18, _number, of_case=True),
    Column(phrases.MATTER, 72, _matter, of_case=True),
    Column("", 30, _unit),
    Column(phrases.DEADLINE, 33, _deadline, of_case=True),
    Column(phrases.PROGRESS, 74, _progress),
    Column(phrases.RELEASE, 20, _box),
    Column(phrases.CONTINUE, 20, _box),
)
