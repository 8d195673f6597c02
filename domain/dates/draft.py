"""What the rules work with: the scene they look at, and the draft they hand on to be judged."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from domain.calendar import WorkCalendar
from domain.dates.reading import Kind

_REACH = 30  # characters of context; a bound keeps the work linear
_CLAUSE_END = "，,。;!?"
_LAST_CLAUSE = re.compile(f"[^{_CLAUSE_END}]*$")
_FIRST_CLAUSE = re.compile(f"[^{_CLAUSE_END}]*")


@dataclass(frozen=True, slots=True)
class Scene:
    """A squeezed text, the day of the meeting, and the calendar."""

    text: str
    on: datetime.date
    calendar: WorkCalendar

    def before(self, at: int) -> str:
        """The words of the same clause before a place."""
        match = _LAST_CLAUSE.search(self.text[max(0, at - _REACH) : at])
        return match.group() if match else ""

    def after(self, at: int) -> str:
        """The words of the same clause after a place."""
        match = _FIRST_CLAUSE.match(self.text, at, at + _REACH)
        return match.group() if match else ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One expression as a rule read it, its surroundings not yet weighed; a span of the squeezed text."""

    kind: Kind
    begin: int
    stop: int
    rule: str
    date: datetime.date | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    effective: datetime.date | None = None
    flags: tuple[str, ...] = ()
    candidates: tuple[datetime.date, ...] = ()
    recurrence: str | None = None
    event: str | None = None
    marked: bool = False  # 前, 內 … make it a limit
    label: bool = False  # a whole year, month or week without 底, 內 …: usually names something (111年預算)
    dated: bool = True  # False for words whose kind the surroundings do not change

    @property
    def last(self) -> datetime.date | None:
        """The latest day that the expression names."""
        return self.date or self.end or (max(self.candidates) if self.candidates else None)
