"""What the reader hands over: header, drafts, decisions, and what it did not understand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.dates import Reading


@dataclass(frozen=True, slots=True)
class Header:
    """The head of the minutes; None where the document does not say."""

    series: str | None = None
    ordinal: int | None = None
    held_on: date | None = None
    place: str | None = None
    chair: str | None = None
    recorder: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One order of the conclusions, to be checked by a person before it becomes a case."""

    section: str
    line: int
    text: str  # the source clause as it stands, line breaks mended
    title: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    supervised: tuple[str, ...] = ()
    tracker: tuple[str, ...] = ()
    deadline: Reading | None = None  # of kind date or range; its `deadline` is the day
    timing: tuple[Reading, ...] = ()  # the other expressions of time: vague, event, recurrence …
    recurrence: str | None = None
    targets: tuple[str, ...] = ()
    mark: str = ""  # what marked it as an order: please, charge, modal, attribute, …
    doubts: tuple[str, ...] = ()
    case_number: str | None = None  # an earlier case that the order is about


@dataclass(frozen=True, slots=True)
class Decision:
    """What the meeting decided on an earlier number; a decision with `unit` holds for that unit's line alone."""

    number: str
    decision: str  # release | continue
    unit: str | None
    section: str
    line: int
    text: str
    reason: str | None = None  # completed | merged | stopped | self_tracked
    merged_into: str | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """A count that the minutes state themselves: 「等 9 案解除列管」."""

    decision: str
    count: int
    listed: int
    line: int


@dataclass(frozen=True, slots=True)
class Parent:
    """A proposal that one unit is part of another, and the line that says so."""

    part: str
    whole: str
    line: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A line, or a sentence of a conclusion, that led to nothing; `reason` says why."""

    line: int
    text: str
    reason: str  # outside | no_order | rule | no_number | rest


@dataclass(frozen=True, slots=True)
class Minutes:
    header: Header
    drafts: tuple[Draft, ...]
    decisions: tuple[Decision, ...]
    declared: tuple[Declared, ...]
    unread: tuple[Unread, ...]
    read_lines: frozenset[int]  # lines that the outline holds
    furniture: tuple[int, ...]  # page numbers and the like
    number_scheme: str | None
    units: tuple[str, ...]  # learned from this document
    parents: tuple[Parent, ...]  # proposed, to be accepted by a person
    has_conclusions: bool  # a conclusion block was found, even if it asks nothing
    next_meeting_on: date | None = None  # where they state it

    @property
    def is_empty(self) -> bool:
        return not self.drafts and not self.decisions
