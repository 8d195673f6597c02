"""The day of a series' next meeting: moved with an entry in the audit, by command or by confirmed minutes."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.case import Series
from handlers.changes import record
from handlers.context import Context


def move_next_meeting(series: Series, on: date, context: Context) -> None:
    """Set the day; 復原 restores the one before."""
    context.uow.series.set_next_meeting(series.id, on)
    record("set_next_meeting", "next_meeting", series.id, day_data(series.next_meeting_on), day_data(on), context)


def day_data(on: date | None) -> dict[str, Any]:
    """A day for the audit."""
    return {"on": on.isoformat() if on else None}
