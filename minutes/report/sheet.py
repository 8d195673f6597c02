"""What the report holds, as data; who makes it gathers the open cases from storage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.case import Duty, State
from domain.figures import NO_FIGURES, Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHeader:
    """The meeting that the report is for; None where its number or day is not known yet."""

    series: str
    meeting_ordinal: int | None = None
    held_on: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The latest 辦理情形 of a unit, verbatim, and the day it was given."""

    text: str
    on: date
    unit: str = ""  # on a line of every unit (各局處): whose it is
    figures: Figures = NO_FIGURES  # how much is done and due, as the text says


@dataclass(frozen=True, slots=True)
class Planned:
    """A day to come that the unit plans (里程碑): 12/22 開標."""

    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One unit's open line of a case. `progress` is empty where nobody has reported.

    A line of every unit (各局處) has the latest of each that reported; `silent` names those that have not.
    """

    unit: str
    duty: Duty = Duty.LEAD
    state: State = State.OPEN
    progress: tuple[Progress, ...] = ()
    silent: tuple[str, ...] = ()
    planned: tuple[Planned, ...] = ()  # in order of time
    waiting: str = ""  # what its case waits for, in words; no report is due before that

    @property
    def unreported(self) -> int:
        """How many units have not reported."""
        return 0 if self.waiting else len(self.silent) or int(not self.progress)

    @property
    def asks_release(self) -> bool:
        return self.state is State.RELEASE_REQUESTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One open case with its open lines, in the order to be shown; at least one line."""

    number: str
    title: str
    sentence: str  # verbatim, from the minutes; empty where they only list the number
    units: tuple[ReportLine, ...]
    deadline: date | None = None
    deadline_text: str = ""  # the words of the minutes: 9月底前, 儘速
    deadline_note: str = ""  # what else must be known about it: a day off, an extension
    age_in_meetings: int | None = None  # meetings since it was opened

    def __post_init__(self) -> None:
        if not self.units:
            raise ValueError(self.number)

    def is_overdue(self, on: date) -> bool:
        waits = all(line.waiting for line in self.units)
        return self.deadline is not None and self.deadline < on and not waits


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSheet:
    """The whole report: its rows in number order, and the day (Asia/Taipei) it was made on."""

    header: ReportHeader
    rows: tuple[ReportRow, ...]
    made_on: date

    @property
    def lines(self) -> tuple[ReportLine, ...]:
        return tuple(line for row in self.rows for line in row.units)
