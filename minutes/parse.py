"""Read minutes: text → lines → outline → conclusions and decisions. The rules in words: docs/minutes.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.calendar import WorkCalendar
from domain.numbers import guess_scheme
from minutes.chair import let_chair_conclude
from minutes.collect import Collector
from minutes.coming import next_meeting_on
from minutes.export import to_json
from minutes.header import read_header
from minutes.kinship import parents_in
from minutes.labels import Role
from minutes.lines import Line, Sorted, paragraphs, split_lines
from minutes.model import Minutes, Unread
from minutes.outline import Node, build
from minutes.roster import learn_units
from minutes.timing import Clock

__all__ = ["parse", "to_json"]


def parse(source: str | Iterable[Line], *, calendar: WorkCalendar, held_on: date | None = None) -> Minutes:
    """Read minutes from their text or numbered lines.

    `held_on` is the day of the meeting where the caller knows better than the document. Without a day, expressions
    that depend on it are not read but flagged `no_meeting_date`. Nothing is raised for any text.
    """
    lines = split_lines(source) if isinstance(source, str) else tuple(source)
    sorted_lines = paragraphs(lines)
    root = build(sorted_lines.paragraphs)
    header = read_header(root, Clock(held_on, calendar))
    let_chair_conclude(root, header.chair)
    directory = learn_units(root)
    collected = Collector(directory, Clock(header.held_on, calendar)).collect(root)
    numbers = [decision.number for decision in collected.decisions]
    scheme = guess_scheme(numbers)
    return Minutes(
        header=header,
        drafts=tuple(collected.drafts),
        decisions=tuple(collected.decisions),
        declared=tuple(collected.declared),
        unread=tuple(sorted([*collected.unread, *_outside(root)], key=lambda unread: unread.line)),
        read_lines=_read_lines(root, sorted_lines),
        furniture=sorted_lines.furniture,
        number_scheme=scheme.template if scheme else None,
        units=tuple(sorted(directory.learned)),
        parents=parents_in(collected.drafts),
        next_meeting_on=next_meeting_on(
            (paragraph.text for paragraph in sorted_lines.paragraphs), Clock(header.held_on, calendar)
        ),
        has_conclusions=any(node.role is Role.CONCLUSION for node in root.walk()),
    )


def _read_lines(root: Node, sorted_lines: Sorted) -> frozenset[int]:
    return frozenset(line for node in root.walk() for line in node.lines)


def _outside(root: Node) -> Iterable[Unread]:
    """Text that stands in no part: before the first label without being a title, or after the end."""
    for node in root.walk():
        late = node.label is not None and node.label.role is Role.END
        for paragraph in node.body[1 if late else len(node.body) :]:
            yield Unread(paragraph.line, paragraph.folded.verbatim(), "outside")
    for paragraph in root.body[4:]:
        yield Unread(paragraph.line, paragraph.folded.verbatim(), "outside")
