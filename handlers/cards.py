"""Cards as data: what an answer shows where it is drawn. Knows nothing of LINE: `bot/line/flex.py` draws them.

A card says what its message's text says; its colours only repeat its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.buttons import Button


class Tone(StrEnum):
    """What a colour repeats."""

    PLAIN = "plain"
    CALM = "calm"  # time is left
    SOON = "soon"  # due within days, or waiting for somebody
    LATE = "late"  # overdue
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Words:
    """Words and the tone that their colour repeats."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's line of a case: who, and where it stands."""

    name: str
    state: Words


@dataclass(frozen=True, slots=True)
class Passage:
    """A titled passage: the last report, the source sentence."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """One case. `hint` names the typed form of each button."""

    number: str
    title: str
    due: Words
    basis: str = ""  # where the deadline comes from
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]
    source: str
    buttons: tuple[Button, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry of a list; pressing it types `said`."""

    head: str
    title: str
    due: Words
    who: str = ""
    about: str = ""  # what else is known of it
    marks: tuple[Words, ...] = ()  # what a person should look at
    said: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together; without a heading where there is only one section."""

    rows: tuple[Row, ...]
    heading: Words = Words("")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCard:
    """A list: a page of cases, the drafts of a review, a digest."""

    title: str
    about: str = ""
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row of a table; pressing it types `said`."""

    name: str
    cells: tuple[Words, ...]
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCard:
    """Numbers by unit: the overview. Every line has as many cells as there are columns."""

    title: str
    about: str = ""
    columns: tuple[str, ...]
    lines: tuple[TableRow, ...]
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()


Card = CaseCard | ListCard | TableCard
