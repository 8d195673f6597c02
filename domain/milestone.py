"""Milestones: days that a unit plans (開標, 決標, 簽約). They remind softly and are no deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A planned day of an open line, with what its answer and its reminder say."""

    id: int
    assignment_id: int
    case_id: int
    series_id: int
    number: str
    title: str
    unit_id: int | None
    unit: str
    planned_on: date
    text: str
    at: datetime
